"""Changing when offices are open: hours from a day on, closures and their end. Recorded; running due times follow (R10).

Who hears of it: `config.wiring` counts the due times of open dossiers anew, each with its reason.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import actions, authority, calendar, weeks
from motcua.people.errors import CalendarRefused, HoursRefused
from motcua.people.models import Closure, OfficeHours, Unit
from motcua.people.officer import Officer
from motcua.people.queries import not_over
from motcua.people.weeks import Season

BACK, AHEAD = timedelta(days=60), timedelta(days=800)
"""How far from today hours may begin: a decision may arrive late; beyond it, it is a slip of the keyboard."""
LONGEST_CLOSURE = timedelta(days=60)


@transaction.atomic
def set_week(
    officer: Officer, unit: Unit, seasons: Sequence[Season], first: date, source: str, at: datetime
) -> None:
    """The unit's own hours from a day on, until those that are planned after it begin; older days keep theirs.

    Without seasons: the hours of the unit above. Raises HoursRefused, StaffRefused.
    """
    authority.check_manages(officer, unit)
    today = timezone.localdate(at)
    _check_first(first, today)
    _check_not_back(officer, unit, first, today, "first")
    if not source.strip():
        raise HoursRefused(_("Hãy ghi căn cứ: số văn bản quy định giờ làm việc."), field="source")
    if seasons:
        weeks.check(seasons)
    elif unit.parent_id is None:
        raise HoursRefused(_("Tỉnh không có cấp trên để theo giờ."), field="own")
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    last = _make_room(unit, first)
    OfficeHours.objects.bulk_create(
        OfficeHours(unit=unit, valid_from=first, valid_to=last, source=source.strip(), **row)
        for row in weeks.as_rows(seasons)
    )
    actions.calendar_changed()
    ends = last + timedelta(days=1) if last else calendar.LAST
    told = [
        [row["weekday"], str(row["opens"]), str(row["closes"]), row["first_month"], row["last_month"]]
        for row in weeks.as_rows(seasons)
    ]
    _tell(officer, "calendar.hours_changed", unit, _start(first), _start(ends), source, at, hours=told)


def _check_first(first: date, today: date) -> None:
    if first < today - BACK:
        raise HoursRefused(
            _("Giờ làm việc không đổi ngược quá 60 ngày trước: hạn của hồ sơ cũ đã tính theo giờ cũ."),
            field="first",
        )
    if first > today + AHEAD or first > calendar.LAST:
        raise HoursRefused(_("Ngày này quá xa. Kiểm tra lại năm."), field="first")


def _check_not_back(officer: Officer, unit: Unit, first: date, today: date, field: str) -> None:
    """Time that is over is the province's to change: else an office could close afterwards what it was late with (R15)."""
    if first < today and not authority.is_provinces(officer, unit):
        raise HoursRefused(
            _("Đổi giờ hoặc đóng cửa từ một ngày đã qua thì do quản trị tỉnh ghi."), field=field
        )


def _make_room(unit: Unit, first: date) -> date | None:
    """End the hours that hold on a day, with the day before; the last day for new ones, before those planned later."""
    own = OfficeHours.objects.filter(unit=unit)
    own.filter(valid_from=first).delete()
    running = own.filter(not_over(first)).exclude(valid_from__gt=first)
    running.update(valid_to=first - timedelta(days=1))
    later = (
        own.filter(valid_from__gt=first).order_by("valid_from").values_list("valid_from", flat=True).first()
    )
    return later - timedelta(days=1) if later else None


@transaction.atomic
def close_office(
    officer: Officer, unit: Unit, starts: datetime, ends: datetime, reason: str, at: datetime
) -> Closure:
    """A unit's own closure, half a day or more, not over yet. Raises CalendarRefused, StaffRefused."""
    authority.check_manages(officer, unit)
    if not reason.strip():
        raise CalendarRefused(_("Hãy ghi vì sao đóng cửa."))
    if ends <= at:
        raise CalendarRefused(_("Thời gian này đã qua. Kiểm tra lại ngày."))
    _check_not_back(officer, unit, timezone.localdate(starts), timezone.localdate(at), "first")
    if ends - starts > LONGEST_CLOSURE:
        raise CalendarRefused(_("Đóng cửa một lần không quá 60 ngày. Kiểm tra lại ngày."))
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if Closure.objects.filter(unit=unit, starts__lt=ends, ends__gt=starts).exists():
        raise CalendarRefused(_("Đã ghi đóng cửa trong thời gian này. Xem danh sách bên cạnh."))
    return actions.close_office(officer, unit, starts, ends, reason)


@transaction.atomic
def open_again(officer: Officer, unit: Unit, closure_id: int, at: datetime) -> None:
    """A closure that runs ends now; one that has not begun never comes. Raises CalendarRefused, StaffRefused."""
    authority.check_manages(officer, unit)
    row = Closure.objects.filter(unit=unit, pk=closure_id).select_for_update().first()
    if row is None or row.ends <= at:
        raise CalendarRefused(_("Lần đóng cửa này đã qua hoặc đã rút. Tải lại trang."))
    starts, ends = row.starts, row.ends
    if row.starts < at:
        row.ends = at
        row.save(update_fields=["ends"])
    else:
        row.delete()
    actions.calendar_changed()
    _tell(officer, "calendar.office_opened", unit, max(starts, at), ends, row.reason, at)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _tell(
    officer: Officer,
    kind: str,
    unit: Unit,
    starts: datetime,
    ends: datetime,
    name: str,
    at: datetime,
    **more: object,
) -> None:
    journal.record(
        chain=unit.code,
        kind=kind,
        subject="calendar:0",
        facts={"unit": unit.code, "starts": starts, "ends": ends, "name": name.strip()} | more,
        actor_id=officer.user_id or None,
        at=at,
    )
