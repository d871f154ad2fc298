"""What an SMS costs and how it reads without accents (R30: messages of the one-stop desk)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.sms import Size, mobile_number, size, without_accents


@pytest.mark.parametrize(
    ("text", "places", "parts", "is_wide"),
    [
        ("", 0, 1, False),
        ("a" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False),
        ("a" * 158 + "€", 160, 1, False),
        ("a" * 159 + "{", 161, 2, False),
        ("à" * 160, 160, 1, False),  # à, è, é, ù, ì, ò are in the network's own alphabet
        ("đ" * 70, 70, 1, True),
        ("đ" * 71, 71, 2, True),
        ("a" * 133 + "ế", 134, 2, True),
        ("a" * 134 + "ế", 135, 3, True),
        ("😀", 2, 1, True),
    ],
)
def test_places_and_parts(text: str, places: int, parts: int, is_wide: bool) -> None:
    assert size(text) == Size(places, parts, is_wide)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("UBND Phường Phước Vĩnh", "UBND Phuong Phuoc Vinh"),
        ("ĐÃ NHẬN ĐỦ giấy tờ", "DA NHAN DU giay to"),
        ("Đã".encode().decode(), "Da"),
        ("Hẹn “17:00” – 19/11…", 'Hen "17:00" - 19/11...'),
        ("một\ndòng", "mot\ndong"),
        ("😀", "?"),
    ],
)
def test_marks_go_and_capitals_stay(text: str, plain: str) -> None:
    assert without_accents(text) == plain


@given(st.text())
def test_without_accents_it_is_never_wide(text: str) -> None:
    plain = without_accents(text)
    assert not size(plain).is_wide
    assert without_accents(plain) == plain


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("0905 123 456", "0905123456"),
        ("+84905123456", "0905123456"),
        ("84905123456", "0905123456"),
        ("0234.3822.522", ""),  # a landline
        ("01689123456", ""),  # eleven digits, until 2018
        ("0905", ""),
        ("", ""),
        ("٠٩٠٥١٢٣٤٥٦", ""),
    ],
)
def test_only_a_mobile_phone_gets_an_sms(phone: str, number: str) -> None:
    assert mobile_number(phone) == number
