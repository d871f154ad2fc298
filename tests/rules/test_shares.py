"""R13: the time of each step."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.rules.deadline import due_at
from motcua.rules.limits import Limit
from motcua.rules.shares import SharesExceedLimit, check_shares, step_due
from tests.rules import oracle
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


@pytest.mark.parametrize(
    ("shares", "limit"),
    [
        ([240, 960, 240], "3 working days"),
        ([30], "3 working days"),
        ([], "at once"),
        ([0, 0], "at once"),
        ([60, 60], "2 working hours"),
        ([480], "same day"),
        ([480 * 15], "15 calendar days"),
    ],
)
def test_r13_shares_fit_into_the_limit(shares, limit):
    check_shares(shares, Limit.parse(limit))


@pytest.mark.parametrize(
    ("shares", "limit", "message"),
    [
        ([240, 960, 241], "3 working days", "the steps have 1441 working minutes .* 3 working days is 1440"),
        ([1], "at once", "1 working minutes"),
        ([-60, 60], "1 working day", "-60 minutes"),
    ],
)
def test_r13_shares_beyond_the_limit_are_refused(shares, limit, message):
    with pytest.raises(SharesExceedLimit, match=message):
        check_shares(iter(shares), Limit.parse(limit))


def step(opened, share, received="2019-06-03 09:00", due="2019-06-06 17:00", nominal=1440, **own):
    return step_due(
        opened=at(opened),
        share_minutes=share,
        nominal_total=nominal,
        received=at(received),
        due=at(due),
        calendar=hue_calendar(**own),
    )


def test_r13_a_step_has_its_share_in_working_minutes_from_its_opening():
    assert step("2019-06-03 09:00", 240) == at("2019-06-03 14:30")
    assert step("2019-06-03 14:30", 960) == at("2019-06-05 14:30")


def test_r13_more_real_time_makes_no_share_longer():
    assert step("2019-06-03 09:00", 60, due="2019-06-20 17:00") == at("2019-06-03 10:00")


def test_r13_less_real_time_shrinks_every_share_rounded_down():
    """Same day, received at 14:00: three hours are left of the eight that were shared out."""
    day = {"received": "2019-06-03 14:00", "due": "2019-06-03 17:00", "nominal": 480}
    assert step("2019-06-03 14:00", 240, **day) == at("2019-06-03 15:30")
    assert step("2019-06-03 14:00", 100, **day) == at("2019-06-03 14:37")


def test_r13_half_days_shrink_shares_too():
    """Two working days of which one is a Saturday morning: 720 real minutes for 960."""
    own = {"more_hours": (SATURDAY_MORNING,)}
    due = step(
        "2019-06-07 07:30", 480, received="2019-06-06 17:00", due="2019-06-08 11:30", nominal=960, **own
    )
    assert due == at("2019-06-07 15:00")


def test_r13_no_step_is_due_after_its_dossier():
    assert step("2019-06-06 16:00", 240) == at("2019-06-06 17:00")
    assert step("2019-06-06 16:00", 60) == at("2019-06-06 17:00")
    assert step("2019-06-10 09:00", 240) == at("2019-06-06 17:00"), "opened when the dossier was already late"
    assert step("2019-12-31 17:00", 240, due="2019-12-31 17:00") == at("2019-12-31 17:00")


def test_r13_the_due_time_of_a_register_may_lie_outside_office_hours():
    assert step("2019-06-03 09:00", 1440, due="2019-06-06 20:00") == at("2019-06-06 09:00")
    assert step("2019-06-06 16:00", 60, due="2019-06-06 20:00") == at("2019-06-06 20:00")
    assert step("2019-06-03 09:00", 60, due="2019-05-31 17:00") == at("2019-05-31 17:00")


@PROPERTY
@given(
    OFFICES,
    MOMENTS,
    st.sampled_from(["2 working days", "5 calendar days", "9 working hours", "same day"]),
    st.lists(st.integers(1, 900), min_size=1, max_size=6),
)
def test_r13_steps_done_in_time_keep_the_dossier_in_time(office, drawn, text, shares):
    """However the limit is shared out, each step opened when the one before was due: none is due after the dossier."""
    calendar, limit, opened = compiled(office), Limit.parse(text), moments_in(office, drawn)[0]
    shares = within(shares, limit.nominal_minutes)
    check_shares(shares, limit)
    received, due = opened, answer(due_at, limit, opened, calendar)
    assume(due != "beyond")
    real = oracle.minutes_between(office, received.replace(second=0), due)
    for share in shares:
        ends = step_due(
            opened=opened,
            share_minutes=share,
            nominal_total=limit.nominal_minutes,
            received=received,
            due=due,
            calendar=calendar,
        )
        used = oracle.minutes_between(office, opened.replace(second=0), ends)
        assert used == min(share, share * real // limit.nominal_minutes)
        assert ends <= due
        opened = ends


def within(shares, total):
    """The shares that fit into `total`, the last one cut."""
    fitting: list[int] = []
    for share in shares:
        fitting.append(min(share, total - sum(fitting)))
    return fitting
