"""R26: when lateness is foreseen, until when the apology is signed in time, and the new date."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.rules import lateness
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.deadline import due_at
from motcua.rules.lateness import Course, Foreseen
from motcua.rules.limits import Limit, LimitKind
from motcua.rules.shares import step_due
from tests.rules.worlds import (
    MOMENTS,
    OFFICES,
    PROPERTY,
    SATURDAY_MORNING,
    answer,
    at,
    compiled,
    hue_calendar,
    moments_in,
)

HUE = hue_calendar()


def course(
    step_due="2019-06-05 16:00",
    *,
    step=1000,
    following=360,
    received="2019-06-03 09:00",
    limit="3 working days",
    calendar=HUE,
) -> Course:
    """Monday 03/06/2019 to Thursday; the specialist's 1000 minutes, then 360 for the leader."""
    typed = Limit.parse(limit)
    due = due_at(typed, at(received), calendar)
    return Course(typed, at(received), due, at(step_due), step, following)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("2019-06-03 09:00", None),
        ("2019-06-05 16:00", None),
        ("2019-06-05 16:01", Foreseen.STEP_OVERDUE),
        ("2019-06-06 17:00", Foreseen.STEP_OVERDUE),
        ("2019-06-06 17:00:59", Foreseen.STEP_OVERDUE),
        ("2019-06-06 17:01", Foreseen.LATE),
        ("2019-07-01 08:00", Foreseen.LATE),
    ],
)
def test_r26_a_step_overdue_foretells_lateness(now, why):
    assert lateness.foreseen(course(), at(now), HUE) is why


@pytest.mark.parametrize(
    ("step_due", "following", "why"),
    [
        (
            "2019-06-06 10:00",
            330,
            None,
        ),  # from 10:00 to 17:00 just the leader's five and a half hours are left
        ("2019-06-06 10:00", 331, Foreseen.SHARES),
        ("2019-06-06 10:01", 330, Foreseen.SHARES),
        ("2019-06-06 17:00", 1, Foreseen.SHARES),
        ("2019-06-06 17:00", 0, None),
    ],
)
def test_r26_shares_that_no_longer_fit_foretell_it_too(step_due, following, why):
    where = course(step_due, following=following)
    assert lateness.foreseen(where, at("2019-06-06 08:00"), HUE) is why


def test_r26_a_step_without_time_of_its_own_needs_none():
    """The return is due with the dossier: the whole day is left, and none of it is used."""
    where = course("2019-06-06 17:00", step=0, following=0)
    assert lateness.foreseen(where, at("2019-06-06 16:59"), HUE) is None


def test_r26_shares_shrink_with_the_real_time_of_a_short_day():
    """Same day, received at 14:00: three hours for eight; what shrank still fits."""
    where = course("2019-06-03 16:00", step=320, following=160, received="2019-06-03 14:00", limit="same day")
    assert lateness.foreseen(where, at("2019-06-03 14:00"), HUE) is None
    assert lateness.foreseen(where, at("2019-06-03 16:01"), HUE) is Foreseen.STEP_OVERDUE


@pytest.mark.parametrize(
    ("received", "limit", "sign_by"),
    [
        ("2019-06-03 09:00", "3 working days", "2019-06-05 17:00"),
        ("2019-06-03 09:00", "2 working days", "2019-06-04 17:00"),
        ("2019-06-06 09:00", "3 working days", "2019-06-10 17:00"),  # Thursday to Tuesday
        (
            "2019-05-02 09:00",
            "3 working days",
            "2019-05-04 17:00",
        ),  # the day before is a Saturday that is worked
        ("2019-04-24 09:00", "3 working days", "2019-04-26 17:00"),  # due after the holidays, on Thursday
        ("2019-06-03 09:00", "1 working day", "2019-06-04 13:23"),  # 870 minutes, 217 of them left
        ("2019-06-03 09:00", "same day", "2019-06-03 15:23"),
        ("2019-06-03 15:30", "same day", "2019-06-04 14:38"),
        ("2019-06-03 08:00", "4 working hours", "2019-06-03 11:00"),
        ("2019-06-03 08:00", "at once", "2019-06-03 08:00"),
        ("2019-06-08 08:00", "2 calendar days", "2019-06-10 15:00"),  # Saturday: Friday came before it
        ("2019-06-07 08:00", "2 calendar days", "2019-06-07 17:00"),
    ],
)
def test_r26_signed_in_time_is_one_working_day_before_the_limit_ends(received, limit, sign_by):
    """Đ.19.9; where there is no such day, a quarter of the real time before."""
    assert lateness.sign_by(course(received=received, limit=limit), HUE) == at(sign_by)


def test_r26_a_saturday_morning_is_a_working_day_before():
    calendar = hue_calendar(more_hours=(SATURDAY_MORNING,))
    where = course(received="2019-06-05 09:00", limit="4 working days", calendar=calendar)
    assert where.due == at("2019-06-10 17:00")
    assert lateness.sign_by(where, calendar) == at("2019-06-08 11:30")


@pytest.mark.parametrize(
    ("now", "drafted"), [("2019-06-10 09:00", False), ("2019-06-11 07:29", False), ("2019-06-11 07:30", True)]
)
def test_r26_it_is_drafted_when_the_end_is_three_working_days_away(now, drafted):
    """The step is overdue since Thursday, the limit ends on Friday 14/06: half a week is left to catch up."""
    where = course("2019-06-06 16:00", limit="9 working days")
    assert where.due == at("2019-06-14 17:00")
    assert lateness.foreseen(where, at(now), HUE)
    assert lateness.is_to_be_drafted(where, at(now), HUE) is drafted


@pytest.mark.parametrize(
    ("now", "limit", "new"),
    [
        # One day for the overdue step and 360 minutes for the leader.
        ("2019-06-05 16:30", "3 working days", "2019-06-07 17:00"),
        ("2019-06-06 09:00", "3 working days", "2019-06-07 17:00"),
        ("2019-06-06 10:00", "3 working days", "2019-06-10 17:00"),
        ("2019-06-06 17:30", "3 working days", "2019-06-10 17:00"),
        ("2019-06-03 09:00", "3 working days", "2019-06-07 17:00"),  # never on the old due date
        ("2019-06-03 10:00", "same day", "2019-06-05 17:00"),
    ],
)
def test_r26_the_new_date_is_enough_for_what_is_left(now, limit, new):
    assert lateness.proposed(course(limit=limit), at(now), HUE) == at(new)


@pytest.mark.parametrize(
    ("now", "limit", "new"),
    [
        ("2019-06-07 08:00", "3 working days", "2019-06-10 17:00"),  # days: never the same day
        ("2019-06-04 08:00", "same day", "2019-06-04 17:00"),
        ("2019-06-03 09:30", "at once", "2019-06-03 17:00"),
        ("2019-06-03 16:40", "at once", "2019-06-04 17:00"),  # an hour is left to do
        ("2019-06-03 14:00", "4 working hours", "2019-06-03 17:00"),
    ],
)
def test_r26_what_needs_an_hour_is_promised_for_the_same_or_the_next_day(now, limit, new):
    where = course("2019-06-03 09:00", step=60, following=0, limit=limit)
    assert lateness.proposed(where, at(now), HUE) == at(new)


@pytest.mark.parametrize(
    ("limit", "later"), [("same day", 3), ("5 working days", 5), ("30 working days", 10)]
)
def test_r26_a_leader_may_promise_later_but_not_for_ever(limit, later):
    dates = lateness.choices(course(limit=limit), at("2019-06-05 09:00"), HUE)
    assert len(dates) == 1 + later
    assert dates[0] == lateness.proposed(course(limit=limit), at("2019-06-05 09:00"), HUE)
    assert [HUE.last_minute(date) for date in dates] == list(dates)
    assert list(dates) == sorted(set(dates))


def test_r26_a_calendar_that_ends_says_so():
    where = course(received="2019-12-25 09:00", limit="2 working days")
    with pytest.raises(OutsideCalendar):
        lateness.proposed(where, at("2019-12-31 16:00"), HUE)


LIMITS = st.sampled_from(
    ["2 working days", "5 working days", "3 calendar days", "9 working hours", "same day", "at once"]
)
SHARES = st.tuples(st.integers(0, 900), st.integers(0, 900))


def worlds(office, drawn, text, shares):
    """A course in any office, and the moments to look at it."""
    calendar, limit = compiled(office), Limit.parse(text)
    received, *moments = moments_in(office, drawn)
    due = answer(due_at, limit, received, calendar)
    assume(due != "beyond")
    step = step_due(
        opened=received,
        share_minutes=shares[0],
        nominal_total=max(1, limit.nominal_minutes),
        received=received,
        due=due,
        calendar=calendar,
    )
    return calendar, Course(limit, received, due, step, *shares), moments


@PROPERTY
@given(OFFICES, MOMENTS, LIMITS, SHARES)
def test_r26_what_is_foreseen_stays_foreseen(office, drawn, text, shares):
    calendar, where, moments = worlds(office, drawn, text, shares)
    seen = [lateness.foreseen(where, moment, calendar) is not None for moment in moments]
    assert seen == sorted(seen)
    late = [moment.replace(second=0) > where.due for moment in moments]
    assert all(after for before, after in zip(late, seen, strict=True) if before)


@PROPERTY
@given(OFFICES, MOMENTS, LIMITS, SHARES)
def test_r26_the_new_date_is_a_later_working_day_with_time_enough(office, drawn, text, shares):
    """After now, after the law's due time, at the end of a working day, never earlier the later one asks."""
    calendar, where, moments = worlds(office, drawn, text, shares)
    last = where.due
    for moment in moments:
        dates = answer(lateness.choices, where, moment, calendar)
        if dates == "beyond":
            continue
        new = dates[0]
        assert new > moment
        assert new > where.due
        assert new == calendar.last_minute(new.date())
        assert calendar.working_minutes_between(moment, new) >= where.following_minutes
        if where.limit.kind in (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS):
            assert new.date() > max(moment, where.due).date()
        assert new >= last
        assert list(dates) == sorted(set(dates))
        last = new


@PROPERTY
@given(OFFICES, MOMENTS, LIMITS, SHARES)
def test_r26_it_can_be_signed_in_time_within_the_limit(office, drawn, text, shares):
    calendar, where, _moments = worlds(office, drawn, text, shares)
    signed = answer(lateness.sign_by, where, calendar)
    assume(signed != "beyond")
    assert signed <= where.due
    assert signed + timedelta(minutes=1) > where.counted_from
