"""A unit's working time as the rules want it: the library's holidays, our corrections, hours, closures (R10)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone

from motcua.people.models import (
    CalendarDay,
    CalendarStamp,
    Closure,
    DayKind,
    Unit,
    UnitSuccession,
)
from motcua.people.weeks import rows_for
from motcua.rules.calendar import WorkCalendar
from motcua.rules.hours import Closure as RulesClosure
from motcua.rules.hours import OfficeHours as RulesHours

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
"""The window in which a due date can be asked for; beyond it the lunar calendar is nobody's promise."""

Hours = tuple[RulesHours, ...]
Closures = tuple[RulesClosure, ...]


def calendar_of(unit: Unit, promised_on: date | None = None) -> WorkCalendar:
    """The unit's working time. One query; all else is kept until somebody changes a calendar.

    Of a unit that was merged: until its last day its own, from then on that of who answers for it. `promised_on`: as
    whoever answered for it on that day works, for ever: a time that was promised by these hours does not become
    another one when communes merge (only the doors that are really shut count, whosesoever they are).
    """
    stamp = CalendarStamp.objects.values_list("token", flat=True).first() or ""
    stretches = _stretches(unit.pk, unit.path, stamp)
    if promised_on is None or len(stretches) == 1:
        return _calendar(stretches, None, stamp)
    kept = sum(one.since is None or one.since <= promised_on for one in stretches)
    return _calendar(stretches, kept, stamp)


class _Stretch(NamedTuple):
    """From which day (None: always) a unit's work lies with which unit; its path for the hours."""

    since: date | None
    unit_id: int
    path: str


def calendars_of(units: Iterable[Unit]) -> dict[int, WorkCalendar]:
    """The same of many, by id; what is not kept yet costs two queries a unit."""
    stamp = CalendarStamp.objects.values_list("token", flat=True).first() or ""
    return {unit.pk: _calendar(_stretches(unit.pk, unit.path, stamp), None, stamp) for unit in units}


@lru_cache(maxsize=512)
def _stretches(unit_id: int, path: str, stamp: str) -> tuple[_Stretch, ...]:
    rows = UnitSuccession.objects.filter(predecessor=unit_id).select_related(
        "predecessor__parent", "successor"
    )
    heirs = list(rows.order_by("on", "pk"))
    if not heirs:
        return (_Stretch(None, unit_id, path),)
    old = heirs[
        0
    ].predecessor  # in the tree it lies below its successor by now; its hours were those above it
    own = f"{old.parent.path if old.parent else ''}{old.code}."
    return (
        _Stretch(None, unit_id, own),
        *(_Stretch(row.on, row.successor_id, row.successor.path) for row in heirs),
    )


@lru_cache(maxsize=512)
def _calendar(stretches: tuple[_Stretch, ...], kept: int | None, stamp: str) -> WorkCalendar:
    ends = [one.since - timedelta(days=1) for one in stretches[1:] if one.since]
    hours: list[RulesHours] = []
    closures: list[RulesClosure] = []
    for one, end in zip(stretches, [*ends, None], strict=True):
        closures += _closures(one, end)
    for one, end in zip(stretches[:kept], [*ends[: kept and kept - 1], None], strict=True):
        hours += _within(nearest_hours(one.path), one.since, end)
    return _compiled(tuple(hours), tuple(closures), stamp)


def _closures(stretch: _Stretch, end: date | None) -> Iterator[RulesClosure]:
    rows = Closure.objects.filter(unit=stretch.unit_id).order_by("starts")
    for row in rows:
        starts = _local(row.starts)
        if (stretch.since is None or starts.date() >= stretch.since) and (
            end is None or starts.date() <= end
        ):
            yield RulesClosure(starts, _local(row.ends), row.reason)


def _within(hours: Hours, since: date | None, end: date | None) -> Iterator[RulesHours]:
    """These hours in a stretch of days only."""
    for one in hours:
        first = max(filter(None, (one.valid_from, since)), default=None)
        last = min(filter(None, (one.valid_to, end)), default=None)
        if first is None or last is None or first <= last:
            yield replace(one, valid_from=first, valid_to=last)


@lru_cache(maxsize=64)
def _compiled(hours: Hours, closures: Closures, stamp: str) -> WorkCalendar:
    """Units without hours or closures of their own share one."""
    off, working = public_calendar()
    return WorkCalendar.build(
        hours=hours, days_off=off, make_up_days=working, closures=closures, first=FIRST, last=LAST
    )


def nearest_hours(path: str) -> Hours:
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
    import holidays  # here: a command that counts no days need not wait for it

    days = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1), language="vi")
    off = dict(sorted(days.items()))
    working = dict.fromkeys(sorted(days.weekend_workdays), "Ngày làm bù")
    return off, working


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)
