"""The columns of the files: their keys, their headings, and what stands in them."""

from typing import NamedTuple

from motcua.catalog.described import STEP_LABELS
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import OnlineLevel, PaperKind
from motcua.people.models import Role

TEXT, LINES, YES, WHOLE, LIMIT, LIST = "text", "lines", "yes", "whole", "limit", "list"
LONG = 20_000
"""Letters of a long text; a cell of a spreadsheet holds 32,767."""


class Column(NamedTuple):
    """`key` in JSON; the heading in the spreadsheet; the heading in CSV, empty: as the key; `most` letters, or the
    highest number; `words`: the only values, with their words.
    """

    key: str
    heading: str
    kind: str = TEXT
    most: int = 300
    csv: str = ""
    words: dict[str, str] | None = None
    width: int = 16

    @property
    def csv_heading(self) -> str:
        return self.csv or self.key


def _words(choices: list[tuple[str, object]]) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


ONLINE = _words([*OnlineLevel.choices])
FEE_STATES = {
    FeeState.UNKNOWN.value: "",
    FeeState.UNREAD.value: "Chưa rõ",
    FeeState.FREE.value: "Không thu",
    FeeState.LISTED.value: "Có thu",
}
ROLES = _words([(role.value, role.label) for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER)])
PAPER_KINDS = _words([*PaperKind.choices])
FEE_KINDS = {"": "", "phi": "Phí", "le_phi": "Lệ phí"}
STEPS = _words([(kind.value, label) for kind, label in STEP_LABELS.items()])

PROCEDURE = (
    Column("code", "Mã thủ tục", most=30, width=12),
    Column("name", "Tên thủ tục", most=400, csv="name_vi", width=44),
    Column("field", "Lĩnh vực", most=80, csv="field_vi"),
    Column("field_group", "Nhóm lĩnh vực", most=80),
    Column("level", "Cấp thực hiện", most=120),
    Column("online_level", "Mức độ trực tuyến", words={**ONLINE, "": ""}),
    Column("is_interlinked", "Liên thông", YES, csv="interlinked"),
    Column("audience", "Đối tượng thực hiện"),
    Column("steps_text", "Trình tự thực hiện", LINES, LONG, width=40),
    Column("result_name", "Kết quả", width=24),
    Column("result_validity", "Hiệu lực của kết quả", most=200),
    Column("legal_basis", "Căn cứ pháp lý", LINES, LONG, width=40),
    Column("limit", "Thời hạn", LIMIT, width=18),
    Column("limit_confirmed", "Thời hạn đã xác nhận", YES),
    Column("limit_note", "Ghi chú thời hạn", width=24),
    Column("limit_text", "Thời hạn, lời văn", LINES, LONG, csv="time_limit_text", width=30),
    Column("fee_state", "Phí, lệ phí", words=FEE_STATES),
    Column("fee_text", "Phí, lời văn", LINES, LONG, width=30),
    Column("fee_note", "Ghi chú phí"),
    Column("fee_decision", "Văn bản quy định phí", most=200),
    Column("supplement_pauses", "Bổ sung: tạm dừng thời hạn", YES),
    Column("supplement_notice_days", "Bổ sung: yêu cầu trong mấy ngày", WHOLE, 60),
    Column("life_events", "Sự kiện trong đời", LIST, 80, width=24),
    Column("source", "Nguồn", LINES, LONG),
    Column("as_of", "Dữ liệu tính đến", most=200),
    Column("is_own_code", "Mã do tỉnh đặt tạm", YES),
)
TOLD = (
    Column("number", "Bản số (để biết)", WHOLE, 99999),
    Column("decision_number", "Số quyết định (để biết)", most=80),
    Column("decision_date", "Ngày quyết định (để biết)", most=10),
    Column("valid_from", "Có hiệu lực từ (để biết)", most=10),
)
"""Of the version that was exported; not read back: what is loaded has a decision and a day of its own."""
PAPERS = (
    Column("name", "Tên giấy tờ", LINES, 2000, width=60),
    Column("kind", "Loại", words=PAPER_KINDS),
    Column("number", "Số bản", WHOLE, 99),
    Column("to_show", "Chỉ xuất trình", YES),
    Column("is_note", "Là lưu ý", YES),
    Column("online_allowed", "Nhận bản điện tử", YES),
    Column("template", "Mẫu đơn", most=200, width=30),
    Column("sample", "Bản điền mẫu", most=200, width=30),
)
FEES = (
    Column("label", "Tên khoản thu", most=200, width=24),
    Column("kind", "Loại", words=FEE_KINDS),
    Column("unit", "Cho một", most=80),
    Column("price", "Mức (đồng)", most=20),
    Column("steps", "Mức khác từ", most=200),
    Column("most", "Tối đa (đồng)", most=20),
    Column("item", "Tối đa cho một", most=40),
    Column("is_optional", "Chỉ khi yêu cầu", YES),
    Column("confirmed", "Đã xác nhận", YES),
    Column("grounds", "Miễn, giảm", LINES, 6000, width=40),
    Column("note", "Ghi chú", width=30),
)
ROUTE = (
    Column("kind", "Bước", words=STEPS),
    Column("role", "Vai trò", words=ROLES, width=24),
    Column("minutes", "Số phút", WHOLE, 999_999),
    Column("agency", "Cơ quan", most=30),
    Column("field", "Lĩnh vực người xử lý", most=80),
    Column("tasks", "Việc cơ quan khác làm cùng lúc", LINES, LONG, width=40),
)
SHEETS = (("papers", "Giấy tờ", PAPERS), ("fees", "Phí", FEES), ("route", "Quy trình", ROUTE))
"""The parts of a procedure that have rows of their own: key, sheet, columns."""
FIRST_SHEET = "Thủ tục"
