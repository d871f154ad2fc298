"""Mẫu số 06 (R40, R41)."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from motcua.papers import register as register_module
from motcua.papers.register import RegisterTooLong, render_register_pdf, render_register_xlsx
from tests.papers.reading import Printed
from tests.papers.samples import NASTY, register


@pytest.fixture(scope="module")
def book():
    return Printed(render_register_pdf(register(30)))


def test_a_register_is_a4_lying(book):
    """R40"""
    assert {book.size_mm(page) for page in range(book.pages)} == {(297, 210)}
    assert book.outside_mm(5) == []


def test_what_the_book_says(book):
    """R41"""
    words = book.text()
    assert "SỔ THEO DÕI HỒ SƠ NĂM 2019" in words
    assert "Quyển số: 01" in words
    assert "Hồ Thị Kăn 30" in words
    assert "Sổ này có 30 hồ sơ, từ số 01 đến số 30, khóa sổ ngày 31 tháng 12 năm 2019." in words
    assert "Phú Hậu, ngày 31 tháng 12 năm 2019" in words
    assert "(Ký, ghi rõ họ tên và đóng dấu)" in words
    assert words.endswith(f"Trang {book.pages}/{book.pages}")


def test_the_table_head_repeats_and_a_row_stays_in_one_piece(book):
    assert book.pages > 1
    for page in range(book.pages):
        assert "Phương thức nhận" in book.text(page)
    pages = [book.text(page) for page in range(book.pages)]
    for number in range(1, 31):
        code = f"000.19.75.H57- 190304-{number:04}"  # on two lines
        assert [code in words for words in pages].count(True) == 1
        assert [f"Hồ Thị Kăn {number} Số 12" in words for words in pages].count(True) == 1


def test_an_open_book_says_until_when_and_is_not_signed():
    words = Printed(render_register_pdf(replace(register(2), closed_on=None))).text()
    assert "Trích in khi sổ chưa khóa, đến 16 giờ 30 phút, ngày 31/12/2019" in words
    assert "đóng dấu" not in words
    assert "Sổ ghi 02 hồ sơ, từ số 01 đến số 02." in words


def test_an_empty_book():
    words = Printed(render_register_pdf(register(0))).text()
    assert "Không có hồ sơ" in words
    assert "Sổ không ghi hồ sơ nào." in words


def test_only_our_font_and_all_of_it_inside(book):
    assert {font.name.split("+")[-1] for font in book.fonts()} <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert all(font.embedded for font in book.fonts())


def test_the_same_data_give_the_same_bytes():
    assert render_register_pdf(register(3)) == render_register_pdf(register(3))
    assert render_register_xlsx(register(3)) == render_register_xlsx(register(3))


def test_what_a_person_types_stays_in_its_cell():
    data = register(3)
    joker = replace(data.rows[0], applicant=NASTY, note="W" * 500, phone="9" * 40, delivery="x" * 300)
    printed = Printed(render_register_pdf(replace(data, rows=(joker, *data.rows[1:]))))
    assert "#image" in printed.text()
    assert printed.outside_mm(5) == []


def test_a_book_too_long_for_a_pdf_is_refused(monkeypatch):
    monkeypatch.setattr(register_module, "MOST_ROWS", 2)
    with pytest.raises(RegisterTooLong, match="several books"):
        render_register_pdf(register(3))


@pytest.fixture(scope="module")
def sheet():
    data = register(40)
    formula = replace(
        data.rows[0], applicant="=HYPERLINK(1)", address="+1", note="@x", procedure="http://a.vn"
    )
    pdf = render_register_xlsx(replace(data, rows=(formula, *data.rows[1:])))
    return openpyxl.load_workbook(BytesIO(pdf)).active


def test_the_sheet_holds_every_dossier_with_typed_cells(sheet):
    """R41: it can be searched, printed and exported."""
    head = [cell.value for cell in sheet[5]]
    assert head[:2] == ["TT", "Mã hồ sơ"]
    assert sheet.max_row == 5 + 40
    second = dict(zip(head, (cell.value for cell in sheet[7]), strict=True))
    assert second["TT"] == 2
    assert second["Chủ hồ sơ"] == "Hồ Thị Kăn 2"
    assert second["Số điện thoại"] == "0905123456"
    assert second["Nhận hồ sơ"] == datetime(2019, 3, 4, 8, 29)
    assert sheet["H7"].number_format == "hh:mm dd/mm/yyyy"
    assert sheet["J6"].value is None


def test_no_text_becomes_a_formula_or_a_link(sheet):
    values = {cell.value: cell for cell in sheet[6]}
    for text in ("=HYPERLINK(1)", "+1", "@x", "http://a.vn"):
        assert values[text].data_type == "s"
        assert values[text].hyperlink is None


def test_the_sheet_prints_as_the_form_asks(sheet):
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
