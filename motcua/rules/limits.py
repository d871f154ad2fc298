"""The kinds of time limit that a procedure can have (R11)."""

import re
from dataclasses import dataclass
from enum import StrEnum

MINUTES_PER_DAY = 480
"""A working day in minutes, as internal processes count it: eight working hours."""


class LimitKind(StrEnum):
    AT_ONCE = "at once"
    SAME_DAY = "same day"
    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    CALENDAR_DAYS = "calendar days"


class LimitUnreadable(ValueError):
    """The text names no time limit that we know; the message says which text."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long the law gives: a kind and, where the kind counts something, an amount of 1 or more."""

    kind: LimitKind
    amount: int = 0

    def __post_init__(self) -> None:
        counts = self.kind not in (LimitKind.AT_ONCE, LimitKind.SAME_DAY)
        if counts != (self.amount > 0):
            raise LimitUnreadable(f"{self.amount} {self.kind}: not a time limit")

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read `at once`, `same day`, `N working days`, `N working hours`, `N calendar days`.

        Raises LimitUnreadable for everything else, an amount of zero included.
        """
        words = " ".join(text.split()).lower()
        if words in (LimitKind.AT_ONCE, LimitKind.SAME_DAY):
            return cls(LimitKind(words))
        found = re.fullmatch(r"(\d{1,4}) (working|calendar) (day|hour)s?", words)
        if not found or found[2] + found[3] == "calendarhour":
            raise LimitUnreadable(f"{text!r} is not a time limit")
        return cls(LimitKind(f"{found[2]} {found[3]}s"), int(found[1]))

    def __str__(self) -> str:
        """The text that `parse` reads back."""
        if not self.amount:
            return str(self.kind)
        return f"{self.amount} {self.kind.removesuffix('s') if self.amount == 1 else self.kind}"

    @property
    def nominal_minutes(self) -> int:
        """Working minutes that an internal process may share out (R13); calendar days count as days."""
        if self.kind is LimitKind.AT_ONCE:
            return 0
        if self.kind is LimitKind.SAME_DAY:
            return MINUTES_PER_DAY
        return self.amount * (60 if self.kind is LimitKind.WORKING_HOURS else MINUTES_PER_DAY)
