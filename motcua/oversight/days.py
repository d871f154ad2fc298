"""Working time as an administrator reads it: the days of a year that are not like their weekday, and who is open when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.calendar import public_calendar
from motcua.people.models import CalendarDay, DayKind, OfficeHours
from motcua.ui.formats import vn_date

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
"""Monday first. Django's own say "Thứ 2", and the explanations of due times (R16) say it so."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    day: date
    weekday: str
    kind: DayKind
    name: str
    is_corrected: bool
    """From our table; else from the library."""


def special_days(year: int) -> list[SpecialDay]:
    """Public days off and make-up working days as they count now, in order."""
    off, working = public_calendar()
    corrected = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    kinds = [(day, DayKind.OFF, name) for day, name in off.items()]
    kinds += [(day, DayKind.WORKING, name) for day, name in working.items()]
    return [
        SpecialDay(day, str(WEEKDAYS[day.weekday()]), kind, name, day in corrected)
        for day, kind, name in sorted(kinds)
        if day.year == year
    ]


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Some weekdays with the same hours, while they are valid."""

    unit_name: str
    weekdays: str
    spans: str
    validity: str
    source: str


def hours_lines() -> list[HoursLine]:
    """Hours of the province, then of units that have their own."""
    rows = OfficeHours.objects.select_related("unit").order_by("unit__path", "pk")
    return [line for _key, same in groupby(rows, _validity) for line in _lines(list(same))]


def _validity(row: OfficeHours) -> tuple[object, ...]:
    return (row.unit_id, row.valid_from, row.valid_to, row.first_month, row.last_month, row.source)


def _lines(rows: Sequence[OfficeHours]) -> Iterator[HoursLine]:
    by_weekday: dict[int, list[tuple[time, time]]] = {}
    for row in rows:
        by_weekday.setdefault(row.weekday, []).append((row.opens, row.closes))
    # Weekdays in a run with the same hours have the same difference to their place.
    runs = groupby(enumerate(sorted(by_weekday)), key=lambda at: (sorted(by_weekday[at[1]]), at[1] - at[0]))
    for (spans, _difference), same in runs:
        yield HoursLine(
            unit_name=rows[0].unit.name,
            weekdays=_weekday_words([weekday for _place, weekday in same]),
            spans=", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans),
            validity=_validity_words(rows[0]),
            source=rows[0].source,
        )


def _weekday_words(weekdays: Sequence[int]) -> str:
    first, last = WEEKDAYS[weekdays[0]], WEEKDAYS[weekdays[-1]]
    return str(first) if first == last else f"{first} – {last}"


def _validity_words(row: OfficeHours) -> str:
    words = []
    if row.valid_from:
        words.append(_("từ %(day)s") % {"day": vn_date(row.valid_from)})
    if row.valid_to:
        words.append(_("đến hết %(day)s") % {"day": vn_date(row.valid_to)})
    if (row.first_month, row.last_month) != (1, 12):
        months = {"first": row.first_month, "last": row.last_month}
        words.append(_("tháng %(first)d đến tháng %(last)d") % months)
    return ", ".join(words) or _("luôn luôn")
