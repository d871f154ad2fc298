"""R33: the day's book is closed with the drawer counted; what comes after goes to the next day."""

from datetime import date, timedelta

import pytest

from motcua.cash import actions as cash
from motcua.cash import books, queries
from motcua.cash.errors import BookClosed
from motcua.cash.models import DayBook, Method, Payment
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.journal.models import Entry
from tests.cash.till import pay, with_copies
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk

TODAY = date(2026, 11, 16)
EVENING = MONDAY + 7 * HOUR
FRIDAY = MONDAY + timedelta(days=4)


def test_what_a_closed_book_says(desk: Desk) -> None:
    pay(desk, with_copies(desk))
    pay(desk, with_copies(desk), units=5, method=Method.TRANSFER, reference="FT1")
    voided = pay(desk, with_copies(desk), units=1)
    cash.void(desk.clerk.act(EVENING), voided.pk, reason="Nhầm.")
    book = cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=4000)
    assert (book.cash, book.transfer, book.online, book.total) == (4000, 7000, 0, 11_000)
    assert (book.receipts, book.voided, book.first_number, book.last_number) == (3, 1, 1, 3)
    assert (book.counted, book.difference, book.closed_by_id) == (4000, 0, desk.clerk.user.pk)
    entry = Entry.objects.get(kind="cash.day_closed")
    assert entry.read_facts()["numbers"] == ["2026", 1, 3]


def test_a_count_that_is_off_needs_a_reason(desk: Desk) -> None:
    pay(desk, with_copies(desk))
    with pytest.raises(Incomplete, match=r"-1\.000") as refusal:
        cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=3000)
    assert refusal.value.field == "reason"
    assert not DayBook.objects.filter(closed_at__isnull=False).exists()
    book = cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=3000, reason="Thối nhầm.")
    assert (book.difference, book.reason) == (-1000, "Thối nhầm.")


def test_what_comes_after_goes_to_the_next_working_day(desk: Desk) -> None:
    """After a Friday comes Monday."""
    dossier = with_copies(desk, FRIDAY)
    cash.close_day(desk.clerk.act(FRIDAY + HOUR), desk.unit_id, FRIDAY.date(), counted=0)
    late = pay(desk, dossier, FRIDAY + 2 * HOUR)
    assert (late.day, late.at) == (date(2026, 11, 23), FRIDAY + 2 * HOUR)
    assert books.sums(desk.unit_id, FRIDAY.date()).receipts == 0


def test_it_is_closed_once(desk: Desk) -> None:
    cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=0)
    with pytest.raises(BookClosed):
        cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=0)


def test_a_forgotten_day_is_closed_later_and_tomorrow_is_not_closed_today(desk: Desk) -> None:
    pay(desk, with_copies(desk))
    cash.close_day(desk.clerk.act(EVENING + timedelta(days=3)), desk.unit_id, TODAY, counted=4000)
    with pytest.raises(NotAllowed, match="Chưa đến ngày"):
        cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY + timedelta(days=1), counted=0)


@pytest.mark.parametrize("who", ["leader", "specialist"])
def test_the_counter_closes_its_own_book(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        cash.close_day(getattr(desk, who).act(EVENING), desk.unit_id, TODAY, counted=0)


def test_not_another_communes(desk: Desk, outsider) -> None:
    with pytest.raises(NotAllowed):
        cash.close_day(outsider.act(EVENING), desk.unit_id, TODAY, counted=0)


@pytest.mark.parametrize("counted", [-1, 10**13])
def test_a_count_that_there_cannot_be(desk: Desk, counted: int) -> None:
    with pytest.raises(Incomplete) as refusal:
        cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=counted, reason="?")
    assert refusal.value.field == "counted"


def test_the_journal_would_show_what_was_changed_by_hand(desk: Desk) -> None:
    """R27: receipts and books are held against the journal's entries."""
    payment = pay(desk, with_copies(desk))
    voided = pay(desk, with_copies(desk))
    cash.void(desk.clerk.act(EVENING), voided.pk, reason="Nhầm.")
    book = cash.close_day(desk.clerk.act(EVENING), desk.unit_id, TODAY, counted=4000)

    def told() -> list[str]:
        return list(queries.disagreements("19798"))

    assert told() == []
    rows = Payment.objects.filter(pk=payment.pk)
    rows.update(method=Method.ONLINE)
    assert "receipt 0000001/2026 does not say" in told()[0]
    rows.update(method=Method.CASH)
    payment.lines.update(amount=3999)
    assert "receipt 0000001/2026 does not say" in told()[0]
    payment.lines.update(amount=4000)
    Payment.objects.filter(pk=voided.pk).update(void_day=TODAY + timedelta(days=1))
    assert "was not voided as its entry says" in told()[0]
    Payment.objects.filter(pk=voided.pk).update(void_day=TODAY)
    DayBook.objects.filter(pk=book.pk).update(counted=5000, difference=1000, reason="?")
    assert "day book of 2026-11-16 does not say" in told()[0]
    DayBook.objects.filter(pk=book.pk).delete()
    assert "is gone or open again" in told()[0]
