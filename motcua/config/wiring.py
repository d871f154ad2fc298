"""Who reacts to what: the whole list. A reaction runs after the transaction, in its own, and may run twice."""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.actions import foresee, recount
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Dossier
from motcua.journal import periodic, reactions
from motcua.journal.models import Entry
from motcua.papers import actions as papers
from motcua.people.queries import unit_called


def connect() -> None:
    reactions.connect("dossier.receive", "papers.receipt", make_receipt)
    for kind in ("calendar.corrected", "calendar.correction_withdrawn", "calendar.office_closed"):
        reactions.connect(kind, "dossiers.recount", follow_calendar)
    periodic.connect("dossiers.foresee", timedelta(minutes=10), foresee)


def make_receipt(entry: Entry) -> None:
    """A dossier was received: its receipt is there before anybody asks to print it."""
    papers.receipt(_dossier(entry))


def follow_calendar(entry: Entry) -> None:
    """A day off was declared, or an office closed: due times of running dossiers move, each with its reason."""
    facts = entry.read_facts()
    if "day" in facts:
        since = aware(datetime.fromisoformat(facts["day"]))
        until, path = since + timedelta(days=1), ""
    else:
        since, until = datetime.fromisoformat(facts["starts"]), datetime.fromisoformat(facts["ends"])
        path = unit_called(facts["unit"]).path
    recount(since, until, at=timezone.now(), why=facts.get("name", ""), path=path)


def _dossier(entry: Entry) -> Dossier:
    pk = int(entry.subject.removeprefix("dossier:"))
    return Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(pk=pk)
