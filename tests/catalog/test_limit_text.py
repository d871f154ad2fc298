"""R11: what the prose of the sources says about a time limit, and what it refuses to say."""

import unicodedata

import pytest

from motcua.catalog.limit_text import HOURS, NO_UNIT, OTHER_START, read_limit
from motcua.catalog.models import ProcedureVersion
from motcua.rules.limits import LimitUnreadable

AFTER_15 = "nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo"
CERTIFYING = (
    "Trong ngày cơ quan tiếp nhận yêu cầu, hoặc trong ngày làm việc tiếp theo nếu tiếp nhận sau 15 giờ"
)
LONGER = "hoặc dài hơn theo thỏa thuận bằng văn bản"

CONFIRMED = [
    # typed
    ("at once", "at once", ""),
    ("same day", "same day", ""),
    ("3 working days", "3 working days", ""),
    ("1 working day", "1 working day", ""),
    ("4 working hours", "4 working hours", ""),
    ("30 Calendar Days", "30 calendar days", ""),
    # same day
    (f"Ngay trong ngày; {AFTER_15}", "same day", ""),
    (f"Ngay trong ngày; {AFTER_15.replace(' hồ sơ', '').replace(' kết quả', '')}", "same day", ""),
    (
        f"Ngay trong ngày; {AFTER_15}; trường hợp cần xác minh điều kiện kết hôn: không quá 05 ngày làm việc",
        "same day",
        "trường hợp cần xác minh điều kiện kết hôn: không quá 05 ngày làm việc",
    ),
    (CERTIFYING, "same day", ""),
    (
        f"{CERTIFYING}; kéo dài không quá 02 ngày (nhiều trang, phức tạp); {LONGER}",
        "same day",
        f"kéo dài không quá 02 ngày (nhiều trang, phức tạp); {LONGER}",
    ),
    # working days
    ("03 ngày làm việc", "3 working days", ""),
    ("5 Ngày làm việc", "5 working days", ""),
    (f"Không quá 02 ngày làm việc kể từ ngày nhận đủ hồ sơ; {LONGER}", "2 working days", LONGER),
    ("10 ngày làm việc từ khi nhận đủ hồ sơ hợp lệ", "10 working days", ""),
    ("07 ngày làm việc kể từ khi tiếp nhận giấy đề nghị của hộ gia đình", "7 working days", ""),
    ("02 ngày làm việc kể từ ngày nhận được đề nghị của Trưởng thôn", "2 working days", ""),
    (
        "Trả lời/thông báo trong 10 ngày làm việc kể từ ngày tiếp nhận nội dung (Luật Tiếp công dân Đ.28)",
        "10 working days",
        "Luật Tiếp công dân Đ.28",
    ),
    ("05 ngày làm việc (Cao Bằng 2025)", "5 working days", "Cao Bằng 2025"),
    (
        "05 ngày làm việc (TT 01/2019/TT-BLĐTBXH Đ.9; trang TTHC Huế: 5 ngày làm việc)",
        "5 working days",
        "TT 01/2019/TT-BLĐTBXH Đ.9; trang TTHC Huế: 5 ngày làm việc",
    ),
    (
        "03 ngày làm việc; cần xác minh: kéo dài thêm không quá 05 ngày làm việc",
        "3 working days",
        "cần xác minh: kéo dài thêm không quá 05 ngày làm việc",
    ),
    (
        "03 ngày làm việc; trường hợp phải xác minh thì không quá 08 ngày làm việc",
        "3 working days",
        "trường hợp phải xác minh thì không quá 08 ngày làm việc",
    ),
    (
        "03 ngày làm việc; phải xác minh: không quá 10 ngày làm việc",
        "3 working days",
        "phải xác minh: không quá 10 ngày làm việc",
    ),
    (
        "Tối đa 15 ngày làm việc; + không quá 02 ngày làm việc nếu phải hoàn thiện",
        "15 working days",
        "+ không quá 02 ngày làm việc nếu phải hoàn thiện",
    ),
    (
        "Tối đa 20 ngày làm việc; xã cách huyện ≥50 km: + không quá 05 ngày làm việc (có thể rút ngắn; Quảng Ninh: 15)",
        "20 working days",
        "xã cách huyện ≥50 km: + không quá 05 ngày làm việc (có thể rút ngắn; Quảng Ninh: 15)",
    ),
    ("Trực tuyến: 3 Ngày làm việc; Trực tiếp: 3 Ngày làm việc", "3 working days", ""),
    ("4 giờ làm việc", "4 working hours", ""),
    # calendar days
    ("15 Ngày", "15 calendar days", ""),
    ("15 ngày (NĐ 162/2017 Đ.5)", "15 calendar days", "NĐ 162/2017 Đ.5"),
    ("15 ngày kể từ ngày nhận được văn bản đăng ký hợp lệ", "15 calendar days", ""),
    (
        "30 ngày kể từ ngày UBND cấp xã nhận đủ hồ sơ hợp lệ (trong đó lấy ý kiến xong trong 10 ngày)",
        "30 calendar days",
        "trong đó lấy ý kiến xong trong 10 ngày",
    ),
]

UNCONFIRMED = [
    ("3 (nguồn không ghi đơn vị)", "3 working days", NO_UNIT),
    ("05", "5 working days", NO_UNIT),
    ("1 Giờ", "1 working hour", HOURS),
    ("Trong vòng 12 giờ từ khi nhận thông tin", "12 working hours", HOURS),
    (
        "Không quá 30 ngày kể từ ngày thụ lý; phức tạp gia hạn 1 lần ≤30 ngày",
        "30 calendar days",
        f"{OTHER_START}; phức tạp gia hạn 1 lần ≤30 ngày",
    ),
    ("5 ngày làm việc kể từ ngày nhận được kết quả xác minh", "5 working days", OTHER_START),
    ("5 ngày làm việc kể từ ngày Phòng LĐTBXH nhận được hồ sơ", "5 working days", OTHER_START),
]

UNREADABLE = [
    # two limits, by case, channel or source
    "Dịch vụ bưu chính: 30 Ngày; Trực tiếp: 40 Ngày",
    "Trực tuyến: 1 Ngày làm việc; Trực tuyến: 2 Ngày làm việc",
    "Trực tuyến: 5 Ngày làm việc; Trực tiếp: 5 Ngày làm việc; Trực tuyến: 30 Ngày làm việc",
    "5 ngày làm việc (cổng 2026); 5 ngày (Quảng Ninh)",
    f"Thay đổi, cải chính: 03 ngày làm việc (+ không quá 03 nếu xác minh); bổ sung: Ngay trong ngày; {AFTER_15}",
    "30 ngày (vùng sâu, vùng xa: 45 ngày)",
    "5 ngày làm việc (trang tỉnh: 1 tháng)",
    "Ngay trong ngày (phức tạp: 2 ngày làm việc)",
    "Tiếp nhận ngay; hoàn thiện thủ tục trong 10 ngày làm việc",
    "Thụ lý: 10 ngày; giải quyết: không quá 30 ngày kể từ ngày thụ lý, phức tạp không quá 45 ngày",
    # several agencies
    "Xã: 07 ngày làm việc (xét duyệt) + 03 ngày làm việc (đề nghị); Phòng LĐTBXH: 07 ngày làm việc",
    "Xã: 02 ngày làm việc; Phòng LĐTBXH trình Chủ tịch UBND huyện: 03 ngày làm việc",
    "Xã 03 ngày làm việc + cấp trên 05 ngày làm việc",
    "25 ngày làm việc: Hội đồng 20 ngày làm việc kể từ ngày nhận hồ sơ + cấp Giấy trong 05 ngày làm việc",
    "05 ngày làm việc xin ý kiến huyện + huyện trả lời 10 ngày + 05 ngày làm việc trả lời",
    "Khâu cấp xã thường 05 ngày làm việc kể từ ngày nhận đủ giấy tờ",
    # not a limit of an answer
    "Thông báo trước khi quyên góp 05 ngày làm việc",
    "Trước ngày 30/11",
    "cần xác minh: không quá 05 ngày làm việc",
    # not a number of ours
    "0 ngày làm việc",
    "0",
    "0,5 ngày làm việc",
    "10-15 ngày làm việc",
    "15/20 ngày",
    "1 tháng",
    "ngày",
    "trong ngày làm việc tiếp theo",
    f"03 ngày làm việc; {AFTER_15}",
    f"Ngay trong ngày; {AFTER_15.replace('15', '16')}",
    "5 ngày làm việc kể từ ngày nhận hồ sơ, 10 ngày nếu phức tạp",
    "5 ngày làm việc (",
]


@pytest.mark.parametrize(("text", "limit", "note"), CONFIRMED)
def test_a_text_with_one_amount_and_its_unit_is_the_limit(text, limit, note):
    reading = read_limit(text)

    assert (str(reading.limit), reading.confirmed, reading.note) == (limit, True, note)


@pytest.mark.parametrize(("text", "limit", "note"), UNCONFIRMED)
def test_a_unit_or_a_start_left_open_is_a_proposal_only(text, limit, note):
    reading = read_limit(text)

    assert (str(reading.limit), reading.confirmed, reading.note) == (limit, False, note)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_that_could_mean_two_things_is_refused(text):
    with pytest.raises(LimitUnreadable):
        read_limit(text)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_names_no_limit(text):
    reading = read_limit(text)

    assert (reading.limit, reading.confirmed, reading.note) == (None, False, "")


def test_the_refusal_says_which_text_and_what_to_write():
    with pytest.raises(LimitUnreadable, match=r"“khi xong”.*3 working days"):
        read_limit("khi xong")


def test_capitals_spaces_and_the_encoding_of_accents_do_not_matter():
    text = unicodedata.normalize("NFD", "  KHÔNG QUÁ   02 ngày\nlàm việc ")

    assert str(read_limit(text).limit) == "2 working days"


@pytest.mark.parametrize(
    ("limit", "confirmed", "short"),
    [
        ("same day", True, "Trong ngày làm việc"),
        ("same day", False, "Trong ngày làm việc (chưa xác nhận)"),
        ("3 working days", False, "03 ngày làm việc (chưa xác nhận)"),
        ("", False, "chưa công bố"),
    ],
)
def test_short_for_a_list(limit: str, confirmed: bool, short: str) -> None:
    assert ProcedureVersion(limit=limit, limit_confirmed=confirmed).limit_short == short
