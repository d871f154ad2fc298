"""What a request for supplement does to the clock (R14, NĐ 61/2018 Đ.19.4): until when it is asked in time, and when the
dossier is due once what was missing is back.

The law starts the limit again from its beginning; some fields' own law lets it pause. Either way a dossier that was
already late when the supplement was asked stays late: asking gives no time back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from motcua.rules import deadline
from motcua.rules.calendar import WorkCalendar
from motcua.rules.deadline import Deadline, Line
from motcua.rules.limits import Limit, LimitKind
from motcua.rules.wording import Reason

_DAY = timedelta(days=1)
_UNDIVIDED = (LimitKind.SAME_DAY, LimitKind.AT_ONCE)
"""Nothing of such a limit can be left over: it starts again under either policy."""


@dataclass(frozen=True, slots=True)
class Pause:
    """One supplement: asked, and back (None: not yet). `restarts`: the limit begins again, else it goes on."""

    asked: datetime
    resumed: datetime | None = None
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """From when the limit counts, and when it ends."""

    counted_from: datetime
    due_at: datetime
    paused: timedelta = timedelta()
    """How many days a limit in calendar days stood still."""


def ask_by(received: datetime, calendar: WorkCalendar, days: int = 3) -> datetime:
    """The last minute in which a supplement is asked in time: of the third working day after the reception."""
    return calendar.last_minute(calendar.add_working_days(received, days))


def lapses_at(asked: datetime, calendar: WorkCalendar, days: int) -> datetime:
    """When a dossier is closed whose papers never came: calendar days after the request, at a day's last working minute."""
    return calendar.last_minute(calendar.add_working_days(asked + days * _DAY, 0))


def warn_at(lapses: datetime, calendar: WorkCalendar, working_days: int = 3) -> datetime:
    """When the citizen is told before it: at the opening of the day that many working days ahead."""
    return calendar.first_minute(calendar.add_working_days(lapses, -working_days))


def clock(limit: Limit, received: datetime, pauses: Sequence[Pause], calendar: WorkCalendar) -> Clock:
    """The clock after all that happened, in order. A pause that still lasts, or began when it was late, changes nothing.

    Raises OutsideCalendar beyond the calendar's window.
    """
    now = Clock(received, deadline.due_at(limit, received, calendar))
    for pause in pauses:
        now = _after(limit, now, pause, calendar)
    return now


def _after(limit: Limit, before: Clock, pause: Pause, calendar: WorkCalendar) -> Clock:
    if pause.resumed is None or pause.asked > before.due_at:
        return before
    if pause.restarts or limit.kind in _UNDIVIDED:
        return Clock(pause.resumed, deadline.due_at(limit, pause.resumed, calendar))
    if limit.kind is LimitKind.CALENDAR_DAYS:
        return _later(limit, before, pause.resumed.date() - pause.asked.date(), calendar)
    left = calendar.working_minutes_between(pause.asked, before.due_at)
    moved = calendar.add_working_minutes(pause.resumed, left)
    if limit.kind is LimitKind.WORKING_DAYS:
        moved = calendar.last_minute(moved)  # a limit in days ends with the last working minute of a day
    # The rest of a day that never counted may be left: a pause gives no more than the law's own new beginning.
    return replace(before, due_at=min(moved, deadline.due_at(limit, pause.resumed, calendar)))


def _later(limit: Limit, before: Clock, waited: timedelta, calendar: WorkCalendar) -> Clock:
    """Calendar days: the nominal last day moves by the days of waiting, and from a day off to the next working day."""
    paused = before.paused + waited
    last = before.counted_from.date() + limit.amount * _DAY + paused
    return replace(before, due_at=calendar.last_minute(calendar.add_working_days(last, 0)), paused=paused)


def explain(limit: Limit, received: datetime, pauses: Sequence[Pause], calendar: WorkCalendar) -> Deadline:
    """The due time that `clock` gives, and what each date had to do with it (R16)."""
    now = Clock(received, deadline.due_at(limit, received, calendar))
    lines = list(deadline.explain(limit, received, calendar).lines)
    for pause in pauses:
        after = _after(limit, now, pause, calendar)
        if after != now and pause.resumed is not None:
            lines = [*_before(lines, pause, limit), *_since(limit, pause, after, calendar)]
        now = after
    return Deadline(now.due_at, limit, tuple(lines))


def _before(lines: Sequence[Line], pause: Pause, limit: Limit) -> Iterator[Line]:
    """What was counted until the supplement was asked; nothing of it where the limit began again. Then the waiting."""
    restarts = pause.restarts or limit.kind in _UNDIVIDED
    resumed = pause.resumed or pause.asked
    for line in lines:
        if line.date > pause.asked.date() or line.date >= resumed.date():
            break
        yield replace(line, counted=False, reason=Reason.BEGAN_AGAIN) if restarts and line.counted else line
    for day in _dates(pause.asked.date() + _DAY, resumed.date() - _DAY):
        yield Line(day, counted=False, reason=Reason.WAITING)


def _since(limit: Limit, pause: Pause, after: Clock, calendar: WorkCalendar) -> Iterator[Line]:
    """What each date since the papers came has to do with the new due time."""
    resumed = pause.resumed or pause.asked
    if pause.restarts or limit.kind in _UNDIVIDED:
        for line in deadline.explain(limit, resumed, calendar).lines:
            yield replace(line, reason=Reason.RESUMED) if line.reason is Reason.RECEIVED else line
        return
    nominal = after.counted_from.date() + limit.amount * _DAY + after.paused
    for day in _dates(resumed.date(), after.due_at.date()):
        if limit.kind is LimitKind.CALENDAR_DAYS:
            yield _calendar_day(day, resumed, nominal, calendar)
        else:
            yield _working_day(day, resumed, after.due_at, calendar)


def _calendar_day(day: date, resumed: datetime, nominal: date, calendar: WorkCalendar) -> Line:
    off = calendar.reason_off(day)
    if day == resumed.date():
        return Line(day, counted=False, reason=Reason.RESUMED)
    if day <= nominal:
        return Line(day, counted=True, reason=Reason.WENT_ON, detail=off.detail if off else "")
    return Line(
        day, counted=False, reason=off.reason if off else Reason.MOVED, detail=off.detail if off else ""
    )


def _working_day(day: date, resumed: datetime, due: datetime, calendar: WorkCalendar) -> Line:
    off = calendar.reason_off(day)
    if off is not None:
        return Line(day, counted=False, reason=off.reason, detail=off.detail)
    start = max(resumed, calendar.first_minute(day))
    minutes = max(0, calendar.working_minutes_between(start, min(due, calendar.last_minute(day))))
    reason = Reason.WORKING_TIME if minutes else Reason.AFTER_HOURS
    return Line(day, counted=minutes > 0, reason=reason, minutes=minutes)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * number for number in range((last - first).days + 1))
