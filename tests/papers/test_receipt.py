"""Mẫu số 01 (R03, R04, R40)."""

from dataclasses import replace

import pytest

from motcua.papers import marks
from motcua.papers.receipt import Paper, render_receipt
from tests.papers.reading import Printed
from tests.papers.samples import HOSTILE, LONGEST, NASTY, ORDINARY, SHORTEST

ALL = pytest.mark.parametrize(
    "data", [ORDINARY, SHORTEST, LONGEST, HOSTILE], ids=["ordinary", "shortest", "longest", "hostile"]
)


@pytest.fixture(scope="module")
def ordinary():
    return Printed(render_receipt(ORDINARY))


@ALL
def test_a_receipt_is_a5_whatever_it_says(data):
    """R40"""
    printed = Printed(render_receipt(data))
    assert {printed.size_mm(page) for page in range(printed.pages)} == {(148, 210)}


@ALL
def test_no_letter_leaves_its_sheet(data):
    assert Printed(render_receipt(data)).outside_mm(5) == []


@pytest.mark.parametrize(
    "words",
    [
        "UBND THÀNH PHỐ HUẾ",
        "UBND PHƯỜNG PHÚ HẬU",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Phú Hậu, ngày 04 tháng 3 năm 2019",
        "Số: 000.19.75.H57-190304-0001/TNHS",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: 000.19.75.H57-190304-0001",
        "(Liên 2: Giao người nộp)",
        "Bộ phận Tiếp nhận và Trả kết quả: UBND phường Phú Hậu",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Hường",
        "Người nộp hồ sơ: Trần Văn Đặng (được ủy quyền)",
        "Địa chỉ: Số 12, kiệt 35 đường Nguyễn Gia Thiều, phường Phú Hậu, thành phố Huế",
        "Số điện thoại: 0905 123 456",
        "Email: huong.nguyen@example.vn",
        "Số CMND/CCCD/Hộ chiếu: 191234567",
        "Nội dung yêu cầu giải quyết: Xác nhận tình trạng hôn nhân (mã TTHC: 1.004873)",
        "1. Thành phần hồ sơ nộp gồm:",
        "1 Tờ khai cấp giấy xác nhận tình trạng hôn nhân 01 – –",
        "2 Sổ hộ khẩu (bản điện tử) – – 02",
        "2. Số lượng hồ sơ: 01 (bộ)",
        "3. Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
        "4. Thời gian nhận hồ sơ: 08 giờ 15 phút, ngày 04/03/2019",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 15 phút, ngày 07/03/2019",
        "6. Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả UBND phường Phú Hậu",
        "7. Phí, lệ phí: 15.000 đồng",
        "Quyển số: 01, Số thứ tự: 152",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Lê Thị Quỳnh Như",
        "quét mã QR hoặc vào motcua.example.vn và nhập mã hồ sơ; tổng đài 19001075.",
        "Mẫu số 01, Thông tư số 01/2018/TT-VPCP",
    ],
)
def test_what_the_form_must_say(ordinary, words):
    """R03, R40"""
    assert words in ordinary.text()


def test_an_ordinary_dossier_fits_on_one_sheet(ordinary):
    assert ordinary.pages == 1
    assert "Trang" not in ordinary.text()
    assert "MÔ PHỎNG" not in ordinary.text()


@pytest.mark.parametrize("data", [ORDINARY, LONGEST], ids=["ordinary", "longest"])
def test_a_scanner_at_150_dpi_reads_both_marks(data):
    """R04"""
    assert Printed(render_receipt(data)).marks() == {"QR Code": data.tracking_url, "Code 128": data.code}


def test_the_qr_code_of_a_long_address_is_still_read():
    address = "https://motcua.example.vn/tra-cuu/" + "0123456789abcdef" * 10
    printed = Printed(render_receipt(replace(ORDINARY, tracking_url=address)))
    assert printed.marks()["QR Code"] == address


@ALL
def test_only_our_font_and_all_of_it_inside(data):
    fonts = Printed(render_receipt(data)).fonts()
    assert {font.name.split("+")[-1] for font in fonts} <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert all(font.embedded for font in fonts)


@ALL
def test_the_same_data_give_the_same_bytes(data):
    """R40: printable again at any time exactly as issued."""
    assert render_receipt(data) == render_receipt(replace(data))


def test_the_file_says_what_it_is(ordinary):
    pdf = render_receipt(ORDINARY)
    assert ordinary.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả 000.19.75.H57-190304-0001"
    assert b"/Lang" in pdf
    assert b"vi-VN" in pdf
    assert b"<pdfaid:part>2" in pdf
    assert b"<pdfaid:conformance>A" in pdf
    assert b"<pdfuaid:part>1" in pdf
    assert b"<xmp:CreateDate>2019-03-04T01:15:00+00:00" in pdf  # the reception, not the printing


def test_many_papers_go_to_a_second_sheet_under_the_same_table_head():
    printed = Printed(render_receipt(LONGEST))
    assert printed.pages == 2
    for page in (0, 1):
        words = printed.text(page)
        assert f"Trang {page + 1}/2" in words
        assert "Bản chính Bản chứng thực Bản photo" in words
        assert "DỮ LIỆU MÔ PHỎNG" in words
        assert LONGEST.code in words
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in printed.text(1)
    assert LONGEST.procedure in printed.text(0)


def test_signatures_never_stand_on_a_sheet_without_the_appointment():
    for count in range(3, 14):
        data = replace(ORDINARY, papers=tuple(Paper(name=f"Giấy {number}") for number in range(count)))
        printed = Printed(render_receipt(data))
        (signed,) = (page for page in range(printed.pages) if "NGƯỜI NỘP HỒ SƠ" in printed.text(page))
        assert "5. Thời gian trả kết quả" in printed.text(signed)


def test_what_nobody_knows_is_said_or_left_to_be_written():
    words = Printed(render_receipt(SHORTEST)).text()
    assert "5. Thời gian trả kết quả giải quyết hồ sơ: sẽ được thông báo sau" in words
    assert "quy định là: chưa công bố" in words
    assert "Không có giấy tờ kèm theo" in words
    assert "Số điện thoại: Email:" in words  # dotted lines are drawn, not typed
    assert "Người nộp hồ sơ:" not in words
    assert "Phí, lệ phí" not in words
    assert "mã TTHC" not in words
    assert "tổng đài" not in words


def test_what_a_person_types_is_printed_and_never_obeyed():
    words = Printed(render_receipt(HOSTILE)).text()
    assert NASTY in words
    assert "□□□ đảo" in words
    assert "= Tiêu đề - mục #pagebreak()" in words
    assert "#panic()" in words
    assert "A" * 500 in words.replace(" ", "")  # broken into lines, without a character between


def test_a_code_without_a_barcode_is_refused():
    with pytest.raises(marks.MarkImpossible):
        render_receipt(replace(ORDINARY, code="số một"))
