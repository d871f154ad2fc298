"""Hours as people think of them: what cannot be, seasons read back, whose they are on which day (R10)."""

from datetime import date, time

import pytest

from motcua.people.actions import set_hours
from motcua.people.errors import HoursRefused
from motcua.people.models import Unit
from motcua.people.weeks import NOTHING, Season, check, periods

MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13), time(17))
FULL = (((MORNING, AFTERNOON),) * 5) + ((), ())


def monday(*spans: tuple[time, time]) -> tuple:
    return (spans, *NOTHING[1:])


def test_a_full_week_can_be() -> None:
    check([Season(1, 12, FULL)])
    check([Season(4, 9, FULL), Season(10, 3, FULL)])
    check([Season(1, 12, monday((time(7), time(11)), (time(11), time(15))))])


@pytest.mark.parametrize(
    ("seasons", "field", "words"),
    [
        ([Season(1, 12, monday((time(11, 30), time(7, 30))))], "0-0", "Giờ đóng cửa 07:30 phải sau"),
        ([Season(1, 12, monday((time(8), time(8))))], "0-0", "phải sau giờ mở cửa 08:00"),
        ([Season(1, 12, monday(MORNING, (time(11), time(17))))], "0-0", "khi buổi sáng chưa hết"),
        ([Season(1, 12, NOTHING)], "0", "không có ngày làm việc nào"),
        ([Season(4, 9, FULL)], "0", "tháng 1, 2, 3, 10, 11, 12"),
        ([Season(4, 9, FULL), Season(9, 3, FULL)], "1", "Tháng 9 nằm trong cả hai mùa"),
        ([Season(4, 9, FULL), Season(10, 3, NOTHING)], "1", "không có ngày làm việc nào"),
    ],
)
def test_hours_that_cannot_be(seasons: list[Season], field: str, words: str) -> None:
    with pytest.raises(HoursRefused, match=words) as refused:
        check(seasons)
    assert refused.value.field == field


def test_months_of_a_season_run_over_the_years_end() -> None:
    assert Season(10, 3, NOTHING).months == [10, 11, 12, 1, 2, 3]
    assert Season(5, 5, NOTHING).months == [5]
    assert Season(1, 12, NOTHING).months == list(range(1, 13))


def test_the_provinces_hours_read_back_as_seasons(unit: Unit) -> None:
    old, new = periods(unit.path)
    assert (old.valid_from, old.valid_to, old.unit_code) == (None, date(2025, 12, 31), "46")
    assert [(one.first_month, one.last_month) for one in old.seasons] == [(1, 12)]
    assert old.seasons[0].week == FULL
    assert (new.valid_from, new.valid_to) == (date(2026, 1, 1), None)
    months = [(one.first_month, one.last_month) for one in new.seasons]
    assert sorted(months) == [(4, 9), (10, 3)]
    assert new.source.count("QĐ 4010") == 3


def test_whose_hours_hold_from_when(unit: Unit) -> None:
    """A district's for some months, the ward's own inside of them, the province's on all other days."""
    assert unit.parent is not None
    span = [MORNING]
    set_hours(unit.parent, range(6), span, valid_from=date(2027, 1, 1), valid_to=date(2027, 6, 30))
    set_hours(unit, range(3), span, valid_from=date(2027, 3, 1), valid_to=date(2027, 3, 31))
    found = [(one.unit_code, one.valid_from, one.valid_to) for one in periods(unit.path)]
    assert found == [
        ("46", None, date(2025, 12, 31)),
        ("46", date(2026, 1, 1), date(2026, 12, 31)),
        ("474", date(2027, 1, 1), date(2027, 2, 28)),
        ("19798", date(2027, 3, 1), date(2027, 3, 31)),
        ("474", date(2027, 4, 1), date(2027, 6, 30)),
        ("46", date(2027, 7, 1), None),
    ]
