"""Forward: on to the next step, into the right hands (R06, R20)."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import NotAllowed
from motcua.people.models import Field, Grant, User
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, StepKind
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HOUR, Desk, stored, trace


@pytest.fixture
def colleague(desk: Desk) -> Played:
    """The specialist of culture answers for justice too: the field has two now."""
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    return played(desk.other.user.username)


def test_the_clerk_hands_it_to_the_only_specialist_of_the_field(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_reception()
    stored(actions.forward(desk.clerk.act(MONDAY + HOUR), dossier.pk))
    now = stored(dossier)
    assert (now.step_kind, now.assignee_id) == (StepKind.PROCESSING, desk.specialist.user.pk)
    assert now.step is not None
    assert now.step.assignee_id == desk.specialist.user.pk


def test_where_several_answer_for_a_field_it_lies_in_their_pool(desk: Desk, colleague: Played) -> None:
    """R20."""
    assert stored(desk.at_processing()).assignee_id is None


def test_the_clerk_can_choose_among_several(desk: Desk, colleague: Played) -> None:
    """R20."""
    assert stored(desk.at_processing(assignee_id=colleague.user.pk)).assignee_id == colleague.user.pk


def test_nobody_is_chosen_who_does_not_answer_for_the_field(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_reception()
    with pytest.raises(NotAllowed, match="lĩnh vực"):
        actions.forward(desk.clerk.act(MONDAY + HOUR), dossier.pk, assignee_id=desk.other.user.pk)


def test_nobody_of_another_unit_is_chosen(desk: Desk) -> None:
    dossier = desk.at_reception()
    elsewhere = User.objects.get(username="tuphap.ango")
    with pytest.raises(NotAllowed, match="lĩnh vực"):
        actions.forward(desk.clerk.act(MONDAY + HOUR), dossier.pk, assignee_id=elsewhere.pk)


def test_who_left_or_lost_the_role_gets_nothing(desk: Desk) -> None:
    """R20."""
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=False)
    assert stored(desk.at_processing()).assignee_id is None
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=True)
    Grant.objects.filter(user=desk.specialist.user).update(valid_to=MONDAY.date() - timedelta(days=1000))
    assert stored(desk.at_processing()).assignee_id is None


def test_the_specialist_passes_it_to_the_leader(desk: Desk) -> None:
    dossier = stored(desk.at_approval())
    assert (dossier.step_kind, dossier.assignee_id) == (StepKind.APPROVAL, None)
    move = dossier.moves.get(number=3)
    assert (move.action, move.words, move.by_id) == (
        Action.FORWARD,
        "Đủ điều kiện.",
        desk.specialist.user.pk,
    )
    assert move.from_step is not None
    assert move.to_step is not None
    assert (move.from_step.kind, move.to_step.kind) == (StepKind.PROCESSING, StepKind.APPROVAL)


def test_the_step_left_is_closed_and_judged(desk: Desk) -> None:
    """R13: each step has its own due time."""
    dossier = desk.at_reception()
    actions.forward(desk.clerk.act(MONDAY + timedelta(days=1)), dossier.pk)
    left, now = dossier.steps.order_by("pk")
    assert (left.closed_at, left.punctuality) == (MONDAY + timedelta(days=1), Punctuality.LATE)
    assert (now.opened_at, now.closed_at, now.punctuality) == (MONDAY + timedelta(days=1), None, "")


def test_shares_are_counted_in_working_time_from_the_opening(desk: Desk) -> None:
    """R13: 70 hundredths of 3 days are 1008 minutes; Monday has 390 left at 09:00, Tuesday 480."""
    step = stored(desk.at_processing()).step
    assert step is not None
    assert step.minutes == 1008
    assert step.due_at == MONDAY.replace(day=18, hour=9, minute=48)


def test_the_dossiers_columns_are_those_of_its_open_step(desk: Desk) -> None:
    dossier = stored(desk.at_approval())
    step = dossier.steps.get(closed_at=None)
    assert (dossier.step_id, dossier.step_kind, dossier.step_due_at) == (step.pk, step.kind, step.due_at)
    assert (dossier.assignee_id, dossier.holder_unit_id) == (step.assignee_id, step.unit_id)


def test_what_lies_with_one_specialist_is_not_passed_on_by_another(desk: Desk, colleague: Played) -> None:
    """R20."""
    dossier = desk.at_processing(assignee_id=desk.specialist.user.pk)
    before = trace(dossier)
    with pytest.raises(NotAllowed, match="Nguyễn Văn Minh"):
        actions.forward(colleague.act(MONDAY + HOUR), dossier.pk)
    assert trace(dossier) == before


def test_what_lies_in_the_pool_is_passed_on_by_any_of_the_field(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    actions.forward(colleague.act(MONDAY + HOUR), dossier.pk)
    assert stored(dossier).step_kind == StepKind.APPROVAL


def test_the_leader_does_not_do_the_specialists_work(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.forward(desk.leader.act(MONDAY + HOUR), dossier.pk)


def test_what_waits_for_approval_is_not_forwarded_past_the_leader(desk: Desk) -> None:
    dossier = desk.at_approval()
    with pytest.raises(NotAllowed, match="Lãnh đạo duyệt"):
        actions.forward(desk.specialist.act(MONDAY + 2 * HOUR), dossier.pk)


def test_what_nobody_has_taken_is_not_moved_by_another_field(desk: Desk, colleague: Played) -> None:
    """R20: two answer for justice, and culture alone does not."""
    dossier = desk.at_processing()
    Grant.objects.get(user=desk.other.user).fields.remove(Field.objects.get(name="Tư pháp - Hộ tịch"))
    stranger = played(desk.other.user.username)
    for act in (actions.forward, actions.take):
        with pytest.raises(NotAllowed, match=r"lĩnh vực|không phụ trách"):
            act(stranger.act(MONDAY + HOUR), dossier.pk)
    with pytest.raises(NotAllowed, match="lĩnh vực"):
        actions.send_back(stranger.act(MONDAY + HOUR), dossier.pk, words="Không phải của tôi.")
    assert stored(dossier).revision == dossier.revision
