"""R02: the published list of papers, read from the text of the sources."""

import unicodedata

import pytest

from motcua.catalog.paper_text import PaperText, read_papers

LONG = "Văn bản ủy quyền theo quy định của pháp luật trong trường hợp ủy quyền thực hiện việc đăng ký. Trường hợp người"
CUT = (LONG + " được ủy quyền là ông, bà, cha, mẹ, con, vợ, chồng")[:150]


def facts(text: str) -> list[tuple[str, str, int, str]]:
    """Name, kind, number and mode of what is asked for."""
    return [(p.name, p.kind, p.number, p.mode) for p in read_papers(text) if not p.note_only]


def notes(text: str) -> list[str]:
    return [p.name for p in read_papers(text) if p.note_only]


CASES = [
    ("Phiếu lý lịch tư pháp (1 bản chính)", [("Phiếu lý lịch tư pháp", "original", 1, "submit")]),
    ("Giấy khám sức khỏe (2 bản chính)", [("Giấy khám sức khỏe", "original", 2, "submit")]),
    ("Đơn (1 bản sao)", [("Đơn", "copy", 1, "submit")]),
    # originals and copies stand in two entries
    ("Sổ hộ khẩu (0 bản chính); , (2 bản sao)", [("Sổ hộ khẩu", "copy", 2, "submit")]),
    (
        "Tờ khai (1 bản chính); , (1 bản sao); Ảnh (2 bản chính)",
        [
            ("Tờ khai", "original", 1, "submit"),
            ("Tờ khai", "copy", 1, "submit"),
            ("Ảnh", "original", 2, "submit"),
        ],
    ),
    ("Tờ khai (1 bản chính); , (0 bản sao)", [("Tờ khai", "original", 1, "submit")]),
    # the name knows better than the column
    ("Bản sao Hộ chiếu (1 bản chính)", [("Bản sao Hộ chiếu", "copy", 1, "submit")]),
    (
        "Bản sao có chứng thực giấy tờ (1 bản chính)",
        [("Bản sao có chứng thực giấy tờ", "certified", 1, "submit")],
    ),
    ("Bản chính Giấy chứng sinh (1 bản sao)", [("Bản chính Giấy chứng sinh", "copy", 1, "submit")]),
    # a choice is one paper, of the lesser kind
    (
        "Bản chính hoặc bản sao có chứng thực Giấy chứng nhận (1 bản chính); , (1 bản sao)",
        [("Bản chính hoặc bản sao có chứng thực Giấy chứng nhận", "certified", 1, "submit")],
    ),
    (
        "Bản chính hoặc bản sao có chứng thực hoặc bản sao kèm theo bản chính Giấy ra viện (0 bản chính); , (1 bản sao)",
        [
            (
                "Bản chính hoặc bản sao có chứng thực hoặc bản sao kèm theo bản chính Giấy ra viện",
                "copy",
                1,
                "submit",
            )
        ],
    ),
    (
        "Giấy tờ về đất (bản phô tô hoặc có chứng thực) (1 bản chính); , (1 bản sao)",
        [("Giấy tờ về đất (bản phô tô hoặc có chứng thực)", "copy", 1, "submit")],
    ),
    # a semicolon or brackets inside a name
    (
        "Giấy chứng sinh; trường hợp không có thì nộp văn bản (được chứng thực); nếu không (1 bản chính)",
        [
            (
                "Giấy chứng sinh; trường hợp không có thì nộp văn bản (được chứng thực); nếu không",
                "original",
                1,
                "submit",
            )
        ],
    ),
    # handed in or shown
    (
        "[xuất trình] - Hộ chiếu (1 bản chính); Giấy tờ cư trú (1 bản chính); [nộp] + Văn bản ủy quyền (1 bản chính)",
        [
            ("Hộ chiếu", "original", 1, "show"),
            ("Giấy tờ cư trú", "original", 1, "show"),
            ("Văn bản ủy quyền", "original", 1, "submit"),
        ],
    ),
    (
        "* Giấy tờ phải xuất trình:  ¶Hộ chiếu (1 bản chính); Giấy tờ phải nộp: ¶- Tờ khai (1 bản chính)",
        [("Hộ chiếu", "original", 1, "show"), ("Tờ khai", "original", 1, "submit")],
    ),
    (
        "Người yêu cầu xuất trình một trong các giấy tờ sau: Căn cước (1 bản chính)",
        [("Người yêu cầu xuất trình một trong các giấy tờ sau: Căn cước", "original", 1, "show")],
    ),
    # the file of the form is not the paper
    (
        "Đơn xin nhận con nuôi;1.nxinnhnconnui.doc (1 bản chính)",
        [("Đơn xin nhận con nuôi", "original", 1, "submit")],
    ),
    ("Đơn đề nghị;MẪU ĐƠN.docx (1 bản chính)", [("Đơn đề nghị", "original", 1, "submit")]),
    ("Tờ khai (CT01)1.MuCT01banhnh (2).doc (1 bản chính)", [("Tờ khai (CT01)", "original", 1, "submit")]),
    ("Mẫu số 01 QĐ-TTgGiấy đề nghị.pdf (1 bản chính)", [("Mẫu số 01 QĐ-TTg", "original", 1, "submit")]),
    # a plain list
    (
        "Tờ khai Mẫu 04; bản sao giấy chứng tử; quyết định (nếu có; bản chính)",
        [
            ("Tờ khai Mẫu 04", "original", 1, "submit"),
            ("bản sao giấy chứng tử", "copy", 1, "submit"),
            ("quyết định (nếu có; bản chính)", "original", 1, "submit"),
        ],
    ),
    (
        "Tờ khai; xuất trình: sổ hộ khẩu/CMND, giấy khai sinh",
        [("Tờ khai", "original", 1, "submit"), ("sổ hộ khẩu/CMND, giấy khai sinh", "original", 1, "show")],
    ),
    ("01 bộ: Giấy đề nghị", [("Giấy đề nghị", "original", 1, "submit")]),
    ("Tờ khai (1 bản chính); Đơn", [("Tờ khai", "original", 1, "submit"), ("Đơn", "original", 1, "submit")]),
    ("", []),
    ("  ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_papers_of_a_list(text, expected):
    assert facts(text) == expected


def test_an_entry_without_copies_is_a_note_and_asks_for_nothing():
    (note,) = read_papers("Trường hợp gửi qua bưu chính thì kèm bản sao (0 bản chính)")

    assert note == PaperText("Trường hợp gửi qua bưu chính thì kèm bản sao", number=0, note_only=True)


def test_a_remark_is_a_note_whatever_its_number():
    text = "* Lưu ý: ¶- Nộp bản sao cũng được (1 bản chính); , (1 bản sao); Tờ khai (1 bản chính)"

    assert notes(text) == ["Lưu ý: - Nộp bản sao cũng được"]
    assert facts(text) == [("Tờ khai", "original", 1, "submit")]


def test_the_heading_of_a_group_stands_before_its_papers_as_a_note():
    text = "Hồ sơ của cha mẹ nuôi:  ¶- Đơn (1 bản chính); Ảnh (1 bản chính); b) Hồ sơ của con ¶Giấy khám (1 bản chính)"

    assert [p.name for p in read_papers(text)] == [
        "Hồ sơ của cha mẹ nuôi:", "Đơn", "Ảnh", "b) Hồ sơ của con", "Giấy khám",
    ]  # fmt: skip
    assert notes(text) == ["Hồ sơ của cha mẹ nuôi:", "b) Hồ sơ của con"]


def test_a_heading_ends_what_is_to_be_shown():
    text = "Giấy tờ phải xuất trình: ¶Hộ chiếu (1 bản chính); Thành phần hồ sơ: ¶Biểu mẫu (1 bản chính)"

    assert facts(text) == [("Hộ chiếu", "original", 1, "show"), ("Biểu mẫu", "original", 1, "submit")]


def test_a_heading_that_says_shown_holds_for_its_group():
    text = "Phải xuất trình các giấy tờ sau: ¶+ Căn cước (1 bản chính); + Giấy tờ sẽ ký (1 bản chính)"

    assert facts(text) == [("Căn cước", "original", 1, "show"), ("Giấy tờ sẽ ký", "original", 1, "show")]


def test_an_introduction_is_a_note_although_the_source_gives_it_a_number():
    assert notes("* Ngoài ra phải nộp giấy tờ sau đây: (1 bản chính)") == [
        "Ngoài ra phải nộp giấy tờ sau đây:"
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_the_source_cut_says_so(form):
    source = unicodedata.normalize(form, CUT)[:150]

    (paper,) = read_papers(f"{source} (1 bản chính)")

    assert paper.name == unicodedata.normalize("NFC", source).rstrip(" ,;") + "…"


def test_a_cut_that_is_already_marked_is_marked_once():
    assert facts(f"{CUT}… (1 bản chính)")[0][0] == f"{CUT}…"
    assert facts("Thông tin c… (1 bản chính)")[0][0] == "Thông tin c…"


def test_invisible_signs_and_spaces_are_cleaned():
    text = unicodedata.normalize("NFD", "- Tờ  khai đăng k") + "\u200ey\u0301  hộ tịch; (1 bản chính)"

    assert facts(text)[0][0] == "Tờ khai đăng ký hộ tịch"


def test_copies_of_nothing_are_nothing():
    assert read_papers(", (1 bản sao); Tờ khai (1 bản chính)") == (PaperText("Tờ khai"),)
