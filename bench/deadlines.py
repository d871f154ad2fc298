"""How long a million due dates take on one core, and the same by the slow oracle of the tests (R11, R12).

Run from the root of the project: `python -m bench.deadlines [how many]`. Processor time, so that a busy machine does
not count.
"""

import random
import sys
import time as clock
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from motcua.rules.calendar import OfficeHours, WorkCalendar
from motcua.rules.deadline import due_at, explain
from motcua.rules.limits import Limit
from tests.rules import oracle

LIMITS = ("3 working days", "30 working days", "8 working hours", "15 calendar days", "same day", "at once")
ORACLE_SAMPLE = 200

OFFICE = oracle.Office(
    hours=tuple(
        OfficeHours(weekday, opens, closes)
        for weekday in range(5)
        for opens, closes in ((time(7, 30), time(11, 30)), (time(13), time(17)))
    ),
    days_off={
        date(year, month, day): ""
        for year in range(2017, 2028)
        for month, day in ((1, 1), (4, 30), (5, 1), (9, 2))
    },
    make_up_days={date(2019, 5, 4): ""},
    closures=(),
    first=date(2017, 1, 1),
    last=date(2027, 12, 31),
)


def compiled() -> WorkCalendar:
    return WorkCalendar.build(
        hours=OFFICE.hours,
        days_off=OFFICE.days_off,
        make_up_days=OFFICE.make_up_days,
        closures=OFFICE.closures,
        first=OFFICE.first,
        last=OFFICE.last,
    )


def receptions(amount: int) -> list[datetime]:
    """Moments of eight years, night and day."""
    chance = random.Random(2019)
    start = datetime.combine(date(2018, 1, 1), time())
    return [start + timedelta(minutes=chance.randrange(8 * 365 * 24 * 60)) for _ in range(amount)]


def main(amount: int) -> None:
    start = clock.process_time()
    calendar = compiled()
    print(f"a calendar of eleven years compiled in {(clock.process_time() - start) * 1000:.0f} ms")
    received = receptions(amount)
    for text in LIMITS:
        report(Limit.parse(text), received, calendar)


def report(limit: Limit, received: list[datetime], calendar: WorkCalendar) -> None:
    start = clock.process_time()
    for moment in received:
        due_at(limit, moment, calendar)
    fast = (clock.process_time() - start) / len(received)
    sample = received[: 10 * ORACLE_SAMPLE]
    start = clock.process_time()
    for moment in sample:
        explain(limit, moment, calendar)
    explained = (clock.process_time() - start) / len(sample)
    start = clock.process_time()
    for moment in sample:
        forgetful = replace(OFFICE, _seen={})  # each question walks for itself
        oracle.due_at(forgetful, limit, moment)
    slow = (clock.process_time() - start) / len(sample)
    million = 1_000_000
    print(
        f"{limit!s:16}  a million in {fast * million:5.2f} s ({fast * million:4.2f} µs each); "
        f"explained {explained * million:4.0f} µs; oracle {slow * million:6.0f} s a million, {slow / fast:6.0f} times"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
