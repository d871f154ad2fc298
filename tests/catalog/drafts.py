"""Drafts that can be published, and their decisions."""

from datetime import date, timedelta

from motcua.catalog.actions import Decision, Start, edit_draft, new_procedure, publish, start_draft
from motcua.catalog.actions.issue import newest
from motcua.catalog.content import Paper
from motcua.catalog.fee_text import FeeText, Ground
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.people.models import Field
from motcua.rules.fees import Price
from tests.cast import MONDAY, Played

TODAY = MONDAY.date()
CODE = "9.000001"
FACTS = {
    "level": "Cấp xã",
    "audience": "Cá nhân",
    "steps_text": "Nộp hồ sơ tại quầy.\nNhận kết quả đúng hẹn.",
    "legal_basis": "Luật Thử 01/2019/QH14",
    "result_name": "Giấy xác nhận",
    "result_validity": "6 tháng",
    "online_level": "3",
    "limit_text": "05 ngày làm việc",
    "limit": "5 working days",
    "limit_confirmed": True,
    "fee_state": "listed",
    "fee_decision": "NQ 1/2019/NQ-HĐND",
}
PAPERS = (
    Paper("Tờ khai"),
    Paper("Căn cước công dân", "copy", 2, to_show=True, online_allowed=False),
    Paper("Nộp một trong hai giấy trên.", number=0, is_note=True),
)
FEES = (
    FeeText("Lệ phí", "le_phi", "bản", Price(8000, ((3, 5000),), 50_000), "hồ sơ", (Ground("Hộ nghèo"),)),
    FeeText("Phí sao", "phi", "trang", Price(1000), grounds=(Ground("Trẻ em", 50),), is_optional=True),
)


def decision(starts: date = TODAY, number: str = "1234/QĐ-UBND", **more) -> Decision:
    return Decision(**({"number": number, "day": TODAY, "starts": starts} | more))


def new_draft(code: str = CODE, **facts) -> ProcedureVersion:
    """A new procedure whose draft lacks nothing."""
    field = Field.objects.get(name="Hộ tịch")
    draft = new_procedure(Start(code, "Thủ tục thử", field.pk))
    return edit_draft(draft.procedure_id, draft.revision, FACTS | facts, papers=PAPERS, fees=FEES)


def draft_of(code: str, **facts) -> ProcedureVersion:
    """A draft after the version in force that lacks nothing, with these facts changed."""
    draft = start_draft(Procedure.objects.get(code=code).pk)
    given = {"result_name": "Kết quả", "limit_confirmed": True}
    return edit_draft(draft.procedure_id, draft.revision, given | facts)


def published(
    by: Played, draft: ProcedureVersion, starts: date = TODAY, at=MONDAY, **more
) -> ProcedureVersion:
    old = newest(draft.procedure_id)
    return publish(
        by.officer,
        draft.procedure_id,
        decision(starts, **more),
        at,
        revision=draft.revision,
        after=old.pk if old else None,
    )


def days(number: int) -> date:
    return TODAY + timedelta(days=number)
