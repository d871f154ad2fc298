"""The applicant takes a dossier back (R03): at the desk that received it, before there is a result."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.results import actions as results
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HERSELF, HOUR, Desk, stored, trace
from tests.dossiers.test_supplement import asked, whole

LATER = MONDAY + 5 * HOUR
WHY = "Người nộp đổi ý, có đơn rút."


@pytest.mark.parametrize("stage", ["at_reception", "at_processing", "at_approval", "at_return"])
def test_from_every_step_it_comes_home_to_be_given_back(desk: Desk, stage: str) -> None:
    dossier = getattr(desk, stage)()
    actions.withdraw(desk.clerk.act(LATER), dossier.pk, words=WHY)
    now = stored(dossier)
    assert (now.state, now.step_kind, now.outcome) == (State.DONE, StepKind.RETURN, "withdrawn")
    assert (now.finished_at, now.punctuality) == (LATER, Punctuality.EARLY)
    move = now.moves.latest("number")
    assert (move.action, move.words) == (Action.WITHDRAW, WHY)
    results.hand_over(desk.clerk.act(LATER + HOUR), dossier.pk, HERSELF)
    assert stored(dossier).state == State.RETURNED
    whole()


def test_while_the_citizen_has_it_the_clock_says_when_it_stood_still(desk: Desk) -> None:
    dossier = asked(desk)
    actions.withdraw(desk.clerk.act(MONDAY + timedelta(days=20)), dossier.pk, words=WHY)
    now = stored(dossier)
    assert (now.punctuality, now.paused_at) == (Punctuality.EARLY, None)
    whole()


def test_a_late_one_stays_late(desk: Desk) -> None:
    """R15."""
    dossier = desk.at_processing()
    actions.withdraw(desk.clerk.act(MONDAY + timedelta(days=7)), dossier.pk, words=WHY)
    assert stored(dossier).punctuality == Punctuality.LATE


def test_a_reason_is_needed_and_only_the_desk_does_it(desk: Desk) -> None:
    dossier = desk.at_processing()
    before = trace(dossier)
    with pytest.raises(Incomplete):
        actions.withdraw(desk.clerk.act(LATER), dossier.pk, words="")
    for who in (desk.specialist, desk.leader):
        with pytest.raises(NotAllowed):
            actions.withdraw(who.act(LATER), dossier.pk, words=WHY)
    assert trace(dossier) == before


def test_what_has_its_result_can_not_be_withdrawn(desk: Desk) -> None:
    dossier = desk.done()
    with pytest.raises(NotAllowed, match="Có kết quả"):
        actions.withdraw(desk.clerk.act(LATER), dossier.pk, words=WHY)
