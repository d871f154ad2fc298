"""What is to be paid, counted from the published fees of the dossier's own version: no other price can come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.cash.errors import NotPublished
from motcua.catalog.models import Fee, FeeExemption
from motcua.dossiers.errors import Incomplete
from motcua.rules import fees as rules
from motcua.rules.fees import WHOLE, FeeRefused


@dataclass(frozen=True, slots=True)
class Charge:
    """A published fee that is charged: how many units in each item, how many items, and who is exempt on which ground."""

    fee_id: int
    units: int = 1
    items: int = 1
    exemption_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line as it will stand on the receipt."""

    fee_id: int
    label: str
    unit: str
    quantity: int
    unit_price: int | None
    """None: exempt from a fee whose amount nobody has typed."""
    percent_off: int
    ground: str
    amount: int


def quote(version_id: int, charges: Sequence[Charge]) -> list[Quoted]:
    """The lines of a receipt. Raises NotPublished, Incomplete (nothing charged, a quantity that there cannot be)."""
    if not charges:
        raise Incomplete(_("Chưa chọn khoản thu nào. Ghi số lượng vào khoản cần thu."), field="charges")
    published = {fee.pk: fee for fee in Fee.objects.filter(version=version_id).prefetch_related("exemptions")}
    return [line for charge in charges for line in _lines(published.get(charge.fee_id), charge)]


def total(lines: Sequence[Quoted]) -> int:
    return sum(line.amount for line in lines)


def _lines(fee: Fee | None, charge: Charge) -> list[Quoted]:
    if fee is None:
        raise NotPublished(_("Khoản thu này không có trong danh mục đã công bố của thủ tục."))
    exemption = _exemption(fee, charge.exemption_id)
    percent_off = exemption.percent_off if exemption else 0
    if not fee.can_be_charged and percent_off < WHOLE:
        raise NotPublished(
            _("“%(fee)s” chưa có mức thu được xác nhận nên chưa thu được. Hỏi quản trị tỉnh.") % {"fee": fee}
        )
    price = fee.typed_price
    ground = exemption.ground if exemption else ""
    if price is None:
        return [Quoted(fee.pk, fee.label, fee.unit, charge.units, None, percent_off, ground, 0)]
    try:
        counted = rules.lines(price, units=charge.units, items=charge.items, percent_off=percent_off)
    except FeeRefused as error:
        raise Incomplete(
            _("Số lượng của “%(fee)s” phải từ 1 đến %(most)d.") % {"fee": fee, "most": rules.MOST_UNITS},
            field="charges",
        ) from error
    return [
        Quoted(
            fee_id=fee.pk,
            label=_label(fee, charge),
            unit=fee.item if line.is_most else fee.unit,
            quantity=line.quantity,
            unit_price=line.unit_price,
            percent_off=percent_off,
            ground=ground,
            amount=line.amount,
        )
        for line in counted
    ]


def _exemption(fee: Fee, exemption_id: int | None) -> FeeExemption | None:
    if exemption_id is None:
        return None
    found = next((one for one in fee.exemptions.all() if one.pk == exemption_id), None)
    if found is None:
        raise NotPublished(
            _("Diện miễn, giảm này không có trong danh mục đã công bố của “%(fee)s”.") % {"fee": fee}
        )
    return found


def _label(fee: Fee, charge: Charge) -> str:
    """With items, how they were counted: "… (3 bản × 5 trang)"."""
    if not fee.item:
        return fee.label
    counted = {"items": charge.items, "item": fee.item, "units": charge.units, "unit": fee.unit}
    return f"{fee.label} ({_('%(items)d %(item)s × %(units)d %(unit)s') % counted})"
