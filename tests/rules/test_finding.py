"""Finding by words: all of them, in any order, the nearest first (R50)."""

import pytest

from motcua.rules.finding import Entry, meaningful, nearest, ranked

BIRTH = Entry(1, "dang ky khai sinh", "1.001193", ("ho tich", "sinh con", "em be"))
MARRIAGE = Entry(2, "dang ky ket hon", "1.000894", ("ho tich", "cuoi"))
AGAIN = Entry(3, "dang ky lai khai sinh", "1.004884", ("ho tich", "mat giay khai sinh"))
BOTH = Entry(4, "dang ky khai sinh ket hop dang ky nhan cha me con", "1.000689", ("ho tich", "sinh con"))
ALL = (BOTH, AGAIN, MARRIAGE, BIRTH)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("dang ky khai sinh", [1, 4, 3]),
        ("khai sinh", [1, 3, 4]),
        ("sinh khai", [4, 3, 1]),
        ("cuoi", [2]),
        ("em be", [1]),
        ("lam giay khai sinh cho em be", [1]),
        ("khaisinh", [4, 3, 1]),
        ("1.000894", [2]),
        ("ly hon", []),
        ("", []),
    ],
)
def test_ranked(words: str, keys: list[int]) -> None:
    assert ranked(ALL, words) == keys


def test_words_that_say_nothing_count_only_when_alone() -> None:
    assert meaningful("thu tuc khai sinh") == ["khai", "sinh"]
    assert meaningful("thu tuc") == ["thu", "tuc"]


@pytest.mark.parametrize(
    ("words", "mended"),
    [("kai sinh", "khai sinh"), ("ket honn", "ket hon"), ("khai sinh", ""), ("xyzzy sinh", ""), ("", "")],
)
def test_nearest(words: str, mended: str) -> None:
    vocabulary = sorted({word for entry in ALL for word in entry.name.split()})
    assert nearest(words, vocabulary) == mended
