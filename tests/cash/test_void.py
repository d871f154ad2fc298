"""R33: a receipt is voided with a reason, its number stays used, and the money goes back out of the day's book."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.cash import actions as cash
from motcua.cash import books
from motcua.cash.models import Payment
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound
from motcua.rules.workflow import Action
from tests.cash.till import pay, with_copies
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

LATER = MONDAY + 2 * HOUR
TUESDAY = MONDAY + timedelta(days=1)
REASON = "Ghi nhầm số trang."


def test_on_the_same_day_it_comes_to_nothing_and_its_number_is_gone(desk: Desk) -> None:
    dossier = with_copies(desk)
    payment = cash.void(desk.leader.act(LATER), pay(desk, dossier).pk, reason=f" {REASON} ")
    assert (payment.void_reason, payment.voided_by_id, payment.voided_at) == (
        REASON,
        desk.leader.user.pk,
        LATER,
    )
    sums = books.sums(desk.unit_id, payment.day)
    assert (sums.total, sums.receipts, sums.voided) == (0, 1, 1)
    assert pay(desk, dossier, LATER).number == 2
    move = stored(dossier).moves.get(action=Action.VOID_PAYMENT)
    assert move.words == f"Biên lai số 0000001/2026. {REASON}"
    assert entries_of(dossier)[-2].read_facts()["payment"] == payment.pk


def test_on_a_later_day_it_is_given_back_from_that_days_drawer(desk: Desk) -> None:
    payment = pay(desk, with_copies(desk))
    cash.close_day(desk.clerk.act(LATER), desk.unit_id, payment.day, counted=4000)
    voided = cash.void(desk.clerk.act(TUESDAY), payment.pk, reason=REASON)
    assert voided.void_day == TUESDAY.date()
    assert books.sums(desk.unit_id, payment.day).cash == 4000
    sums = books.sums(desk.unit_id, TUESDAY.date())
    assert (sums.cash, sums.receipts, sums.voided) == (-4000, 0, 1)


def test_after_the_day_was_closed_it_stands_in_the_next_book(desk: Desk) -> None:
    payment = pay(desk, with_copies(desk))
    cash.close_day(desk.clerk.act(LATER), desk.unit_id, payment.day, counted=4000)
    assert cash.void(desk.clerk.act(LATER), payment.pk, reason=REASON).void_day == TUESDAY.date()


def test_without_a_reason_nothing_is_voided(desk: Desk) -> None:
    dossier = with_copies(desk)
    payment = pay(desk, dossier)
    before = trace(dossier)
    with pytest.raises(Incomplete):
        cash.void(desk.clerk.act(LATER), payment.pk, reason="  ")
    assert trace(dossier) == before
    assert Payment.objects.get(pk=payment.pk).voided_at is None


def test_it_is_voided_once(desk: Desk) -> None:
    payment = pay(desk, with_copies(desk))
    cash.void(desk.clerk.act(LATER), payment.pk, reason=REASON)
    with pytest.raises(NotAllowed, match="đã được hủy"):
        cash.void(desk.leader.act(LATER), payment.pk, reason=REASON)


@pytest.mark.parametrize("who", ["specialist", "other"])
def test_a_specialist_voids_nothing(desk: Desk, who: str) -> None:
    payment = pay(desk, with_copies(desk))
    with pytest.raises(NotAllowed):
        cash.void(getattr(desk, who).act(LATER), payment.pk, reason=REASON)


def test_nobody_voids_what_is_not_there_or_not_theirs(desk: Desk, outsider) -> None:
    payment = pay(desk, with_copies(desk))
    for who, pk in ((desk.clerk, payment.pk + 1), (outsider, payment.pk)):
        with pytest.raises(NotFound):
            cash.void(who.act(LATER), pk, reason=REASON)


def test_after_the_return_a_wrong_receipt_can_still_be_voided(desk: Desk) -> None:
    """Found in the evening, when the drawer is counted."""
    dossier = desk.at_return(code="2.000815")
    payment = pay(desk, dossier, MONDAY + 2 * HOUR)
    from motcua.results import actions as results
    from tests.dossiers.lives import HERSELF, PAPER

    results.record(desk.clerk.act(MONDAY + 3 * HOUR), dossier.pk, PAPER)
    results.hand_over(desk.clerk.act(MONDAY + 4 * HOUR), dossier.pk, HERSELF)
    assert cash.void(desk.leader.act(MONDAY + 7 * HOUR), payment.pk, reason=REASON).voided_at


def test_the_data_base_itself_knows_no_void_without_a_reason(desk: Desk) -> None:
    payment = cash.void(desk.clerk.act(LATER), pay(desk, with_copies(desk)).pk, reason=REASON)
    for wrong in ({"void_reason": ""}, {"voided_at": None}, {"void_day": payment.day - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**wrong)
