"""How dossiers are counted in a period (R70, R71): the figures, whether they balance, and what is said of them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

REGULAR = 70
"""Dossiers received in a month, on the average of the period, from which on a unit is a regular one."""
_CENT = Decimal("0.01")


class OutOfBalance(ArithmeticError):
    """Figures that cannot be: a report with them is not given out."""


@dataclass(slots=True)
class Counts:
    """Of one block of a report. What was received, what was finished and what is open are counted each for itself."""

    carried_over: int = 0
    """Received before the period and not finished when it began."""
    received: int = 0
    received_online: int = 0
    received_post: int = 0
    finished_on_time: int = 0
    """In the period, early ones included."""
    finished_late: int = 0
    refused: int = 0
    """Of those finished."""
    withdrawn: int = 0
    """Of those finished; also what was closed because the supplement never came."""
    open: int = 0
    """At the period's end."""
    open_overdue: int = 0
    digitised: int = 0
    """Of those received."""
    apologised: int = 0
    """Of those finished late."""

    @property
    def finished(self) -> int:
        return self.finished_on_time + self.finished_late

    @property
    def on_time_rate(self) -> Decimal | None:
        """Percent of those finished (R71); None without any."""
        return percentage(self.finished_on_time, self.finished)

    def add(self, other: "Counts") -> None:
        for column in fields(self):
            setattr(self, column.name, getattr(self, column.name) + getattr(other, column.name))

    def check(self, where: str) -> None:
        """Raises OutOfBalance: what came in went out or is still there, and no part is more than its whole."""
        if wrong := next(self._wrong(), ""):
            raise OutOfBalance(f"{where}: {wrong} ({self})")

    def _wrong(self) -> Iterator[str]:
        if self.carried_over + self.received != self.finished + self.open:
            yield "carried over + received is not finished + open"
        for part, whole, words in (
            (self.received_online + self.received_post, self.received, "received online and by post"),
            (self.refused + self.withdrawn, self.finished, "refused and withdrawn"),
            (self.open_overdue, self.open, "open and overdue"),
            (self.digitised, self.received, "digitised"),
            (self.apologised, self.finished_late, "apologised"),
        ):
            if part > whole:
                yield f"{words}: more than the whole"
        if any(getattr(self, column.name) < 0 for column in fields(self)):
            yield "less than nothing"

    def as_json(self) -> dict[str, int | float | None]:
        rate = self.on_time_rate
        figures: dict[str, int | float | None] = {
            column.name: getattr(self, column.name) for column in fields(self)
        }
        return figures | {"on_time_rate": None if rate is None else float(rate)}


def check_sums(whole: Counts, blocks: dict[str, list[Counts]]) -> None:
    """Every table adds up to the whole, in every column. Raises OutOfBalance."""
    for name, rows in blocks.items():
        together = Counts()
        for row in rows:
            together.add(row)
        if together != whole:
            raise OutOfBalance(f"{name} does not add up to the totals: {together} is not {whole}")


def percentage(part: int, whole: int) -> Decimal | None:
    """Two decimals, a half goes up; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(_CENT, ROUND_HALF_UP) if whole else None


def months(first: date, last: date) -> Fraction:
    """How many months a period has, both days included: whole ones, and the days of a broken one over its length."""
    whole = Fraction(0)
    day = first
    while day <= last:
        length = monthrange(day.year, day.month)[1]
        end = min(last, day.replace(day=length))
        whole += Fraction((end - day).days + 1, length)
        day = end + timedelta(days=1)
    return whole


def is_regular(counts: Counts, period: Fraction) -> bool:
    return counts.received >= REGULAR * period


def is_digitising(counts: Counts) -> bool:
    """More than half of what was received is digitised."""
    return 2 * counts.digitised > counts.received
