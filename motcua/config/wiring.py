"""Who reacts to what: the whole list. A reaction runs after the transaction, in its own, and may run twice."""

from motcua.dossiers.models import Dossier
from motcua.journal import reactions
from motcua.journal.models import Entry
from motcua.papers import actions as papers


def connect() -> None:
    reactions.connect("dossier.receive", "papers.receipt", make_receipt)


def make_receipt(entry: Entry) -> None:
    """A dossier was received: its receipt is there before anybody asks to print it."""
    papers.receipt(_dossier(entry))


def _dossier(entry: Entry) -> Dossier:
    pk = int(entry.subject.removeprefix("dossier:"))
    return Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(pk=pk)
