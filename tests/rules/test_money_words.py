"""Amounts in words (R33): examples a clerk would check, and two oracles that go other ways."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.rules.money_words import MOST, money_words, number_words

WORDS = ("tỷ", "triệu", "nghìn", "đồng")
AMOUNTS = st.one_of(
    st.integers(0, MOST),
    st.integers(0, 2000),
    st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(0, 999), st.integers(0, 9)),
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (50_000, "Năm mươi nghìn đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (1_021_000, "Một triệu không trăm hai mươi mốt nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (400_000, "Bốn trăm nghìn đồng"),
        (21_000_000_000, "Hai mươi mốt tỷ đồng"),
        (
            999_999_999_999,
            " ".join(f"{'C' if word == 'tỷ' else 'c'}hín trăm chín mươi chín {word}" for word in WORDS),
        ),
    ],
)
def test_what_a_clerk_would_write(amount: int, words: str) -> None:
    """R33."""
    assert money_words(amount) == words


@pytest.mark.parametrize("wrong", [-1, MOST + 1])
def test_no_words_beyond(wrong: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        money_words(wrong)


@given(AMOUNTS)
@example(MOST)
@example(10_010_010_010)
def test_the_words_read_back_give_the_number(amount: int) -> None:
    """R33: whoever reads the words comes to the figures, and to no others."""
    assert read_back(number_words(amount)) == amount


@given(AMOUNTS)
@example(0)
def test_as_one_who_says_every_digit_and_then_corrects_herself(amount: int) -> None:
    assert number_words(amount) == said_slowly(amount)


# -- the oracles ---------------------------------------------------------------------------------
VALUES = {
    word: value
    for value, words in enumerate(
        ["không", "một mốt", "hai", "ba", "bốn tư", "năm lăm", "sáu", "bảy", "tám", "chín"]
    )
    for word in words.split()
}


def read_back(words: str) -> int:
    """Counts what it hears: each word adds to, or multiplies, what came before it."""
    total = group = digit = 0
    for word in words.split():
        if word in VALUES:
            digit = VALUES[word]
        elif word == "trăm":
            group, digit = group + 100 * digit, 0
        elif word == "mươi":
            group, digit = group + 10 * digit, 0
        elif word == "mười":
            group += 10
        elif word in ("nghìn", "triệu", "tỷ"):
            total += (group + digit) * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group = digit = 0
        else:
            assert word == "linh"
    return total + group + digit


CORRECTIONS = (
    (r"không trăm không mươi không (nghìn|triệu|tỷ|đồng)", ""),  # a group of zeros is not said
    (r"không mươi không\b", ""),
    (r"không mươi", "linh"),
    (r"mươi không\b", "mươi"),
    (r"\bmột mươi", "mười"),
    (r"mươi một\b", "mươi mốt"),
    (r"mươi bốn\b", "mươi tư"),
    (r"(mươi|mười) năm\b", r"\1 lăm"),
    (r"\bđồng", ""),
    (r"\s+", " "),
    (r"^ ?(không trăm )?(linh )?", ""),  # nothing stands before the number
)


def said_slowly(number: int) -> str:
    """Twelve digits, each with its place, and then the corrections of speech, one after the other."""
    figures = f"{number:012d}"
    names = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    places = ("trăm", "mươi", "tỷ", "trăm", "mươi", "triệu", "trăm", "mươi", "nghìn", "trăm", "mươi", "đồng")
    said = " ".join(f"{names[int(figure)]} {place}" for figure, place in zip(figures, places, strict=True))
    for pattern, better in CORRECTIONS:
        said = re.sub(pattern, better, said)
    return said.strip() or "không"
