"""Reception: the action, without a page."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import NotAllowed
from motcua.journal import queries as journal
from motcua.rules.workflow import State, StepKind
from tests.cast import BIRTH, GUARDIANSHIP, MONDAY, Played, received, reception


def test_a_dossier_gets_its_code_number_and_due_time(clerk: Played) -> None:
    """R04, R12, R41."""
    dossier = received(clerk)
    assert dossier.code == "000.19.01.H57-261116-0001"
    assert (dossier.register_year, dossier.register_number) == (2026, 1)
    assert dossier.due_at == MONDAY.replace(hour=17) + timedelta(days=3)
    assert (dossier.state, dossier.step_kind) == (State.PROCESSING, StepKind.PROCESSING)


def test_numbers_of_a_day_follow_one_another(clerk: Played) -> None:
    assert [received(clerk).code[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


def test_nobody_but_a_clerk_receives(leader: Played) -> None:
    with pytest.raises(NotAllowed):
        actions.receive(leader.act(MONDAY), leader.officer.desk.unit_id, reception())


def test_the_chain_holds_after_it(clerk: Played) -> None:
    received(clerk, BIRTH)
    received(clerk, GUARDIANSHIP)
    assert journal.first_break("19798") is None
