"""R11: the kinds of time limit, as text and as minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.limits import Limit, LimitKind, LimitUnreadable
from tests.rules.worlds import PROPERTY, limits_of


@pytest.mark.parametrize(
    ("text", "kind", "amount", "minutes"),
    [
        ("at once", LimitKind.AT_ONCE, 0, 0),
        ("same day", LimitKind.SAME_DAY, 0, 480),
        ("3 working days", LimitKind.WORKING_DAYS, 3, 1440),
        ("1 working day", LimitKind.WORKING_DAYS, 1, 480),
        ("  4 Working  HOURS ", LimitKind.WORKING_HOURS, 4, 240),
        ("30 calendar days", LimitKind.CALENDAR_DAYS, 30, 14400),
    ],
)
def test_r11_every_kind_can_be_read(text, kind, amount, minutes):
    limit = Limit.parse(text)
    assert limit == Limit(kind, amount)
    assert limit.nominal_minutes == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "3 days",
        "0 working days",
        "-1 working days",
        "1.5 working days",
        "3 calendar hours",
        "soon",
        "10000 working days",
    ],
)
def test_r11_anything_else_is_refused(text):
    with pytest.raises(LimitUnreadable):
        Limit.parse(text)


def test_r11_a_kind_that_counts_needs_an_amount_and_the_others_have_none():
    for kind, amount in ((LimitKind.WORKING_DAYS, 0), (LimitKind.AT_ONCE, 1), (LimitKind.SAME_DAY, 1)):
        with pytest.raises(LimitUnreadable, match="not a time limit"):
            Limit(kind, amount)


@PROPERTY
@given(st.sampled_from(LimitKind), st.integers(1, 9999))
def test_r11_the_text_of_a_limit_is_read_back(kind, amount):
    for limit in limits_of(kind, [amount]):
        assert Limit.parse(str(limit)) == limit
