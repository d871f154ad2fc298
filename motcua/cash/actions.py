"""Taking money, giving it back, closing the day. A receipt goes with a mark on its dossier, in one transaction.

Locks are taken in one order: the dossier, the day's book, the number series, the head of the journal's chain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.cash import books
from motcua.cash.errors import AlreadyPaid, BookClosed, TotalChanged
from motcua.cash.models import DayBook, Method, Payment, PaymentLine
from motcua.cash.quote import Charge, Quoted, quote, total
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions.act import Act, load, permit
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound
from motcua.dossiers.models import Dossier
from motcua.dossiers.numbers import next_number
from motcua.journal import actions as journal
from motcua.people.models import Role, Unit
from motcua.rules.workflow import Action
from motcua.ui.formats import money, vn_date

MOST_COUNTED = 10**12
"""Đồng in a drawer: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What the clerk takes: from whom, for what, how. The price is not among it: it is published."""

    charges: tuple[Charge, ...]
    method: Method
    payer_name: str
    reference: str = ""
    seen: int | None = None
    """The total that stood on the page; None: whatever it comes to."""


@transaction.atomic
def pay(act: Act, dossier_id: int, taking: Taking) -> Payment:
    """Take the published fees of a dossier and give a receipt (NĐ 61/2018 Đ.22, R33).

    Exempt altogether: recorded with its ground, without a receipt number. Raises NotPublished, AlreadyPaid,
    TotalChanged, Incomplete, NotAllowed, Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.PAY)
    lines = quote(dossier.version_id, taking.charges)
    _check(dossier, taking, lines)
    amount = total(lines)
    book = books.open_book(dossier.unit, act.at)
    series = str(local(act.at).year)
    payment = Payment(
        unit_id=book.unit_id,
        day=book.day,
        series=series,
        number=next_number(book.unit_id, f"phi-{series}") if amount else None,
        dossier=dossier,
        payer_name=taking.payer_name.strip(),
        method=taking.method,
        reference=taking.reference.strip(),
        amount=amount,
        taken_by_id=act.officer.user_id,
        at=act.at,
    )
    payment.move = dossiers.mark(
        act, dossier, Action.PAY, words=_said(payment, lines), facts=facts(payment, lines)
    )
    payment.save(force_insert=True)
    PaymentLine.objects.bulk_create(
        PaymentLine(
            payment=payment,
            position=position,
            fee_id=line.fee_id,
            label=line.label,
            unit=line.unit,
            quantity=line.quantity,
            unit_price=line.unit_price,
            percent_off=line.percent_off,
            ground=line.ground,
            amount=line.amount,
        )
        for position, line in enumerate(lines, start=1)
    )
    return payment


def _check(dossier: Dossier, taking: Taking, lines: Sequence[Quoted]) -> None:
    if not taking.payer_name.strip():
        raise Incomplete(_("Hãy ghi họ tên người nộp tiền."), field="payer_name")
    standing = PaymentLine.objects.filter(
        payment__dossier=dossier, payment__voided_at=None, fee__in={line.fee_id for line in lines}
    )
    if (paid := standing.select_related("payment", "fee").first()) is not None:
        raise AlreadyPaid(
            _("“%(fee)s” đã thu hoặc đã ghi miễn (%(receipt)s). Nếu thu sai, hủy lần thu đó rồi thu lại đủ.")
            % {"fee": paid.fee, "receipt": paid.payment.receipt or vn_date(paid.payment.day)}
        )
    amount = total(lines)
    if taking.seen is not None and taking.seen != amount:
        raise TotalChanged(
            _("Tổng số tiền theo số lượng vừa nhập là %(total)s. Kiểm tra rồi bấm thu lần nữa.")
            % {"total": money(amount)}
        )
    if amount and taking.method != Method.CASH and not taking.reference.strip():
        raise Incomplete(_("Hãy ghi số chứng từ chuyển khoản hoặc mã giao dịch."), field="reference")


def _said(payment: Payment, lines: Sequence[Quoted]) -> str:
    """What the time line says of it, without whoever paid."""
    grounds = "; ".join(dict.fromkeys(line.ground for line in lines if line.ground))
    if not payment.number:
        return _("Miễn: %(grounds)s") % {"grounds": grounds}
    words = _("Biên lai số %(receipt)s: %(amount)s") % {
        "receipt": payment.receipt,
        "amount": money(payment.amount),
    }
    return f"{words} ({grounds})" if grounds else words


def facts(payment: Payment, lines: Sequence[Quoted | PaymentLine]) -> dict[str, Any]:
    """What the journal says of a payment; `motcua verify` holds the row against it."""
    return {
        "receipt": [payment.series, payment.number],
        "day": payment.day,
        "method": str(payment.method),
        "amount": payment.amount,
        "lines": [
            [line.fee_id, line.quantity, line.unit_price, line.percent_off, line.amount] for line in lines
        ],
    }


@transaction.atomic
def void(act: Act, payment_id: int, *, reason: str) -> Payment:
    """Void a payment with a reason: its number stays used, and the money is given back out of this day's book.

    Raises NotFound, NotAllowed, Incomplete, Stale.
    """
    found = Payment.objects.filter(pk=payment_id).first()
    if found is None:
        raise NotFound(_("Không tìm thấy biên lai này."))
    dossier = load(act, found.dossier_id)
    permit(act, dossier, Action.VOID_PAYMENT, reason)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.voided_at is not None:
        raise NotAllowed(_("Lần thu này đã được hủy."))
    day = max(books.open_book(dossier.unit, act.at).day, payment.day)
    payment.void_move = dossiers.mark(
        act,
        dossier,
        Action.VOID_PAYMENT,
        words=_said_void(payment, reason),
        facts={"receipt": [payment.series, payment.number], "payment": payment.pk, "day": day},
    )
    payment.voided_at, payment.voided_by_id, payment.void_day = act.at, act.officer.user_id, day
    payment.void_reason = reason.strip()
    payment.save(update_fields=["voided_at", "voided_by", "void_day", "void_reason", "void_move"])
    return payment


def _said_void(payment: Payment, reason: str) -> str:
    if not payment.number:
        return _("Hủy ghi miễn. %(reason)s") % {"reason": reason.strip()}
    return _("Biên lai số %(receipt)s. %(reason)s") % {"receipt": payment.receipt, "reason": reason.strip()}


@transaction.atomic
def close_day(act: Act, unit_id: int, day: date, *, counted: int, reason: str = "") -> DayBook:
    """Close a unit's book of a day with the cash counted in the drawer (đồng); nothing goes into it any more.

    Raises NotAllowed, BookClosed, Incomplete (the count is off and nobody says why).
    """
    unit = Unit.objects.get(pk=unit_id)
    if Role.CLERK not in act.officer.roles_in(unit_id):
        raise NotAllowed(_("Chỉ công chức tiếp nhận của đơn vị khóa sổ thu."))
    if day > local(act.at).date():
        raise NotAllowed(_("Chưa đến ngày %(day)s nên chưa khóa sổ được.") % {"day": vn_date(day)})
    book = books.locked(unit_id, day)
    if book.closed_at is not None:
        raise BookClosed(_("Sổ thu ngày %(day)s đã khóa.") % {"day": vn_date(day)})
    if not 0 <= counted <= MOST_COUNTED:
        raise Incomplete(_("Số tiền kiểm đếm không đúng."), field="counted")
    sums = books.sums(unit_id, day)
    book.difference = counted - sums.cash
    if book.difference and not reason.strip():
        raise Incomplete(
            _("Sổ có %(cash)s tiền mặt, kiểm đếm lệch %(difference)s. Hãy ghi lý do.")
            % {"cash": money(sums.cash), "difference": money(book.difference)},
            field="reason",
        )
    book.cash, book.transfer, book.online = (sums.by_method[method] for method in Method)
    book.receipts, book.voided = sums.receipts, sums.voided
    book.series, book.first_number, book.last_number = sums.series, sums.first_number, sums.last_number
    book.counted, book.reason = counted, reason.strip()
    book.closed_at, book.closed_by_id = act.at, act.officer.user_id
    book.save()
    journal.record(
        chain=unit.code,
        kind="cash.day_closed",
        subject=f"day_book:{book.pk}",
        facts=book_facts(book),
        actor_id=act.officer.user_id or None,
        at=act.at,
    )
    return book


def book_facts(book: DayBook) -> dict[str, Any]:
    """What the journal says of a closed book; the reason, which may name somebody, stays in the row."""
    return {
        "day": book.day,
        "cash": book.cash,
        "transfer": book.transfer,
        "online": book.online,
        "receipts": book.receipts,
        "voided": book.voided,
        "numbers": [book.series, book.first_number, book.last_number],
        "counted": book.counted,
        "difference": book.difference,
    }
