"""A unit's working time: library, corrections, closures, hours inherited or its own (R10)."""

from datetime import date, datetime, time

import pytest
from django.db import transaction
from django.utils import timezone

from motcua.journal.queries import entries
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


# -- the data base's copy and ours ----------------------------------------------------------------
def test_a_change_is_seen_at_once_and_the_copy_is_kept_until_the_next(
    unit: Unit, django_assert_num_queries
) -> None:
    """Other processes compare the stamp, one query each time."""
    before = calendar_of(unit)
    with django_assert_num_queries(1):
        assert calendar_of(unit) is before
    actions.correct_calendar(NOBODY, date(2026, 11, 18), DayKind.OFF, "QĐ thử")
    assert calendar_of(unit) is not before
    assert before.is_working_day(date(2026, 11, 18))


def test_what_was_rolled_back_is_not_remembered(unit: Unit) -> None:
    with transaction.atomic():
        actions.correct_calendar(NOBODY, date(2026, 11, 18), DayKind.OFF, "QĐ thử")
        assert not calendar_of(unit).is_working_day(date(2026, 11, 18))
        transaction.set_rollback(True)
    assert calendar_of(unit).is_working_day(date(2026, 11, 18))
    actions.correct_calendar(NOBODY, date(2026, 11, 19), DayKind.OFF, "QĐ thử")
    assert calendar_of(unit).is_working_day(date(2026, 11, 18))


def test_units_without_hours_of_their_own_share_one_calendar(unit: Unit) -> None:
    assert calendar_of(unit) is calendar_of(Unit.objects.get(code="20068"))


# -- corrections ----------------------------------------------------------------------------------
def test_a_correction_stands_in_the_provinces_chain(administrator) -> None:
    """R27."""
    actions.correct_calendar(administrator.officer, date(2026, 11, 18), DayKind.OFF, " QĐ 99 ")
    actions.withdraw_correction(administrator.officer, date(2026, 11, 18))
    told = [(entry.kind, entry.actor_id, entry.read_facts()) for entry in entries(actions.PUBLIC_CHAIN)]
    user = administrator.user.pk
    assert told == [
        ("calendar.corrected", user, {"day": "2026-11-18", "kind": "off", "name": "QĐ 99"}),
        ("calendar.correction_withdrawn", user, {"day": "2026-11-18"}),
    ]


def test_the_same_again_is_nothing(db) -> None:
    for _ in range(2):
        actions.correct_calendar(NOBODY, date(2026, 11, 18), DayKind.OFF, "QĐ 99")
    actions.withdraw_correction(NOBODY, date(2026, 11, 19))
    assert len(list(entries(actions.PUBLIC_CHAIN))) == 1


def test_a_day_has_one_correction_the_last(db) -> None:
    actions.correct_calendar(NOBODY, date(2026, 11, 18), DayKind.OFF, "QĐ 99")
    actions.correct_calendar(NOBODY, date(2026, 11, 18), DayKind.WORKING, "QĐ 100")
    assert CalendarDay.objects.get(day=date(2026, 11, 18)).name == "QĐ 100"


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [
        (date(2026, 11, 18), "  ", "tên ngày nghỉ"),
        (date(2014, 12, 31), "QĐ", "2015"),
        (date(2036, 1, 1), "QĐ", "2035"),
    ],
)
def test_a_correction_that_cannot_be(db, day: date, name: str, words: str) -> None:
    with pytest.raises(CalendarRefused, match=words):
        actions.correct_calendar(NOBODY, day, DayKind.OFF, name)
    assert not CalendarDay.objects.exists()


def test_a_month_without_a_working_day_is_a_slip_of_the_keyboard(unit: Unit) -> None:
    """Else every due time of the month would be lost; what came before the slip stays."""
    days = [day for day in range(1, 31) if calendar_of(unit).is_working_day(date(2026, 11, day))]
    for day in days[:-1]:
        actions.correct_calendar(NOBODY, date(2026, 11, day), DayKind.OFF, "QĐ thử")
    with pytest.raises(CalendarRefused, match="11/2026"):
        actions.correct_calendar(NOBODY, date(2026, 11, days[-1]), DayKind.OFF, "QĐ thử")
    assert calendar_of(unit).is_working_day(date(2026, 11, days[-1]))


# -- hours and closures ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2025, 12, 31), "17:00"),
        (date(2026, 3, 31), "17:00"),
        (date(2026, 4, 1), "17:30"),
        (date(2026, 9, 30), "17:30"),
        (date(2026, 10, 1), "17:00"),
        (date(2027, 1, 4), "17:00"),
    ],
)
def test_summer_begins_in_april_and_ends_with_september(unit: Unit, day: date, ends: str) -> None:
    """QĐ 4010/QĐ-UBND; before 2026 there was no summer."""
    assert f"{calendar_of(unit).last_minute(day):%H:%M}" == ends


def test_hours_of_a_district_are_those_of_its_communes_and_of_no_others(unit: Unit) -> None:
    assert unit.parent is not None
    actions.set_hours(unit.parent, range(5), [(time(8), time(12))])
    assert calendar_of(unit).spans(date(2026, 11, 18)) == ((480, 720),)
    assert calendar_of(Unit.objects.get(code="20068")).spans(date(2026, 11, 18)) == ((450, 690), (780, 1020))


def test_hours_hold_from_their_first_day_to_their_last_and_on_other_days_those_from_above(unit: Unit) -> None:
    span = [(time(8), time(12))]
    actions.set_hours(unit, range(5), span, valid_from=date(2026, 11, 17), valid_to=date(2026, 11, 18))
    calendar = calendar_of(unit)
    inherited, own = ((450, 690), (780, 1020)), ((480, 720),)
    assert [calendar.spans(date(2026, 11, day)) for day in (16, 17, 18, 19)] == [
        inherited, own, own, inherited,
    ]  # fmt: skip


def test_a_closure_stands_in_the_units_chain(administrator, unit: Unit) -> None:
    starts = timezone.make_aware(datetime(2026, 11, 18, 13))
    actions.close_office(administrator.officer, unit, starts, starts.replace(hour=17), "mất điện")
    [entry] = entries(unit.code)
    assert (entry.kind, entry.actor_id) == ("calendar.office_closed", administrator.user.pk)
    assert entry.read_facts()["unit"] == unit.code
