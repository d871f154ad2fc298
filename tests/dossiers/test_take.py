"""Take: a specialist takes what lies with the whole field (R20)."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import NotAllowed
from motcua.people.models import Field, Grant
from motcua.rules.workflow import Action
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HOUR, Desk, stored


@pytest.fixture
def colleague(desk: Desk) -> Played:
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    return played(desk.other.user.username)


def test_who_takes_it_has_it(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    actions.take(colleague.act(MONDAY + HOUR), dossier.pk)
    now = stored(dossier)
    assert now.step is not None
    assert now.assignee_id == now.step.assignee_id == colleague.user.pk
    move = now.moves.latest("number")
    assert (move.action, move.from_step_id, move.to_step_id) == (Action.TAKE, now.step_id, now.step_id)


def test_taking_opens_no_step_and_moves_no_clock(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    before = stored(dossier).step_due_at
    actions.take(colleague.act(MONDAY + HOUR), dossier.pk)
    assert stored(dossier).step_due_at == before
    assert dossier.steps.count() == 2


def test_what_another_has_is_not_taken(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    actions.take(colleague.act(MONDAY + HOUR), dossier.pk)
    with pytest.raises(NotAllowed, match="Lê Thị Thu"):
        actions.take(desk.specialist.act(MONDAY + HOUR), dossier.pk)


def test_a_specialist_of_another_field_takes_nothing(desk: Desk) -> None:
    Grant.objects.get(user=desk.specialist.user).fields.clear()
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="lĩnh vực"):
        actions.take(desk.other.act(MONDAY + HOUR), dossier.pk)


def test_a_leader_or_a_clerk_takes_nothing(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    for officer in (desk.leader, desk.clerk):
        with pytest.raises(NotAllowed, match="vai trò"):
            actions.take(officer.act(MONDAY + HOUR), dossier.pk)
