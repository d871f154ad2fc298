"""Working time (R10): an office's hours, public holidays, make-up days and closures, compiled into an index.

A calendar covers a window of dates. It is built once and never changes, so that it can be shared and asked a million
times: every question is an index or a binary search, none walks over days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, chain

from motcua.rules.hours import Closure, Off, OfficeHours, Spans, Week, check_naive, minute_of_day

__all__ = ["Closure", "NoWorkingTime", "Off", "OfficeHours", "OutsideCalendar", "WorkCalendar"]

_DAY = 24 * 60


class OutsideCalendar(ValueError):
    """The date asked for, or the answer, lies outside the window that the calendar covers."""


class NoWorkingTime(OutsideCalendar):
    """Within its window the calendar has no working time (left) that could answer the question."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkCalendar:
    """The working time of one office from `first` to `last`, both included. Make one with `build`.

    A working day is a day with at least one working minute. Moments are naive and local; seconds are cut off.
    Every method raises OutsideCalendar when it is asked, or would have to answer, beyond the window.
    """

    first: date
    last: date
    _origin: int  # ordinal of `first`; a day's index is its ordinal less this
    _midnight: datetime  # with which `first` begins
    _spans: tuple[Spans, ...]  # of each day, in minutes of the day
    _off: Mapping[int, Off]  # index of a day without working time -> why
    _made_up: Mapping[date, str]
    _rank: tuple[int, ...]  # working days before each day, and in the end all of them
    _working: tuple[date, ...]  # the working days in order, found by rank
    _closing: tuple[datetime, ...]  # and the last minute of each
    _starts: tuple[int, ...]  # of every span, in minutes since midnight of `first`
    _ends: tuple[int, ...]
    _worked: tuple[int, ...]  # working minutes before each span, and in the end all of them

    @classmethod
    def build(
        cls,
        *,
        hours: Iterable[OfficeHours],
        days_off: Mapping[date, str],
        make_up_days: Mapping[date, str],
        closures: Iterable[Closure],
        first: date,
        last: date,
    ) -> "WorkCalendar":
        """Compile the calendar of one office. The mappings give each date its name.

        A make-up working day has the hours of the Monday valid on that date; it wins over the weekend and over
        `days_off`. Closures take their time out of any day, and what the mappings hold beyond the window is ignored.
        """
        if last < first:
            raise ValueError(f"a calendar cannot end on {last} when it begins on {first}")
        week = Week(
            hours=hours,
            days_off=days_off,
            make_up_days=make_up_days,
            closures=closures,
            first=first,
            last=last,
        )
        days = [first + timedelta(days=index) for index in range((last - first).days + 1)]
        spans = tuple(week.spans(day) for day in days)
        working = [index for index, of_day in enumerate(spans) if of_day]
        flat = [
            (index * _DAY + start, index * _DAY + end) for index in working for start, end in spans[index]
        ]
        return cls(
            first=first,
            last=last,
            _origin=first.toordinal(),
            _midnight=_at(first, 0),
            _spans=spans,
            _off={index: week.why_off(day) for index, day in enumerate(days) if not spans[index]},
            _made_up=dict(make_up_days),
            _rank=tuple(accumulate(chain([0], (bool(of_day) for of_day in spans)))),
            _working=tuple(days[index] for index in working),
            _closing=tuple(_at(days[index], spans[index][-1][1]) for index in working),
            _starts=tuple(start for start, _ in flat),
            _ends=tuple(end for _, end in flat),
            _worked=tuple(accumulate(chain([0], (end - start for start, end in flat)))),
        )

    # Days

    def spans(self, day: date) -> Spans:
        """The working time of `day` as (start, end) in minutes of the day, in order; empty on a day off."""
        return self._spans[self._index(day)]

    def is_working_day(self, day: date) -> bool:
        return bool(self.spans(day))

    def reason_off(self, day: date) -> Off | None:
        """Why `day` has no working time; nothing for a working day."""
        return self._off.get(self._index(day))

    def make_up_name(self, day: date) -> str | None:
        """The name of the make-up working day that `day` is; nothing for any other day."""
        return self._made_up.get(day) if self.is_working_day(day) else None

    def first_minute(self, day: date) -> datetime:
        """When work begins on a working day."""
        return _at(day, self._work_of(day)[0][0])

    def last_minute(self, day: date) -> datetime:
        """When work ends on a working day: the end of its last span, such as 17:00."""
        index = self._index(day)
        if not self._spans[index]:
            self._work_of(day)
        return self._closing[self._rank[index]]

    def next_working_day(self, after: date) -> date:
        """The first working day later than `after`."""
        return self.add_working_days(after, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`th working day after `day`; with n below 0 the `-n`th before it; with 0 the first from `day` on."""
        index = self._index(day)
        rank = self._rank[index + 1] + n - 1 if n > 0 else self._rank[index] + n
        if not 0 <= rank < len(self._working):
            raise NoWorkingTime(f"{n} working days from {day:%d/%m/%Y} do not fit into {self}")
        return self._working[rank]

    # Minutes

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Working minutes from `a` until `b`; below 0 when `b` is the earlier one."""
        return self._worked_before(b) - self._worked_before(a)

    def add_working_minutes(self, start: datetime, n: int) -> datetime:
        """When `n` working minutes from `start` are used up; with n = 0 the first working minute from `start` on.

        A time used up with the last minute of a span ends with that span (11:30), not with the start of the next.
        """
        if n < 0:
            raise ValueError(f"{n} minutes cannot be added")
        if n == 0:
            return self._first_working_minute(start)
        used_up = self._worked_before(start) + n
        if used_up > self._worked[-1]:
            raise NoWorkingTime(f"{n} working minutes from {start:%d/%m/%Y %H:%M} do not fit into {self}")
        span = bisect_left(self._worked, used_up) - 1
        return self._moment(self._starts[span] + used_up - self._worked[span])

    def __str__(self) -> str:
        return f"the calendar from {self.first:%d/%m/%Y} to {self.last:%d/%m/%Y}"

    # Inside

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._spans):
            raise OutsideCalendar(f"{day:%d/%m/%Y} is outside {self}")
        return index

    def _work_of(self, day: date) -> Spans:
        spans = self.spans(day)
        if not spans:
            raise NoWorkingTime(f"{day:%d/%m/%Y} is not a working day")
        return spans

    def _minute(self, moment: datetime) -> int:
        """Minutes since midnight of `first`."""
        check_naive(moment)
        return self._index(moment) * _DAY + minute_of_day(moment)

    def _moment(self, minute: int) -> datetime:
        return self._midnight + timedelta(minutes=minute)

    def _worked_before(self, moment: datetime) -> int:
        minute = self._minute(moment)
        span = bisect_right(self._starts, minute) - 1
        if span < 0:
            return 0
        return min(self._worked[span] + minute - self._starts[span], self._worked[span + 1])

    def _first_working_minute(self, start: datetime) -> datetime:
        minute = self._minute(start)
        span = bisect_right(self._ends, minute)
        if span == len(self._ends):
            raise NoWorkingTime(f"no working time is left after {start:%d/%m/%Y %H:%M} in {self}")
        return self._moment(max(minute, self._starts[span]))


def _at(day: date, minute: int) -> datetime:
    return datetime.fromordinal(day.toordinal()) + timedelta(minutes=minute)
