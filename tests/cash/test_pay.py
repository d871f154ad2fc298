"""R33: what is published is charged, and nothing else; each payment has its numbered receipt."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.cash import actions as cash
from motcua.cash import queries
from motcua.cash.errors import AlreadyPaid, NotPublished, TotalChanged
from motcua.cash.models import DayBook, Method, Payment, PaymentLine
from motcua.cash.quote import Charge
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound, Stale
from motcua.journal.models import Entry
from motcua.rules.workflow import Action
from tests.cash.till import (
    ADOPTION,
    BIRTH,
    PAYER,
    SIGNATURE,
    charge,
    copies,
    fee_of,
    pay,
    taking,
    with_copies,
)
from tests.cast import MONDAY, version
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace
from tests.journal.tampering import disarm

LATER = MONDAY + HOUR


def nothing_happened(dossier) -> tuple:
    return (*trace(dossier), Payment.objects.count(), PaymentLine.objects.count(), DayBook.objects.count())


def test_a_receipt_with_its_lines(desk: Desk) -> None:
    """R33."""
    dossier = with_copies(desk)
    three, cover = charge(copies(), units=5, items=3), charge(copies(), units=300, items=1)
    payment = cash.pay(desk.clerk.act(LATER), dossier.pk, taking(three, cover, payer_name=f" {PAYER} "))
    assert (payment.receipt, payment.amount, payment.payer_name) == ("0000001/2026", 221_000, PAYER)
    assert (payment.day, payment.at, payment.taken_by_id) == (date(2026, 11, 16), LATER, desk.clerk.user.pk)
    label = "Phí chứng thực bản sao từ bản chính"
    assert [
        *payment.lines.order_by("position").values_list("label", "unit", "quantity", "unit_price", "amount")
    ] == [
        (f"{label} (3 bản × 5 trang)", "trang", 6, 2000, 12_000),
        (f"{label} (3 bản × 5 trang)", "trang", 9, 1000, 9_000),
        (f"{label} (1 bản × 300 trang)", "bản", 1, 200_000, 200_000),
    ]


def test_the_dossier_and_the_journal_tell_of_it_without_names(desk: Desk) -> None:
    """R27, R33."""
    dossier = with_copies(desk)
    before = stored(dossier)
    payment = pay(desk, dossier)
    now, entry = stored(dossier), entries_of(dossier)[-1]
    move = now.moves.latest("number")
    assert (move.action, move.entry_id, move.words) == (
        Action.PAY,
        entry.pk,
        "Biên lai số 0000001/2026: 4.000\u00a0đ",
    )
    assert (entry.kind, entry.read_facts()["receipt"]) == ("dossier.pay", ["2026", 1])
    assert entry.read_facts()["amount"] == payment.amount == 4000
    assert PAYER not in entry.facts
    assert (now.state, now.step_id, now.due_at) == (before.state, before.step_id, before.due_at)
    assert now.revision == before.revision + 1


def test_numbers_follow_each_other_in_a_year_and_begin_again(desk: Desk) -> None:
    one = pay(desk, with_copies(desk))
    two = pay(desk, with_copies(desk))
    year = MONDAY + timedelta(days=49)
    three = pay(desk, with_copies(desk, year), year + HOUR)
    assert [p.receipt for p in (one, two, three)] == ["0000001/2026", "0000002/2026", "0000001/2027"]


def test_a_refused_payment_uses_no_number(desk: Desk) -> None:
    dossier = with_copies(desk)
    with pytest.raises(Stale):
        cash.pay(desk.clerk.act(LATER, revision=99), dossier.pk, taking(charge(copies())))
    with transaction.atomic():
        pay(desk, dossier)
        transaction.set_rollback(True)
    assert pay(desk, dossier).number == 1


def test_what_is_not_on_this_procedures_list_is_not_charged(desk: Desk) -> None:
    """R33: not another procedure's fee, and not one of an older version of the list."""
    dossier = with_copies(desk)
    before = nothing_happened(dossier)
    for fee_id in (fee_of(version(SIGNATURE)).pk, 10**9):
        with pytest.raises(NotPublished, match="danh mục đã công bố"):
            cash.pay(desk.clerk.act(LATER), dossier.pk, taking(charge(copies()), Charge(fee_id)))
    assert nothing_happened(dossier) == before


def test_a_ground_that_is_not_published_for_this_fee_exempts_nobody(desk: Desk) -> None:
    dossier = with_copies(desk)
    other = fee_of(version(ADOPTION)).exemptions.first()
    assert other is not None
    with pytest.raises(NotPublished, match="miễn, giảm"):
        pay(desk, dossier, exemption_id=other.pk)


@pytest.mark.parametrize("code", [BIRTH, "1.003005"])
def test_what_nobody_confirmed_is_not_charged(desk: Desk, code: str) -> None:
    """R33: neither a price that the source leaves out, nor one whose unit it does not say."""
    fee = fee_of(version(code))
    dossier = with_copies(desk)
    type(dossier).objects.filter(pk=dossier.pk).update(version=version(code))
    with pytest.raises(NotPublished, match="quản trị tỉnh"):
        cash.pay(desk.clerk.act(LATER), dossier.pk, taking(Charge(fee.pk)))


def test_the_exempt_are_recorded_with_their_ground_and_get_no_receipt(desk: Desk) -> None:
    """R33: a birth declared in time costs nothing, whatever the fee for a late one is."""
    dossier = desk.at_processing(code=BIRTH)
    fee = fee_of(dossier.version)
    ground = fee.exemptions.get(ground="Khai sinh đúng hạn")
    payment = pay(desk, dossier, units=1, exemption_id=ground.pk)
    line = payment.lines.get()
    assert (payment.number, payment.receipt, payment.amount) == (None, "", 0)
    assert (line.ground, line.percent_off, line.unit_price, line.amount) == (
        "Khai sinh đúng hạn",
        100,
        None,
        0,
    )
    assert stored(dossier).moves.latest("number").words == "Miễn: Khai sinh đúng hạn"
    assert pay(desk, with_copies(desk)).number == 1  # the exempt used none


def test_a_part_of_a_fee_can_be_let_off(desk: Desk) -> None:
    dossier = with_copies(desk)
    disarm("catalog_feeexemption")
    half = fee_of(copies()).exemptions.create(position=1, ground="Nộp trực tuyến", percent_off=50)
    payment = pay(desk, dossier, units=5, exemption_id=half.pk)
    assert [line.amount for line in payment.lines.order_by("position")] == [2000, 1500]
    assert payment.number == 1


@pytest.mark.parametrize("wrong", [{"units": 0}, {"units": -1}, {"items": 0}, {"units": 10_000}])
def test_a_quantity_that_there_cannot_be(desk: Desk, wrong: dict) -> None:
    dossier = with_copies(desk)
    before = nothing_happened(dossier)
    with pytest.raises(Incomplete, match="Số lượng"):
        pay(desk, dossier, **wrong)
    assert nothing_happened(dossier) == before


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"payer_name": "  "}, "payer_name"),
        ({"charges": ()}, "charges"),
        ({"method": Method.TRANSFER}, "reference"),
        ({"method": Method.ONLINE, "reference": " "}, "reference"),
    ],
)
def test_what_a_receipt_cannot_do_without(desk: Desk, facts: dict, field: str) -> None:
    dossier = with_copies(desk)
    before = nothing_happened(dossier)
    with pytest.raises(Incomplete) as refusal:
        cash.pay(
            desk.clerk.act(LATER), dossier.pk, taking(*facts.pop("charges", [charge(copies())]), **facts)
        )
    assert refusal.value.field == field
    assert nothing_happened(dossier) == before


def test_nobody_pays_another_sum_than_stood_on_the_page(desk: Desk) -> None:
    dossier = with_copies(desk)
    with pytest.raises(TotalChanged, match=r"4\.000"):
        pay(desk, dossier, seen=3999)
    assert pay(desk, dossier, seen=4000).amount == 4000


def test_a_fee_is_paid_once(desk: Desk) -> None:
    """R33: charged again only after the first was voided."""
    dossier = with_copies(desk)
    first = pay(desk, dossier)
    with pytest.raises(AlreadyPaid, match=first.receipt):
        pay(desk, dossier)
    cash.void(desk.leader.act(LATER), first.pk, reason="Ghi nhầm số trang.")
    assert pay(desk, dossier, units=3).receipt == "0000002/2026"


@pytest.mark.parametrize("who", ["specialist", "leader", "other"])
def test_only_the_receiving_desk_takes_money(desk: Desk, who: str) -> None:
    dossier = with_copies(desk)
    before = nothing_happened(dossier)
    with pytest.raises(NotAllowed):
        cash.pay(getattr(desk, who).act(LATER), dossier.pk, taking(charge(copies())))
    assert nothing_happened(dossier) == before


def test_another_communes_clerk_finds_no_dossier(desk: Desk, outsider) -> None:
    dossier = with_copies(desk)
    with pytest.raises(NotFound):
        cash.pay(outsider.act(LATER), dossier.pk, taking(charge(copies())))


def test_a_result_is_not_kept_back_and_its_fee_can_be_paid_later(desk: Desk) -> None:
    """R33, R31."""
    dossier = desk.returned(code="2.000884")
    assert [one.least for one in queries.owed(dossier)] == [10_000]
    pay(desk, dossier, MONDAY + 6 * HOUR, units=1)
    assert queries.owed(dossier) == []


def test_what_is_owed(desk: Desk) -> None:
    """Each fee that is always owed and stands on no receipt; nothing where nothing was issued."""
    dossier = with_copies(desk)
    fee = fee_of(copies())
    assert [(one.fee, one.least) for one in queries.owed(dossier)] == [(fee, 2000)]
    payment = pay(desk, dossier)
    assert queries.owed(dossier) == []
    cash.void(desk.clerk.act(LATER), payment.pk, reason="Nhầm hồ sơ.")
    assert [one.fee for one in queries.owed(dossier)] == [fee]
    dossier.outcome = "withdrawn"
    assert queries.owed(dossier) == []
    assert queries.owed(desk.at_processing()) == []  # guardianship is free


def test_a_newer_price_does_not_reach_a_running_dossier(desk: Desk, administrator) -> None:
    """R33: what was published on the day of reception is what is paid."""
    from motcua.catalog.actions import set_fees
    from motcua.catalog.fee_text import FeeText
    from motcua.rules.fees import Price

    dossier = with_copies(desk)
    dearer = FeeText("Phí", "phi", "trang", Price(9000))
    set_fees(administrator.officer, dossier.version.procedure_id, (dearer,), "NQ 1/2026", LATER)
    with pytest.raises(NotPublished):
        cash.pay(desk.clerk.act(LATER), dossier.pk, taking(charge(copies())))
    assert pay(desk, dossier).amount == 4000


def test_the_data_base_itself_takes_no_more_than_published(desk: Desk) -> None:
    payment = pay(desk, with_copies(desk))
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.lines.update(amount=4001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(number=None)


def test_what_the_paper_of_a_receipt_needs(desk: Desk) -> None:
    payment = pay(desk, with_copies(desk), method=Method.TRANSFER, reference="FT2611")
    facts = queries.receipt_facts(Payment.objects.get(pk=payment.pk))
    assert (facts.series, facts.number, facts.payer, facts.amount) == ("2026", 1, PAYER, 4000)
    assert (facts.method, facts.reference, facts.officer) == ("Chuyển khoản", "FT2611", "Trần Thị Lan")
    assert [(line.quantity, line.unit_price, line.amount) for line in facts.lines] == [(2, 2000, 4000)]
    assert (facts.unit_name, facts.simulated, facts.voided_at) == ("Phường Phước Vĩnh", True, None)
    assert not Entry.objects.filter(facts__contains=PAYER).exists()
