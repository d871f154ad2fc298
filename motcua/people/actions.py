"""Writing units, working time, officers and applicants."""

import secrets
from calendar import monthrange
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority, calendar
from motcua.people.errors import CalendarRefused, OfficerRefused
from motcua.people.models import (
    Assignment,
    CalendarDay,
    CalendarStamp,
    Closure,
    DayKind,
    OfficeHours,
    Person,
    Role,
    Unit,
)
from motcua.people.officer import Officer
from motcua.people.succession import answered_by

PUBLIC_CHAIN = "46"
"""Changes of the public calendar are written into the province's own chain."""

SUPPLEMENT_DAYS = (5, 365)
"""How long a unit may wait for a supplement: calendar days, both included."""


def calendar_changed() -> None:
    """Tell every process that its copy of the calendars is old."""
    token = secrets.token_hex(16)
    if not CalendarStamp.objects.update(token=token):
        CalendarStamp.objects.create(token=token)


@transaction.atomic
def correct_calendar(officer: Officer, day: date, kind: DayKind, name: str) -> CalendarDay:
    """Say what a day is; it wins over the library. Recorded in the province's chain; the same again is nothing.

    Raises CalendarRefused.
    """
    name = name.strip()
    if not name:
        raise CalendarRefused(_("Hãy ghi tên ngày nghỉ hoặc số văn bản."))
    if not calendar.FIRST <= day <= calendar.LAST:
        years = {"first": calendar.FIRST.year, "last": calendar.LAST.year}
        raise CalendarRefused(_("Lịch chỉ có từ năm %(first)d đến năm %(last)d.") % years)
    known = CalendarDay.objects.filter(day=day, kind=kind, name=name).first()
    if known is not None:
        return known
    row, _made = CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": name})
    _check_month(day)
    calendar_changed()
    _record(officer, "calendar.corrected", {"day": day, "kind": kind, "name": row.name})
    return row


@transaction.atomic
def withdraw_correction(officer: Officer, day: date) -> None:
    """Back to what the library says of the day. Raises CalendarRefused."""
    deleted, _rows = CalendarDay.objects.filter(day=day).delete()
    if deleted:
        _check_month(day)
        calendar_changed()
        _record(officer, "calendar.correction_withdrawn", {"day": day})


def _check_month(day: date) -> None:
    """A month in which nobody works is a slip of the keyboard; refused before any due time is counted by it."""
    off, working = calendar.public_calendar()
    weekdays = set(OfficeHours.objects.values_list("weekday", flat=True).distinct())
    last = monthrange(day.year, day.month)[1]
    month = [day.replace(day=number) for number in range(1, last + 1)]
    if weekdays and not any(d in working or (d.weekday() in weekdays and d not in off) for d in month):
        raise CalendarRefused(
            _(
                "Tháng %(month)02d/%(year)d sẽ không còn ngày làm việc nào, nên không tính được hạn trả. Kiểm tra lại."
            )
            % {"month": day.month, "year": day.year}
        )


@transaction.atomic
def close_office(officer: Officer, unit: Unit, starts: datetime, ends: datetime, reason: str) -> Closure:
    """A unit's own closure, half a day or more."""
    if ends <= starts:
        raise CalendarRefused(_("Giờ kết thúc phải sau giờ bắt đầu."))
    closure = Closure.objects.create(unit=unit, starts=starts, ends=ends, reason=reason.strip())
    calendar_changed()
    _record(
        officer,
        "calendar.office_closed",
        {"unit": unit.code, "starts": starts, "ends": ends, "name": closure.reason},
        chain=unit.code,
    )
    return closure


@transaction.atomic
def arrange_unit(
    officer: Officer, unit_id: int, assignment: Assignment, supplement_days: int, at: datetime
) -> None:
    """How a unit shares its work out, and how long it waits for a supplement; also for units that it answers for.
    Recorded; the same again is nothing.

    Raises OfficerRefused for one who does not direct the unit, and for days out of bounds.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    if Role.LEADER not in officer.roles_in(unit_id) and not authority.may_manage(officer, unit):
        raise OfficerRefused(_("Chỉ lãnh đạo hoặc quản trị của đơn vị đặt được những điều này."))
    if not SUPPLEMENT_DAYS[0] <= supplement_days <= SUPPLEMENT_DAYS[1]:
        raise OfficerRefused(_("Thời gian chờ bổ sung từ 5 đến 365 ngày."))
    new = {"assignment": Assignment(assignment), "supplement_days": supplement_days}
    old = {name: getattr(unit, name) for name in new}
    if new == old:
        return
    Unit.objects.filter(pk__in=answered_by(unit_id)).update(**new)
    journal.record(
        chain=unit.code,
        kind="unit.arranged",
        subject=f"unit:{unit.pk}",
        facts=new | {"before": old},
        actor_id=officer.user_id or None,
        at=at,
    )


@transaction.atomic
def set_hours(unit: Unit, weekdays: range, spans: list[tuple[time, time]], **validity: object) -> None:
    """Give a unit spans of work on these weekdays; see OfficeHours for the words of `validity`."""
    OfficeHours.objects.bulk_create(
        OfficeHours(unit=unit, weekday=weekday, opens=opens, closes=closes, **validity)
        for weekday in weekdays
        for opens, closes in spans
    )
    calendar_changed()


def _record(officer: Officer, kind: str, facts: dict[str, object], *, chain: str = PUBLIC_CHAIN) -> None:
    journal.record(
        chain=chain,
        kind=kind,
        subject="calendar:0",
        facts=facts,
        actor_id=officer.user_id or None,
        at=timezone.now(),
    )


def remember_person(
    *, id_number: str, full_name: str, address: str, phone: str, email: str, is_simulated: bool = False
) -> Person:
    """The applicant with this number, brought up to date; a new one when there is none or no number.

    What was not given this time is not forgotten.
    """
    given = {"full_name": full_name, "address": address, "phone": phone, "email": email}
    if not id_number:
        return Person.objects.create(**given, is_simulated=is_simulated)
    person, made = Person.objects.get_or_create(
        id_number=id_number, defaults=given | {"is_simulated": is_simulated}
    )
    news = {name: value for name, value in given.items() if value and getattr(person, name) != value}
    if news and not made:
        for name, value in news.items():
            setattr(person, name, value)
        person.save(update_fields=[*news, "updated_at"])
    return person
