"""Approve: the leader's word, nobody else's."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import NotAllowed
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, stored

LATER = MONDAY + 5 * HOUR


def test_what_the_leader_approves_goes_to_the_counter(desk: Desk) -> None:
    dossier = stored(desk.at_return())
    assert (dossier.state, dossier.step_kind) == (State.PROCESSING, StepKind.RETURN)
    assert dossier.moves.latest("number").action == Action.APPROVE


def test_approval_alone_decides_no_punctuality(desk: Desk) -> None:
    """R15: the result has to exist."""
    dossier = stored(desk.at_return())
    assert (dossier.finished_at, dossier.punctuality, dossier.outcome) == (None, "", "")


def test_nobody_but_a_leader_approves(desk: Desk) -> None:
    dossier = desk.at_approval()
    for officer in (desk.clerk, desk.specialist, desk.other):
        with pytest.raises(NotAllowed, match="vai trò"):
            actions.approve(officer.act(LATER), dossier.pk)


def test_what_was_not_prepared_is_not_approved(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="Xử lý"):
        actions.approve(desk.leader.act(LATER), dossier.pk)
