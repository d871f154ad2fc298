"""R33: a fee comes to what was published, never to more."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.rules.fees import MOST_UNITS, FeeRefused, Line, Price, lines

COPIES = Price(2000, ((3, 1000),), most=200_000)
"""2.000 đ/trang; từ trang thứ ba 1.000 đ/trang; tối đa 200.000 đ/bản."""


@pytest.mark.parametrize(
    ("pages", "copies", "dong"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (5, 3, 21_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (400, 2, 400_000),
    ],
)
def test_copies(pages: int, copies: int, dong: int) -> None:
    assert sum(line.amount for line in lines(COPIES, units=pages, items=copies)) == dong


def test_each_price_has_its_line() -> None:
    assert lines(COPIES, units=5, items=3) == (Line(6, 2000, 12_000), Line(9, 1000, 9_000))
    assert lines(COPIES, units=300, items=2) == (Line(2, 200_000, 400_000, is_most=True),)
    assert lines(Price(10_000), units=2) == (Line(2, 10_000, 20_000),)


def test_who_is_exempt_pays_nothing_and_what_does_not_come_out_even_is_left() -> None:
    assert lines(Price(8000), percent_off=100) == (Line(1, 8000, 0),)
    assert lines(Price(333), percent_off=50) == (Line(1, 333, 166),)


@pytest.mark.parametrize("count", [0, -1, MOST_UNITS + 1])
def test_a_quantity_that_there_cannot_be(count: int) -> None:
    for wrong in ({"units": count}, {"items": count}):
        with pytest.raises(FeeRefused):
            lines(COPIES, **wrong)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_reduction_that_there_cannot_be(percent: int) -> None:
    with pytest.raises(FeeRefused):
        lines(COPIES, percent_off=percent)


@pytest.mark.parametrize(
    "wrong",
    [
        (-1,),
        (10**9 + 1,),
        (1, ((1, 5),)),
        (1, ((3, 5), (3, 4))),
        (1, ((3, -5),)),
        (1, (), -1),
        (1, ((9, 1), (3, 1))),
    ],
)
def test_a_price_that_there_cannot_be(wrong: tuple) -> None:
    with pytest.raises(FeeRefused):
        Price(*wrong)


dong = st.integers(0, 500_000)
prices = st.builds(
    lambda first, steps, most: Price(first, tuple(sorted(steps.items())), most),
    dong,
    st.dictionaries(st.integers(2, 40), dong, max_size=3),
    st.none() | dong,
)
quantities = st.integers(1, 60)


def slowly(price: Price, units: int) -> int:
    """Unit by unit, as a person reads the text."""
    whole = 0
    for unit in range(1, units + 1):
        each = price.first
        for start, later in price.steps:
            if unit >= start:
                each = later
        whole += each
    return whole if price.most is None else min(whole, price.most)


@given(prices, quantities, quantities)
@example(COPIES, 5, 3)
def test_it_comes_to_what_a_person_would_count(price: Price, units: int, items: int) -> None:
    counted = lines(price, units=units, items=items)
    assert sum(line.amount for line in counted) == items * slowly(price, units) == items * price.of(units)
    assert all(line.quantity > 0 and line.amount == line.quantity * line.unit_price for line in counted)
    if not any(line.is_most for line in counted):
        assert sum(line.quantity for line in counted) == items * units


@given(prices, quantities, quantities, st.integers(0, 100))
def test_never_more_than_published_and_never_less_than_nothing(
    price: Price, units: int, items: int, percent_off: int
) -> None:
    counted = lines(price, units=units, items=items, percent_off=percent_off)
    whole = items * slowly(price, units)
    asked = sum(line.amount for line in counted)
    assert 0 <= asked <= whole
    assert asked <= whole * (100 - percent_off) / 100
    assert asked > whole * (100 - percent_off) / 100 - len(counted)  # less than a đồng a line is left
    if percent_off == 100:
        assert asked == 0
    if price.most is not None:
        assert asked <= items * price.most


@given(prices, quantities)
def test_one_page_more_is_never_cheaper(price: Price, units: int) -> None:
    assert price.of(units) <= price.of(units + 1)
