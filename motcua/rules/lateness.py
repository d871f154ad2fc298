"""Lateness seen before it comes, until when the apology is signed in time, and the new date (R26, NĐ 61/2018 Đ.19.9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.rules.calendar import WorkCalendar
from motcua.rules.limits import MINUTES_PER_DAY, Limit, LimitKind

DRAFTED_AHEAD = 3
"""Working days before the limit's last day from which the software drafts: earlier, much can still be caught up."""
SIGNED_AHEAD = 1
"""Đ.19.9: one day before the limit ends."""
LEAST_LATER, MOST_LATER = 3, 10
"""A leader may choose a date later than the proposed one by as many working days as the limit has, within these."""
_SHORT = 2 * MINUTES_PER_DAY
_LONG = (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS)


class Foreseen(StrEnum):
    """Why a dossier will be late. The codes are stored in the journal."""

    LATE = "late"
    """It is."""
    STEP_OVERDUE = "step_overdue"
    """The open step has used up its time."""
    SHARES = "shares"
    """The times of the steps that are still to come no longer fit before the due time."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a running dossier stands; shares are in working minutes, moments in naive local time."""

    limit: Limit
    counted_from: datetime
    due: datetime
    step_due: datetime
    step_minutes: int
    """The share of the open step."""
    following_minutes: int
    """The shares of all steps after it."""


def foreseen(course: Course, now: datetime, calendar: WorkCalendar) -> Foreseen | None:
    """Why the dossier will be late when nothing is done quicker than planned; None: it will not.

    What is foreseen at one moment is foreseen at every later one, as long as the dossier stays where it is.
    """
    minute = _to_minute(now)
    if minute > course.due:
        return Foreseen.LATE
    if minute > course.step_due:
        return Foreseen.STEP_OVERDUE
    real, nominal = _real_total(course, calendar), course.limit.nominal_minutes
    left = _left(course, minute, calendar) + _shrunk(course.following_minutes, real, nominal)
    return Foreseen.SHARES if left > calendar.working_minutes_between(minute, course.due) else None


def is_to_be_drafted(course: Course, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether the letter is drafted now: lateness is foreseen, and the limit's end is near."""
    near = calendar.first_minute(calendar.add_working_days(course.due.date(), -DRAFTED_AHEAD))
    return now >= near and foreseen(course, now, calendar) is not None


def sign_by(course: Course, calendar: WorkCalendar) -> datetime:
    """The last moment at which the apology is signed in time: the end of the working day before the limit's last one.

    Where there is no such day, because the limit is shorter than two working days or began no earlier, it is the
    moment at which a quarter of the limit's real working time is left.
    """
    day = calendar.add_working_days(course.due.date(), -SIGNED_AHEAD)
    moment = calendar.last_minute(day)
    if course.limit.nominal_minutes >= _SHORT and moment > course.counted_from:
        return moment
    total = max(0, _real_total(course, calendar))
    if total == 0:
        return course.due
    return min(course.due, calendar.add_working_minutes(course.counted_from, total - total // 4))


def proposed(course: Course, now: datetime, calendar: WorkCalendar) -> datetime:
    """The new date: the last working minute of the day on which the remaining steps can be done, counted from now.

    An overdue step gets its share again, at most one working day. The date is later than now and than the law's due
    time; where the limit counts days, on a later day than both. Raises OutsideCalendar beyond the calendar's window.
    """
    minute = _to_minute(now)
    for_step = max(_left(course, minute, calendar), min(course.step_minutes, MINUTES_PER_DAY))
    done = calendar.add_working_minutes(minute, for_step + course.following_minutes)
    after = max(minute, course.due)
    day = max(done.date(), after.date())
    if course.limit.kind in _LONG:
        day = max(day, after.date() + timedelta(days=1))
    day = calendar.add_working_days(day, 0)
    ends = calendar.last_minute(day)
    return ends if ends > after else calendar.last_minute(calendar.next_working_day(day))


def choices(course: Course, now: datetime, calendar: WorkCalendar) -> tuple[datetime, ...]:
    """The proposed date, and the later ones that a leader may choose with a reason; the last one is the bound."""
    first = proposed(course, now, calendar)
    days = course.limit.nominal_minutes // MINUTES_PER_DAY
    later = range(1, min(max(days, LEAST_LATER), MOST_LATER) + 1)
    return (first, *(calendar.last_minute(calendar.add_working_days(first.date(), n)) for n in later))


def _left(course: Course, minute: datetime, calendar: WorkCalendar) -> int:
    """What the open step may still use of its time."""
    share = _shrunk(course.step_minutes, _real_total(course, calendar), course.limit.nominal_minutes)
    return max(0, min(share, calendar.working_minutes_between(minute, course.step_due)))


def _shrunk(minutes: int, real: int, nominal: int) -> int:
    """A share where less time was really there than was shared out, as in `shares.step_due`."""
    return minutes * max(0, real) // nominal if real < nominal else minutes


def _real_total(course: Course, calendar: WorkCalendar) -> int:
    return calendar.working_minutes_between(course.counted_from, course.due)


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
