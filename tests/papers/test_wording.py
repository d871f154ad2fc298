from datetime import UTC, date, datetime

import pytest

from motcua.papers import wording


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2019, 3, 4, 1, 15, tzinfo=UTC), "08 giờ 15 phút, ngày 04/03/2019"),
        (datetime(2019, 12, 31, 17, 0, tzinfo=UTC), "00 giờ 00 phút, ngày 01/01/2020"),
        (datetime(2019, 11, 22, 9, 59, tzinfo=wording.VIET_NAM), "09 giờ 59 phút, ngày 22/11/2019"),
    ],
)
def test_a_moment_is_read_on_a_clock_in_viet_nam(moment, words):
    assert wording.moment(moment) == words


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        wording.moment(datetime(2019, 3, 4, 8, 15))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 3, 4), "ngày 04 tháng 3 năm 2019"),
        (date(2019, 2, 28), "ngày 28 tháng 02 năm 2019"),
        (date(2020, 10, 1), "ngày 01 tháng 10 năm 2020"),
        (datetime(2019, 12, 31, 20, tzinfo=UTC), "ngày 01 tháng 01 năm 2020"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_get_a_zero(day, words):
    assert wording.long_day(day) == words


def test_a_line_of_place_and_day_opens_with_a_capital_even_without_a_place():
    assert wording.place_and_day("Phú Hậu", date(2019, 3, 4)) == "Phú Hậu, ngày 04 tháng 3 năm 2019"
    assert wording.place_and_day("", date(2019, 3, 4)) == "Ngày 04 tháng 3 năm 2019"


def test_short_forms():
    moment = datetime(2019, 12, 31, 20, tzinfo=UTC)
    assert wording.day(moment) == "01/01/2020"
    assert wording.short_moment(moment) == "03:00 01/01/2020"
    assert [wording.count(number) for number in (0, 7, 12, 150)] == ["00", "07", "12", "150"]
