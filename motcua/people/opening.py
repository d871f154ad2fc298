"""When an office is open, as it is told to citizens: today and the days after, with the reason for a day off (R10)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.calendar import FIRST, LAST, calendar_of, nearest_hours
from motcua.people.models import Unit
from motcua.rules.calendar import WorkCalendar
from motcua.rules.hours import Spans
from motcua.rules.wording import Reason

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
WEEK = 7


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day of an office: its hours in words, empty when it is closed, and what is special about it."""

    day: date
    hours: str
    note: str

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.day.weekday()])


def opening(unit: Unit, first: date, days: int = WEEK) -> list[OpenDay]:
    """The days from `first` on; none where the calendar does not reach. One query."""
    calendar = calendar_of(unit)
    wanted = [first + timedelta(days=n) for n in range(days)]
    return [_open_day(calendar, day) for day in wanted if FIRST <= day <= LAST]


def regular_hours(unit: Unit, day: date) -> list[str]:
    """The hours of an ordinary week in force on a day: "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00". One query."""
    weekdays: dict[int, list[tuple[int, int]]] = {}
    for stretch in nearest_hours(unit.path):
        if stretch.valid_on(day):
            weekdays.setdefault(stretch.weekday, []).append(stretch.span)
    runs: list[tuple[int, int, Spans]] = []
    for weekday, spans in sorted(weekdays.items()):
        worked = tuple(sorted(spans))
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == worked:
            runs[-1] = (runs[-1][0], weekday, worked)
        else:
            runs.append((weekday, weekday, worked))
    return [_run_words(*run) for run in runs]


def _run_words(first: int, last: int, spans: Spans) -> str:
    days = str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]} – {WEEKDAYS[last]}"
    return _("%(days)s: %(hours)s") % {"days": days, "hours": hours_words(spans)}


def _open_day(calendar: WorkCalendar, day: date) -> OpenDay:
    spans = calendar.spans(day)
    off = calendar.reason_off(day)
    if off is not None:
        named = off.detail if off.reason in (Reason.HOLIDAY, Reason.CLOSURE) else ""
        return OpenDay(day, "", named)
    return OpenDay(day, hours_words(spans), calendar.make_up_name(day) or "")


def hours_words(spans: Spans) -> str:
    """07:30–11:30, 13:00–17:00."""
    return ", ".join(_("%(opens)s–%(closes)s") % {"opens": _clock(a), "closes": _clock(b)} for a, b in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
