"""Dates, money and the time that is left, as Vietnamese papers write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from motcua.ui import formats

DUE = datetime(2019, 5, 4, 10, 0, tzinfo=UTC)  # 17:00 in Huế


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def test_a_moment_is_written_in_local_time_with_the_hour_first():
    assert formats.vn_time(DUE) == "17:00, 04/05/2019"


def test_a_date_is_the_local_day_of_a_moment():
    assert formats.vn_date(datetime(2019, 5, 3, 17, 30, tzinfo=UTC)) == "04/05/2019"
    assert formats.vn_date(date(2019, 5, 4)) == "04/05/2019"


@pytest.mark.parametrize("write", [formats.vn_date, formats.vn_time, formats.money])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_stays_nothing(write, nothing):
    assert write(nothing) == ""


@pytest.mark.parametrize(("amount", "text"), [(0, "0 đ"), (8000, "8.000 đ"), (1_250_000, "1.250.000 đ")])
def test_money_has_points_and_does_not_break(amount, text):
    assert formats.money(amount) == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(("octets", "text"), [(0, "1 KB"), (820_000, "820 KB"), (1_400_000, "1,4 MB")])
def test_size_of_a_file(octets, text):
    assert formats.size(octets) == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("before", "words", "tone"),
    [
        (timedelta(days=2), "còn 2 ngày", "ok"),
        (timedelta(hours=24, minutes=1), "còn 1 ngày", "ok"),
        (timedelta(hours=24), "còn 1 ngày", "soon"),
        (timedelta(hours=3, minutes=59), "còn 3 giờ", "soon"),
        (timedelta(minutes=20), "còn 20 phút", "soon"),
        (timedelta(0), "còn 0 phút", "soon"),
        (timedelta(minutes=-5), "quá hạn 5 phút", "overdue"),
        (timedelta(days=-3), "quá hạn 3 ngày", "overdue"),
    ],
)
def test_what_is_left(before, words, tone):
    assert formats.left(DUE, DUE - before) == formats.Left(words, tone)


def test_days_are_calendar_days_not_spans_of_24_hours():
    """16:30 today, due 17:00 tomorrow or 7:30 tomorrow: a person says one day for both."""
    assert formats.span(DUE - timedelta(hours=33), DUE) == "1 ngày"
    assert formats.span(DUE - timedelta(hours=18), DUE) == "1 ngày"


def test_finished_work_is_judged_by_when_it_was_finished():
    now = DUE + timedelta(days=30)
    assert formats.left(DUE, now, done=DUE) == formats.Left("kịp hạn", "done")
    assert formats.left(DUE, now, done=DUE + timedelta(days=1)) == formats.Left("trễ 1 ngày", "late")


def test_a_pause_stands_before_the_clock():
    assert formats.left(DUE, DUE + timedelta(days=1), paused=True).tone == "paused"
