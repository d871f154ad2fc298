"""Asking for what is missing (R14, R02): once and in full, the clock stands still, then begins again.

Guardianship is due in three working days: received Monday 16/11 at 09:00, due Thursday 19/11 at 17:00.
"""

from datetime import datetime, timedelta

import pytest

from motcua.catalog.models import ProcedureVersion
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Brought, Wanted
from motcua.dossiers.clock import aware, explain, pauses_of
from motcua.dossiers.errors import Incomplete, NotAllowed, Stale
from motcua.dossiers.models import Apology, Dossier, ReceivedPaper, Supplement
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.people import actions as people
from motcua.people.models import DayKind, Grant
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY, Played, version
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace
from tests.journal.tampering import disarm

DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
WHY = "Giấy khai sinh không có dấu của cơ quan cấp."


def papers(of: ProcedureVersion, most: int = 2) -> list[int]:
    return list(of.papers.filter(is_note=False).order_by("position").values_list("pk", flat=True)[:most])


def wanted(*reasons: str) -> tuple[Wanted, ...]:
    listed = papers(version())
    return tuple(Wanted(listed[place], why) for place, why in enumerate(reasons or ("Thiếu dấu.",)))


def brought(*places: int) -> tuple[Brought, ...]:
    listed = papers(version())
    return tuple(Brought(listed[place], "certified", 2) for place in places or (0,))


def asked(desk: Desk, at: datetime = TUESDAY, **facts) -> Dossier:
    dossier = desk.at_processing(**facts)
    return actions.ask_supplement(desk.specialist.act(at), dossier.pk, wanted(), reason=WHY)


def whole() -> None:
    assert journal.first_break("19798") is None
    assert list(disagreements("19798")) == []


def test_the_dossier_lies_with_the_citizen_and_its_clock_stands_still(desk: Desk) -> None:
    """R14."""
    dossier = asked(desk)
    now, row = stored(dossier), Supplement.objects.get(dossier=dossier)
    assert (now.state, now.step_kind, now.paused_at) == (State.WAITING, StepKind.SUPPLEMENT, TUESDAY)
    assert (now.holder_unit_id, now.assignee, now.supplements) == (desk.unit_id, None, 1)
    assert now.due_at == dossier.due_at
    assert (row.number, row.reason, row.asked_at, row.is_late) == (1, WHY, TUESDAY, False)
    assert row.ask_by == aware(datetime(2026, 11, 19, 17))
    assert row.lapses_at == now.step_due_at == aware(datetime(2026, 12, 17, 17))
    assert [item.reason for item in row.items.all()] == ["Thiếu dấu."]
    assert now.moves.latest("number").words.startswith(f"{WHY}\n– ")
    assert entries_of(dossier)[-1].read_facts()["items"] == [papers(version())[0]]
    late = aware(datetime(2026, 12, 1, 9))
    assert queries.desk_counts(desk.unit_id, late)["overdue"] == 0
    assert queries.desk_counts(desk.unit_id, late)["waiting"] == 1
    whole()


def test_with_the_complete_dossier_the_limit_begins_again(desk: Desk) -> None:
    """R14: back on Monday 23/11 at 10:00; the 24th is Culture Day, so due on Friday; the step goes on with who had it."""
    dossier = asked(desk)
    back = MONDAY + 7 * DAY + HOUR
    actions.resume(desk.clerk.act(back), dossier.pk, brought())
    now = stored(dossier)
    assert (now.state, now.step_kind, now.paused_at) == (State.PROCESSING, StepKind.PROCESSING, None)
    assert (now.assignee, now.counted_from) == (desk.specialist.user, back)
    assert now.due_at == aware(datetime(2026, 11, 27, 17))
    assert now.received_at == MONDAY
    assert now.step is not None
    assert back < now.step.due_at <= now.due_at
    paper = ReceivedPaper.objects.get(dossier=dossier, requirement=papers(version())[0])
    assert (paper.kind, paper.number) == ("certified", 2)
    assert Supplement.objects.get(dossier=dossier).answered_at == back
    told = explain(now.version, now.unit, now.received_at, pauses_of(now))
    assert aware(told.due_at) == now.due_at
    whole()


def test_a_fields_own_law_may_pause_instead(desk: Desk) -> None:
    """R14: the policy is data of the procedure version, as it was when it was asked."""
    disarm("catalog_procedureversion")
    ProcedureVersion.objects.filter(pk=version().pk).update(supplement_pauses=True)
    dossier = asked(desk)
    back = MONDAY + 7 * DAY
    actions.resume(desk.clerk.act(back), dossier.pk, brought())
    now = stored(dossier)
    assert now.counted_from == MONDAY
    assert now.due_at == aware(datetime(2026, 11, 26, 17))  # 22 h 30 were left, the 24th is off


def test_asking_when_it_is_late_already_gives_no_new_time(desk: Desk) -> None:
    """R14, R15: nobody cheats the clock by a paper."""
    friday = MONDAY + 4 * DAY
    dossier = asked(desk, at=friday)
    assert Supplement.objects.get(dossier=dossier).is_late
    actions.resume(desk.clerk.act(friday + 7 * DAY), dossier.pk, brought())
    assert stored(dossier).due_at == dossier.due_at
    assert Supplement.objects.get(dossier=dossier).answered_at is not None
    whole()


def test_the_clerk_may_ask_before_it_is_passed_on(desk: Desk) -> None:
    dossier = desk.at_reception()
    actions.ask_supplement(desk.clerk.act(MONDAY + HOUR), dossier.pk, wanted(), reason=WHY)
    actions.resume(desk.clerk.act(MONDAY + 2 * HOUR), dossier.pk, brought())
    assert stored(dossier).step_kind == StepKind.RECEPTION


def test_who_asked_and_has_left_does_not_get_it_back(desk: Desk) -> None:
    """R20."""
    dossier = asked(desk)
    Grant.objects.filter(user=desk.specialist.user).update(valid_to=MONDAY.date())
    actions.resume(desk.clerk.act(MONDAY + 7 * DAY), dossier.pk, brought())
    assert stored(dossier).assignee is None


# -- what is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reasons", "reason", "field", "message"),
    [
        (("",), WHY, "papers", "thiếu gì, sai gì"),
        (("Thiếu.",), "  ", "reason", "ghi lý do"),
        ((), WHY, "papers", "Chưa chọn"),
    ],
)
def test_a_request_must_be_full_and_reasoned(
    desk: Desk, reasons: tuple[str, ...], reason: str, field: str, message: str
) -> None:
    dossier = desk.at_processing()
    before = trace(dossier)
    papers_wanted = wanted(*reasons) if reasons else ()
    with pytest.raises(Incomplete, match=message) as refusal:
        actions.ask_supplement(desk.specialist.act(TUESDAY), dossier.pk, papers_wanted, reason=reason)
    assert refusal.value.field == field
    assert trace(dossier) == before
    assert not Supplement.objects.exists()


def test_a_paper_beside_the_list_or_twice_can_not_be_asked(desk: Desk) -> None:
    """R02: not possible in the software."""
    dossier = desk.at_processing()
    foreign = papers(version("1.001193"), 1)[0]
    with pytest.raises(Incomplete, match="ngoài danh mục"):
        actions.ask_supplement(
            desk.specialist.act(TUESDAY), dossier.pk, (Wanted(foreign, "Thiếu."),), reason=WHY
        )
    with pytest.raises(Incomplete, match="hai lần"):
        actions.ask_supplement(desk.specialist.act(TUESDAY), dossier.pk, wanted() * 2, reason=WHY)


def test_only_who_examines_it_asks(desk: Desk) -> None:
    dossier = desk.at_processing()
    for who in (desk.clerk, desk.other, desk.leader):
        with pytest.raises(NotAllowed):
            actions.ask_supplement(who.act(TUESDAY), dossier.pk, wanted(), reason=WHY)


def test_two_at_once_the_second_is_told(desk: Desk) -> None:
    dossier = desk.at_processing()
    actions.ask_supplement(desk.specialist.act(TUESDAY, dossier.revision), dossier.pk, wanted(), reason=WHY)
    with pytest.raises(Stale, match="yêu cầu bổ sung"):
        actions.ask_supplement(
            desk.specialist.act(TUESDAY, dossier.revision), dossier.pk, wanted(), reason=WHY
        )
    assert Supplement.objects.filter(dossier=dossier).count() == 1


def test_a_part_of_what_was_asked_does_not_start_the_clock(desk: Desk) -> None:
    """R14: with the complete dossier only."""
    dossier = desk.at_processing()
    actions.ask_supplement(desk.specialist.act(TUESDAY), dossier.pk, wanted("Thiếu dấu.", "Mờ."), reason=WHY)
    before = trace(dossier)
    with pytest.raises(Incomplete, match="Còn thiếu"):
        actions.resume(desk.clerk.act(TUESDAY + DAY), dossier.pk, brought(0))
    assert trace(dossier) == before
    actions.resume(desk.clerk.act(TUESDAY + DAY), dossier.pk, brought(0, 1))
    assert stored(dossier).state == State.PROCESSING


def test_what_was_not_asked_for_does_not_belong_to_it(desk: Desk) -> None:
    dossier = asked(desk)
    with pytest.raises(Incomplete, match="không nằm trong yêu cầu"):
        actions.resume(desk.clerk.act(TUESDAY + DAY), dossier.pk, brought(0, 1))


# -- a second one ---------------------------------------------------------------------------------
def back_again(desk: Desk) -> Dossier:
    dossier = asked(desk)
    return actions.resume(desk.clerk.act(TUESDAY + DAY), dossier.pk, brought())


def proposed(desk: Desk) -> Dossier:
    dossier = back_again(desk)
    at = TUESDAY + DAY + HOUR
    return actions.propose_supplement(desk.specialist.act(at), dossier.pk, wanted("Mờ."), reason=WHY)


def test_a_second_one_needs_the_leader(desk: Desk) -> None:
    """R14: once; again only with the leader's reasoned permission, an apology, and counted."""
    dossier = back_again(desk)
    at = TUESDAY + DAY + HOUR
    with pytest.raises(NotAllowed, match="phải xin phép lãnh đạo"):
        actions.ask_supplement(desk.specialist.act(at), dossier.pk, wanted(), reason=WHY)
    actions.propose_supplement(desk.specialist.act(at), dossier.pk, wanted("Mờ."), reason=WHY)
    assert stored(dossier).state == State.PROCESSING
    with pytest.raises(Incomplete):
        actions.permit_supplement(desk.leader.act(at), dossier.pk, words=" ")
    actions.permit_supplement(desk.leader.act(at), dossier.pk, words="Cần để bảo vệ quyền của trẻ.")
    now, row = stored(dossier), Supplement.objects.get(dossier=dossier, number=2)
    assert (now.state, now.supplements) == (State.WAITING, 2)
    assert (row.permitted_by, row.permission) == (desk.leader.user, "Cần để bảo vệ quyền của trẻ.")
    assert Apology.objects.get(dossier=dossier).cause == Apology.Cause.SUPPLEMENT_AGAIN
    actions.resume(desk.clerk.act(at + HOUR), dossier.pk, brought())
    assert stored(dossier).counted_from == at + HOUR
    whole()


def test_the_leader_may_say_no(desk: Desk) -> None:
    dossier = proposed(desk)
    at = TUESDAY + DAY + 2 * HOUR
    actions.decline_supplement(desk.leader.act(at), dossier.pk, words="Đã đủ căn cứ.")
    assert stored(dossier).supplements == 1
    assert stored(dossier).moves.latest("number").action == Action.DECLINE_SUPPLEMENT
    with pytest.raises(NotAllowed, match="Không có đề nghị"):
        actions.permit_supplement(desk.leader.act(at), dossier.pk, words="Thôi được.")
    actions.propose_supplement(desk.specialist.act(at), dossier.pk, wanted("Rách."), reason=WHY)


def test_one_proposal_at_a_time_and_none_before_the_first_request(desk: Desk) -> None:
    dossier = proposed(desk)
    at = TUESDAY + DAY + 2 * HOUR
    with pytest.raises(NotAllowed, match="đang chờ lãnh đạo"):
        actions.propose_supplement(desk.specialist.act(at), dossier.pk, wanted(), reason=WHY)
    first = desk.at_processing()
    with pytest.raises(NotAllowed, match="không cần xin phép"):
        actions.propose_supplement(desk.specialist.act(at), first.pk, wanted(), reason=WHY)


def test_a_stranger_sees_nothing_of_it(desk: Desk, outsider: Played) -> None:
    """R27."""
    dossier = asked(desk)
    with pytest.raises(Exception, match="Không tìm thấy"):
        actions.resume(outsider.act(TUESDAY + DAY), dossier.pk, brought())


# -- the calendar changes while the citizen has it ------------------------------------------------
def test_a_day_declared_off_moves_what_counts_since_the_supplement(desk: Desk) -> None:
    """R10, R14."""
    dossier = asked(desk)
    back = MONDAY + 7 * DAY
    actions.resume(desk.clerk.act(back), dossier.pk, brought())
    people.correct_calendar(desk.leader.officer, datetime(2026, 11, 25).date(), DayKind.OFF, "QĐ 1/QĐ-UBND")
    since = aware(datetime(2026, 11, 25))
    assert actions.recount(since, since + DAY, at=back + HOUR, why="QĐ 1/QĐ-UBND") == 1
    assert stored(dossier).due_at == aware(datetime(2026, 11, 30, 17))
    whole()
