"""The papers that the tests print: an ordinary one, the shortest, the longest, and one that a joker filled in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from motcua.papers.receipt import Paper, ReceiptData
from motcua.papers.register import RegisterData, RegisterRow

RECEIVED = datetime(2019, 3, 4, 1, 15, tzinfo=UTC)
"""08:15 in Viet Nam."""

ORDINARY = ReceiptData(
    code="000.19.75.H57-190304-0001",
    tracking_url="https://motcua.example.vn/tra-cuu/000.19.75.H57-190304-0001",
    tracking_site="motcua.example.vn",
    hotline="19001075",
    superior="UBND thành phố Huế",
    agency="UBND phường Phú Hậu",
    place="Phú Hậu",
    applicant="Nguyễn Thị Hường",
    submitter="Trần Văn Đặng (được ủy quyền)",
    address="Số 12, kiệt 35 đường Nguyễn Gia Thiều, phường Phú Hậu, thành phố Huế",
    phone="0905 123 456",
    email="huong.nguyen@example.vn",
    identity="191234567",
    procedure="Xác nhận tình trạng hôn nhân",
    procedure_code="1.004873",
    papers=(
        Paper(name="Tờ khai cấp giấy xác nhận tình trạng hôn nhân", originals=1),
        Paper(name="Sổ hộ khẩu", copies=2, note="bản điện tử"),
        Paper(name="Bản án, quyết định ly hôn đã có hiệu lực pháp luật", certified=1),
    ),
    limit_text="03 ngày làm việc",
    received_at=RECEIVED,
    due_at=RECEIVED + timedelta(days=3, hours=8),
    delivery="Bộ phận Tiếp nhận và Trả kết quả UBND phường Phú Hậu",
    fee="15.000 đồng",
    book="01",
    number=152,
    officer="Lê Thị Quỳnh Như",
    copy="Liên 2: Giao người nộp",
)

SHORTEST = ReceiptData(
    code="A",
    tracking_url="x",
    superior="",
    agency="UBND xã Vỹ",
    place="",
    applicant="Lê An",
    procedure="Tách hộ",
    papers=(),
    limit_text="chưa công bố",
    received_at=RECEIVED,
    due_at=None,
    delivery="",
    officer="",
)

_LONG_PAPER = (
    "Giấy tờ có giá trị chứng minh thông tin về cư trú trong trường hợp cơ quan đăng ký hộ tịch không thể khai thác "
    "được thông tin về nơi cư trú của công dân"
)

LONGEST = replace(
    ORDINARY,
    simulated=True,
    superior="UBND huyện Phong Điền",
    agency="UBND thị trấn Phong Điền",
    applicant="CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN XÂY DỰNG VÀ THƯƠNG MẠI HƯƠNG GIANG – CHI NHÁNH PHONG ĐIỀN",
    procedure=(
        "Hỗ trợ đầu tư xây dựng phát triển thủy lợi nhỏ, thuỷ lợi nội đồng và tưới tiên tiến, tiết kiệm nước (Đối với "
        "nguồn vốn hỗ trợ trực tiếp, ngân sách địa phương và nguồn vốn hợp pháp khác của địa phương phân bổ dự toán cho "
        "UBND cấp xã thực hiện)"
    ),
    limit_text=(
        "Trong ngày cơ quan tiếp nhận yêu cầu, hoặc trong ngày làm việc tiếp theo nếu tiếp nhận sau 15 giờ; kéo dài không "
        "quá 02 ngày (nhiều loại bản chính, nhiều trang, nhiều bản sao); hoặc dài hơn theo thỏa thuận bằng văn bản"
    ),
    due_at=None,
    papers=tuple(Paper(name=f"{_LONG_PAPER} ({number})", originals=number) for number in range(1, 10)),
)

NASTY = (
    '#let x = 1; #image("/etc/passwd") \\ "kép" \'đơn\' $x^2$ <nhãn> @ref *đậm* _nghiêng_ `mã` // chú thích'
)

HOSTILE = replace(
    ORDINARY,
    applicant=f"{NASTY} 👨‍👩‍👧 \x00\x1b\u202eđảo\ud800",
    address="A" * 500,
    phone="9" * 60,
    email="x" * 60 + "@example.vn",
    procedure="= Tiêu đề\n\n- mục\n#pagebreak()",
    papers=(Paper(name="W" * 500, originals=10**9), Paper(name="", note="#panic()")),
    limit_text="ngày " * 100,
    officer="W" * 80,
)


def rows(count: int) -> tuple[RegisterRow, ...]:
    """Dossiers number 1 to `count`; every second one is finished."""
    return tuple(_row(number) for number in range(1, count + 1))


def _row(number: int) -> RegisterRow:
    received = RECEIVED + timedelta(minutes=7 * number)
    row = RegisterRow(
        number=number,
        code=f"000.19.75.H57-190304-{number:04}",
        procedure=ORDINARY.procedure,
        applicant=f"Hồ Thị Kăn {number}",
        address=ORDINARY.address,
        phone="0905123456",
        received_at=received,
        due_at=received + timedelta(days=3),
    )
    if number % 2:
        return row
    return replace(
        row,
        returned_at=received + timedelta(days=2),
        delivery="Trực tiếp",
        received_by="Trần Văn Đặng",
        outcome="Trước hạn",
    )


def register(count: int) -> RegisterData:
    return RegisterData(
        year=2019,
        book="01",
        superior="UBND thành phố Huế",
        agency="UBND phường Phú Hậu",
        place="Phú Hậu",
        rows=rows(count),
        printed_at=datetime(2019, 12, 31, 9, 30, tzinfo=UTC),
        closed_on=date(2019, 12, 31),
        head="Phan Văn Tài",
    )
