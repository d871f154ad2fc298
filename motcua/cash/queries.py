"""Reading the till: what a dossier owes and has paid, the books, what a receipt says."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.cash.actions import book_facts, facts
from motcua.cash.models import DayBook, Payment
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import Fee, ProcedureVersion
from motcua.dossiers.choices import Outcome
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import visible_to
from motcua.journal.chain import canonical
from motcua.journal.models import Entry
from motcua.people.models import UnitSuccession
from motcua.people.officer import Officer
from motcua.rules.fees import lines

WITHOUT_A_SERVICE = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.LAPSED)
"""Nothing was issued, so no fee is asked for."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A published fee of a dossier that nobody has paid: at least so much (one unit)."""

    fee: Fee
    least: int


def published(version: ProcedureVersion) -> list[Fee]:
    """The fees of a procedure version with their exemptions, in two queries; none where none are listed."""
    if version.fee_state != FeeState.LISTED:
        return []
    return list(version.fees.prefetch_related("exemptions").order_by("position"))


def estimate(fees: list[Fee]) -> int:
    """Đồng at least: one unit of each fee that is always owed."""
    return sum(_least(fee) for fee in fees if not fee.is_optional)


def _least(fee: Fee) -> int:
    """Đồng for one unit; 0 where it cannot be charged."""
    price = fee.typed_price if fee.can_be_charged else None
    return sum(line.amount for line in lines(price)) if price else 0


def owed(dossier: Dossier) -> list[Owed]:
    """What a dossier still owes: each fee that is always owed and stands on no receipt that was not voided."""
    return owed_of(dossier, published(dossier.version), settled(payments(dossier)))


def owed_of(dossier: Dossier, fees: list[Fee], settled: set[int]) -> list[Owed]:
    """The same from what is loaded already."""
    if dossier.outcome in WITHOUT_A_SERVICE:
        return []
    unpaid = [fee for fee in fees if not fee.is_optional and fee.pk not in settled]
    return [Owed(fee, _least(fee)) for fee in unpaid if _least(fee)]


def settled(payments: list[Payment]) -> set[int]:
    """Ids of the fees that were paid or let off, and not voided."""
    standing = (payment for payment in payments if payment.voided_at is None)
    return {line.fee_id for payment in standing for line in payment.lines.all()}


def payments(dossier: Dossier) -> list[Payment]:
    """Of a dossier, oldest first, with their lines."""
    found = Payment.objects.filter(dossier=dossier).select_related("taken_by", "voided_by")
    return list(found.prefetch_related("lines").order_by("pk"))


def payment(officer: Officer, payment_id: int) -> Payment | None:
    """Load and authorise in one: who may see the dossier may see its receipts."""
    seen = Dossier.objects.filter(visible_to(officer))
    return Payment.objects.filter(pk=payment_id, dossier__in=seen).select_related("dossier", "unit").first()


def day_books(unit_id: int) -> QuerySet[DayBook]:
    """The unit's books, to be ordered by day."""
    return DayBook.objects.filter(unit=unit_id).select_related("closed_by")


def entries_of_month(unit_id: int, year: int, month: int) -> QuerySet[Payment]:
    """What was taken in the books of a month, oldest first, and what was voided in it; of a merged unit, since then."""
    of_month = {"day__year": year, "day__month": month}
    voided = {"void_day__year": year, "void_day__month": month}
    heir = UnitSuccession.objects.filter(successor=unit_id, predecessor=OuterRef("unit"))
    found = Q(**of_month) & (Q(unit=unit_id) | Exists(heir.filter(on__lte=OuterRef("day"))))
    undone = Q(**voided) & (Q(unit=unit_id) | Exists(heir.filter(on__lte=OuterRef("void_day"))))
    return Payment.objects.filter(found | undone).order_by("day", "pk")


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    label: str
    unit: str
    quantity: int
    unit_price: int | None
    ground: str
    percent_off: int
    amount: int


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """All that a receipt for a fee says, as plain values. Money is whole đồng."""

    unit_name: str
    series: str
    number: int | None
    """None: exempt altogether; no receipt is printed."""
    label: str
    dossier_code: str
    procedure: str
    payer: str
    lines: tuple[ReceiptLine, ...]
    amount: int
    method: str
    """In words."""
    reference: str
    officer: str
    at: datetime
    voided_at: datetime | None
    simulated: bool


def receipt_facts(payment: Payment) -> ReceiptFacts:
    """What the paper of a payment says; the same whenever it is asked for, but for `voided_at`."""
    dossier = payment.dossier
    return ReceiptFacts(
        unit_name=payment.unit.name,
        series=payment.series,
        number=payment.number,
        label=payment.receipt,
        dossier_code=dossier.code,
        procedure=dossier.version.name,
        payer=payment.payer_name,
        lines=tuple(
            ReceiptLine(
                line.label,
                line.unit,
                line.quantity,
                line.unit_price,
                line.ground,
                line.percent_off,
                line.amount,
            )
            for line in payment.lines.order_by("position")
        ),
        amount=payment.amount,
        method=payment.get_method_display(),
        reference=payment.reference,
        officer=payment.taken_by.full_name,
        at=payment.at,
        voided_at=payment.voided_at,
        simulated=dossier.is_simulated,
    )


# -- does every receipt say what the journal says? -----------------------------------------------
def disagreements(chain: str) -> Iterator[str]:
    """Receipts and closed books of a unit that are not what the journal's entries say."""
    told: dict[int, dict[str, Any]] = {}
    closed: dict[int, dict[str, Any]] = {}
    kinds = ("dossier.pay", "dossier.void_payment", "cash.day_closed")
    for entry in (
        Entry.objects.filter(chain=chain, kind__in=kinds).order_by("number").iterator(chunk_size=2000)
    ):
        if entry.kind == "cash.day_closed":
            closed[int(entry.subject.removeprefix("day_book:"))] = entry.read_facts()
        else:
            told[entry.pk] = entry.read_facts()
    yield from _payments_that_differ(chain, told)
    for book in DayBook.objects.filter(unit__code=chain).exclude(closed_at=None).order_by("pk"):
        if closed.pop(book.pk, None) != _plain(book_facts(book)):
            yield f"{chain}: the day book of {book.day} does not say what its entry says"
    yield from (f"{chain}: the day book of {row['day']} is gone or open again" for row in closed.values())


def _payments_that_differ(chain: str, told: dict[int, dict[str, Any]]) -> Iterator[str]:
    rows = Payment.objects.filter(dossier__unit__code=chain).select_related("move", "void_move")
    for row in rows.prefetch_related("lines").order_by("pk").iterator(chunk_size=2000):
        name = f"{chain}: receipt {row.receipt or row.pk}"
        says = told.pop(row.move.entry_id, {})
        lines_of = sorted(row.lines.all(), key=attrgetter("position"))
        ours = _plain(facts(row, lines_of))
        if {key: says.get(key) for key in ours} != ours:
            yield f"{name} does not say what its entry says"
        if row.void_move is not None:
            voided = told.pop(row.void_move.entry_id, {})
            if (voided.get("payment"), voided.get("day")) != (
                row.pk,
                row.void_day and row.void_day.isoformat(),
            ):
                yield f"{name} was not voided as its entry says"
    yield from (f"{chain}: receipt {row['receipt']} was paid or voided, and is gone" for row in told.values())


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(canonical(row))
    return read
