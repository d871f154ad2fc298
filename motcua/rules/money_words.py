"""Amounts of money in Vietnamese words, as receipts of the State write them: "Mười lăm nghìn đồng".

The spelling of the North, which official papers use: nghìn (not ngàn), linh (not lẻ), tỷ (not tỉ).
"""

from typing import Final

MOST: Final = 10**12 - 1
"""The greatest amount with words: 999 tỷ and all that fits below the next one."""

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES: Final = ("", "nghìn", "triệu", "tỷ")


def money_words(amount: int) -> str:
    """Whole đồng in words, with a capital. Raises ValueError below 0 and above MOST."""
    words = number_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_words(number: int) -> str:
    """A whole number in words: 0 is "không", 21 "hai mươi mốt", 1.005 "một nghìn không trăm linh năm".

    Raises ValueError below 0 and above MOST.
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} is not between 0 and {MOST}")
    if number == 0:
        return _DIGITS[0]
    groups = [(scale, number // 1000**at % 1000) for at, scale in enumerate(_SCALES)]
    spoken: list[str] = []
    for scale, group in reversed(groups):
        if group:
            spoken += _group(group, first=not spoken)
            spoken += [scale] if scale else []
    return " ".join(spoken)


def _group(group: int, *, first: bool) -> list[str]:
    """Three digits; only the first group of a number leaves out that it has no hundreds."""
    hundreds, rest = divmod(group, 100)
    if first and not hundreds:
        return _below_hundred(rest)
    words = [_DIGITS[hundreds], "trăm"]
    if not rest:
        return words
    return words + (["linh", _DIGITS[rest]] if rest < 10 else _below_hundred(rest))  # noqa: PLR2004


def _below_hundred(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    if not tens:
        return [_DIGITS[unit]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_unit(tens, unit)] if unit else [])


def _unit(tens: int, unit: int) -> str:
    """A unit after tens changes its sound: mười lăm, hai mươi mốt, hai mươi tư (but mười một, mười bốn)."""
    if unit == 5:  # noqa: PLR2004
        return "lăm"
    return {1: "mốt", 4: "tư"}.get(unit, _DIGITS[unit]) if tens > 1 else _DIGITS[unit]
