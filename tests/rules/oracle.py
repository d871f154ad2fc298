"""The rules of working time once more, slow and obvious: it walks, and shares no code with `motcua.rules`.

Minute by minute, day by day, straight from the raw hours, holidays and closures. Only the shapes of these facts and of
a limit are read from the package. `Beyond` is raised as soon as the walk leaves the window.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from motcua.rules.hours import Closure, OfficeHours
from motcua.rules.limits import Limit

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Beyond(Exception):
    """The walk has left the window."""


@dataclass(frozen=True)
class Office:
    """The raw facts of one office in a window of dates."""

    hours: tuple[OfficeHours, ...]
    days_off: Mapping[date, str]
    make_up_days: Mapping[date, str]
    closures: tuple[Closure, ...]
    first: date
    last: date
    _seen: dict[date, list[datetime]] = field(default_factory=dict, compare=False, repr=False)

    def minutes_of(self, day: date) -> list[datetime]:
        """Every working minute of a day, in order; remembered, since each question walks the same days again."""
        if not self.first <= day <= self.last:
            raise Beyond(day)
        if day not in self._seen:
            midnight = datetime.combine(day, time())
            planned = [midnight + n * MINUTE for n in sorted(self._planned(day))]
            self._seen[day] = [
                minute
                for minute in planned
                if not any(closure.starts <= minute < closure.ends for closure in self.closures)
            ]
        return self._seen[day]

    def _planned(self, day: date) -> set[int]:
        """Every minute of the day on which the office would work if it were not closed."""
        weekday = day.weekday()
        if day in self.make_up_days:
            weekday = 0
        elif day in self.days_off:
            return set()
        return {
            minute
            for hours in self.hours
            if hours.weekday == weekday and in_force(hours, day)
            for minute in range(
                hours.opens.hour * 60 + hours.opens.minute, hours.closes.hour * 60 + hours.closes.minute
            )
        }

    def end_of(self, day: date) -> datetime:
        return self.minutes_of(day)[-1] + MINUTE


def in_force(hours: OfficeHours, day: date) -> bool:
    """Whether the validity and the season of some hours hold on a day."""
    if hours.valid_from is not None and day < hours.valid_from:
        return False
    if hours.valid_to is not None and day > hours.valid_to:
        return False
    if hours.season is None:
        return True
    month, last = hours.season
    months = [month]
    while month != last:
        month = month % 12 + 1
        months.append(month)
    return day.month in months


def days_from(office: Office, day: date) -> Iterator[date]:
    while True:
        office.minutes_of(day)
        yield day
        day += DAY


def working_minutes_from(office: Office, moment: datetime) -> Iterator[datetime]:
    """Every working minute from the one of `moment` on."""
    moment = moment.replace(second=0, microsecond=0)
    for day in days_from(office, moment.date()):
        yield from (minute for minute in office.minutes_of(day) if minute >= moment)


def nth_working_day(office: Office, day: date, number: int) -> date:
    """The `number`th working day after `day`; for 0 the first one from `day` on."""
    if number == 0:
        return next(found for found in days_from(office, day) if office.minutes_of(found))
    office.minutes_of(day)
    for found in days_from(office, day + DAY):
        if office.minutes_of(found):
            number -= 1
        if number == 0:
            return found
    raise AssertionError


def nth_working_day_before(office: Office, day: date, number: int) -> date:
    office.minutes_of(day)
    while number:
        day -= DAY
        if office.minutes_of(day):
            number -= 1
    return day


def after_minutes(office: Office, start: datetime, amount: int) -> datetime:
    """The end of the `amount`th working minute from `start` on; for 0 the beginning of the first."""
    minutes = working_minutes_from(office, start)
    if amount == 0:
        return next(minutes)
    for _ in range(amount - 1):
        next(minutes)
    return next(minutes) + MINUTE


def minutes_between(office: Office, start: datetime, end: datetime) -> int:
    return sum(
        start <= minute < end
        for day in days_between(start.date(), end.date())
        for minute in office.minutes_of(day)
    )


def days_between(first: date, last: date) -> Iterable[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def answers_today(office: Office, received: datetime) -> bool:
    """Received at or before 15:00, with a working minute of that day after the one of the reception."""
    minute = received.replace(second=0, microsecond=0)
    still_open = any(working >= minute for working in office.minutes_of(minute.date()))
    return minute.time() <= time(15) and still_open


def due_at(office: Office, limit: Limit, received: datetime) -> datetime:
    """R11 and R12, word for word."""
    day = received.date()
    text = str(limit)
    if text == "at once":
        return after_minutes(office, received, 0)
    if text == "same day":
        return office.end_of(day if answers_today(office, received) else nth_working_day(office, day, 1))
    if "hour" in text:
        return after_minutes(office, received, limit.amount * 60)
    if "working day" in text:
        return office.end_of(nth_working_day(office, day, limit.amount))
    office.minutes_of(day)
    return office.end_of(nth_working_day(office, day + limit.amount * DAY, 0))


def transfer_due(office: Office, received: datetime) -> datetime:
    """R06: by the end of the same working day, or by the start of the next one."""
    if answers_today(office, received):
        return office.end_of(received.date())
    return office.minutes_of(nth_working_day(office, received.date(), 1))[0]
