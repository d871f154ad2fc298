"""Who reacts to what, and that a reaction which runs twice does no harm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.config import wiring
from motcua.files.models import StoredFile
from motcua.journal import periodic, reactions, worker
from motcua.journal.models import Entry, Periodic, Reaction, SealedDay
from motcua.journal.queries import first_break
from motcua.notices.events import ACTIONS as TOLD
from motcua.notices.models import Message
from motcua.oversight.models import Signal
from motcua.papers.models import IssuedPaper
from tests.cast import Played, received


def entry(kind: str) -> Entry:
    return Entry.objects.get(kind=kind)


def test_a_reception_owes_a_receipt_and_a_message_and_nothing_else_does(clerk: Played) -> None:
    received(clerk)
    owed = Reaction.objects.order_by("pk").values_list("entry__kind", "handler")
    assert list(owed) == [("dossier.receive", "papers.receipt"), ("dossier.receive", "notices.tell")]


@pytest.mark.parametrize("action", sorted(TOLD))
def test_what_is_worth_telling_is_told(action: str) -> None:
    """R30, R22, R26: whoever must hear of it does."""
    assert "notices.tell" in reactions.owed_for(f"dossier.{action}")


def test_the_queue_is_worked_off_again_and_again() -> None:
    assert periodic._known["notices.send"].every == timedelta(seconds=5)


@pytest.mark.parametrize(
    "kind", ["calendar.corrected", "calendar.correction_withdrawn", "calendar.office_closed"]
)
def test_a_change_of_the_calendar_owes_a_recount(kind: str) -> None:
    assert reactions.owed_for(kind) == ("dossiers.recount",)


def test_every_handler_that_is_owed_is_known() -> None:
    kinds = reactions._by_kind
    assert kinds
    assert all(callable(reactions.handler_called(name)) for names in kinds.values() for name in names)


def test_the_worker_closes_days_and_notices_signals(clerk: Played) -> None:
    """R27: by the clock, each in its turn."""
    received(clerk)  # of a Monday that is past: entered late
    tomorrow = timezone.now() + timedelta(days=1)
    periodic.enlist()
    while periodic.run_one(tomorrow):
        pass
    assert set(Periodic.objects.values_list("last_error", flat=True)) == {""}
    assert SealedDay.objects.count() == 1
    assert Signal.objects.exists()


def test_the_worker_makes_the_receipt(clerk: Played) -> None:
    """R03, R40."""
    dossier = received(clerk)
    assert worker.drain() == 2
    assert IssuedPaper.objects.get().dossier == dossier
    assert not Reaction.objects.filter(done_at=None).exists()
    assert Message.objects.get().dossier == dossier
    assert first_break("19798") is None


def test_a_receipt_made_twice_is_one(clerk: Played) -> None:
    """R40: exactly as issued."""
    received(clerk)
    for _ in range(2):
        wiring.make_receipt(entry("dossier.receive"))
    assert IssuedPaper.objects.count() == StoredFile.objects.count() == 1
    assert Entry.objects.filter(kind="paper.issued").count() == 1
