"""Finding by words: all of them, in any order, the nearest first (R50)."""

import pytest

from motcua.rules.finding import Entry, nearest, ranked, spelt

HO_TICH, BORN = ("ho tich", 99), "sinh con"
BIRTH = Entry(1, "dang ki khai sinh", "1.001193", (HO_TICH, (BORN, 0), ("em be", 0)))
MARRIAGE = Entry(2, "dang ki ket hon", "1.000894", (HO_TICH, ("cuoi", 0)))
AGAIN = Entry(3, "dang ki lai khai sinh", "1.004884", (HO_TICH, ("mat giay khai sinh", 2)))
BOTH = Entry(4, "dang ki khai sinh ket hop dang ki nhan cha me con", "1.000689", (HO_TICH, (BORN, 1)))
COPY = Entry(5, "cap ban sao tu so goc", "2.000908", (("sao y ban chinh", 3),))
CERTIFIED = Entry(6, "chung thuc ban sao tu ban chinh giay to van ban", "2.000815", (("sao y ban chinh", 0),))
ALL = (BOTH, AGAIN, MARRIAGE, COPY, CERTIFIED, BIRTH)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("dang ki khai sinh", [1, 4, 3]),
        ("khai sinh", [1, 3, 4]),
        ("sinh khai", [1, 3, 4]),
        ("cuoi", [2]),
        ("em be", [1]),
        ("khai sinh cho con", [1, 4, 3]),  # the last lacks a word, and there are few
        ("khaisinh", [1, 3, 4]),
        ("sao y", [6, 5]),  # the first that the life event names
        ("1.000894", [2]),
        ("li hon", []),
        ("dang ki xe may", []),  # none has all: better nothing than everything
        ("", []),
    ],
)
def test_ranked(words: str, keys: list[int]) -> None:
    assert ranked(ALL, words) == keys


def test_words_that_say_little_are_not_missed() -> None:
    assert ranked(ALL, "xin giay ket hon") == [2]
    assert ranked((CERTIFIED,), "giay to") == [6]  # nothing else was typed


def test_i_and_y_are_one_where_both_are_written() -> None:
    assert spelt("Đăng ký lý lịch, quý") == spelt("đăng kí lí lịch quí") == "dang ki li lich qui"
    assert spelt("Tây Lộc, máy") == "tay loc may"


@pytest.mark.parametrize(
    ("words", "mended"),
    [
        ("kai sinh", "khai sinh"),
        ("ket honn", "ket hon"),
        ("kuoc", ""),
        ("khai sinh", ""),
        ("xyzzy sinh", ""),
        ("", ""),
    ],
)
def test_nearest(words: str, mended: str) -> None:
    vocabulary = sorted({word for entry in ALL for word in entry.name.split()})
    assert nearest(words, vocabulary) == mended
