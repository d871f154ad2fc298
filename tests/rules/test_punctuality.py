"""R15: early, on time, late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.punctuality import Punctuality, punctuality
from tests.rules.worlds import PROPERTY, at

DUE = "2019-05-04 17:00"
NEAR = st.datetimes(at("2019-04-28 00:00"), at("2019-05-10 00:00"))


@pytest.mark.parametrize(
    ("finished", "verdict"),
    [
        ("2019-04-26 09:00", "early"),
        ("2019-05-03 23:59:59", "early"),
        ("2019-05-04 00:00", "on_time"),
        ("2019-05-04 16:59", "on_time"),
        ("2019-05-04 17:00", "on_time"),
        ("2019-05-04 17:00:59", "on_time"),
        ("2019-05-04 17:01", "late"),
        ("2019-05-05 08:00", "late"),
        ("2020-01-01 08:00", "late"),
    ],
)
def test_r15_against_the_minute_it_was_due(finished, verdict):
    assert punctuality(at(DUE), at(finished)) is Punctuality(verdict)


def test_r15_seconds_of_the_due_time_are_cut_off_too():
    assert punctuality(at("2019-05-04 17:00:59"), at("2019-05-04 17:00:58")) is Punctuality.ON_TIME


@PROPERTY
@given(NEAR, NEAR, NEAR)
def test_r15_finishing_later_is_never_better(due, first, second):
    verdicts = [Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE]
    earlier, later = (punctuality(due, finished) for finished in sorted((first, second)))
    assert verdicts.index(earlier) <= verdicts.index(later)
