"""Text as it is searched for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.text import unaccent
from tests.rules.worlds import PROPERTY

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("THỪA THIÊN HUẾ", "thua thien hue"),
        ("Phường Phú Thuận", "phuong phu thuan"),
        ("  Đỗ \t Đức\u00a0Đạt\n", "do duc dat"),
        ("Ðặng", "dang"),
        ("000.15.02.H57-190426-0001", "000.15.02.h57-190426-0001"),
        ("H57–190426", "h57-190426"),
        ("Lê Văn A (con ông B), sn. 1980", "le van a con ong b sn. 1980"),
        ("a_b/c'd", "a b c d"),
        ("Ｈ５７", "h57"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_text_is_plain(text, plain):
    assert unaccent(text) == plain


def test_every_vowel_of_vietnamese_loses_its_marks():
    assert set(unaccent(VOWELS)) == set("aeiouy")
    assert set(unaccent(VOWELS.upper())) == set("aeiouy")


@PROPERTY
@given(st.text(VOWELS + "đĐqrs .,-12"))
def test_composed_decomposed_and_upper_case_are_one(text):
    plain = unaccent(text)
    for form in ("NFC", "NFD"):
        assert unaccent(unicodedata.normalize(form, text)) == plain
        assert unaccent(unicodedata.normalize(form, text.upper())) == plain


@PROPERTY
@given(st.text())
def test_plain_text_stays_as_it_is(text):
    plain = unaccent(text)
    assert unaccent(plain) == plain
    assert plain == " ".join(plain.split())
    assert all(letter.isalnum() or letter in " .-" for letter in plain)
