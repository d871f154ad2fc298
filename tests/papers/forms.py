"""Samples of Mẫu 02 to 05 and the fee receipt: an ordinary one, a short one, a very long one, one by a joker."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from motcua.papers.apology import ApologyData, render_apology
from motcua.papers.common import Issuer, Request
from motcua.papers.fee import FeeData, FeeLine, render_fee
from motcua.papers.refusal import RefusalData, render_refusal
from motcua.papers.slip import Hand, Handing, SlipData, Stretch, render_slip
from motcua.papers.supplement import Item, SupplementData, render_supplement
from tests.papers.samples import LONGEST as LONG_RECEIPT
from tests.papers.samples import NASTY, ORDINARY, RECEIVED

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ISSUER = Issuer(
    superior="UBND thành phố Huế",
    agency="UBND phường Phú Hậu",
    place="Phú Hậu",
    site="motcua.example.vn",
    hotline="19001075",
)
REQUEST = Request(
    code=ORDINARY.code,
    tracking_url=ORDINARY.tracking_url,
    applicant="Nguyễn Thị Hường",
    address=ORDINARY.address,
    phone="0905 123 456",
    email="huong.nguyen@example.vn",
    procedure="Xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
)
BARE = Issuer(superior="", agency="UBND xã Vỹ", place="")
NOBODY = Request(applicant="Lê An", procedure="Tách hộ")
GREAT = replace(
    REQUEST,
    applicant=LONG_RECEIPT.applicant,
    procedure=LONG_RECEIPT.procedure,
)
LONG_ISSUER = replace(
    ISSUER, superior="UBND huyện Phong Điền", agency="UBND thị trấn Phong Điền", simulated=True
)
JOKER = replace(
    REQUEST,
    applicant=f"{NASTY} 👨‍👩‍👧 \x00\u202eđảo\ud800",
    address="A" * 500,
    phone="9" * 60,
    email="x" * 60 + "@example.vn",
    procedure="= Tiêu đề\n\n- mục\n#pagebreak()",
)
_REASON = (
    "Giấy xác nhận đã nộp cấp quá 06 tháng, không còn giá trị sử dụng theo quy định; đề nghị nộp bản mới do cơ quan có thẩm "
    "quyền nơi cư trú trước đây cấp, ghi rõ thời gian cư trú từ ngày đủ tuổi kết hôn đến ngày chuyển đi"
)
DESK = "Bộ phận Tiếp nhận và Trả kết quả, UBND phường Phú Hậu"

SUPPLEMENT = SupplementData(
    issuer=ISSUER,
    request=REQUEST,
    number=f"{REQUEST.code}/HDHS",
    asked_at=RECEIVED + DAY,
    received_at=RECEIVED,
    items=(
        Item(name="Tờ khai cấp giấy xác nhận tình trạng hôn nhân", reason="Chưa ký"),
        Item(name="Bản án, quyết định ly hôn đã có hiệu lực pháp luật", reason=_REASON),
    ),
    reason="Để xác định tình trạng hôn nhân từ năm 2015 đến nay.",
    bring_to=DESK,
    until=RECEIVED + 30 * DAY,
    otherwise="Quá thời gian trên mà chưa bổ sung thì hồ sơ được đóng và trả lại; ông/bà có thể nộp hồ sơ mới.",
    clock="Thời hạn giải quyết được tính lại từ đầu kể từ khi nhận đủ hồ sơ (Nghị định số 61/2018/NĐ-CP, Điều 19).",
    contact="Nguyễn Văn Minh",
    contact_phone="0234 3822 111",
    officer="Nguyễn Văn Minh",
)
REFUSAL = RefusalData(
    issuer=ISSUER,
    request=REQUEST,
    number=f"{REQUEST.code}/TCHS",
    refused_at=RECEIVED + 2 * DAY,
    received_at=RECEIVED,
    reason="Người yêu cầu không thường trú tại phường Phú Hậu (Nghị định số 123/2015/NĐ-CP, Điều 21).\n"
    "Đề nghị nộp tại UBND phường nơi thường trú.",
    contact="Nguyễn Văn Minh",
    contact_phone="0234 3822 111",
    officer="Lê Thị Quỳnh Như",
    decided_by="Phan Văn Tài, Chủ tịch UBND phường",
)
APOLOGY = ApologyData(
    issuer=ISSUER,
    request=REQUEST,
    number=f"{REQUEST.code}/PXL",
    received_by="UBND phường Phú Hậu",
    received_at=RECEIVED,
    old_due_at=RECEIVED + 3 * DAY,
    new_due_at=RECEIVED + 8 * DAY,
    collect_at=DESK,
    reason="Phải xác minh, thẩm tra thêm. Chờ công an phường xác nhận thời gian cư trú.",
    signer="Phan Văn Tài",
    signer_title="Chủ tịch UBND phường",
    signed_at=RECEIVED + 2 * DAY,
)
_CITIZEN = Hand(place="Người nộp hồ sơ", person="Nguyễn Thị Hường")
_COUNTER = Hand(place="Bộ phận Một cửa, UBND phường Phú Hậu", person="Lê Thị Quỳnh Như")
_SPECIALIST = Hand(place="Xử lý, UBND phường Phú Hậu", person="Nguyễn Văn Minh")
_LEADER = Hand(place="Lãnh đạo duyệt, UBND phường Phú Hậu", person="Phan Văn Tài")
SLIP = SlipData(
    issuer=ISSUER,
    request=REQUEST,
    received_at=RECEIVED,
    due_at=RECEIVED + 3 * DAY,
    handings=(
        Handing(giver=_CITIZEN, taker=_COUNTER, at=RECEIVED, note="Tiếp nhận hồ sơ"),
        Handing(
            giver=_COUNTER,
            taker=_SPECIALIST,
            at=RECEIVED + HOUR,
            outcome="Đúng hạn",
            due_at=RECEIVED + 8 * HOUR,
            note="Chuyển xử lý",
        ),
        Handing(
            giver=_SPECIALIST,
            taker=_LEADER,
            at=RECEIVED + 3 * DAY,
            outcome="Quá hạn",
            due_at=RECEIVED + 2 * DAY,
            note="Chuyển xử lý: Đủ điều kiện.",
        ),
    ),
    now_with=_LEADER,
    now_due_at=RECEIVED + 3 * DAY,
    state="Đang giải quyết",
    drawn_at=RECEIVED + 3 * DAY + HOUR,
)
FEE = FeeData(
    issuer=ISSUER,
    request=REQUEST,
    series="BL-19",
    number="0000123",
    payer="Nguyễn Thị Hường",
    payer_address=ORDINARY.address,
    lines=(
        FeeLine(
            label="Lệ phí cấp giấy xác nhận tình trạng hôn nhân", quantity=1, unit_price=15_000, amount=15_000
        ),
        FeeLine(label="Bản sao trích lục", quantity=3, unit_price=8_000, amount=24_000),
    ),
    method="Tiền mặt",
    paid_at=RECEIVED,
    collector="Lê Thị Quỳnh Như",
    copy="Liên 2: Giao người nộp tiền",
)


@dataclass(frozen=True)
class Form:
    """One form with its samples, and how it is rendered."""

    name: str
    render: Any
    ordinary: Any
    shortest: Any
    longest: Any
    hostile: Any

    def samples(self) -> dict[str, Any]:
        return {
            "ordinary": self.ordinary,
            "shortest": self.shortest,
            "longest": self.longest,
            "hostile": self.hostile,
        }


_TAKERS = (_COUNTER, _SPECIALIST, _LEADER)
_ELSEWHERE = Hand(place="Bộ phận Tiếp nhận và Trả kết quả, Bảo hiểm xã hội huyện Phong Điền", person="")
_WAY = tuple(
    Handing(
        giver=_TAKERS[number % 3],
        taker=_ELSEWHERE if number % 3 == 0 else _TAKERS[(number + 1) % 3],
        at=RECEIVED + number * HOUR,
        is_unacknowledged=number % 6 == 0,
        acknowledged_at=RECEIVED + number * HOUR + HOUR if number % 6 == 3 else None,
        outcome=("Trước hạn", "Đúng hạn", "Quá hạn")[number % 3],
        due_at=RECEIVED + number * HOUR,
        note="Chuyển lại bước trước: " + _REASON if number % 4 == 0 else "Chuyển xử lý",
    )
    for number in range(24)
)

FORMS = (
    Form(
        "supplement",
        render_supplement,
        SUPPLEMENT,
        SupplementData(
            issuer=BARE,
            request=NOBODY,
            number="05/HDHS",
            asked_at=RECEIVED,
            bring_to="UBND xã Vỹ",
            officer="",
        ),
        replace(
            SUPPLEMENT,
            issuer=LONG_ISSUER,
            request=GREAT,
            items=tuple(Item(name=paper.name, reason=_REASON) for paper in LONG_RECEIPT.papers),
            reason=_REASON,
            time=2,
            permission=f"Yêu cầu bổ sung lần 2 được Phan Văn Tài cho phép: {_REASON}.",
        ),
        replace(
            SUPPLEMENT,
            request=JOKER,
            items=(Item(name="W" * 500, reason=NASTY), Item(name="", reason="#panic()")),
            reason="W" * 300,
            officer="W" * 80,
        ),
    ),
    Form(
        "refusal",
        render_refusal,
        REFUSAL,
        RefusalData(
            issuer=BARE, request=NOBODY, number="06/TCHS", refused_at=RECEIVED, reason="", officer=""
        ),
        replace(REFUSAL, issuer=LONG_ISSUER, request=GREAT, reason="\n".join([_REASON] * 16)),
        replace(REFUSAL, request=JOKER, reason=f"{NASTY}\n{'W' * 500}\n\n= x", officer="W" * 80),
    ),
    Form(
        "apology",
        render_apology,
        APOLOGY,
        replace(
            APOLOGY,
            issuer=BARE,
            request=replace(NOBODY, code="A", tracking_url="x"),
            new_due_at=None,
            is_ready=True,
            reason="",
            signer="",
            signer_title="",
        ),
        replace(APOLOGY, issuer=LONG_ISSUER, request=GREAT, reason="\n".join([_REASON] * 12)),
        replace(APOLOGY, request=JOKER, reason=NASTY + "W" * 300, signer="W" * 80, signer_title="W" * 40),
    ),
    Form(
        "slip",
        render_slip,
        SLIP,
        SlipData(
            issuer=BARE,
            request=replace(NOBODY, code="A", tracking_url="x"),
            received_at=RECEIVED,
            due_at=RECEIVED,
            handings=(),
            state="Đang giải quyết",
            drawn_at=RECEIVED,
        ),
        replace(
            SLIP,
            issuer=LONG_ISSUER,
            request=GREAT,
            helpers="Bảo hiểm xã hội huyện Phong Điền, Công an huyện Phong Điền",
            appointment_at=RECEIVED + 8 * DAY,
            handings=_WAY,
            stretches=tuple(
                Stretch(
                    agency="Bảo hiểm xã hội huyện Phong Điền",
                    since=RECEIVED,
                    due_at=RECEIVED + DAY,
                    until=RECEIVED + 2 * DAY if number else None,
                    outcome="Quá hạn" if number else "",
                    note="" if number else "lấy ý kiến",
                )
                for number in range(4)
            ),
            now_with=None,
            finished_at=RECEIVED + 2 * DAY,
            outcome="Trước hạn",
            state="Đã trả kết quả",
        ),
        replace(
            SLIP,
            request=JOKER,
            handings=(
                replace(SLIP.handings[0], note=NASTY + "W" * 700),
                replace(SLIP.handings[1], giver=Hand(place="W" * 200, person=NASTY)),
            ),
        ),
    ),
    Form(
        "fee",
        render_fee,
        FEE,
        FeeData(
            issuer=BARE,
            request=NOBODY,
            number="1",
            payer="Lê An",
            lines=(),
            method="",
            paid_at=RECEIVED,
            collector="",
        ),
        replace(
            FEE,
            issuer=LONG_ISSUER,
            request=GREAT,
            payer=GREAT.applicant,
            lines=tuple(
                FeeLine(
                    label=f"Lệ phí đăng ký, cấp lại giấy chứng nhận cho trường hợp thứ {number}",
                    quantity=100 + number,
                    unit_price=9_999_999,
                    amount=(100 + number) * 9_999_999,
                )
                for number in range(30)
            ),
        ),
        replace(
            FEE,
            request=JOKER,
            payer="W" * 300,
            lines=(FeeLine(label=NASTY, quantity=99_999, unit_price=1, amount=0),),
        ),
    ),
)
