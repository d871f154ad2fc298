"""How a date, a moment, an amount and the time that is left read in Vietnamese, on screen and on paper."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext

SOON = timedelta(hours=24)
"""A due time nearer than this asks for attention."""
HOUR = 60
MEGABYTE = 1_000_000


def vn_date(value: date | datetime | None) -> str:
    """04/05/2019; empty for nothing. A moment is shown as the local day it falls on."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def vn_time(value: datetime | None) -> str:
    """17:00, 04/05/2019: the hour first, as Vietnamese papers write it; empty for nothing."""
    if not value:
        return ""
    value = local(value)
    return f"{value.hour:02}:{value.minute:02}, {value.day:02}/{value.month:02}/{value.year:04}"


def local(value: datetime) -> datetime:
    """The same moment on the wall clock here; one that is on it already costs nothing (a list asks often)."""
    here = timezone.get_current_timezone()
    return value if value.tzinfo is None or value.tzinfo is here else value.astimezone(here)


def money(value: float | str | None) -> str:
    """10.000 đ; nothing published stays nothing: empty."""
    if value is None or isinstance(value, str):
        return ""
    return f"{value:,.0f}".replace(",", ".") + "\N{NO-BREAK SPACE}đ"


def size(octets: int) -> str:
    """820 KB, 1,4 MB: the size of a file."""
    if octets < MEGABYTE:
        return f"{max(1, round(octets / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{octets / MEGABYTE:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}MB"


@dataclass(frozen=True, slots=True)
class Left:
    """What is to be said beside a due time: words, and a tone (ok, soon, overdue, done, late, paused)."""

    words: str
    tone: str


def left(due: datetime, now: datetime, *, done: datetime | None = None, paused: bool = False) -> Left:
    """How a due time stands at `now`, or stood when the work was `done`."""
    if done is not None:
        if done <= due:
            return Left(gettext("kịp hạn"), "done")
        return Left(gettext("trễ %(span)s") % {"span": span(due, done)}, "late")
    if paused:
        return Left(gettext("tạm dừng"), "paused")
    if now > due:
        return Left(gettext("quá hạn %(span)s") % {"span": span(due, now)}, "overdue")
    words = gettext("còn %(span)s") % {"span": span(now, due)}
    return Left(words, "soon" if due - now <= SOON else "ok")


def span(start: datetime, end: datetime) -> str:
    """From `start` to `end` as a person says it: days by the calendar, within one day hours or minutes."""
    days = (local(end).date() - local(start).date()).days
    if days:
        return ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days}
    minutes = int((end - start).total_seconds() // 60)
    if minutes >= HOUR:
        return ngettext("%(n)d giờ", "%(n)d giờ", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("%(n)d phút", "%(n)d phút", minutes) % {"n": minutes}
