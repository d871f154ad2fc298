"""A dossier that was handed in earlier than it is entered: the law's moment is the paper's (R01, QĐ 45/2016 Đ.7.4)."""

from datetime import date, datetime, timedelta

import pytest

from motcua.catalog.models import ProcedureVersion
from motcua.dossiers.choices import Channel
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import disagreements
from motcua.rules.punctuality import Punctuality
from tests.cast import MONDAY, Played, received, version
from tests.dossiers.lives import Desk, entries_of, stored
from tests.journal.tampering import disarm

FRIDAY = MONDAY - timedelta(days=3)


def test_clock_code_and_register_count_from_the_paper(clerk: Played) -> None:
    """R01, R04, R12: three working days from Friday, not from Monday; a late entry gains no time."""
    dossier = stored(received(clerk, channel=Channel.POST, presented_at=FRIDAY))
    assert (dossier.received_at, dossier.counted_from, dossier.channel) == (FRIDAY, FRIDAY, "post")
    assert dossier.code == "000.19.01.H57-261113-0001"
    assert dossier.due_at == FRIDAY.replace(hour=17) + timedelta(days=5)


def test_the_journal_says_when_it_was_entered(clerk: Played) -> None:
    """R01, R27."""
    dossier = received(clerk, presented_at=FRIDAY)
    entry = entries_of(dossier)[0]
    assert entry.at == MONDAY
    assert datetime.fromisoformat(entry.read_facts()["received_at"]) == FRIDAY
    assert list(disagreements("19798")) == []


def test_the_number_follows_those_of_that_day(clerk: Played) -> None:
    """R04: no double, no gap."""
    received(clerk, at=FRIDAY)
    assert received(clerk, presented_at=FRIDAY + timedelta(hours=1)).code[-11:] == "261113-0002"
    assert received(clerk).code[-11:] == "261116-0001"


def test_the_transfer_is_late_when_the_entry_is(desk: Desk) -> None:
    """R06: on Friday it should have gone to the specialist."""
    dossier = desk.at_processing(presented_at=FRIDAY)
    reception = dossier.steps.order_by("pk")[0]
    assert (reception.opened_at, reception.closed_at) == (FRIDAY, MONDAY)
    assert reception.punctuality == Punctuality.LATE


def test_entered_when_it_was_due_already_it_is_late_from_the_beginning(clerk: Played) -> None:
    """R15: possible, because it is true."""
    dossier = received(clerk, presented_at=MONDAY - timedelta(days=20))
    assert dossier.due_at < MONDAY


@pytest.mark.parametrize(
    ("presented", "words"),
    [
        (MONDAY + timedelta(minutes=1), "tương lai"),
        (MONDAY - timedelta(days=31), "30 ngày"),
        (MONDAY.replace(year=2006), "30 ngày"),
    ],
)
def test_dates_that_cannot_be_are_refused(clerk: Played, presented: datetime, words: str) -> None:
    with pytest.raises(Incomplete, match=words) as refusal:
        received(clerk, presented_at=presented)
    assert refusal.value.field == "presented_at"
    assert not Dossier.objects.exists()


def test_the_oldest_day_and_the_last_second_are_taken(clerk: Played) -> None:
    assert received(clerk, presented_at=MONDAY - timedelta(days=30)).pk
    assert received(clerk, presented_at=MONDAY).received_at == MONDAY


def test_before_the_version_was_in_force_it_says_so(clerk: Played) -> None:
    """A dossier is received by the version of its day; today's did not bind then."""
    disarm("catalog_procedureversion")
    ProcedureVersion.objects.filter(pk=version().pk).update(valid_from=date(2026, 11, 16))
    with pytest.raises(Incomplete, match="16/11/2026"):
        received(clerk, presented_at=FRIDAY)
    assert received(clerk, presented_at=MONDAY).pk


def test_the_clerks_clock_may_be_a_little_fast(clerk: Played) -> None:
    """A minute that has begun is no future."""
    now = MONDAY + timedelta(seconds=5)
    assert received(clerk, at=now, presented_at=MONDAY + timedelta(seconds=50)).received_at == MONDAY
