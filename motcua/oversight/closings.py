"""Whether a unit closed most of a week's or a month's dossiers on its last working day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from motcua.dossiers.clock import aware
from motcua.dossiers.models import Dossier
from motcua.oversight.findings import Finding
from motcua.people.calendar import calendar_of
from motcua.people.models import Unit
from motcua.rules import signals
from motcua.rules.calendar import WorkCalendar
from motcua.rules.signals import Kind, Thresholds

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WEEKS_BACK = 5
ByDay = Mapping[date, int]


def closings(now: datetime, where: Thresholds) -> Iterator[Finding]:
    """Of the last five weeks and the last two months that are over. Two queries, and one a unit that closed many."""
    today = timezone.localdate(now)
    periods = [*_weeks(today), *_months(today)]
    finished = _finished(min(first for _kind, first, _last in periods))
    many = [
        unit
        for unit, days in finished.items()
        if sum(days.values()) >= min(where.week_least, where.month_least)
    ]
    for unit in Unit.objects.filter(pk__in=many).order_by("pk"):
        calendar = calendar_of(unit)
        for kind, first, last in periods:
            yield from _in_period(unit, calendar, finished[unit.pk], kind, (first, last), where)


def _finished(since: date) -> dict[int, dict[date, int]]:
    """How many each unit finished on each day."""
    rows = (
        Dossier.objects.filter(finished_at__gte=aware(datetime.combine(since, time())))
        .annotate(day=TruncDate("finished_at"))
        .values_list("unit", "day")
        .annotate(number=Count("pk"))
        .order_by()
    )
    finished: dict[int, dict[date, int]] = defaultdict(dict)
    for unit, day, number in rows:
        finished[unit][day] = number
    return finished


def _in_period(
    unit: Unit, calendar: WorkCalendar, days: ByDay, kind: str, period: tuple[date, date], where: Thresholds
) -> Iterator[Finding]:
    first, last = period
    last_day = _last_working_day(calendar, first, last)
    if last_day is None:
        return
    of_week, of_month = (where.week_percent, where.week_least), (where.month_percent, where.month_least)
    percent, least = of_week if kind == "week" else of_month
    of_period = {day: number for day, number in days.items() if first <= day <= last}
    if number := signals.mass_closing(of_period, last_day, percent, least):
        at = aware(calendar.last_minute(last_day))
        key = f"closing:{unit.pk}:{kind}:{first}"
        yield Finding(Kind.MASS_CLOSING, key, unit.pk, at, measure=number, whole=sum(of_period.values()))


def _last_working_day(calendar: WorkCalendar, first: date, last: date) -> date | None:
    days = (last - n * DAY for n in range((last - first).days + 1))
    return next((day for day in days if calendar.is_working_day(day)), None)


def _weeks(today: date) -> Iterator[tuple[str, date, date]]:
    """Monday to Sunday; a week is over when it is reported, on Monday."""
    this = today - today.weekday() * DAY
    for number in range(1, WEEKS_BACK + 1):
        yield "week", this - number * WEEK, this - (number - 1) * WEEK - DAY


def _months(today: date) -> Iterator[tuple[str, date, date]]:
    first = today.replace(day=1)
    for _ in range(2):
        last = first - DAY
        first = last.replace(day=1)
        yield "month", first, last
