"""R70, R71: figures that balance, percentages that say of what, months as the report counts them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from motcua.rules.counting import (
    Counts,
    OutOfBalance,
    check_sums,
    is_digitising,
    is_regular,
    months,
    percentage,
)

GOOD = {
    "carried_over": 3,
    "received": 10,
    "received_online": 2,
    "received_post": 1,
    "finished_on_time": 6,
    "finished_late": 2,
    "refused": 1,
    "withdrawn": 1,
    "open": 5,
    "open_overdue": 1,
    "digitised": 6,
    "apologised": 1,
}


def test_what_came_went_or_is_there() -> None:
    """R70."""
    Counts(**GOOD).check("x")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("carried_over", 4),
        ("received", 9),
        ("finished_on_time", 7),
        ("finished_late", 1),
        ("open", 6),
        ("received_online", 10),
        ("refused", 8),
        ("open_overdue", 6),
        ("digitised", 11),
        ("apologised", 3),
        ("apologised", -1),
    ],
)
def test_what_cannot_be_is_not_given_out(name: str, number: int) -> None:
    """R70."""
    with pytest.raises(OutOfBalance, match="x: "):
        Counts(**(GOOD | {name: number})).check("x")


def test_every_table_adds_up_to_the_whole() -> None:
    """R70: in every column, not in the sum only."""
    whole = Counts(received=2, open=2)
    half = Counts(received=1, open=1)
    check_sums(whole, {"by_unit": [half, half], "by_field": [whole]})
    with pytest.raises(OutOfBalance, match="by_unit"):
        check_sums(whole, {"by_unit": [half]})
    with pytest.raises(OutOfBalance):
        check_sums(whole, {"by_unit": [Counts(received=2, finished_late=2)]})


def test_a_rate_is_of_what_was_finished() -> None:
    """R71: of nothing there is none; two decimals, a half goes up."""
    assert Counts(received=4, open=4).on_time_rate is None
    assert Counts(**GOOD).on_time_rate == Decimal("75.00")
    assert percentage(2, 3) == Decimal("66.67")
    assert percentage(1, 800) == Decimal("0.13")
    assert Counts(**GOOD).as_json() == GOOD | {"on_time_rate": 75.0}


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2019, 1, 1), date(2019, 11, 15), Fraction(21, 2)),
        (date(2019, 1, 1), date(2019, 12, 31), 12),
        (date(2020, 2, 1), date(2020, 2, 29), 1),
        (date(2019, 2, 14), date(2019, 2, 14), Fraction(1, 28)),
        (date(2018, 12, 17), date(2019, 2, 14), Fraction(15, 31) + 1 + Fraction(14, 28)),
    ],
)
def test_months(first: date, last: date, number: Fraction) -> None:
    assert months(first, last) == number


def test_regular_and_digitising() -> None:
    ten = months(date(2019, 1, 1), date(2019, 11, 15))
    assert is_regular(Counts(received=735), ten)
    assert not is_regular(Counts(received=734), ten)
    assert not is_digitising(Counts(received=4, digitised=2))
    assert is_digitising(Counts(received=5, digitised=3))
    assert not is_digitising(Counts())
