"""A unit's hours as people think of them: a week for each season, from one day to another, its own or from above (R10).

A unit has its own hours for the days for which it has any; for all others it has those of the nearest unit above it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from motcua.people.errors import HoursRefused
from motcua.people.models import OfficeHours

DAYS, MONTHS = 7, 12
Span = tuple[time, time]
Week = tuple[tuple[Span, ...], ...]
"""The spans of each weekday, Monday first."""
NOTHING: Week = ((),) * DAYS
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Season:
    """A week that holds in some months of each year, both included; it may run over the year's end."""

    first_month: int
    last_month: int
    week: Week

    @property
    def months(self) -> list[int]:
        number = (self.last_month - self.first_month) % MONTHS + 1
        return [(self.first_month - 1 + place) % MONTHS + 1 for place in range(number)]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of OfficeHours with whose it is, perhaps cut down to the days for which a unit below has none of its own."""

    unit_code: str
    unit_name: str
    weekday: int
    opens: time
    closes: time
    first: date
    last: date
    months: tuple[int, int]
    source: str


@dataclass(frozen=True, slots=True)
class Period:
    """Hours that a unit has from one day to another, and whose they are."""

    unit_code: str
    unit_name: str
    first: date
    last: date
    seasons: tuple[Season, ...]
    source: str

    @property
    def valid_from(self) -> date | None:
        return None if self.first == date.min else self.first

    @property
    def valid_to(self) -> date | None:
        return None if self.last == date.max else self.last

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


# -- reading --------------------------------------------------------------------------------------


def rows_for(path: str) -> list[Row]:
    """The rows that hold for a unit, its own before those from above, each cut to the days on which it counts."""
    codes = path.rstrip(".").split(".")
    by_code: dict[str, list[Row]] = {code: [] for code in codes}
    found = OfficeHours.objects.filter(unit__code__in=codes).order_by("weekday", "opens", "pk")
    for values in found.values_list(*_COLUMNS):
        row = _row(*values)
        by_code[row.unit_code].append(row)
    rows: list[Row] = []
    for code in codes:
        if own := by_code[code]:
            rows = [*own, *_outside(rows, _windows(own))]
    return rows


_COLUMNS = (
    *("unit__code", "unit__name", "weekday", "opens", "closes"),
    *("valid_from", "valid_to", "first_month", "last_month", "source"),
)
"""Columns, not models: a change of the province's hours reads them for each of its units."""


def _row(
    code: str,
    name: str,
    weekday: int,
    opens: time,
    closes: time,
    first: date | None,
    last: date | None,
    first_month: int,
    last_month: int,
    source: str,
) -> Row:
    months = (first_month, last_month)
    return Row(code, name, weekday, opens, closes, first or date.min, last or date.max, months, source)


def _windows(rows: Iterable[Row]) -> list[tuple[date, date]]:
    """The days on which any of these rows holds, as stretches apart from each other."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted({(row.first, row.last) for row in rows}):
        if joined and (joined[-1][1] == date.max or first <= joined[-1][1] + _ONE_DAY):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _outside(rows: Iterable[Row], windows: Sequence[tuple[date, date]]) -> Iterator[Row]:
    """Rows cut to the days that lie in none of the windows."""
    free = _gaps(windows)
    for row in rows:
        for first, last in free:
            start, end = max(row.first, first), min(row.last, last)
            if start <= end:
                yield replace(row, first=start, last=end)


def _gaps(windows: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    gaps = []
    if windows[0][0] > date.min:
        gaps.append((date.min, windows[0][0] - _ONE_DAY))
    gaps += [(before[1] + _ONE_DAY, after[0] - _ONE_DAY) for before, after in pairwise(windows)]
    if windows[-1][1] < date.max:
        gaps.append((windows[-1][1] + _ONE_DAY, date.max))
    return gaps


def periods(path: str) -> list[Period]:
    """The hours of a unit through time, in order, with whose they are."""
    rows = rows_for(path)
    turns = sorted({row.first for row in rows} | {row.last + _ONE_DAY for row in rows if row.last < date.max})
    found = []
    for place, first in enumerate(turns):
        last = turns[place + 1] - _ONE_DAY if place + 1 < len(turns) else date.max
        inside = [row for row in rows if row.first <= first and row.last >= last]
        if inside:
            sources = dict.fromkeys(row.source for row in inside if row.source)
            one = inside[0]
            found.append(
                Period(one.unit_code, one.unit_name, first, last, _seasons(inside), "; ".join(sources))
            )
    return found


def _seasons(rows: Sequence[Row]) -> tuple[Season, ...]:
    """Months with the same week, joined; round the year's end, too."""
    weeks = [_week(rows, month) for month in range(1, MONTHS + 1)]
    starts = [place for place in range(MONTHS) if weeks[place] != weeks[place - 1]]
    if not starts:
        return (Season(1, MONTHS, weeks[0]),)
    ends = [*starts[1:], starts[0]]
    return tuple(
        Season(start + 1, (end - 1) % MONTHS + 1, weeks[start])
        for start, end in zip(starts, ends, strict=True)
    )


def _week(rows: Sequence[Row], month: int) -> Week:
    days: list[list[Span]] = [[] for _day in range(DAYS)]
    for row in rows:
        if month in Season(*row.months, NOTHING).months:
            days[row.weekday].append((row.opens, row.closes))
    return tuple(tuple(sorted(spans)) for spans in days)


# -- what can be -----------------------------------------------------------------------------------


def check(seasons: Sequence[Season]) -> None:
    """Raises HoursRefused for hours that no office can have; its field is `season-weekday`, or `season`."""
    for place, season in enumerate(seasons):
        for weekday, spans in enumerate(season.week):
            _check_day(spans, f"{place}-{weekday}")
        if not any(season.week):
            raise HoursRefused(
                _("Trong những tháng này không có ngày làm việc nào, nên không hẹn được ngày trả."),
                field=str(place),
            )
    taken: dict[int, int] = {}
    for place, season in enumerate(seasons):
        for month in season.months:
            if month in taken:
                raise HoursRefused(
                    _("Tháng %(month)d nằm trong cả hai mùa. Mỗi tháng chỉ thuộc một mùa.")
                    % {"month": month},
                    field=str(place),
                )
            taken[month] = place
    missing = [month for month in range(1, MONTHS + 1) if month not in taken]
    if missing:
        raise HoursRefused(
            _("Chưa có giờ làm việc cho các tháng %(months)s. Thêm mùa thứ hai, hoặc chọn tháng 1 đến 12.")
            % {"months": ", ".join(map(str, missing))},
            field="0",
        )


def _check_day(spans: Sequence[Span], field: str) -> None:
    for opens, closes in spans:
        if closes <= opens:
            raise HoursRefused(
                _("Giờ đóng cửa %(closes)s phải sau giờ mở cửa %(opens)s.")
                % {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"},
                field=field,
            )
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise HoursRefused(
                _("Buổi chiều bắt đầu lúc %(opens)s, khi buổi sáng chưa hết (%(closes)s).")
                % {"opens": f"{after[0]:%H:%M}", "closes": f"{before[1]:%H:%M}"},
                field=field,
            )


def as_rows(seasons: Iterable[Season]) -> Iterator[Mapping[str, object]]:
    """What stands in OfficeHours for these seasons, without validity."""
    for season in seasons:
        for weekday, spans in enumerate(season.week):
            for opens, closes in spans:
                yield {
                    "weekday": weekday,
                    "opens": opens,
                    "closes": closes,
                    "first_month": season.first_month,
                    "last_month": season.last_month,
                }
