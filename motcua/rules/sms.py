"""What an SMS costs, and Vietnamese written so that it costs less (3GPP TS 23.038).

A message of the network's own alphabet has 160 places, in several parts 153 each; with one letter beyond it, and
most Vietnamese letters are, the whole message has 70 places, in several parts 67.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
"""Each of these takes two places."""
_ONE_BASIC, _PART_BASIC = 160, 153
_ONE_WIDE, _PART_WIDE = 70, 67

_TYPED = str.maketrans(
    {"đ": "d", "Đ": "D", "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x"}
)
_BEYOND = re.compile(r"[^\x0a\x20-\x5f\x61-\x7e]")
"""What is not in ASCII, and the grave accent, which the network does not have."""

MOBILE: Final = re.compile(r"0[35789]\d{8}")
"""A mobile number in Viet Nam since 2018; what else is a telephone hears, but does not read."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is as an SMS."""

    places: int
    parts: int
    is_wide: bool
    """Written with letters beyond the network's alphabet."""


def size(text: str) -> Size:
    """Places taken and parts paid for."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        places = len(text) + sum(letter in _EXTENDED for letter in text)
        return Size(places, _parts(places, _ONE_BASIC, _PART_BASIC), is_wide=False)
    places = len(text.encode("utf-16-be")) // 2
    return Size(places, _parts(places, _ONE_WIDE, _PART_WIDE), is_wide=True)


def _parts(places: int, one: int, part: int) -> int:
    return 1 if places <= one else -(-places // part)


def without_accents(text: str) -> str:
    """Capitals and small letters stay, marks go; what has no plain form becomes a question mark, never nothing."""
    marked = unicodedata.normalize("NFKD", text.translate(_TYPED))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return _BEYOND.sub("?", plain)


def mobile_number(phone: str) -> str:
    """The number as one dials it here (0905123456), if it is a mobile phone's; empty for any other."""
    digits = re.sub(r"[\s.\-()]", "", phone)
    local = re.sub(r"^(\+84|0084|84(?=\d{9}$))", "0", digits)
    return local if local.isascii() and MOBILE.fullmatch(local) else ""
