"""The shipped procedures, routes and units: complete, readable, and typed as the prose says or as listed here."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import motcua
from motcua.catalog.limit_text import read_limit
from motcua.catalog.own_code import own_code
from motcua.catalog.paper_text import PaperText, read_papers
from motcua.rules.limits import MINUTES_PER_DAY, Limit, LimitKind, LimitUnreadable

HOME = Path(motcua.__file__).parent


def rows_of(name: str) -> list[dict[str, str]]:
    with (HOME / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROCEDURES = rows_of("catalog/data/procedures.csv")
BY_CODE = {row["code"] or row["own_code"]: row for row in PROCEDURES}
ROUTES = rows_of("catalog/data/routes.csv")
UNITS = rows_of("people/data/units.csv")
CHANGES = rows_of("people/data/units_changes_2020.csv")
IDENTIFIERS = rows_of("people/data/identifiers.csv")
READMES = [HOME / "catalog/data/README.md", HOME / "people/data/README.md"]

CODES = pytest.mark.parametrize("code", BY_CODE)

# Where a person decided otherwise than the reader, or where the reader refuses: code → limit, confirmed.
CURATED = {
    "1.000419": ("5 working days", "no"),  # days in one source, working days in the other
    "1.000593": ("5 working days", "no"),
    "1.003583": ("5 working days", "no"),
    "1.001699": ("25 working days", "yes"),  # sums of working days
    "1.001731": ("5 working days", "yes"),
    "1.001776": ("20 working days", "yes"),
    "2.001661": ("8 working days", "yes"),
    "1.004859": ("", ""),  # two cases
    "1.003677": ("", ""),
    "1.010040": ("", ""),
    "1.010041": ("", ""),
    "1.012812": ("", ""),  # two channels
    "2.000282": ("", ""),
    "2.000286": ("", ""),
    "1.012582": ("", ""),  # days and working days
    "2.002409": ("", ""),
    "1.010801": ("", ""),  # the commune's part only
    "1.010802": ("", ""),
    "1.010803": ("", ""),
    "1.010824": ("", ""),
    "H57.063520": ("", ""),  # a notice in advance
    "1.004946": ("", ""),  # hours by the clock
    "1.011606": ("", ""),  # a yearly review
}

OWN_CODES = {
    "H57.021660",
    "H57.063520",
    "H57.204587",
    "H57.225163",
    "H57.370831",
    "H57.450785",
    "H57.465558",
    "H57.524488",
    "H57.570134",
    "H57.576517",
    "H57.583820",
    "H57.743872",
    "H57.769875",
    "H57.816067",
    "H57.829545",
    "H57.877397",
    "H57.928441",
    "H57.995358",
}


def read(text: str) -> tuple[str, str]:
    """Limit and confirmed as the file writes them. Raises LimitUnreadable."""
    reading = read_limit(text)
    if reading.limit is None:
        return "", ""
    return str(reading.limit), "yes" if reading.confirmed else "no"


# Procedures


def test_all_146_procedures_are_there_once():
    assert len(PROCEDURES) == len(BY_CODE) == 146
    assert len({row["name_vi"] for row in PROCEDURES}) == 146


@CODES
def test_a_row_is_typed_or_says_why_not(code):
    row = BY_CODE[code]

    if row["limit"]:
        assert str(Limit.parse(row["limit"])) == row["limit"]
        assert row["time_limit_text"]
        assert row["limit_confirmed"] in ("yes", "no")
        assert row["limit_confirmed"] == "yes" or row["limit_note"]
    else:
        assert row["limit_confirmed"] == ""
        assert row["limit_note"]
    assert len(row["limit_note"]) <= 300


@CODES
def test_the_typed_limit_is_what_the_reader_reads_or_stands_in_the_list(code):
    row = BY_CODE[code]
    typed = row["limit"], row["limit_confirmed"]
    try:
        expected = read(row["time_limit_text"])
    except LimitUnreadable:
        assert code in CURATED, "unreadable, and nobody has decided"
        expected = ("unreadable", "")

    if code in CURATED:
        assert typed == CURATED[code] != expected
    else:
        assert typed == expected


@CODES
def test_a_confirmed_limit_never_comes_from_an_unconfirmed_reading(code):
    row = BY_CODE[code]
    if row["limit_confirmed"] == "yes" and code not in CURATED:
        assert read_limit(row["time_limit_text"]).confirmed


def test_the_counts_are_those_of_the_readme():
    offered = [row for row in PROCEDURES if row["commune_in_2019"] in ("yes", "likely")]
    table = READMES[0].read_text(encoding="utf-8")

    for wanted, label in (("yes", "confirmed"), ("no", "unconfirmed"), ("", "no limit")):
        all_, then = (sum(row["limit_confirmed"] == wanted for row in rows) for rows in (PROCEDURES, offered))
        assert f"| {label} | {all_} | {then} |" in table
    assert f"| together | {len(PROCEDURES)} | {len(offered)} |" in table


def test_what_every_row_must_say():
    fields = {
        "Văn phòng - Thống kê",
        "Địa chính - Xây dựng",
        "Tư pháp - Hộ tịch",
        "Văn hóa - Xã hội",
        "Công an",
    }

    assert {row["field_group"] for row in PROCEDURES} == fields
    assert {row["commune_in_2019"] for row in PROCEDURES} == {"yes", "likely", "unknown", "no"}
    assert {row["interlinked"] for row in PROCEDURES} == {"yes", "no", ""}
    for row in PROCEDURES:
        assert (row["field_group"] == "Công an") == (row["field_vi"] == "Đăng ký, quản lý cư trú")
        assert row["source"]
        assert len(row["name_vi"]) <= 400
        assert re.fullmatch(r"\d\.\d{6}|", row["code"])


# Codes


def test_a_procedure_has_a_national_code_or_one_of_ours():
    for row in PROCEDURES:
        assert bool(row["code"]) != bool(row["own_code"])
        assert row["own_code"] in ("", own_code(row["name_vi"]))
    assert {row["own_code"] for row in PROCEDURES if row["own_code"]} == OWN_CODES


def test_our_codes_clash_with_none_that_any_procedure_would_get():
    assert len({own_code(row["name_vi"]) for row in PROCEDURES}) == len(PROCEDURES)


@pytest.mark.parametrize(
    "name",
    [
        "Xóa nhà tạm cho hộ nghèo",
        "XÓA NHÀ TẠM CHO HỘ NGHÈO",
        "Xoá nhà tạm  cho hộ nghèo",
        "xoa nha tam cho ho ngheo",
    ],
)
def test_our_code_is_made_from_the_letters_of_the_name(name):
    assert own_code(name) == "H57.743872"


# Papers


def leftovers(source: str, papers: tuple[PaperText, ...]) -> str:
    """What of a list is in no paper's name; each name is found in the source, in order."""
    rest, at = "", 0
    text = " ".join(source.replace("¶", " ").split())
    for before, paper in zip((None, *papers), papers, strict=False):
        if before and before.name == paper.name:
            continue  # the same paper as original and as copy
        found = text.find(paper.name, at)
        assert found >= at, paper.name
        rest += text[at:found] + "|"
        at = found + len(paper.name)
    return rest + text[at:]


NOT_A_PAPER = re.compile(
    r"""\(\d+\ bản\ (?:chính|sao)\) | \[(?:nộp|xuất\ trình)\] | xuất\ trình:\ | 01\ bộ:
    | \*?\ ?Giấy\ tờ\ phải\ (?:nộp|xuất\ trình): | [;.]?(?:\d\.\w+(?:\ \(\d\))?|Giấy\ đề\ nghị|MẪU\ [A-ZÀ-Ỹ ]+)\.(?:docx?|pdf)
    | [-+*;,|\s]""",
    re.VERBOSE,
)


@CODES
def test_every_word_of_the_list_of_papers_is_in_a_paper(code):
    source = BY_CODE[code]["components_text"]

    assert NOT_A_PAPER.sub("", leftovers(source, read_papers(source))) == ""


@CODES
def test_papers_are_clean_and_ask_for_something_or_are_notes(code):
    source = BY_CODE[code]["components_text"]
    papers = read_papers(source)

    assert bool(papers) == bool(source)
    for paper in papers:
        assert paper.note_only == (paper.number == 0)
        assert paper.name == paper.name.strip(" -+*;,")
        assert "¶" not in paper.name
        assert not re.search(r"\.(docx?|pdf)$|\(\d+ bản (chính|sao)\)", paper.name)


def test_the_papers_of_all_procedures():
    papers = [paper for row in PROCEDURES for paper in read_papers(row["components_text"])]
    asked = Counter((paper.kind.value, paper.mode.value) for paper in papers if not paper.note_only)

    assert sum(bool(row["components_text"]) for row in PROCEDURES) == 92
    assert asked == {
        ("original", "submit"): 198,
        ("original", "show"): 68,
        ("copy", "submit"): 31,
        ("certified", "submit"): 6,
    }
    assert sum(paper.note_only for paper in papers) == 196


def test_a_list_with_eight_entries_is_probably_cut_as_the_readme_says():
    entries = [
        len(re.findall(r"\(\d+ bản", row["components_text"]))
        - len(re.findall(r"; , \(", row["components_text"]))
        for row in PROCEDURES
    ]

    assert max(entries) == 8
    assert entries.count(8) == 29


# Routes


@pytest.mark.parametrize("kind", LimitKind)
def test_a_route_has_the_four_steps_and_its_shares_fill_the_limit(kind):
    """R13: the shares add up to no more than the limit; here to all of it."""
    steps = [row for row in ROUTES if row["limit_kind"] == kind]

    assert [(row["position"], row["step"], row["role"]) for row in steps] == [
        ("1", "reception", "clerk"),
        ("2", "processing", "specialist"),
        ("3", "approval", "leader"),
        ("4", "return", "clerk"),
    ]
    assert sum(int(row["permille"]) for row in steps) == 1000


@pytest.mark.parametrize("limit", ["20 working days", "50 calendar days"])
def test_reception_takes_no_more_than_a_day_even_of_a_long_limit(limit):
    """R06: a dossier goes on within the working day in which it came."""
    whole = Limit.parse(limit)
    (share,) = [
        int(r["permille"]) for r in ROUTES if r["limit_kind"] == whole.kind and r["step"] == "reception"
    ]

    assert whole.nominal_minutes * share / 1000 <= MINUTES_PER_DAY


# Units


def test_the_152_communes_in_9_districts():
    assert len(UNITS) == len({row["code"] for row in UNITS}) == 152
    assert Counter(row["kind"] for row in UNITS) == {"xã": 105, "phường": 39, "thị trấn": 8}
    assert Counter(row["district_code"] for row in UNITS) == {
        "474": 27, "476": 16, "477": 11, "478": 20, "479": 12, "480": 16, "481": 21, "482": 18, "483": 11,
    }  # fmt: skip


def test_the_changes_of_2020_are_of_known_communes():
    assert Counter(row["change"] for row in CHANGES) == {"dissolved": 7, "changed_name_or_kind": 7}
    assert {row["code"] for row in CHANGES} <= {row["code"] for row in UNITS}


def test_every_unit_has_one_provisional_identifier_of_its_own():
    """R04: the identifier is the unit's part of a dossier code."""
    codes = {"46"} | {row["district_code"] for row in UNITS} | {row["code"] for row in UNITS}
    given = {row["code"]: row["identifier"] for row in IDENTIFIERS}

    assert len(IDENTIFIERS) == len(set(given.values())) == len(codes) == 162
    assert set(given) == codes
    assert all(row["provisional"] == "yes" for row in IDENTIFIERS)
    assert all(re.fullmatch(r"000\.\d\d\.\d\d\.H57", identifier) for identifier in given.values())
    assert given["46"] == "000.00.00.H57"
    assert (given["474"], given["483"]) == ("000.00.01.H57", "000.00.09.H57")
    for row in UNITS:
        assert given[row["code"]][8:] == given[row["district_code"]][8:]
        assert given[row["code"]][4:6] != "00"


@pytest.mark.parametrize("name", [path.relative_to(HOME).as_posix() for path in HOME.glob("*/data/*.csv")])
def test_the_files_are_plain_utf8_lines(name):
    raw = (HOME / name).read_bytes()

    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert all(None not in row and None not in row.values() for row in rows_of(name))
