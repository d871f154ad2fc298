"""Mẫu số 02 to 05 and the fee receipt as they are printed (R03, R14, R25, R26, R33, R40, R42)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from motcua.papers.apology import Cause
from motcua.papers.receipt import render_receipt
from tests.papers.forms import FORMS, SUPPLEMENT, Form
from tests.papers.reading import Printed
from tests.papers.samples import ORDINARY, RECEIVED

BY_NAME = {form.name: form for form in FORMS}
ALL = [(form.name, sample) for form in FORMS for sample in form.samples()]


@cache
def printed(name: str, sample: str) -> Printed:
    form = BY_NAME[name]
    return Printed(form.render(form.samples()[sample]))


@pytest.fixture(autouse=True, scope="module")
def _forgotten() -> Iterator[None]:
    """The documents are closed with the last test."""
    yield
    printed.cache_clear()


def words_of(name: str, **changes: object) -> str:
    form = BY_NAME[name]
    return Printed(form.render(replace(form.ordinary, **changes))).text()


@pytest.mark.parametrize(("name", "sample"), ALL)
def test_a_form_is_a5_in_our_font_and_no_letter_leaves_its_sheet(name: str, sample: str) -> None:
    """R40: whatever it says, short, long, or typed by a joker."""
    paper = printed(name, sample)
    assert {paper.size_mm(page) for page in range(paper.pages)} == {(148, 210)}
    assert paper.outside_mm(5) == []
    assert {font.name.split("+")[-1] for font in paper.fonts()} <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert all(font.embedded for font in paper.fonts())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_same_data_give_the_same_bytes_and_the_usual_fits_on_one_sheet(form: Form) -> None:
    """R40: printable again at any time exactly as issued."""
    assert form.render(form.ordinary) == form.render(replace(form.ordinary))
    stamp = {
        "supplement": "asked_at",
        "refusal": "refused_at",
        "apology": "signed_at",
        "slip": "drawn_at",
        "fee": "paid_at",
    }
    moment = getattr(form.ordinary, stamp[form.name])
    exact = replace(form.ordinary, **{stamp[form.name]: moment + timedelta(microseconds=7)})
    assert form.render(exact) == form.render(
        form.ordinary
    )  # an act's moment has microseconds, a paper minutes
    assert printed(form.name, "ordinary").pages == 1


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_made_up_data_are_marked_on_every_sheet(form: Form) -> None:
    long = printed(form.name, "longest")
    assert long.pages > 1
    for page in range(long.pages):
        assert "DỮ LIỆU MÔ PHỎNG" in long.text(page)
        assert f"Trang {page + 1}/{long.pages}" in long.text(page)
    assert "MÔ PHỎNG" not in printed(form.name, "ordinary").text()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_marks_lead_to_the_dossier(form: Form) -> None:
    """R04: with the paper in hand the desk scans instead of typing; without a dossier there is nothing to scan."""
    assert printed(form.name, "ordinary").marks() == {
        "QR Code": ORDINARY.tracking_url,
        "Code 128": ORDINARY.code,
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "supplement",
            [
                "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
                "Số: 000.19.75.H57-190304-0001/HDHS",
                "Phú Hậu, ngày 05 tháng 3 năm 2019",
                "Hồ sơ của: Nguyễn Thị Hường",
                "Nội dung yêu cầu giải quyết: Xác nhận tình trạng hôn nhân (mã TTHC: 1.004873)",
                "1 Tờ khai cấp giấy xác nhận tình trạng hôn nhân Chưa ký",
                "quá 06 tháng, không còn giá trị",
                "Lý do: Để xác định tình trạng hôn nhân",
                "trước 08 giờ 15 phút, ngày 03/04/2019",
                "tính lại từ đầu",
                "Quá thời gian trên mà chưa bổ sung thì hồ sơ được đóng",
                "liên hệ với Nguyễn Văn Minh, số điện thoại 0234 3822 111",
                "NGƯỜI HƯỚNG DẪN",
                "Mẫu số 02, Thông tư số 01/2018/TT-VPCP",
            ],
        ),
        (
            "refusal",
            [
                "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ",
                "Số: 000.19.75.H57-190304-0001/TCHS",
                "không giải quyết hồ sơ này",
                "Người yêu cầu không thường trú",
                "Đề nghị nộp tại UBND phường nơi thường trú.",
                "Người quyết định: Phan Văn Tài, Chủ tịch UBND phường",
                "khiếu nại",
                "Mẫu số 03, Thông tư số 01/2018/TT-VPCP",
            ],
        ),
        (
            "apology",
            [
                "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
                "Kính gửi: Nguyễn Thị Hường",
                "Thời gian hẹn trả kết quả: 08 giờ 15 phút, ngày 07/03/2019",
                "Lý do: Phải xác minh, thẩm tra thêm.",
                "UBND phường Phú Hậu xin lỗi ông/bà và hẹn trả kết quả vào: 08 giờ 15 phút, ngày 12/03/2019",
                "CHỦ TỊCH UBND PHƯỜNG",
                "Phan Văn Tài",
                "Mẫu số 04, Thông tư số 01/2018/TT-VPCP",
            ],
        ),
        (
            "slip",
            [
                "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
                "Giao: Người nộp hồ sơ – Nguyễn Thị Hường Nhận: Bộ phận Một cửa, UBND phường Phú Hậu – Lê Thị",
                "09 giờ 15 phút, ngày 04/03/2019",
                "Quá hạn hạn 08:15 06/03/2019",
                "Đang giữ hồ sơ: Lãnh đạo duyệt",
                "Mẫu số 05, Thông tư số 01/2018/TT-VPCP",
            ],
        ),
        (
            "fee",
            [
                "BIÊN LAI THU PHÍ, LỆ PHÍ",
                "Ký hiệu: BL-19 – Số: 0000123",
                "Người nộp tiền: Nguyễn Thị Hường",
                "2 Bản sao trích lục 03 8.000 24.000",
                "Tổng cộng 39.000",
                "Viết bằng chữ: Ba mươi chín nghìn đồng.",
                "Hình thức thanh toán: Tiền mặt",
                "NGƯỜI THU TIỀN",
            ],
        ),
    ],
)
def test_what_a_form_must_say(name: str, words: list[str]) -> None:
    """R03, R14, R25, R26, R33, R42: the fields of the circular's forms."""
    said = printed(name, "ordinary").text()
    assert [missing for missing in words if missing not in said] == []


def test_before_reception_no_code_and_no_end_is_printed() -> None:
    """R03: nothing was received, so nothing runs."""
    asked, refused = printed("supplement", "shortest").text(), printed("refusal", "shortest").text()
    assert "Mã hồ sơ" not in asked + refused
    assert "quét mã QR" not in asked + refused
    assert "trước" not in asked
    assert "Số: 05/HDHS" in asked
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in refused
    assert "không tiếp nhận, giải quyết" in refused
    assert printed("refusal", "shortest").marks() == {}


def test_a_second_request_says_that_it_is_one_and_who_permitted_it() -> None:
    """R14"""
    said = printed("supplement", "longest").text()
    assert "(Lần thứ 2)" in said
    assert "Yêu cầu bổ sung lần 2 được Phan Văn Tài cho phép" in said
    assert "Lần thứ" not in printed("supplement", "ordinary").text()


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.LATE, "đã có nhưng chậm so với thời hạn trên"),
        (Cause.SUPPLEMENT_AGAIN, "yêu cầu ông/bà bổ sung hồ sơ thêm một lần nữa"),
        (Cause.WRONG_RESULT, "có sai sót do lỗi của"),
        (Cause.LOST_PAPER, "làm mất, thất lạc hoặc hư hỏng giấy tờ"),
    ],
)
def test_an_apology_without_a_new_date(cause: Cause, words: str) -> None:
    """R26, R32: the result is there already, or the fault moves no date."""
    said = words_of("apology", cause=cause, new_due_at=None, is_ready=True)
    assert words in said
    assert "HẸN LẠI" not in said
    assert "hẹn trả kết quả vào" not in said
    assert "mời ông/bà nhận kết quả" in said


def test_an_apology_is_the_agencys_not_the_desks() -> None:
    assert "BỘ PHẬN TIẾP NHẬN" not in printed("apology", "ordinary").text(0)[:200]
    assert "BỘ PHẬN TIẾP NHẬN" in printed("refusal", "ordinary").text(0)[:200]


def test_a_long_slip_repeats_its_head_and_keeps_its_rows_whole() -> None:
    """R42"""
    slip = printed("slip", "longest")
    heads = ["Tên cơ quan, người giao" in slip.text(page) for page in range(slip.pages)]
    assert heads.count(True) >= 4
    for page in range(slip.pages):
        assert slip.text(page).count("Giao:") == slip.text(page).count("Nhận:")
    said = slip.text()
    assert "Thời gian của từng cơ quan" in said
    assert "(đã chuyển, chưa xác nhận)" in said
    assert "(xác nhận lúc" in said
    assert "Tình trạng: Đã trả kết quả; có kết quả 08 giờ 15 phút, ngày 06/03/2019 – trước hạn." in said
    assert "Đang giữ" not in said


def test_a_receipt_of_an_interlinked_dossier_has_its_date_here_beside_the_total() -> None:
    """R24: the total, and the end of the stage at the commune."""
    said = Printed(render_receipt(replace(ORDINARY, local_due_at=RECEIVED))).text()
    assert "Giai đoạn tại UBND phường Phú Hậu xong trước: 08 giờ 15 phút, ngày 04/03/2019" in said
    assert "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 15 phút, ngày 07/03/2019" in said
    assert "Giai đoạn tại" not in Printed(render_receipt(ORDINARY)).text()


@pytest.mark.parametrize("name", ["supplement", "refusal"])
def test_where_to_rate_is_printed_only_where_there_is_such_a_place(name: str) -> None:
    form = BY_NAME[name]
    rated = replace(
        form.ordinary, issuer=replace(form.ordinary.issuer, rating_site="motcua.example.vn/y-kien")
    )
    paper = Printed(form.render(rated))
    assert "Đánh giá việc phục vụ tại motcua.example.vn/y-kien." in paper.text()
    assert paper.outside_mm(5) == []
    assert "Đánh giá" not in printed(name, "ordinary").text()


def test_signatures_never_stand_on_a_sheet_without_what_is_signed() -> None:
    for count in (3, 5, 6, 7, 8, 9):
        data = replace(SUPPLEMENT, items=SUPPLEMENT.items[:1] * count)
        paper = Printed(BY_NAME["supplement"].render(data))
        (signed,) = (page for page in range(paper.pages) if "NGƯỜI HƯỚNG DẪN" in paper.text(page))
        assert "Nộp tại:" in paper.text(signed)
