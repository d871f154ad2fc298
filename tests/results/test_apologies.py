"""R26: a late result is never lost and never waits for the letter; the leader signs or lets it pass, and it is issued."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Letter
from motcua.dossiers.choices import LateReason
from motcua.dossiers.errors import ApologyOwed, NotAllowed, NotFound
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries import disagreements
from motcua.results import actions as results
from motcua.results import apologies
from motcua.results.models import Result
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, PAPER, Desk, stored, trace

DUE = MONDAY.replace(day=19, hour=17)
LATE = DUE + timedelta(days=1, hours=-7)
LETTER = Letter(LateReason.ABSENCE, "Công chức nghỉ ốm.")


def kept_back(desk: Desk) -> tuple[Dossier, Apology]:
    """Late, and its result recorded by the counter."""
    dossier = desk.at_return()
    results.record(desk.clerk.act(LATE), dossier.pk, PAPER)
    return dossier, Apology.objects.get(dossier=dossier)


def prepared(desk: Desk) -> Dossier:
    """Late at the leader's, with its result."""
    dossier = desk.at_processing()
    results.record(desk.specialist.act(MONDAY + HOUR), dossier.pk, PAPER)
    return dossiers.forward(desk.specialist.act(LATE), dossier.pk)


def acts(dossier: Dossier, last: int) -> list[str]:
    return [move.action for move in dossier.moves.order_by("number")][-last:]


def test_a_late_result_is_kept_and_its_apology_is_drafted_at_once(desk: Desk) -> None:
    dossier, apology = kept_back(desk)
    now, result = stored(dossier), Result.objects.get(dossier=dossier)
    assert (now.state, now.step_kind, now.finished_at) == (State.PROCESSING, StepKind.RETURN, None)
    assert (result.number, result.issued_at) == ("12/QĐ-UBND", None)
    assert acts(now, 2) == [Action.NOTE, Action.DRAFT_APOLOGY]
    assert (apology.drafted_by, apology.unit_id) == (None, desk.unit_id)


def test_the_leaders_signature_issues_it_in_the_same_act(desk: Desk) -> None:
    """R15, R26: no new date is needed, and it is as late as it is."""
    dossier, apology = kept_back(desk)
    apologies.sign(desk.leader.act(LATE + HOUR), apology.pk, LETTER)
    now = stored(dossier)
    assert (now.state, now.finished_at, now.punctuality) == (State.DONE, LATE + HOUR, Punctuality.LATE)
    assert (now.apologised_at, now.appointment_at, now.due_at) == (LATE + HOUR, None, DUE)
    assert Result.objects.get(dossier=dossier).issued_at == LATE + HOUR
    assert acts(now, 2) == [Action.REAPPOINT, Action.FINISH]
    assert Apology.objects.get().new_due_at is None
    assert list(disagreements("19798")) == []


def test_let_pass_it_is_issued_too(desk: Desk) -> None:
    dossier, apology = kept_back(desk)
    apologies.waive(desk.leader.act(LATE + HOUR), dossier.pk, words="Đã xin lỗi trực tiếp.")
    now = stored(dossier)
    assert (now.state, now.punctuality, now.apology_waived) == (State.DONE, Punctuality.LATE, True)
    apology.refresh_from_db()
    assert apology.dropped_at == LATE + HOUR
    with pytest.raises(NotAllowed, match="đã được bỏ"):
        apologies.sign(desk.leader.act(LATE + HOUR), apology.pk, LETTER)


def test_signed_before_the_result_it_is_finished_by_the_counter_alone(desk: Desk) -> None:
    dossier = desk.at_return()
    dossiers.foresee(LATE)
    apologies.sign(desk.leader.act(LATE), Apology.objects.get().pk, LETTER)
    assert stored(dossier).appointment_at is not None
    results.record(desk.clerk.act(LATE + HOUR), dossier.pk, PAPER)
    assert stored(dossier).state == State.DONE


def test_a_result_recorded_again_replaces_the_one_that_was_kept(desk: Desk) -> None:
    dossier, apology = kept_back(desk)
    results.record(desk.clerk.act(LATE), dossier.pk, results.ResultFacts(number="13/QĐ-UBND"))
    assert Apology.objects.get() == apology
    apologies.sign(desk.leader.act(LATE), apology.pk, LETTER)
    assert Result.objects.get(dossier=dossier).number == "13/QĐ-UBND"


def test_approving_a_late_one_with_its_result_asks_for_the_apology_first(desk: Desk) -> None:
    dossier = prepared(desk)
    before = trace(dossier)
    with pytest.raises(ApologyOwed):
        results.approve(desk.leader.act(LATE), dossier.pk)
    assert trace(dossier) == before
    assert not Apology.objects.exists()


def test_signed_in_the_act_of_approving(desk: Desk) -> None:
    dossier = prepared(desk)
    results.approve(desk.leader.act(LATE), dossier.pk, words="Đồng ý", letter=LETTER)
    now = stored(dossier)
    assert (now.state, now.apologised_at, now.appointment_at) == (State.DONE, LATE, None)
    assert acts(now, 4) == [Action.DRAFT_APOLOGY, Action.REAPPOINT, Action.APPROVE, Action.FINISH]
    assert Apology.objects.get().text == "Công chức nghỉ ốm."


def test_let_pass_in_the_act_of_approving(desk: Desk) -> None:
    dossier = prepared(desk)
    dossiers.foresee(LATE)
    results.approve(desk.leader.act(LATE), dossier.pk, waiver="Đã xin lỗi trực tiếp.")
    now = stored(dossier)
    assert (now.state, now.apology_waived, now.apologised_at) == (State.DONE, True, None)
    assert acts(now, 3) == [Action.WAIVE_APOLOGY, Action.APPROVE, Action.FINISH]


def test_a_late_one_without_a_result_is_approved_and_asked_later(desk: Desk) -> None:
    """The citizen's dossier goes on; its apology is owed at the finish."""
    dossier = desk.at_approval()
    results.approve(desk.leader.act(LATE), dossier.pk)
    assert stored(dossier).step_kind == StepKind.RETURN


def test_an_approval_that_fails_leaves_no_signature_behind(desk: Desk) -> None:
    dossier = prepared(desk)
    dossiers.send_back(desk.leader.act(LATE), dossier.pk, words="Sai ngày.")
    before = trace(dossier)
    with pytest.raises(NotAllowed):
        results.approve(desk.leader.act(LATE), dossier.pk, letter=LETTER)
    assert trace(dossier) == before
    assert not Apology.objects.exists()


def test_a_letter_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        apologies.sign(desk.leader.act(LATE), 999_999, LETTER)
