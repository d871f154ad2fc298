"""Working time as offices write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.durations import DurationUnreadable, duration_words, read_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 ngày", 960),
        ("1 ngày 4 giờ", 720),
        ("2,5 giờ", 150),
        ("0.5 NGÀY", 240),
        ("30 phút", 30),
        ("1 gio 20 phut", 80),
        ("4h", 240),
        ("0", 0),
    ],
)
def test_reads_what_an_office_writes(text: str, minutes: int) -> None:
    """R13."""
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "4", "bốn giờ", "1 ngày rưỡi", "0,01 giờ", "-1 giờ", "999999 ngày", "1 giờ x", "giờ"]
)
def test_guesses_nothing(text: str) -> None:
    with pytest.raises(DurationUnreadable):
        read_minutes(text)


@given(st.integers(0, 200_000))
def test_reads_back_what_it_says(minutes: int) -> None:
    assert read_minutes(duration_words(minutes)) == minutes
