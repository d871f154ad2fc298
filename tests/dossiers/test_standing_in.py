"""R20: what a substitute does for one who is away, and what the record says of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from motcua.dossiers import actions, queries
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import WorkFilter
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.models import AbsenceKind, Field, Grant
from motcua.results import actions as results
from motcua.rules.workflow import StepKind
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HERSELF, HOUR, PAPER, Desk, entries_of, stored

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY + HOUR, tick=False) as traveller:
        yield traveller


def away(desk: Desk, who: Played, instead: Played | None) -> Played:
    """From nine on Monday for two days; the substitute with what he holds now."""
    plan = Plan(
        who.user.pk, MONDAY, MONDAY + 2 * DAY, AbsenceKind.LEAVE, instead.user.pk if instead else None
    )
    absences.record(desk.leader.officer, desk.unit_id, plan, MONDAY)
    return played((instead or who).user.username)


def for_whom(dossier: Dossier) -> list[int | None]:
    return [entry.read_facts().get("on_behalf_of") for entry in entries_of(dossier)]


def test_the_substitute_works_on_what_lies_with_the_absent_one(desk: Desk) -> None:
    """R20, R27: who did it, and for whom."""
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="Nguyễn Văn Minh"):
        actions.forward(desk.other.act(MONDAY + HOUR), dossier.pk)
    instead = away(desk, desk.specialist, desk.other)
    results.record(instead.act(MONDAY + HOUR), dossier.pk, PAPER)
    actions.forward(instead.act(MONDAY + HOUR), dossier.pk, words="Đủ.")
    move = stored(dossier).moves.latest("number")
    assert move.by_id == desk.other.user.pk
    assert for_whom(dossier) == [None, None, desk.specialist.user.pk, desk.specialist.user.pk]
    told = [(one.by.full_name, one.on_behalf_name) for one in queries.moves(dossier)]
    assert told[-1] == ("Lê Thị Thu", "Nguyễn Văn Minh")
    assert list(queries.disagreements("19798")) == []


def test_afterwards_it_is_the_absent_ones_again(desk: Desk, clock: time_machine.Traveller) -> None:
    dossier = desk.at_processing()
    away(desk, desk.specialist, desk.other)
    clock.shift(2 * DAY)
    with pytest.raises(NotAllowed, match="Nguyễn Văn Minh"):
        actions.forward(played(desk.other.user.username).act(), dossier.pk)
    actions.forward(desk.specialist.act(), dossier.pk)


def test_an_absence_moves_no_clock(desk: Desk) -> None:
    """R15, R20."""
    dossier = desk.at_processing()
    before = stored(dossier)
    away(desk, desk.specialist, desk.other)
    now = stored(dossier)
    assert (now.due_at, now.step_due_at, now.revision) == (before.due_at, before.step_due_at, before.revision)


def test_his_work_list_has_both(desk: Desk) -> None:
    dossier = desk.at_processing()
    narrowed = WorkFilter((StepKind.PROCESSING,), mine=True)
    instead = away(desk, desk.specialist, desk.other)
    assert list(queries.work(instead.officer, desk.unit_id, narrowed, MONDAY)) == [dossier]
    assert list(queries.work(desk.other.officer, desk.unit_id, narrowed, MONDAY)) == []
    pooled = desk.at_processing()  # the only one of the field is away: nobody's yet
    assert stored(pooled).assignee_id is None
    assert queries.work(instead.officer, desk.unit_id, narrowed, MONDAY).count() == 2


def test_what_he_takes_as_a_substitute_lies_with_the_absent_one(desk: Desk) -> None:
    """R20: when that one is back it is his; the substitute does not answer for the field."""
    instead = away(desk, desk.specialist, desk.other)
    dossier = desk.at_processing()
    actions.take(instead.act(MONDAY + HOUR), dossier.pk)
    assert stored(dossier).assignee_id == desk.specialist.user.pk
    assert for_whom(dossier)[-1] == desk.specialist.user.pk
    actions.forward(instead.act(MONDAY + HOUR), dossier.pk)


def test_ones_own_right_comes_first(desk: Desk) -> None:
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    dossier = desk.at_processing()
    instead = away(desk, desk.specialist, desk.other)
    actions.take(instead.act(MONDAY + HOUR), dossier.pk)
    assert stored(dossier).assignee_id == desk.other.user.pk
    assert for_whom(dossier) == [None, None, None]


def test_a_leaders_substitute_approves_and_the_record_says_for_whom(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_approval()
    instead = away(desk, desk.leader, desk.other)
    actions.approve(instead.act(MONDAY + 2 * HOUR), dossier.pk)
    assert for_whom(dossier)[-1] == desk.leader.user.pk
    assert stored(dossier).step_kind == StepKind.RETURN


def test_a_clerks_substitute_receives_and_hands_over(desk: Desk) -> None:
    """R20."""
    done = desk.done()
    instead = away(desk, desk.clerk, desk.other)
    results.hand_over(instead.act(MONDAY + 4 * HOUR), done.pk, HERSELF)
    assert for_whom(done)[-1] == desk.clerk.user.pk
    substituted = Desk(instead, desk.specialist, desk.other, desk.leader)
    received = substituted.at_processing()
    assert for_whom(received) == [desk.clerk.user.pk, desk.clerk.user.pk]


@pytest.mark.parametrize("represented", [True, False])
def test_it_is_sent_back_to_who_is_away_only_if_somebody_stands_in(desk: Desk, represented: bool) -> None:
    """R20."""
    dossier = desk.at_approval()
    away(desk, desk.specialist, desk.other if represented else None)
    actions.send_back(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk, words="Thiếu chữ ký.")
    assert stored(dossier).assignee_id == (desk.specialist.user.pk if represented else None)
