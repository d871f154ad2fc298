"""Who reacts to what, and what comes back by the clock: the whole list.

A reaction runs after the transaction, in its own, and may run twice; so may a turn of periodic work.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.actions import recount, watch_consultations, watch_supplements
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Dossier
from motcua.journal import periodic, reactions
from motcua.journal.models import Entry
from motcua.journal.seals import seal_days
from motcua.notices import actions as notices
from motcua.notices.events import ACTIONS as TOLD
from motcua.oversight.looking import look
from motcua.papers import actions as papers
from motcua.people import accounts
from motcua.people.queries import unit_called


def connect() -> None:
    reactions.connect("dossier.receive", "papers.receipt", make_receipt)
    for kind in ("calendar.corrected", "calendar.correction_withdrawn", "calendar.office_closed"):
        reactions.connect(kind, "dossiers.recount", follow_calendar)
    periodic.connect("dossiers.watch_supplements", timedelta(minutes=15), watch_supplements)
    periodic.connect("dossiers.watch_consultations", timedelta(minutes=15), watch_consultations)
    periodic.connect("people.close_accounts", timedelta(hours=1), accounts.close_due)
    periodic.connect("journal.seal_days", timedelta(minutes=10), seal_days)
    periodic.connect("oversight.signals", timedelta(minutes=10), look)
    _notices()


def _notices() -> None:
    """Citizens and officers hear of it; what is queued for them is sent every few seconds."""
    for action in sorted(TOLD):
        reactions.connect(f"dossier.{action}", "notices.tell", tell)
    periodic.connect("notices.send", timedelta(seconds=5), notices.send_due)
    periodic.connect("notices.forget", timedelta(hours=6), notices.forget)


def tell(entry: Entry) -> None:
    """Who must hear of an act on a dossier hears of it."""
    notices.tell(entry, _dossier(entry))


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
