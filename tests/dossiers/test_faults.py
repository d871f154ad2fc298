"""The agency's own faults (Đ.21, R32): what a recall changes of a dossier, what it must not, and a lost paper."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions import Loss
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Apology, Dossier, LostPaper
from motcua.dossiers.queries import disagreements
from motcua.people.models import Grant
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY, Played
from tests.dossiers.lives import HOUR, Desk, stored, trace
from tests.journal.tampering import disarm

LATER = MONDAY + 6 * HOUR
DECIDED = ("received_at", "due_at", "finished_at", "punctuality", "outcome", "register_number", "channel")


def decided(dossier: Dossier) -> dict[str, Any]:
    now = stored(dossier)
    return {name: getattr(now, name) for name in DECIDED}


@pytest.mark.parametrize("point", ["done", "returned"])
def test_a_wrong_result_goes_back_to_who_decided(desk: Desk, point: str) -> None:
    """R32; R15: punctuality, result time and outcome stay as they were decided."""
    dossier = getattr(desk, point)()
    before = decided(dossier)
    actions.recall(desk.leader.act(LATER), dossier.pk, words="Sai năm sinh.")
    now = stored(dossier)
    assert (now.state, now.step_kind, now.returned_at) == (State.CORRECTING, StepKind.APPROVAL, None)
    assert now.step_due_at == LATER.replace(hour=17) + timedelta(
        days=3
    )  # as long as the procedure itself has
    assert decided(dossier) == before
    assert list(disagreements("19798")) == []


def test_the_corrected_result_is_handed_over_again(desk: Desk) -> None:
    """R32: back to the desk that received it, and closed once more."""
    dossier = desk.correcting()
    before = decided(dossier)
    actions.reissue(desk.leader.act(LATER), dossier.pk)
    now = stored(dossier)
    assert (now.state, now.step_kind, now.holder_unit_id) == (State.DONE, StepKind.RETURN, now.unit_id)
    actions.hand_over(desk.clerk.act(LATER + HOUR), dossier.pk)
    now = stored(dossier)
    assert (now.state, now.step, now.returned_at) == (State.RETURNED, None, LATER + HOUR)
    assert decided(dossier) == before
    assert list(disagreements("19798")) == []


def test_it_can_be_wrong_twice(desk: Desk) -> None:
    dossier = desk.correcting()
    actions.reissue(desk.leader.act(LATER), dossier.pk)
    actions.recall(desk.leader.act(LATER + HOUR), dossier.pk, words="Lại sai.")
    assert stored(dossier).state == State.CORRECTING
    assert Apology.objects.filter(dossier=dossier, cause=Apology.Cause.WRONG_RESULT).count() == 2


def test_an_apology_is_owed_for_it(desk: Desk) -> None:
    """R26, R32: drafted for the leader of the agency that decided; the law names no day, we take the next one."""
    owed = Apology.objects.get(dossier=desk.correcting())
    assert (owed.cause, owed.unit_id, owed.signed_at) == (Apology.Cause.WRONG_RESULT, desk.unit_id, None)
    assert owed.text == "Sai năm sinh của trẻ."
    assert owed.sign_by == MONDAY.replace(hour=17) + timedelta(days=1)
    assert owed.new_due_at is None


@pytest.mark.parametrize("who", ["clerk", "specialist"])
def test_only_the_leader_recalls_and_issues_anew(desk: Desk, who: str) -> None:
    dossier = desk.returned()
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.recall(getattr(desk, who).act(LATER), dossier.pk, words="Sai")
    actions.recall(desk.leader.act(LATER), dossier.pk, words="Sai")
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.reissue(getattr(desk, who).act(LATER), dossier.pk)


def test_without_a_reason_nothing_is_recalled(desk: Desk) -> None:
    dossier = desk.returned()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        actions.recall(desk.leader.act(LATER), dossier.pk, words=" ")
    assert refusal.value.field == "words"
    assert trace(dossier) == before


def test_while_it_is_resolved_there_is_nothing_to_recall(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        actions.recall(desk.leader.act(LATER), desk.at_return().pk, words="Sai")


def test_nothing_is_corrected_before_it_was_recalled(desk: Desk) -> None:
    dossier = desk.correcting()
    with pytest.raises(NotAllowed, match="đồng hồ"):
        actions.reissue(desk.leader.act(MONDAY + 4 * HOUR), dossier.pk)


# -- a lost paper -------------------------------------------------------------------------------
def lost(desk: Desk, **facts: Any) -> Loss:
    return Loss(**({"what": "Sổ hộ khẩu", "answers_id": desk.clerk.user.pk, "remedy": "Xin cấp lại"} | facts))


def test_what_was_lost_who_answers_and_what_is_done(desk: Desk) -> None:
    """R32: and the dossier goes on."""
    dossier = desk.at_approval()
    actions.record_loss(desk.leader.act(LATER), dossier.pk, lost(desk))
    written = LostPaper.objects.get(dossier=dossier)
    assert (written.what, written.answers_id, written.remedy) == (
        "Sổ hộ khẩu",
        desk.clerk.user.pk,
        "Xin cấp lại",
    )
    now = stored(dossier)
    assert (now.state, now.step_kind) == (State.PROCESSING, StepKind.APPROVAL)
    move = now.moves.latest("number")
    assert move.action == Action.RECORD_LOSS
    for words in ("Sổ hộ khẩu", "Trần Thị Lan", "Xin cấp lại"):
        assert words in move.words
    owed = Apology.objects.get(dossier=dossier)
    assert (owed.cause, owed.text) == (Apology.Cause.LOST_PAPER, "Sổ hộ khẩu")
    assert list(disagreements("19798")) == []


@pytest.mark.parametrize("field", ["what", "answers", "remedy"])
def test_half_a_record_is_none(desk: Desk, outsider: Played, field: str) -> None:
    """R32: who answers for it is an officer of the agencies it went through, not one of another commune."""
    wrong = {"what": {"what": " "}, "answers": {"answers_id": outsider.user.pk}, "remedy": {"remedy": ""}}
    dossier = desk.at_processing()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        actions.record_loss(desk.clerk.act(LATER), dossier.pk, lost(desk, **wrong[field]))
    assert refusal.value.field == field
    assert trace(dossier) == before
    assert not Apology.objects.exists()


def test_an_interlinked_wrong_result_goes_back_to_the_agency_that_decided(desk: Desk) -> None:
    """R24, R32."""
    dossier = desk.returned()
    route = dossier.route.steps
    disarm("catalog_routestep")
    route.filter(kind=StepKind.APPROVAL).update(agency="district")
    actions.recall(desk.leader.act(LATER), dossier.pk, words="Sai")
    now = stored(dossier)
    assert now.holder_unit.code == "474"
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.reissue(desk.leader.act(LATER + HOUR), dossier.pk)
    Grant.objects.create(user=desk.other.user, unit=now.holder_unit, role="leader")
    from tests.cast import played

    actions.reissue(played(desk.other.user.username).act(LATER + HOUR), dossier.pk)
    assert stored(dossier).holder_unit_id == dossier.unit_id
