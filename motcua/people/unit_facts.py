"""What a unit is known by: its contact, and the identifier in its dossier codes (R04). Recorded in its chain."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority
from motcua.people.errors import StaffRefused
from motcua.people.models import Unit, UnitIdentifier
from motcua.people.officer import Officer
from motcua.people.queries import not_over
from motcua.rules.numbering import is_identifier

CONTACT = ("address", "phone", "email", "website")
SCHEMES = ("QCVN 102:2016", "QĐ 20/2020/QĐ-TTg")
_AHEAD = timedelta(days=366)


@transaction.atomic
def set_contact(officer: Officer, unit: Unit, contact: dict[str, str], at: datetime) -> None:
    """Where the desk is and how it is reached; public. The same again is nothing. Raises StaffRefused."""
    authority.check_manages(officer, unit)
    new = {name: " ".join(contact.get(name, "").split()) for name in CONTACT}
    _check_contact(new)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    old = {name: getattr(unit, name) for name in CONTACT}
    if new == old:
        return
    for name, value in new.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(CONTACT))
    _tell(officer, "unit.contact_set", unit, new | {"before": old}, at)


def _check_contact(contact: dict[str, str]) -> None:
    if contact["phone"] and not re.fullmatch(r"[0-9+().\-\s/]{6,40}", contact["phone"]):
        raise StaffRefused(_("Số điện thoại chỉ có chữ số và dấu cách, ví dụ 0234 3822 800."), field="phone")
    checks = (
        ("email", EmailValidator(), _("Địa chỉ thư điện tử chưa đúng, ví dụ motcua@phuocvinh.gov.vn.")),
        ("website", URLValidator(["http", "https"]), _("Trang web bắt đầu bằng http:// hoặc https://.")),
    )
    for name, check, words in checks:
        try:
            if contact[name]:
                check(contact[name])
        except ValidationError:
            raise StaffRefused(words, field=name) from None


@transaction.atomic
def set_identifier(
    officer: Officer, unit: Unit, identifier: str, scheme: str, first: date, at: datetime
) -> UnitIdentifier:
    """Another identifier from a day on; the one before ends with the day before. No code that was issued changes.

    Only by the province's administrator. Raises StaffRefused.
    """
    if not authority.is_provinces(officer, unit):
        raise StaffRefused(_("Mã định danh do quản trị tỉnh ghi."))
    identifier, today = "".join(identifier.split()).upper(), timezone.localdate(at)
    if not is_identifier(identifier):
        raise StaffRefused(
            _("Mã định danh chưa đúng dạng, ví dụ 000.19.01.H57 hoặc H57.01.19."), field="identifier"
        )
    if first < today:
        raise StaffRefused(_("Mã mới dùng sớm nhất từ hôm nay: mã hồ sơ đã cấp không đổi."), field="first")
    if first > today + _AHEAD:
        raise StaffRefused(_("Ngày này quá xa. Kiểm tra lại năm."), field="first")
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    other = UnitIdentifier.objects.filter(identifier=identifier).select_related("unit").first()
    if other is not None and other.unit_id == unit.pk and other.provisional and other.valid_to is None:
        return _confirm(officer, unit, other, scheme, at)
    if other is not None:
        raise StaffRefused(_("Mã này đã là của %(unit)s.") % {"unit": other.unit.name}, field="identifier")
    before = _make_room(unit, first)
    row = UnitIdentifier(unit=unit, identifier=identifier, scheme=scheme, valid_from=first)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StaffRefused(_("Mã này vừa được ghi cho đơn vị khác."), field="identifier") from error
    _tell(officer, "unit.identified", unit, {"identifier": identifier, "from": first, "before": before}, at)
    return row


def _confirm(officer: Officer, unit: Unit, row: UnitIdentifier, scheme: str, at: datetime) -> UnitIdentifier:
    """The provisional identifier turned out to be the official one: it goes on, without the mark."""
    row.provisional, row.scheme = False, scheme
    row.save(update_fields=["provisional", "scheme"])
    _tell(officer, "unit.identified", unit, {"identifier": row.identifier, "confirmed": True}, at)
    return row


def _make_room(unit: Unit, first: date) -> str:
    """End the identifier that holds on a day with the day before; which one it was."""
    rows = UnitIdentifier.objects.filter(not_over(first), unit=unit).select_for_update()
    running = rows.order_by(F("valid_from").desc(nulls_last=True)).first()
    if running is None:
        return ""
    if running.valid_from is not None and running.valid_from >= first:
        raise StaffRefused(
            _("Mã %(code)s đã định dùng từ %(day)s. Chọn ngày sau đó.")
            % {"code": running.identifier, "day": f"{running.valid_from:%d/%m/%Y}"},
            field="first",
        )
    running.valid_to = first - timedelta(days=1)
    running.save(update_fields=["valid_to"])
    return running.identifier


def _tell(officer: Officer, kind: str, unit: Unit, facts: Mapping[str, object], at: datetime) -> None:
    journal.record(
        chain=unit.code,
        kind=kind,
        subject=f"unit:{unit.pk}",
        facts=facts,
        actor_id=officer.user_id or None,
        at=at,
    )
