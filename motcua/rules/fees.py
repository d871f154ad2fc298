"""What a published fee comes to for given quantities (NĐ 61/2018 Đ.22): never more than was published.

Money is whole đồng. A fee counts units (pages, cases); some count them within items (copies), each item on its own:
"2.000 đ/trang, từ trang thứ ba 1.000 đ, tối đa 200.000 đ/bản" has pages for units and copies for items.
"""

from dataclasses import dataclass
from itertools import pairwise

MOST_UNITS = 9999
"""Of units in an item, and of items in a charge: more is a slip of the finger."""
MOST_PRICE = 10**9
"""Đồng. No fee of a commune comes near; a price beyond it is a slip of the finger, too."""
WHOLE = 100


class FeeRefused(ValueError):
    """A price or a quantity that there cannot be; the message says which."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one item costs: đồng a unit, another price from a certain unit on, and the most for an item."""

    first: int
    steps: tuple[tuple[int, int], ...] = ()
    """(from this unit on, đồng a unit), ascending; the first unit is 1, so a step begins at 2 or later."""
    most: int | None = None

    def __post_init__(self) -> None:
        amounts = [self.first, *(price for _start, price in self.steps)]
        if self.most is not None:
            amounts.append(self.most)
        if any(not 0 <= amount <= MOST_PRICE for amount in amounts):
            raise FeeRefused(f"{self}: no such price")
        starts = [1, *(start for start, _price in self.steps)]
        if any(one >= other for one, other in pairwise(starts)):
            raise FeeRefused(f"{self}: the steps do not ascend")

    def bands(self, units: int) -> list[tuple[int, int]]:
        """(units, đồng each) of one item, the most left aside."""
        starts = [(1, self.first), *self.steps]
        ends = [start - 1 for start, _price in starts[1:]] + [units]
        bands = [
            (min(end, units) - start + 1, price) for (start, price), end in zip(starts, ends, strict=True)
        ]
        return [(count, price) for count, price in bands if count > 0]

    def of(self, units: int) -> int:
        """Đồng for one item of so many units."""
        whole = sum(count * price for count, price in self.bands(units))
        return whole if self.most is None else min(whole, self.most)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a receipt: so many, at so many đồng each, less so many hundredths."""

    quantity: int
    unit_price: int
    amount: int
    is_most: bool = False
    """Counted by items, because the most for an item was reached; else by units."""


def lines(price: Price, *, units: int = 1, items: int = 1, percent_off: int = 0) -> tuple[Line, ...]:
    """What so many items of so many units each come to. `percent_off`: 100 for who is exempt.

    What does not come out in whole đồng is left to the citizen. Raises FeeRefused.
    """
    for count in (units, items):
        if not 1 <= count <= MOST_UNITS:
            raise FeeRefused(f"{count}: not between 1 and {MOST_UNITS}")
    if not 0 <= percent_off <= WHOLE:
        raise FeeRefused(f"{percent_off} %: not a reduction")
    if price.most is not None and price.most < sum(count * each for count, each in price.bands(units)):
        return (_line(items, price.most, percent_off, is_most=True),)
    return tuple(_line(items * count, each, percent_off) for count, each in price.bands(units))


def _line(quantity: int, unit_price: int, percent_off: int, *, is_most: bool = False) -> Line:
    return Line(quantity, unit_price, quantity * unit_price * (WHOLE - percent_off) // WHOLE, is_most)
