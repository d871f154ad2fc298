"""A unit's working time as the rules want it: the library's holidays, our corrections, hours, closures (R10)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

import holidays
from django.utils import timezone

from motcua.people.models import CalendarDay, CalendarStamp, Closure, DayKind, Unit
from motcua.people.weeks import rows_for
from motcua.rules.calendar import WorkCalendar
from motcua.rules.hours import Closure as RulesClosure
from motcua.rules.hours import OfficeHours as RulesHours

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
"""The window in which a due date can be asked for; beyond it the lunar calendar is nobody's promise."""

Hours = tuple[RulesHours, ...]
Closures = tuple[RulesClosure, ...]


def calendar_of(unit: Unit) -> WorkCalendar:
    """The unit's working time now. One query; all else is kept until somebody changes a calendar."""
    stamp = CalendarStamp.objects.values_list("token", flat=True).first() or ""
    return _calendar(unit.pk, unit.path, stamp)


def calendars_of(units: Iterable[Unit]) -> dict[int, WorkCalendar]:
    """The same of many, by id; what is not kept yet costs two queries a unit."""
    stamp = CalendarStamp.objects.values_list("token", flat=True).first() or ""
    return {unit.pk: _calendar(unit.pk, unit.path, stamp) for unit in units}


@lru_cache(maxsize=512)
def _calendar(unit_id: int, path: str, stamp: str) -> WorkCalendar:
    hours = _hours(path)
    rows = Closure.objects.filter(unit=unit_id).order_by("starts")
    closures = tuple(RulesClosure(_local(c.starts), _local(c.ends), c.reason) for c in rows)
    return _compiled(hours, closures, stamp)


@lru_cache(maxsize=64)
def _compiled(hours: Hours, closures: Closures, stamp: str) -> WorkCalendar:
    """Units without hours or closures of their own share one."""
    off, working = public_calendar()
    return WorkCalendar.build(
        hours=hours, days_off=off, make_up_days=working, closures=closures, first=FIRST, last=LAST
    )


def _hours(path: str) -> Hours:
    """Hours of the unit, and for days on which it has none, those of the nearest above it that has any."""
    return tuple(
        RulesHours(
            weekday=row.weekday,
            opens=row.opens,
            closes=row.closes,
            valid_from=row.first,
            valid_to=row.last,
            season=row.months,
        )
        for row in rows_for(path)
    )


def public_calendar() -> tuple[dict[date, str], dict[date, str]]:
    """(days off, make-up working days) with their names: the library's, corrected by the table."""
    off, working = _library()
    off, working = dict(off), dict(working)
    for row in CalendarDay.objects.all():
        off.pop(row.day, None)
        working.pop(row.day, None)
        (off if row.kind == DayKind.OFF else working)[row.day] = row.name
    return off, working


@lru_cache(maxsize=1)
def _library() -> tuple[dict[date, str], dict[date, str]]:
    days = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1), language="vi")
    off = dict(sorted(days.items()))
    working = dict.fromkeys(sorted(days.weekend_workdays), "Ngày làm bù")
    return off, working


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)
