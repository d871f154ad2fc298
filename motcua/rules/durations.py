"""Working time as offices write it: "1 ngày 4 giờ", "2,5 giờ", "30 phút"; a day has eight hours (R13)."""

import re
from fractions import Fraction

from motcua.rules.limits import MINUTES_PER_DAY
from motcua.rules.text import unaccent

_PART = re.compile(r"\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*(ngay|gio|g|h|phut|ph|p)(?![a-z])\s*")
_MINUTES = {"n": MINUTES_PER_DAY, "g": 60, "h": 60, "p": 1}
MOST = 1_000_000
"""More minutes than any procedure has."""


class DurationUnreadable(ValueError):
    """The text is no span of working time in whole minutes; the message says which text."""


def read_minutes(text: str) -> int:
    """Working minutes out of days, hours and minutes in any order; "0" alone is none. Raises DurationUnreadable.

    A number without its unit is not guessed.
    """
    words = unaccent(text.replace(",", ".")).strip()
    if words == "0":
        return 0
    whole, place = Fraction(0), 0
    while found := _PART.match(words, place):
        whole += Fraction(found[1]) * _MINUTES[found[2][0]]
        place = found.end()
    if not words or place < len(words) or whole.denominator != 1 or whole > MOST:
        raise DurationUnreadable(text)
    return int(whole)


def duration_words(minutes: int) -> str:
    """The text that `read_minutes` reads back: "2 ngày 48 phút"."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, rest = divmod(rest, 60)
    parts = [
        f"{number} {word}" for number, word in ((days, "ngày"), (hours, "giờ"), (rest, "phút")) if number
    ]
    return " ".join(parts) or "0 phút"
