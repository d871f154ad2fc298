"""R04: the code of a dossier."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.numbering import CodeMalformed, dossier_code, normalise_code
from tests.rules.worlds import PROPERTY

BEFORE_2020, SINCE_2020 = "000.15.02.H57", "H57.02.15"
DAY = date(2019, 4, 26)

GROUPS = st.lists(st.sampled_from(["000", "15", "02", "A1", "Z"]), max_size=4)
IDENTIFIERS = st.builds(
    lambda groups, last: ".".join([*groups, "H57"] if last else ["H57", *groups]), GROUPS, st.booleans()
)
CODES = st.builds(
    dossier_code, IDENTIFIERS, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 99_999)
)


@pytest.mark.parametrize(
    ("identifier", "number", "code"),
    [
        (BEFORE_2020, 1, "000.15.02.H57-190426-0001"),
        (BEFORE_2020, 9999, "000.15.02.H57-190426-9999"),
        (BEFORE_2020, 10_000, "000.15.02.H57-190426-10000"),
        (SINCE_2020, 12, "H57.02.15-190426-0012"),
        ("00.00.H57", 12, "00.00.H57-190426-0012"),
    ],
)
def test_r04_code_of_unit_day_and_number(identifier, number, code):
    assert dossier_code(identifier, DAY, number) == code


@pytest.mark.parametrize(
    "identifier",
    ["", "000.15.02.h57", "000.15.02", "0001502H57", "000..02.H57", "H57.", "H57-01", "H57." + "A" * 32],
)
def test_r04_an_identifier_that_is_none_gets_no_code(identifier):
    with pytest.raises(CodeMalformed, match="identifier of a unit"):
        dossier_code(identifier, DAY, 1)


@pytest.mark.parametrize("number", [0, -1, 100_000])
def test_r04_numbers_run_from_0001(number):
    with pytest.raises(CodeMalformed, match="number of a dossier"):
        dossier_code(BEFORE_2020, DAY, number)


@pytest.mark.parametrize(
    "typed",
    [
        "000.15.02.H57-190426-0001",
        "  000.15.02.h57-190426-0001\n",
        "000.15.02.H57 - 190426 - 0001",
        "000.15.02.H57–190426—0001",
        "000.15.02.H57\u2011190426\u22120001",
        "０００.15.02.Ｈ57-190426-0001",
        "000.15.\u200b02.H57-190426-0001\ufeff",
        "000.15.02.H57-190426-\u00a00001",
    ],
)
def test_r04_typed_codes_become_the_code_as_issued(typed):
    assert normalise_code(typed) == "000.15.02.H57-190426-0001"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0001",
        "190426-0001",
        "0001502H57-190426-0001",
        "000 15 02 H57-190426-0001",
        "000.15.02.H57-1904260001",
        "000.15.02.H57190426-0001",
        "000.15.02.H57-190426-001",
        "000.15.02.H57-190426-0000",
        "000.15.02.H57-190426-00001",
        "000.15.02.H57-190426-100000",
        "000.15.02.H57-191326-0001",
        "000.15.02.H57-190229-0001",
        "000.15.02.H57-26042019-0001",
        "000.15.02.H57-190426-0001-1",
        "000.15.02.Đ57-190426-0001",
        "000.15.02.H57-١٩٠٤٢٦-0001",
        "000.15.02.H57-190426-000O",
    ],
)
def test_r04_nothing_is_guessed(typed):
    with pytest.raises(CodeMalformed, match="is not the code of a dossier"):
        normalise_code(typed)


@PROPERTY
@given(CODES, st.sampled_from(["-", " - ", "–", "\u00ad-\u202f"]), st.sampled_from(["NFC", "NFKD"]))
def test_r04_every_code_is_found_again_as_people_type_it(code, dash, form):
    assert normalise_code(code) == code
    assert normalise_code(unicodedata.normalize(form, code.lower().replace("-", dash))) == code


@PROPERTY
@given(st.text(max_size=30) | st.text("0123456789.-hH57 ", max_size=30))
def test_r04_any_text_is_a_canonical_code_or_malformed(text):
    try:
        code = normalise_code(text)
    except CodeMalformed:
        return
    assert normalise_code(code) == code
