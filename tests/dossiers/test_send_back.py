"""Send back: one step, with a reason, to who had it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.people.models import Field, Grant, User
from motcua.rules.workflow import Action, StepKind
from tests.cast import MONDAY, played
from tests.dossiers.lives import HOUR, Desk, stored, trace

LATER = MONDAY + 5 * HOUR


@pytest.mark.parametrize("words", ["", "  \n "])
def test_nothing_goes_back_without_a_reason(desk: Desk, words: str) -> None:
    dossier = desk.at_approval()
    before = trace(dossier)
    with pytest.raises(Incomplete, match="lý do") as refusal:
        actions.send_back(desk.leader.act(LATER), dossier.pk, words=words)
    assert refusal.value.field == "words"
    assert trace(dossier) == before


def test_the_leader_returns_it_to_the_specialist_who_prepared_it(desk: Desk) -> None:
    dossier = desk.at_approval()
    justice = Field.objects.get(name="Tư pháp - Hộ tịch")
    Grant.objects.get(user=desk.other.user).fields.add(justice)  # by now there are two of the field
    actions.send_back(desk.leader.act(LATER), dossier.pk, words="Thiếu chữ ký.")
    now = stored(dossier)
    assert (now.step_kind, now.assignee_id) == (StepKind.PROCESSING, desk.specialist.user.pk)
    move = now.moves.latest("number")
    assert (move.action, move.words) == (Action.SEND_BACK, "Thiếu chữ ký.")


def test_it_goes_back_to_who_took_it_from_the_pool(desk: Desk) -> None:
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    taker = played(desk.other.user.username)
    dossier = desk.at_processing()
    actions.take(taker.act(MONDAY), dossier.pk)
    actions.forward(taker.act(MONDAY + HOUR), dossier.pk)
    actions.send_back(desk.leader.act(LATER), dossier.pk, words="Thiếu chữ ký.")
    assert stored(dossier).assignee_id == taker.user.pk


def test_it_does_not_go_back_to_somebody_who_left(desk: Desk) -> None:
    """R20: else nobody could move it any more."""
    dossier = desk.at_approval()
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=False)
    actions.send_back(desk.leader.act(LATER), dossier.pk, words="Thiếu chữ ký.")
    assert stored(dossier).assignee_id is None


def test_it_is_one_step_and_never_more(desk: Desk) -> None:
    dossier = desk.at_return()
    actions.send_back(desk.clerk.act(LATER), dossier.pk, words="Sai tên.")
    assert stored(dossier).step_kind == StepKind.APPROVAL


def test_the_specialist_returns_it_to_the_counter(desk: Desk) -> None:
    dossier = desk.at_processing()
    actions.send_back(desk.specialist.act(LATER), dossier.pk, words="Nhầm lĩnh vực.")
    now = stored(dossier)
    assert (now.step_kind, now.assignee_id) == (StepKind.RECEPTION, None)
    actions.forward(desk.clerk.act(LATER + HOUR), dossier.pk)
    assert stored(dossier).assignee_id == desk.specialist.user.pk


def test_before_the_counter_there_is_nothing(desk: Desk) -> None:
    dossier = desk.at_reception()
    with pytest.raises(NotAllowed):
        actions.send_back(desk.clerk.act(LATER), dossier.pk, words="Nhầm.")


def test_the_step_done_again_is_a_new_one_with_the_same_place(desk: Desk) -> None:
    """R42: the slip shows both times."""
    dossier = desk.at_approval()
    actions.send_back(desk.leader.act(LATER), dossier.pk, words="Thiếu chữ ký.")
    steps = dossier.steps.order_by("pk").values_list("position", "closed_at")
    assert [position for position, _closed in steps] == [1, 2, 3, 2]
    assert [position for position, closed in steps if closed is None] == [2]


def test_going_back_does_not_move_the_due_time(desk: Desk) -> None:
    """R15: nobody can move the clock by hand."""
    dossier = desk.at_approval()
    due = dossier.due_at
    actions.send_back(desk.leader.act(LATER), dossier.pk, words="Thiếu chữ ký.")
    assert stored(dossier).due_at == due


def test_what_is_done_goes_back_no_more(desk: Desk) -> None:
    """R15: only a recall on record could (R32)."""
    dossier = desk.done()
    with pytest.raises(NotAllowed, match="chờ trả"):
        actions.send_back(desk.clerk.act(LATER), dossier.pk, words="Sai tên.")
