"""R14: what a supplement does to the clock, in cases and for any office."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.rules import deadline, supplement
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.limits import Limit
from motcua.rules.supplement import Clock, Pause
from motcua.rules.wording import Reason
from tests.rules.worlds import OFFICES, PROPERTY, at, compiled, hue_calendar

DAY = timedelta(days=1)
RECEIVED = "2019-06-03 09:00"  # a Monday


def counted(limit: str, *pauses: tuple[str, str | None], restarts: bool = True, **own) -> Clock:
    lasted = [Pause(at(asked), at(back) if back else None, restarts) for asked, back in pauses]
    return supplement.clock(Limit.parse(limit), at(RECEIVED), lasted, hue_calendar(**own))


@pytest.mark.parametrize(
    ("limit", "asked", "back", "due"),
    [
        # The law: from the beginning, the day it came back not counted.
        ("3 working days", "2019-06-04 10:00", "2019-06-10 15:30", "2019-06-13 17:00"),
        ("5 calendar days", "2019-06-04 10:00", "2019-06-10 15:30", "2019-06-17 17:00"),  # 15 is a Saturday
        ("8 working hours", "2019-06-03 10:00", "2019-06-10 08:00", "2019-06-11 08:00"),
        ("same day", "2019-06-03 10:00", "2019-06-10 14:00", "2019-06-10 17:00"),
        ("same day", "2019-06-03 10:00", "2019-06-10 15:01", "2019-06-11 17:00"),
        ("at once", "2019-06-03 09:00", "2019-06-10 15:01", "2019-06-10 15:01"),
        # Over a holiday with its swapped day.
        ("1 working day", "2019-06-03 10:00", "2019-08-30 16:00", "2019-09-03 17:00"),
    ],
)
def test_r14_the_limit_begins_again(limit, asked, back, due):
    assert counted(limit, (asked, back)) == Clock(at(back), at(due))


@pytest.mark.parametrize(
    ("limit", "asked", "back", "due"),
    [
        # Due Thursday 06/06 17:00: 22 h 30 were left on Tuesday at 09:00, the last of them on the Wednesday after.
        ("3 working days", "2019-06-04 09:00", "2019-06-10 09:00", "2019-06-12 17:00"),
        ("3 working days", "2019-06-06 16:59", "2019-06-10 09:00", "2019-06-10 17:00"),
        ("8 working hours", "2019-06-03 10:30", "2019-06-10 08:00", "2019-06-10 16:00"),
        # Twelve days of waiting: Saturday 08/06 becomes Thursday 20/06.
        ("5 calendar days", "2019-06-04 10:00", "2019-06-16 15:30", "2019-06-20 17:00"),
        ("same day", "2019-06-03 10:00", "2019-06-10 14:00", "2019-06-10 17:00"),
        # Asked on the day of reception: what was left of that day never counted.
        ("3 working days", "2019-06-03 09:30", "2019-06-10 16:00", "2019-06-13 17:00"),
    ],
)
def test_r14_where_the_fields_own_law_says_so_it_pauses(limit, asked, back, due):
    found = counted(limit, (asked, back), restarts=False)
    assert found.due_at == at(due)


@pytest.mark.parametrize("restarts", [True, False])
def test_r14_who_asks_when_it_is_late_gains_nothing(restarts):
    found = counted("3 working days", ("2019-06-06 17:01", "2019-06-20 09:00"), restarts=restarts)
    assert found == Clock(at(RECEIVED), at("2019-06-06 17:00"))
    in_time = counted("3 working days", ("2019-06-06 17:00", "2019-06-20 09:00"), restarts=restarts)
    assert in_time.due_at > found.due_at


def test_r14_what_is_not_back_yet_changes_nothing():
    assert counted("3 working days", ("2019-06-04 10:00", None)) == Clock(
        at(RECEIVED), at("2019-06-06 17:00")
    )


def test_r14_a_second_one_begins_again_from_its_own_end():
    found = counted(
        "3 working days",
        ("2019-06-04 10:00", "2019-06-10 09:00"),
        ("2019-06-12 10:00", "2019-06-17 09:00"),
    )
    assert found == Clock(at("2019-06-17 09:00"), at("2019-06-20 17:00"))


@pytest.mark.parametrize(
    ("received", "until"),
    [
        ("2019-06-03 09:00", "2019-06-06 17:00"),
        ("2019-06-06 16:00", "2019-06-11 17:00"),
        ("2019-04-26 09:00", "2019-05-04 17:00"),  # 27–28 weekend, 29–1 off, 2, 3 and the make-up Saturday
    ],
)
def test_r14_it_is_asked_within_three_working_days(received, until):
    assert supplement.ask_by(at(received), hue_calendar()) == at(until)


def test_r14_a_dossier_that_waits_in_vain_is_closed_on_a_working_day_and_announced_before():
    lapses = supplement.lapses_at(at("2019-06-07 10:00"), hue_calendar(), 30)
    assert lapses == at("2019-07-08 17:00")  # 7 July is a Sunday
    assert supplement.warn_at(lapses, hue_calendar()) == at("2019-07-03 07:30")


def test_r16_every_date_says_what_it_had_to_do_with_it():
    calendar, limit = hue_calendar(), Limit.parse("2 working days")
    pause = Pause(at("2019-06-04 10:00"), at("2019-06-07 15:30"))
    found = supplement.explain(limit, at(RECEIVED), [pause], calendar)
    assert [(line.date.day, line.counted, line.reason) for line in found.lines] == [
        (3, False, Reason.RECEIVED),
        (4, False, Reason.BEGAN_AGAIN),
        (5, False, Reason.WAITING),
        (6, False, Reason.WAITING),
        (7, False, Reason.RESUMED),
        (8, False, Reason.WEEKEND),
        (9, False, Reason.WEEKEND),
        (10, True, Reason.WORKING_DAY),
        (11, True, Reason.WORKING_DAY),
    ]


@pytest.mark.parametrize("limit", ["3 working days", "12 working hours"])
def test_r16_what_was_counted_before_a_pause_and_after_it_makes_the_limit(limit):
    pause = Pause(at("2019-06-04 09:00"), at("2019-06-10 09:00"), restarts=False)
    found = supplement.explain(Limit.parse(limit), at(RECEIVED), [pause], hue_calendar())
    assert found.lines[-1].date == found.due_at.date()
    assert found.lines[-1].counted
    assert [line.date.day for line in found.lines if line.reason is Reason.WAITING] == [5, 6, 7, 8, 9]


LIMITS = st.sampled_from(
    ["at once", "same day", "1 working day", "3 working days", "10 working hours", "7 calendar days"]
)
WAITS = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 9000), st.booleans()), max_size=3)


def pauses_of(start: datetime, waits: list[tuple[int, int, bool]]) -> list[Pause]:
    found, now = [], start
    for until_asked, until_back, restarts in waits:
        asked = now + timedelta(minutes=until_asked)
        now = asked + timedelta(minutes=until_back)
        found.append(Pause(asked, now, restarts))
    return found


@PROPERTY
@given(office=OFFICES, text=LIMITS, minute=st.integers(0, 20000), waits=WAITS)
def test_r14_in_any_office_waiting_never_shortens_the_time_and_lateness_is_never_cured(
    office, text, minute, waits
):
    calendar, limit = compiled(office), Limit.parse(text)
    start = datetime.combine(office.first, datetime.min.time()) + timedelta(minutes=minute)
    pauses = pauses_of(start, waits)
    try:
        plain = deadline.due_at(limit, start, calendar)
        steps = [supplement.clock(limit, start, pauses[:n], calendar) for n in range(len(pauses) + 1)]
        told = supplement.explain(limit, start, pauses, calendar)
    except OutsideCalendar:
        assume(False)
    assert steps[0] == Clock(start, plain)
    for before, after, pause in zip(steps, steps[1:], pauses, strict=False):
        if pause.asked > before.due_at:
            assert after == before
        else:
            assert after.due_at >= max(before.due_at, pause.resumed or pause.asked)
            if pause.restarts:
                assert after == Clock(pause.resumed, deadline.due_at(limit, pause.resumed, calendar))
    assert told.due_at == steps[-1].due_at
    days = [line.date for line in told.lines]
    assert days[0] == start.date() or text in ("at once", "same day")
    assert days[-1] == told.due_at.date()
    assert [b - a for a, b in pairwise(days)] == [DAY] * (len(days) - 1)
