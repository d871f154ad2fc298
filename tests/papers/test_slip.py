"""The control slip (Mẫu 05): filled by the system from the moves, living while the dossier is, kept when it is closed (R42)."""

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalog.models import RouteStep
from motcua.config import wiring
from motcua.dossiers import actions
from motcua.dossiers.actions.act import write
from motcua.dossiers.actions.steps import close_step
from motcua.dossiers.models import Consultation, Dossier, Leg
from motcua.files import actions as files
from motcua.journal import worker
from motcua.journal.models import Entry
from motcua.papers import actions as papers
from motcua.papers.actions.slip import slip_data
from motcua.papers.errors import NotYet
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.papers.slip import Hand, SlipData
from motcua.rules.workflow import Action, State
from tests.cast import MONDAY, Played, played, version
from tests.dossiers.lives import HOUR, Desk, stored
from tests.journal.tampering import disarm
from tests.papers.reading import Printed

DESK = "Bộ phận Một cửa, UBND phường Phước Vĩnh"
SPECIALIST = "Công chức chuyên môn, UBND phường Phước Vĩnh"
LEADER = "Lãnh đạo, UBND phường Phước Vĩnh"


def way(data: SlipData) -> list[tuple[str, str, str, str]]:
    return [(_hand(row.giver), _hand(row.taker), row.outcome, row.note) for row in data.handings]


def _hand(hand: Hand) -> str:
    return f"{hand.place} – {hand.person}" if hand.person else hand.place


def drawn(dossier: Dossier, at=MONDAY + 100 * HOUR) -> SlipData:
    return slip_data(stored(dossier), at)


def test_who_handed_to_whom_at_which_minute_and_how_it_ended(desk: Desk) -> None:
    """R42: every handing of a whole life, also the one back, with the punctuality that was decided then."""
    dossier = desk.at_approval()
    actions.send_back(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk, words="Thiếu chữ ký")
    actions.note(desk.specialist.act(MONDAY + 3 * HOUR), dossier.pk, words="không giao cho ai")
    actions.forward(desk.specialist.act(MONDAY + timedelta(days=4)), dossier.pk)
    actions.approve(desk.leader.act(MONDAY + timedelta(days=4, minutes=7)), dossier.pk)
    data = drawn(dossier)
    assert way(data) == [
        ("Người nộp hồ sơ – Nguyễn Thị Thử", f"{DESK} – Trần Thị Lan", "", "Tiếp nhận hồ sơ"),
        (f"{DESK} – Trần Thị Lan", f"{SPECIALIST} – Nguyễn Văn Minh", "Đúng hạn", "Chuyển xử lý"),
        (f"{SPECIALIST} – Nguyễn Văn Minh", LEADER, "Trước hạn", "Chuyển xử lý: Đủ điều kiện."),
        (
            f"{LEADER} – Nguyễn Văn Hùng",
            f"{SPECIALIST} – Nguyễn Văn Minh",
            "Trước hạn",
            "Chuyển lại bước trước: Thiếu chữ ký",
        ),
        (f"{SPECIALIST} – Nguyễn Văn Minh", LEADER, "Quá hạn", "Chuyển xử lý"),
        (f"{LEADER} – Nguyễn Văn Hùng", DESK, "Quá hạn", "Lãnh đạo phê duyệt"),
    ]
    assert [row.at for row in data.handings][-1] == MONDAY + timedelta(days=4, minutes=7)
    assert data.now_with is not None
    assert data.now_with.place == DESK
    steps = {step.due_at for step in dossier.steps.all()}
    assert {row.due_at for row in data.handings if row.outcome} <= steps


def test_who_held_it_then_stays_on_the_slip_when_it_has_another_holder(desk: Desk) -> None:
    """R42: the journal says who had it after each act; a step's assignee is only who has it now."""
    dossier = desk.at_processing()
    before = way(drawn(dossier))
    step = stored(dossier).step
    step.assignee = desk.other.user
    step.save(update_fields=["assignee"])
    assert way(drawn(dossier)) == before
    write(
        desk.leader.act(MONDAY + HOUR),
        dossier,
        Action.ASSIGN,
        from_step=step,
        to_step=step,
        assignee=desk.other.user,
    )
    assert way(drawn(dossier))[-1] == (
        f"{SPECIALIST} – Nguyễn Văn Minh",
        f"{SPECIALIST} – {desk.other.user.full_name}",
        "",
        "Phân công xử lý (Nguyễn Văn Hùng)",
    )


def test_a_living_slip_is_not_kept(desk: Desk) -> None:
    dossier = stored(desk.at_processing())
    said = Printed(papers.slip_now(dossier, MONDAY + HOUR)).text()
    assert "Đang giữ hồ sơ: Công chức chuyên môn" in said
    assert "đến 10 giờ 00 phút, ngày 16/11/2026" in said
    assert not IssuedPaper.objects.exists()
    with pytest.raises(NotYet):
        papers.slip(dossier)


def test_a_closed_dossiers_slip_is_kept_as_it_was_when_it_was_closed(desk: Desk) -> None:
    """R40, R42: whenever the worker comes to it, and whatever happens later."""
    dossier = desk.returned()
    wiring.keep_slip(Entry.objects.get(subject=f"dossier:{dossier.pk}", kind="dossier.hand_over"))
    kept = IssuedPaper.objects.get(form=PaperForm.SLIP)
    said = Printed(files.read(kept.file)).text()
    assert "Nhận: Người nhận kết quả – Nguyễn Thị Thử" in said
    assert "Tình trạng: Đã trả kết quả" in said
    assert "đến 13 giờ 00 phút, ngày 16/11/2026" in said
    assert "Đang giữ" not in said
    worker.drain()
    assert IssuedPaper.objects.get(form=PaperForm.SLIP) == kept
    assert papers.slip_now(stored(dossier), MONDAY + 99 * HOUR) == files.read(kept.file)


def test_a_dossier_closed_again_has_a_second_slip(desk: Desk) -> None:
    """R32, R42: a wrong result was recalled and made anew; both slips stay."""
    dossier = desk.returned()
    first = papers.slip(dossier)
    late = MONDAY + timedelta(days=2)
    write(desk.leader.act(late), dossier, Action.RECALL, words="Sai tên", state=State.CORRECTING)
    wiring.keep_slip(
        Entry.objects.filter(kind="dossier.hand_over").latest("pk")
    )  # too late: it is open again
    assert IssuedPaper.objects.filter(dossier=dossier, form=PaperForm.SLIP).count() == 1
    write(desk.clerk.act(late), dossier, Action.HAND_OVER, state=State.RETURNED, returned_at=late)
    second = papers.slip(dossier)
    assert second != first
    assert IssuedPaper.objects.filter(dossier=dossier, form=PaperForm.SLIP).count() == 2


@pytest.fixture
def insurance(db) -> Played:
    """The insurance office of the city, whose specialist does the second step of guardianship."""
    disarm("catalog_routestep")
    RouteStep.objects.filter(route__version=version(), position=2).update(agency="social_insurance")
    return played("baohiem.hue")


def test_an_interlinked_dossier_says_which_agency_had_it_and_since_when(
    desk: Desk, insurance: Played
) -> None:
    """R24, R42: sent, acknowledged, and each agency's own time."""
    dossier = desk.at_processing()
    agency = "Bảo hiểm xã hội thành phố Huế"
    sent = drawn(dossier)
    assert sent.helpers == agency
    assert sent.handings[-1].taker.place == f"Công chức chuyên môn, {agency}"
    assert sent.handings[-1].is_unacknowledged
    actions.forward(insurance.act(MONDAY + 2 * HOUR), dossier.pk)
    data = drawn(dossier)
    there, back = data.handings[1:]
    assert (there.acknowledged_at, there.is_unacknowledged) == (MONDAY + 2 * HOUR, False)
    assert back.giver.person == insurance.user.full_name
    assert [(leg.agency, leg.until is None) for leg in data.stretches] == [
        ("UBND phường Phước Vĩnh", False),
        (agency, False),
        ("UBND phường Phước Vĩnh", True),
    ]
    assert "Thời gian của từng cơ quan" in Printed(papers.slip_now(stored(dossier), MONDAY)).text()
    assert Leg.objects.filter(dossier=dossier).count() == 3


def test_an_agency_that_was_asked_stands_among_the_helpers(desk: Desk, outsider: Played) -> None:
    """R22"""
    dossier = desk.at_processing()
    Consultation.objects.create(
        dossier=dossier,
        number=1,
        from_unit=dossier.unit,
        to_unit_id=outsider.officer.desk.unit_id,
        question="Có cư trú không?",
        asked_at=MONDAY,
        due_at=MONDAY + HOUR,
        answered_at=MONDAY + 2 * HOUR,
        punctuality="late",
    )
    data = drawn(dossier)
    assert data.helpers == "UBND xã A Ngo"
    assert [(row.agency, row.outcome, row.note) for row in data.stretches] == [
        ("UBND xã A Ngo", "Quá hạn", "lấy ý kiến")
    ]


def test_the_time_with_the_citizen_is_no_officers(desk: Desk) -> None:
    """R14: to the citizen and back, without a punctuality of theirs."""
    dossier = desk.at_processing()
    step = stored(dossier).step
    mine = copy.copy(step)
    close_step(mine, MONDAY + HOUR)
    step.pk, step.kind, step.role, step.assignee, step.closed_at = None, "supplement", "clerk", None, None
    step.save()
    asked = desk.specialist.act(MONDAY + HOUR)
    write(asked, dossier, Action.ASK_SUPPLEMENT, from_step=mine, to_step=step, assignee=None)
    theirs = copy.copy(step)
    close_step(theirs, MONDAY + 200 * HOUR)  # long after the step's own time
    step.pk, step.kind, step.assignee, step.closed_at = None, "processing", desk.specialist.user, None
    step.save()
    back = desk.clerk.act(MONDAY + 200 * HOUR)
    write(back, dossier, Action.RESUME, from_step=theirs, to_step=step, assignee=step.assignee)
    assert way(drawn(dossier))[-2:] == [
        (
            f"{SPECIALIST} – Nguyễn Văn Minh",
            "Người nộp hồ sơ – Nguyễn Thị Thử",
            "Trước hạn",
            "Yêu cầu bổ sung hồ sơ",
        ),
        (
            "Người nộp hồ sơ – Nguyễn Thị Thử",
            f"{SPECIALIST} – Nguyễn Văn Minh",
            "",
            "Đã nhận đủ giấy tờ bổ sung, thời hạn tính tiếp (Trần Thị Lan)",
        ),
    ]


def test_the_same_number_of_queries_however_long_the_way(desk: Desk) -> None:
    dossier = desk.at_processing()

    def count() -> int:
        found = stored(dossier)
        with CaptureQueriesContext(connection) as asked:
            slip_data(found, MONDAY)
        return len(asked)

    count()
    few = count()
    for number in range(6):
        at = MONDAY + timedelta(minutes=10 * number + 1)
        actions.forward(desk.specialist.act(at), dossier.pk)
        actions.send_back(desk.leader.act(at), dossier.pk, words="lại")
    assert count() == few <= 14
