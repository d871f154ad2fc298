"""What a supervisor should look at: each rule at its threshold, just below it and just above it (R14, R26, R27)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.rules.signals import (
    BOUNDS,
    DAY_MINUTES,
    USUAL,
    clock_back,
    entered_late,
    haste,
    mass_closing,
    out_of_bounds,
    supplement_at_the_end,
    waits_without_paper,
)

NOON = datetime(2026, 11, 16, 12)
SECOND = timedelta(seconds=1)
FRIDAY = date(2026, 11, 20)


def clicks(*seconds: float) -> list[datetime]:
    return [NOON + second * SECOND for second in seconds]


def test_entered_more_than_a_working_day_after_the_paper() -> None:
    assert not entered_late(DAY_MINUTES)
    assert entered_late(DAY_MINUTES + 1)
    assert entered_late(31, most=30)


@pytest.mark.parametrize(
    ("seconds", "most"),
    [
        ((), 0),
        ((0, 10, 20), 0),
        ((0, 20, 40, 60), 4),
        ((0, 20, 40, 61), 0),
        ((0, 300, 310, 320, 330, 340), 5),
        ((0, 0.5, 0.9, 1.4, 1.9, 2.4), 0),
        ((0, 0.5, 2, 2.5, 4, 6), 4),
    ],
    ids=["none", "few", "just within", "just without", "later", "one click for many", "clicks of two"],
)
def test_many_moves_within_seconds(seconds: tuple[float, ...], most: int) -> None:
    assert haste(clicks(*seconds), least=4) == most


@given(some.lists(some.integers(0, 600), max_size=30))
def test_haste_is_what_a_slow_count_says(seconds: list[int]) -> None:
    """Every span of a minute that begins with a click, counted one by one."""
    moments = clicks(*sorted(set(seconds)))
    slow = max((sum(m >= NOON and a <= m <= a + 60 * SECOND for m in moments) for a in moments), default=0)
    assert haste(moments, least=3) == (slow if slow >= 3 else 0)


@pytest.mark.parametrize(
    ("before", "at_the_end", "found"),
    [(4, 10, 10), (5, 10, 10), (7, 10, 0), (0, 9, 0), (0, 10, 10), (90, 10, 0)],
)
def test_mass_closing_needs_both_many_and_most(before: int, at_the_end: int, found: int) -> None:
    finished = {FRIDAY - timedelta(days=1): before, FRIDAY: at_the_end}
    assert mass_closing(finished, FRIDAY, percent=60, least=10) == found


def test_a_period_without_anything_is_no_signal() -> None:
    assert mass_closing({}, FRIDAY, percent=60, least=1) == 0


@pytest.mark.parametrize(("asked", "found"), [(18, False), (19, True), (20, True)])
def test_supplement_asked_on_the_last_day(asked: int, found: bool) -> None:
    """R14: a clock that is stopped when it would have run out."""
    assert supplement_at_the_end(date(2026, 11, asked), date(2026, 11, 19)) is found


def test_waiting_without_the_paper_that_says_why() -> None:
    day = timedelta(days=1)
    assert not waits_without_paper(NOON, NOON + day, papers=0)
    assert waits_without_paper(NOON, NOON + day + SECOND, papers=0)
    assert not waits_without_paper(NOON, NOON + 9 * day, papers=1)


def test_written_down_long_after_the_moment_that_it_claims() -> None:
    hour = timedelta(hours=1)
    assert not clock_back(NOON, NOON + hour)
    assert clock_back(NOON, NOON + hour + SECOND)
    assert not clock_back(NOON + hour, NOON)


def test_the_usual_measure_lies_within_what_may_be_set() -> None:
    assert out_of_bounds(USUAL) == []
    for name, (least, most) in BOUNDS.items():
        assert out_of_bounds(replace(USUAL, **{name: least - 1})) == [name]
        assert out_of_bounds(replace(USUAL, **{name: most + 1})) == [name]
        assert out_of_bounds(replace(USUAL, **{name: least})) == []
