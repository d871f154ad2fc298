"""R10: working time, against the oracle and against the real calendar of 2019."""

from dataclasses import FrozenInstanceError, replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.calendar import Closure, NoWorkingTime, Off, OfficeHours, OutsideCalendar, WorkCalendar
from motcua.rules.wording import Reason
from tests.rules import oracle
from tests.rules.worlds import (
    MOMENTS,
    OFFICES,
    PROPERTY,
    SATURDAY_MORNING,
    WINDOW,
    answer,
    at,
    compiled,
    hue,
    hue_calendar,
    moments_in,
)

MORNING, AFTERNOON = (450, 690), (780, 1020)


@PROPERTY
@given(OFFICES)
def test_r10_every_day_has_the_minutes_that_the_oracle_finds(office):
    calendar = compiled(office)
    for day in oracle.days_between(office.first, office.last):
        minutes = [minute.hour * 60 + minute.minute for minute in office.minutes_of(day)]
        spans = calendar.spans(day)
        assert [minute for start, end in spans for minute in range(start, end)] == minutes
        assert all(end < start for (_, end), (start, _) in pairwise(spans))
        assert calendar.is_working_day(day) == bool(minutes)
        assert (calendar.reason_off(day) is None) == bool(minutes)
        if minutes:
            assert calendar.last_minute(day) == office.end_of(day)
            assert calendar.first_minute(day) == office.minutes_of(day)[0]


@PROPERTY
@given(OFFICES, MOMENTS, st.integers(0, 700) | st.sampled_from([240, 480, 960]))
def test_r10_adding_minutes_agrees_with_the_oracle_and_with_the_minutes_between(office, drawn, amount):
    calendar = compiled(office)
    for start in moments_in(office, drawn):
        end = answer(calendar.add_working_minutes, start, amount)
        assert end == answer(oracle.after_minutes, office, start, amount)
        if end != "beyond":
            assert calendar.working_minutes_between(start, end) == amount


@PROPERTY
@given(OFFICES, MOMENTS)
def test_r10_minutes_between_agree_with_the_oracle_and_change_sign(office, drawn):
    calendar = compiled(office)
    for start, end in pairwise(moments_in(office, drawn)):
        minutes = oracle.minutes_between(office, start.replace(second=0), end.replace(second=0))
        assert calendar.working_minutes_between(start, end) == minutes
        assert calendar.working_minutes_between(end, start) == -minutes


@PROPERTY
@given(OFFICES, st.integers(0, WINDOW))
def test_r10_counting_days_agrees_with_the_oracle_in_both_directions(office, offset):
    calendar = compiled(office)
    day = office.first + timedelta(days=offset)
    for amount in range(-12, 13, 3):
        walk = oracle.nth_working_day_before if amount < 0 else oracle.nth_working_day
        assert answer(calendar.add_working_days, day, amount) == answer(walk, office, day, abs(amount))
    assert answer(calendar.next_working_day, day) == answer(oracle.nth_working_day, office, day, 1)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        ("2019-04-26", (MORNING, AFTERNOON)),
        ("2019-04-27", ()),
        ("2019-04-29", ()),
        ("2019-05-04", (MORNING, AFTERNOON)),
        ("2019-02-04", ()),
        ("2019-02-08", ()),
        ("2019-02-11", (MORNING, AFTERNOON)),
        ("2019-01-05", (MORNING, AFTERNOON)),
    ],
)
def test_r10_the_real_days_of_2019(day, spans):
    assert hue_calendar().spans(date.fromisoformat(day)) == spans


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2019-04-26", None),
        ("2019-05-04", None),
        ("2019-04-27", Off(Reason.WEEKEND)),
        ("2019-09-02", Off(Reason.HOLIDAY, "Quốc khánh")),
        ("2019-06-03", Off(Reason.CLOSURE, "Mất điện")),
        ("2019-06-04", None),
    ],
)
def test_r10_why_a_day_is_off(day, reason):
    closed = (
        Closure(at("2019-06-03 00:00"), at("2019-06-04 00:00"), "Mất điện"),
        Closure(at("2019-06-04 00:00"), at("2019-06-04 12:00"), "Tập huấn"),
        Closure(at("2019-09-02 00:00"), at("2019-09-03 00:00"), "Sửa nhà"),
    )
    assert hue_calendar(closures=closed).reason_off(date.fromisoformat(day)) == reason


def test_r10_a_weekday_without_hours_is_not_called_a_weekly_day_off():
    mondays = [OfficeHours(0, time(8), time(9))]
    calendar = WorkCalendar.build(
        hours=mondays,
        days_off={},
        make_up_days={},
        closures=[],
        first=date(2019, 6, 3),
        last=date(2019, 6, 9),
    )
    assert calendar.reason_off(date(2019, 6, 4)) == Off(Reason.NO_HOURS)


def test_r10_a_make_up_day_on_which_the_office_is_closed_is_off_because_of_the_closure():
    closed = (Closure(at("2019-05-04 00:00"), at("2019-05-05 00:00"), "Mất điện"),)
    office = replace(hue(closures=closed), days_off={date(2019, 5, 4): "Lễ"})
    calendar = compiled(office)
    assert calendar.reason_off(date(2019, 5, 4)) == Off(Reason.CLOSURE, "Mất điện")
    assert calendar.make_up_name(date(2019, 5, 4)) is None


def test_r10_half_a_day_closed_leaves_a_working_day_that_ends_earlier():
    calendar = hue_calendar(closures=(Closure(at("2019-06-04 12:00"), at("2019-06-04 17:00"), "Tập huấn"),))
    assert calendar.is_working_day(date(2019, 6, 4))
    assert calendar.last_minute(date(2019, 6, 4)) == at("2019-06-04 11:30")


def test_r10_saturday_morning_is_a_working_day_where_the_unit_has_it():
    calendar = hue_calendar(more_hours=(SATURDAY_MORNING,))
    assert calendar.next_working_day(date(2019, 6, 7)) == date(2019, 6, 8)
    assert hue_calendar().next_working_day(date(2019, 6, 7)) == date(2019, 6, 10)
    assert calendar.spans(date(2019, 5, 4)) == (MORNING, AFTERNOON), "the make-up day has a Monday's hours"


def test_r10_a_make_up_day_has_the_monday_hours_valid_on_its_date():
    calendar = WorkCalendar.build(
        hours=[
            OfficeHours(0, time(8), time(9), valid_to=date(2019, 5, 3)),
            OfficeHours(0, time(8), time(10), valid_from=date(2019, 5, 4)),
            OfficeHours(5, time(8), time(12)),
        ],
        days_off={date(2019, 5, 4): "x"},
        make_up_days={date(2019, 5, 4): "y"},
        closures=[],
        first=date(2019, 5, 1),
        last=date(2019, 5, 31),
    )
    assert calendar.spans(date(2019, 5, 4)) == ((480, 600),)
    assert calendar.make_up_name(date(2019, 5, 4)) == "y"
    assert calendar.make_up_name(date(2019, 5, 11)) is None


def test_r10_seasons_change_the_hours_and_may_run_over_new_year():
    """Huế from 2026: 13:30-17:30 from April to September, 13:00-17:00 from October to March."""
    calendar = WorkCalendar.build(
        hours=[
            OfficeHours(day, opens, closes, season=season)
            for day in range(7)
            for opens, closes, season in (
                (time(13, 30), time(17, 30), (4, 9)),
                (time(13), time(17), (10, 3)),
            )
        ],
        days_off={},
        make_up_days={},
        closures=[],
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )
    ends = {month: calendar.last_minute(date(2026, month, 1)).hour for month in range(1, 13)}
    assert set(ends.values()) == {17}
    half_past = [month for month in ends if calendar.last_minute(date(2026, month, 1)).minute == 30]
    assert half_past == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2019-06-03 07:30", 240, "2019-06-03 11:30"),
        ("2019-06-03 07:30", 241, "2019-06-03 13:01"),
        ("2019-06-03 11:30", 0, "2019-06-03 13:00"),
        ("2019-06-03 11:29:59", 0, "2019-06-03 11:29"),
        ("2019-06-03 12:00", 240, "2019-06-03 17:00"),
        ("2019-06-07 16:30", 60, "2019-06-10 08:00"),
        ("2019-04-26 16:00", 540, "2019-05-02 17:00"),
        ("2019-12-31 16:00", 60, "2019-12-31 17:00"),
    ],
)
def test_r10_minutes_end_with_the_span_in_which_they_are_used_up(start, minutes, end):
    assert hue_calendar().add_working_minutes(at(start), minutes) == at(end)


def test_r10_outside_the_window_says_which_window():
    calendar = hue_calendar()
    for day in (date(2018, 11, 30), date(2020, 1, 1)):
        with pytest.raises(OutsideCalendar, match=r"from 01/12/2018 to 31/12/2019"):
            calendar.spans(day)
    with pytest.raises(NoWorkingTime, match="5 working days from 30/12/2019"):
        calendar.add_working_days(date(2019, 12, 30), 5)
    with pytest.raises(NoWorkingTime, match="-2 working days from 04/12/2018"):
        calendar.add_working_days(date(2018, 12, 4), -2)
    with pytest.raises(NoWorkingTime, match="do not fit"):
        calendar.add_working_minutes(at("2019-12-31 16:00"), 61)
    with pytest.raises(NoWorkingTime, match="no working time is left"):
        calendar.add_working_minutes(at("2019-12-31 17:00"), 0)
    with pytest.raises(NoWorkingTime, match="not a working day"):
        calendar.last_minute(date(2019, 4, 28))
    with pytest.raises(NoWorkingTime, match="not a working day"):
        calendar.first_minute(date(2019, 4, 28))


def test_r10_a_calendar_without_any_work_answers_clearly():
    calendar = WorkCalendar.build(
        hours=[], days_off={}, make_up_days={}, closures=[], first=date(2019, 1, 1), last=date(2019, 1, 9)
    )
    assert calendar.working_minutes_between(at("2019-01-01 00:00"), at("2019-01-09 23:59")) == 0
    with pytest.raises(NoWorkingTime):
        calendar.add_working_minutes(at("2019-01-01 08:00"), 1)
    with pytest.raises(NoWorkingTime):
        calendar.add_working_minutes(at("2019-01-01 08:00"), 0)
    with pytest.raises(NoWorkingTime):
        calendar.next_working_day(date(2019, 1, 1))


def test_r10_a_closure_for_good_may_have_no_end():
    closed = Closure(at("2019-12-01 00:00"), at("9999-12-31 00:00"), "Giải thể")
    with pytest.raises(NoWorkingTime):
        hue_calendar(closures=(closed,)).add_working_days(date(2019, 12, 1), 0)


def test_r10_facts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="weekday"):
        OfficeHours(7, time(8), time(9))
    with pytest.raises(ValueError, match="close"):
        OfficeHours(0, time(9), time(9))
    with pytest.raises(ValueError, match="season"):
        OfficeHours(0, time(8), time(9), season=(0, 3))
    with pytest.raises(ValueError, match="closure cannot end"):
        Closure(at("2019-01-01 08:00:10"), at("2019-01-01 08:00:50"), "")
    with pytest.raises(ValueError, match="naive"):
        Closure(at("2019-01-01 08:00+07:00"), at("2019-01-01 09:00+07:00"), "")
    with pytest.raises(ValueError, match="cannot be added"):
        hue_calendar().add_working_minutes(at("2019-01-02 08:00"), -1)
    with pytest.raises(ValueError, match="naive local time"):
        hue_calendar().add_working_minutes(at("2019-01-02 08:00+07:00"), 1)
    with pytest.raises(ValueError, match="cannot end on"):
        WorkCalendar.build(
            hours=[], days_off={}, make_up_days={}, closures=[], first=date(2019, 1, 2), last=date(2019, 1, 1)
        )


def test_r10_a_calendar_cannot_be_changed_not_even_through_its_source():
    days_off = {date(2019, 6, 3): "x"}
    make_up = {date(2019, 6, 8): "y"}
    calendar = WorkCalendar.build(
        hours=[SATURDAY_MORNING, OfficeHours(0, time(8), time(9))],
        days_off=days_off,
        make_up_days=make_up,
        closures=[],
        first=date(2019, 6, 1),
        last=date(2019, 6, 1) + timedelta(days=20),
    )
    days_off.clear()
    make_up.clear()
    assert calendar.reason_off(date(2019, 6, 3)) == Off(Reason.HOLIDAY, "x")
    assert calendar.make_up_name(date(2019, 6, 8)) == "y"
    with pytest.raises(FrozenInstanceError):
        calendar.first = date(2019, 1, 1)
