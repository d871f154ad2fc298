"""Recording a result: prepared by the specialist, issued with the leader's word (Đ.19, R15)."""

from datetime import date

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.errors import Incomplete, NotAllowed, Stale
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal.models import Entry
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.results.models import Result, ResultKind
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, PAPER, Desk, stored, trace

LATER = MONDAY + 5 * HOUR


@pytest.fixture
def pdf(desk: Desk) -> StoredFile:
    return files.keep(b"%PDF-1.7 result", name="kq.pdf", content_type="application/pdf", uploaded_by_id=None)


def test_a_result_recorded_after_approval_finishes_the_dossier(desk: Desk) -> None:
    """R15."""
    dossier = desk.at_return()
    results.record(desk.clerk.act(LATER), dossier.pk, PAPER)
    now, result = stored(dossier), Result.objects.get(dossier=dossier)
    assert (now.state, now.finished_at, now.outcome) == (State.DONE, LATER, "granted")
    assert (result.kind, result.number, result.signer) == (ResultKind.PAPER, "12/QĐ-UBND", "Nguyễn Văn Hùng")
    assert (result.recorded_by_id, result.recorded_at, result.issued_at) == (desk.clerk.user.pk, LATER, LATER)
    assert now.moves.latest("number").action == Action.FINISH


def test_a_result_prepared_before_approval_waits_for_it(desk: Desk) -> None:
    dossier = desk.at_processing()
    results.record(desk.specialist.act(LATER), dossier.pk, PAPER)
    now = stored(dossier)
    assert (now.state, now.step_kind, now.finished_at) == (State.PROCESSING, StepKind.PROCESSING, None)
    assert Result.objects.get(dossier=dossier).issued_at is None
    move = now.moves.latest("number")
    assert (move.action, move.words) == (Action.NOTE, "Đã chuẩn bị: Kết quả số 12/QĐ-UBND")


def test_the_leaders_approval_issues_what_was_prepared_at_once(desk: Desk) -> None:
    """R15: done in the minute of the approval."""
    dossier = desk.at_processing()
    results.record(desk.specialist.act(MONDAY + HOUR), dossier.pk, PAPER)
    dossiers.forward(desk.specialist.act(MONDAY + HOUR), dossier.pk)
    results.approve(desk.leader.act(LATER), dossier.pk, words="Đồng ý")
    now = stored(dossier)
    assert (now.state, now.step_kind, now.finished_at) == (State.DONE, StepKind.RETURN, LATER)
    assert Result.objects.get(dossier=dossier).issued_at == LATER
    moves = list(now.moves.order_by("number"))[-2:]
    assert [(move.action, move.words) for move in moves] == [
        (Action.APPROVE, "Đồng ý"),
        (Action.FINISH, ""),
    ]


def test_where_nothing_was_prepared_approval_leaves_it_to_the_counter(desk: Desk) -> None:
    dossier = desk.at_approval()
    results.approve(desk.leader.act(LATER), dossier.pk)
    now = stored(dossier)
    assert (now.state, now.step_kind) == (State.PROCESSING, StepKind.RETURN)


def test_a_draft_is_replaced_and_only_the_last_is_issued(desk: Desk, pdf: StoredFile) -> None:
    dossier = desk.at_approval()
    results.record(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk, PAPER)
    dossiers.send_back(desk.leader.act(MONDAY + 3 * HOUR), dossier.pk, words="Sai ngày.")
    results.record(
        desk.specialist.act(MONDAY + 4 * HOUR),
        dossier.pk,
        ResultFacts(file=pdf, signed_on=date(2026, 11, 16)),
    )
    dossiers.forward(desk.specialist.act(MONDAY + 4 * HOUR), dossier.pk)
    results.approve(desk.leader.act(LATER), dossier.pk)
    result = Result.objects.get(dossier=dossier)
    assert (result.kind, result.file, result.number, result.signer) == (ResultKind.FILE, pdf, "", "")
    assert (result.signed_on, result.issued_at) == (date(2026, 11, 16), LATER)


@pytest.mark.parametrize("number", ["", "   "])
def test_neither_a_file_nor_a_number_is_no_result(desk: Desk, number: str) -> None:
    dossier = desk.at_return()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        results.record(desk.clerk.act(LATER), dossier.pk, ResultFacts(number=number, signer="Ai đó"))
    assert refusal.value.field == "number"
    assert trace(dossier) == before
    assert not Result.objects.exists()


def test_a_result_is_not_recorded_before_anybody_worked_on_it(desk: Desk) -> None:
    dossier = desk.at_reception()
    with pytest.raises(NotAllowed):
        results.record(desk.clerk.act(LATER), dossier.pk, PAPER)


def test_an_issued_result_is_not_replaced(desk: Desk) -> None:
    """R32: only a recall on record could."""
    dossier = desk.done()
    with pytest.raises(NotAllowed):
        results.record(desk.clerk.act(LATER), dossier.pk, ResultFacts(number="13/QĐ-UBND"))
    assert Result.objects.get(dossier=dossier).number == "12/QĐ-UBND"


def test_who_may_not_write_leaves_no_draft_behind(desk: Desk, supervisor) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="vai trò"):
        results.record(supervisor.act(LATER), dossier.pk, PAPER)
    assert not Result.objects.exists()


def test_of_two_browsers_the_second_is_told(desk: Desk) -> None:
    dossier = desk.at_return()
    seen = dossier.revision
    dossiers.note(desk.leader.act(LATER), dossier.pk, words="Chờ dấu.")
    with pytest.raises(Stale):
        results.record(desk.clerk.act(LATER, revision=seen), dossier.pk, PAPER)
    assert not Result.objects.exists()


def test_the_journal_names_no_number_of_a_result(desk: Desk) -> None:
    desk.done()
    assert not Entry.objects.filter(facts__contains="12/QĐ").exists()


@pytest.mark.parametrize("who", ["clerk", "leader", "other"])
def test_a_draft_is_its_specialists(desk: Desk, who: str) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed):
        results.record(getattr(desk, who).act(MONDAY + 2 * HOUR), dossier.pk, PAPER)
    assert not Result.objects.filter(dossier=dossier).exists()


@pytest.mark.parametrize("who", ["clerk", "specialist", "other"])
def test_what_lies_with_the_leader_nobody_else_exchanges(desk: Desk, who: str) -> None:
    dossier = desk.at_approval()
    with pytest.raises(NotAllowed):
        results.record(getattr(desk, who).act(MONDAY + 2 * HOUR), dossier.pk, PAPER)
    assert not Result.objects.filter(dossier=dossier).exists()
