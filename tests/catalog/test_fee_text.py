"""R33: what the prose of the sources says about fees, and what it refuses to say."""

import unicodedata

import pytest

from motcua.catalog.fee_text import (
    CONTRADICTS,
    COUNCIL,
    CUT,
    NO_UNIT,
    FeeState,
    FeesUnreadable,
    FeeText,
    Ground,
    read_fees,
)
from motcua.rules.fees import Price

COPIES = "2.000 đồng/trang; từ trang thứ 3 trở lên 1.000 đồng/trang, tối đa 200.000 đồng/bản"
THREE = ("Người thuộc gia đình có công với cách mạng", "Người thuộc hộ nghèo", "Người khuyết tật")
POOR = "Miễn lệ phí cho người thuộc gia đình có công với cách mạng; người thuộc hộ nghèo; người khuyết tật."
BY_COUNCIL = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương quyết định."


def only(text: str) -> FeeText:
    reading = read_fees(text)
    assert reading.state is FeeState.LISTED
    (fee,) = reading.fees
    return fee


def grounds(*words: str) -> tuple[Ground, ...]:
    return tuple(Ground(each) for each in words)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_said_is_not_published(text: str) -> None:
    assert read_fees(text).state is FeeState.UNKNOWN


@pytest.mark.parametrize("text", ["Miễn phí", "miễn phí.", "Miễn phí (Không có)", "Không", "Không thu phí"])
def test_free(text: str) -> None:
    reading = read_fees(text)
    assert (reading.state, reading.fees, reading.note) == (FeeState.FREE, (), "")


def test_free_though_copies_have_a_fee_of_their_own() -> None:
    reading = read_fees("Miễn phí (Miễn lệ phí. Phí cấp bản sao Trích lục kết hôn (nếu có yêu cầu)")
    assert (reading.state, reading.note) == (
        FeeState.FREE,
        "Phí cấp bản sao Trích lục kết hôn (nếu có yêu cầu)",
    )


@pytest.mark.parametrize(
    ("text", "price", "unit", "note"),
    [
        ("50.000 đồng/trường hợp", 50_000, "trường hợp", ""),
        ("50000đ/trường hợp", 50_000, "trường hợp", ""),
        ("30.000 đồng/hợp đồng, giao dịch", 30_000, "hợp đồng, giao dịch", ""),
        ("10.000 đồng/trường hợp (một hoặc nhiều chữ ký)", 10_000, "trường hợp", "một hoặc nhiều chữ ký"),
        ("Phí: 8.000 đồng/bản", 8_000, "bản", ""),
        ("1.500.000 VNĐ/hồ sơ.", 1_500_000, "hồ sơ", ""),
        ("8,000 VNĐ (8.000 đồng/văn bản)", 8_000, "văn bản", ""),
    ],
)
def test_one_price(text: str, price: int, unit: str, note: str) -> None:
    fee = only(text)
    assert (fee.price, fee.unit, fee.confirmed, fee.note) == (Price(price), unit, True, note)


def test_a_price_with_steps_and_a_most() -> None:
    fee = only(COPIES)
    assert (fee.price, fee.unit, fee.item) == (Price(2000, ((3, 1000),), 200_000), "trang", "bản")
    assert fee.confirmed
    assert only(unicodedata.normalize("NFD", COPIES)) == fee


def test_grounds_of_exemption() -> None:
    fee = only(f"8,000 VNĐ (8.000 đồng/Văn bản xác nhận. {POOR})")
    assert (fee.kind, fee.grounds, fee.confirmed) == ("le_phi", grounds(*THREE), True)


def test_a_list_of_grounds_that_the_source_cut() -> None:
    fee = only(
        "400,000 Việt Nam Đồng (Lệ phí : 400.000 Đồng (Mức thu lệ phí: 400.000đ/trường hợp. Miễn lệ phí đăng ký nuôi "
        "con nuôi trong nước đối với trường hợp cha dượng hoặc mẹ kế nhận con riêng; cô, cậu, dì, chú, bác ruột nhận "
        "cháu làm con nuôi; nhận các trẻ em s)"
    )
    assert (fee.price, fee.unit, fee.confirmed, fee.note) == (Price(400_000), "trường hợp", False, CUT)
    assert fee.grounds == grounds(
        "Cha dượng hoặc mẹ kế nhận con riêng", "Cô, cậu, dì, chú, bác ruột nhận cháu làm con nuôi"
    )


def test_a_price_without_a_unit_is_a_proposal() -> None:
    fee = only("4,500,000 Việt Nam Đồng ((bốn triệu năm trăm nghìn việt nam đồng)")
    assert (fee.price, fee.unit, fee.confirmed, fee.note) == (Price(4_500_000), "trường hợp", False, NO_UNIT)


def test_what_the_council_decides_has_no_price_here() -> None:
    fee = only(f"Miễn phí ({BY_COUNCIL} {POOR})")
    assert (fee.price, fee.confirmed, fee.grounds) == (None, False, grounds(*THREE))
    assert fee.note == f"{CONTRADICTS}; {COUNCIL}"


def test_a_birth_declared_in_time_is_free_and_a_late_one_is_not() -> None:
    fee = only(
        "Miễn lệ phí: khai sinh đúng hạn; người thuộc gia đình có công với cách mạng; hộ nghèo; người khuyết tật. "
        "Khai sinh không đúng hạn: theo mức HĐND cấp tỉnh"
    )
    assert (fee.price, fee.kind) == (None, "le_phi")
    assert fee.grounds[0] == Ground("Khai sinh đúng hạn")
    assert fee.note == f"{COUNCIL}; Khai sinh không đúng hạn"


REFUSED = [
    "50.000 đồng hoặc 100.000 đồng/trường hợp",
    "50.000 - 100.000 đồng/trường hợp",
    "50.000 đồng/trường hợp. 70.000 đồng/trường hợp",
    "10,000 VNĐ (12.000 đồng/văn bản)",
    "8.000 đồng/bản. 8.000 đồng/trang",
    "Phí: 8.000 đồng/bản. Lệ phí: 8.000 đồng/bản",
    "0,1% giá trị hợp đồng",
    "Miễn phí (50.000 đồng/trường hợp)",
    "Miễn phí (Theo quy định của Luật phí và lệ phí và các văn bản hướng dẫn.)",
    "Miễn phí (Phí cấp bản sao Trích lục: 8.000 đồng/bản)",
    "10,000 Việt Nam Đồng (Trường hợp công dân nộp hồ sơ trực tiếp thu 10.000 đồng/lần đăng ký;)",
    "7,000 Việt Nam Đồng (- Đăng ký tạm trú (cá nhân, hộ gia đình)",
    "Miễn lệ phí cho người nghèo; giảm 50% cho người già. 8.000 đồng/bản",
    "Theo quy định",
    "50 nghìn đồng/trường hợp",
    "2.000 đồng/trang; từ trang thứ 3 trở lên 1.000 đồng/bản, tối đa 200.000 đồng/bản",
    f"{BY_COUNCIL} 8.000 đồng/bản",
    "5.00 đồng/bản",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(FeesUnreadable):
        read_fees(text)
