"""A unit's working time: library, corrections, closures, hours inherited or its own (R10)."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from motcua.people import actions
from motcua.people.calendar import calendar_of, public_calendar
from motcua.people.errors import CalendarRefused
from motcua.people.models import CalendarDay, DayKind, Unit
from motcua.people.officer import NOBODY


def test_the_library_gives_holidays_substitutes_and_working_saturdays(unit: Unit) -> None:
    calendar = calendar_of(unit)
    assert not any(calendar.is_working_day(date(2019, 2, day)) for day in range(4, 9))
    assert not calendar.is_working_day(date(2019, 4, 29))
    assert calendar.is_working_day(date(2019, 5, 4))
    assert calendar.last_minute(date(2019, 5, 4)) == datetime(2019, 5, 4, 17)


def test_hours_of_2026_have_seasons(unit: Unit) -> None:
    calendar = calendar_of(unit)
    assert calendar.last_minute(date(2026, 3, 31)) == datetime(2026, 3, 31, 17)
    assert calendar.last_minute(date(2026, 7, 1)) == datetime(2026, 7, 1, 17, 30)
    assert calendar.spans(date(2026, 7, 1)) == ((450, 690), (810, 1050))


def test_a_correction_wins_over_the_library(unit: Unit) -> None:
    actions.correct_calendar(NOBODY, date(2026, 9, 2), DayKind.WORKING, "thử")
    actions.correct_calendar(NOBODY, date(2026, 9, 3), DayKind.OFF, "QĐ thử")
    off, working = public_calendar()
    assert date(2026, 9, 2) in working
    assert date(2026, 9, 2) not in off
    assert off[date(2026, 9, 3)] == "QĐ thử"
    calendar = calendar_of(unit)
    assert calendar.is_working_day(date(2026, 9, 2))
    assert not calendar.is_working_day(date(2026, 9, 3))
    actions.withdraw_correction(NOBODY, date(2026, 9, 3))
    assert calendar_of(unit).is_working_day(date(2026, 9, 3))
    assert not CalendarDay.objects.filter(day=date(2026, 9, 3)).exists()


def test_a_unit_closes_for_half_a_day_alone(unit: Unit) -> None:
    starts = timezone.make_aware(datetime(2026, 11, 18, 13))
    actions.close_office(NOBODY, unit, starts, starts.replace(hour=17), "mất điện")
    neighbour = Unit.objects.get(code="19747")
    assert calendar_of(unit).spans(date(2026, 11, 18)) == ((450, 690),)
    assert calendar_of(neighbour).spans(date(2026, 11, 18)) == ((450, 690), (780, 1020))
    with pytest.raises(CalendarRefused):
        actions.close_office(NOBODY, unit, starts, starts, "không")


def test_a_unit_with_hours_of_its_own_does_not_inherit(unit: Unit) -> None:
    actions.set_hours(unit, range(6), [(time(8), time(12))])
    calendar = calendar_of(unit)
    assert calendar.spans(date(2026, 11, 18)) == ((480, 720),)
    assert calendar.is_working_day(date(2026, 11, 21))  # its Saturday morning
    assert not calendar_of(Unit.objects.get(code="19747")).is_working_day(date(2026, 11, 21))
