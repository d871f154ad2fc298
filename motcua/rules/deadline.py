"""When a dossier is due (R11, R12), why (R16), and when it must be with those who resolve it (R06)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.rules.calendar import WorkCalendar
from motcua.rules.hours import check_naive
from motcua.rules.limits import Limit, LimitKind
from motcua.rules.wording import Language, Reason, sentence

CUT_OFF = time(15, 0)
"""Received later than this, a dossier moves on with the next working day: NĐ 61/2018 Đ.18.2; for same-day answers
Luật Hộ tịch 2014 Đ.5.3 and NĐ 23/2015 Đ.7. 15:00 itself is still in time, whenever the office closes."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """What one date means for a due date: `number` of the counted day, or `minutes` of working time taken from it."""

    date: date
    counted: bool
    reason: Reason
    number: int | None = None
    minutes: int | None = None
    detail: str = ""

    def sentence(self, language: Language = "vi") -> str:
        return sentence(
            self.reason,
            day=self.date,
            number=self.number,
            minutes=self.minutes,
            detail=self.detail,
            language=language,
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due time with one line for every date from the reception to it."""

    due_at: datetime
    limit: Limit
    lines: tuple[Line, ...]


def due_at(limit: Limit, received: datetime, calendar: WorkCalendar) -> datetime:
    """The last minute in which a dossier received at `received` is still on time.

    Raises OutsideCalendar when the reception or the answer is beyond the calendar's window.
    """
    check_naive(received)
    kind = limit.kind
    if kind is LimitKind.WORKING_DAYS:
        return calendar.last_minute(calendar.add_working_days(received, limit.amount))
    if kind is LimitKind.WORKING_HOURS:
        return calendar.add_working_minutes(received, limit.nominal_minutes)
    if kind is LimitKind.CALENDAR_DAYS:
        return calendar.last_minute(calendar.add_working_days(received + limit.amount * _DAY, 0))
    if kind is LimitKind.SAME_DAY:
        return calendar.last_minute(_day_of_answer(received, calendar))
    return calendar.add_working_minutes(received, 0)


def transfer_due(received: datetime, calendar: WorkCalendar) -> datetime:
    """When a dossier must be with the body that resolves it (R06, NĐ 61/2018 Đ.18.2).

    The last minute of the same working day; when that is too late, the first minute of the next one.
    """
    check_naive(received)
    day = _day_of_answer(received, calendar)
    return calendar.last_minute(day) if day == received.date() else calendar.first_minute(day)


def explain(limit: Limit, received: datetime, calendar: WorkCalendar) -> Deadline:
    """The due time that `due_at` gives, and what each date from the reception to it had to do with it (R16)."""
    due = due_at(limit, received, calendar)
    lines_of = _LINES[limit.kind]
    return Deadline(due, limit, tuple(lines_of(limit, received, due, calendar)))


def _day_of_answer(received: datetime, calendar: WorkCalendar) -> date:
    """The day of reception while it can still be worked on, else the next working day."""
    if _too_late_for_today(received, calendar) is None:
        return received.date()
    return calendar.next_working_day(received.date())


def _too_late_for_today(received: datetime, calendar: WorkCalendar) -> Reason | None:
    """Why a dossier is not answered on the day of its reception: that day is off, after 15:00, or after hours."""
    off = calendar.reason_off(received)
    if off:
        return off.reason
    if (received.hour, received.minute) > (CUT_OFF.hour, CUT_OFF.minute):
        return Reason.AFTER_CUT_OFF
    if calendar.last_minute(received) <= received:
        return Reason.AFTER_HOURS
    return None


# One line for every date, by kind of limit


def _working_days(limit: Limit, received: datetime, due: datetime, calendar: WorkCalendar) -> Iterator[Line]:
    yield Line(received.date(), counted=False, reason=Reason.RECEIVED)
    number = 0
    for day in _dates(received.date() + _DAY, due.date()):
        if not calendar.is_working_day(day):
            yield _idle(day, calendar)
            continue
        number += 1
        name = calendar.make_up_name(day)
        reason = Reason.WORKING_DAY if name is None else Reason.MAKE_UP_DAY
        yield Line(day, counted=True, reason=reason, number=number, detail=name or "")


def _calendar_days(limit: Limit, received: datetime, due: datetime, calendar: WorkCalendar) -> Iterator[Line]:
    yield Line(received.date(), counted=False, reason=Reason.RECEIVED)
    for number, day in enumerate(_dates(received.date() + _DAY, due.date()), start=1):
        if number <= limit.amount:
            off = calendar.reason_off(day)
            detail = off.detail if off else ""
            yield Line(day, counted=True, reason=Reason.CALENDAR_DAY, number=number, detail=detail)
        elif day < due.date():
            yield _idle(day, calendar)
        else:
            yield Line(day, counted=False, reason=Reason.MOVED)


def _working_hours(limit: Limit, received: datetime, due: datetime, calendar: WorkCalendar) -> Iterator[Line]:
    for day in _dates(received.date(), due.date()):
        minutes = _minutes_of(day, received, due, calendar)
        if not minutes:
            yield _idle(day, calendar)
            continue
        name = calendar.make_up_name(day)
        reason = Reason.WORKING_TIME if name is None else Reason.MAKE_UP_TIME
        yield Line(day, counted=True, reason=reason, minutes=minutes, detail=name or "")


def _same_day(limit: Limit, received: datetime, due: datetime, calendar: WorkCalendar) -> Iterator[Line]:
    if due.date() == received.date():
        yield Line(received.date(), counted=True, reason=Reason.SAME_DAY)
        return
    late = _too_late_for_today(received, calendar)
    yield _idle(received.date(), calendar, working_day=late or Reason.AFTER_HOURS)
    for day in _dates(received.date() + _DAY, due.date() - _DAY):
        yield _idle(day, calendar)
    yield Line(due.date(), counted=True, reason=Reason.NEXT_WORKING_DAY)


def _at_once(limit: Limit, received: datetime, due: datetime, calendar: WorkCalendar) -> Iterator[Line]:
    for day in _dates(received.date(), due.date() - _DAY):
        yield _idle(day, calendar)
    waited = due > received
    yield Line(due.date(), counted=True, reason=Reason.AT_OPENING if waited else Reason.AT_ONCE)


_LINES = {
    LimitKind.WORKING_DAYS: _working_days,
    LimitKind.CALENDAR_DAYS: _calendar_days,
    LimitKind.WORKING_HOURS: _working_hours,
    LimitKind.SAME_DAY: _same_day,
    LimitKind.AT_ONCE: _at_once,
}


def _idle(day: date, calendar: WorkCalendar, working_day: Reason = Reason.AFTER_HOURS) -> Line:
    """A date that gave nothing: a day off, or the rest of a working day on which it was too late."""
    off = calendar.reason_off(day)
    if off is None:
        return Line(day, counted=False, reason=working_day)
    return Line(day, counted=False, reason=off.reason, detail=off.detail)


def _minutes_of(day: date, received: datetime, due: datetime, calendar: WorkCalendar) -> int:
    """Working minutes of `day` between `received` and `due`."""
    if not calendar.is_working_day(day):
        return 0
    start = max(received, calendar.first_minute(day))
    return max(0, calendar.working_minutes_between(start, min(due, calendar.last_minute(day))))


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * n for n in range((last - first).days + 1))
