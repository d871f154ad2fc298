"""What one day of an office looks like (R10): regular hours, seasons, public holidays, make-up days, closures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.rules.wording import Reason

Spans = tuple[tuple[int, int], ...]
"""Stretches of work as (start, end) in minutes of the day, end not included, in order and apart from each other."""

MONDAY, SATURDAY = 0, 5
_END_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """One stretch of work on one weekday (0 is Monday); a morning and an afternoon are two of them.

    `valid_from`, `valid_to` and the months of `season` are included; a season may run over the year's end.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None
    season: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:  # noqa: PLR2004 - seven days
            raise ValueError(f"{self.weekday} is no weekday: 0 is Monday, 6 is Sunday")
        if self.span[0] >= self.span[1]:
            raise ValueError(f"hours cannot close at {self.closes} when they open at {self.opens}")
        if self.season and not all(1 <= month <= 12 for month in self.season):  # noqa: PLR2004 - twelve months
            raise ValueError(f"{self.season} are not the months of a season")

    @property
    def span(self) -> tuple[int, int]:
        return minute_of_day(self.opens), minute_of_day(self.closes)

    def valid_on(self, day: date) -> bool:
        """Whether these hours are in force on `day`, whatever its weekday."""
        if self.valid_from and day < self.valid_from:
            return False
        if self.valid_to and day > self.valid_to:
            return False
        return self.season is None or _in_season(day.month, *self.season)


@dataclass(frozen=True, slots=True)
class Closure:
    """Time in which an office that would work does not: from `starts` until `ends`, be it half a day or a week."""

    starts: datetime
    ends: datetime
    reason: str

    def __post_init__(self) -> None:
        check_naive(self.starts)
        check_naive(self.ends)
        if _to_minute(self.starts) >= _to_minute(self.ends):
            raise ValueError(f"a closure cannot end at {self.ends} when it starts at {self.starts}")

    def days(self, first: date, last: date) -> Iterable[date]:
        """Its days from `first` to `last`: a closure for good may end in the year 9999."""
        start, end = max(first, self.starts.date()), min(last, self.ends.date())
        return (start + timedelta(days=n) for n in range((end - start).days + 1))

    def part_of(self, day: date) -> tuple[int, int]:
        """Its start and end on one of its days, in minutes of that day."""
        start = minute_of_day(self.starts) if self.starts.date() == day else 0
        end = minute_of_day(self.ends) if self.ends.date() == day else _END_OF_DAY
        return start, end


@dataclass(frozen=True, slots=True)
class Off:
    """Why a day has no working time: HOLIDAY or CLOSURE with its name, WEEKEND, or NO_HOURS on another weekday."""

    reason: Reason
    detail: str = ""


class Week:
    """The hours of each weekday, with everything that makes one date from `first` to `last` differ from its weekday."""

    def __init__(
        self,
        *,
        hours: Iterable[OfficeHours],
        days_off: Mapping[date, str],
        make_up_days: Mapping[date, str],
        closures: Iterable[Closure],
        first: date,
        last: date,
    ) -> None:
        self._days_off = days_off
        self._make_up_days = make_up_days
        self._hours: list[list[OfficeHours]] = [[] for _ in range(7)]
        for stretch in hours:
            self._hours[stretch.weekday].append(stretch)
        self._closures: dict[date, list[Closure]] = {}
        for closure in closures:
            for day in closure.days(first, last):
                self._closures.setdefault(day, []).append(closure)

    def spans(self, day: date) -> Spans:
        """The working time of `day`, closures taken out."""
        spans = self._planned(day)
        for closure in self._closures.get(day, ()):
            spans = _without(spans, *closure.part_of(day))
        return spans

    def why_off(self, day: date) -> Off:
        """The reason for a day without working time."""
        if day in self._days_off and day not in self._make_up_days:
            return Off(Reason.HOLIDAY, self._days_off[day])
        if self._planned(day):
            return Off(Reason.CLOSURE, self._closures[day][0].reason)
        return Off(Reason.WEEKEND if day.weekday() >= SATURDAY else Reason.NO_HOURS)

    def _planned(self, day: date) -> Spans:
        if day in self._make_up_days:
            weekday = MONDAY
        elif day in self._days_off:
            return ()
        else:
            weekday = day.weekday()
        return _joined(stretch.span for stretch in self._hours[weekday] if stretch.valid_on(day))


def check_naive(moment: datetime) -> None:
    """Raise ValueError for a moment with an offset: read as local time it could be hours wrong."""
    if moment.tzinfo is not None:
        raise ValueError(f"{moment.isoformat()}: the rules take naive local time")


def minute_of_day(moment: time | datetime) -> int:
    """Seconds are cut off."""
    return moment.hour * 60 + moment.minute


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _in_season(month: int, first: int, last: int) -> bool:
    if first <= last:
        return first <= month <= last
    return month >= first or month <= last


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """In order, with those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _without(spans: Spans, start: int, end: int) -> Spans:
    """What is left of `spans` when the time from `start` to `end` is taken out."""
    parts = [part for a, b in spans for part in ((a, min(b, start)), (max(a, end), b))]
    return tuple((a, b) for a, b in parts if a < b)
