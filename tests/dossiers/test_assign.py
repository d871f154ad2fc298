"""R20: the leader assigns, or the unit's way of sharing out the work does."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.sharing import by_the_units_way
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.journal.queries import entries
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.actions import arrange_unit
from motcua.people.errors import OfficerRefused
from motcua.people.models import AbsenceKind, Assignment, Field, Grant, Unit, User
from motcua.rules.workflow import Action
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

DAY = timedelta(days=1)
JUSTICE = "Tư pháp - Hộ tịch"


@pytest.fixture
def colleague(desk: Desk) -> Played:
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name=JUSTICE))
    return played(desk.other.user.username)


def shared(unit: Unit, how: Assignment) -> None:
    Unit.objects.filter(pk=unit.pk).update(assignment=how)


def away(desk: Desk, who: Played, instead: Played | None = None) -> None:
    plan = Plan(who.user.pk, MONDAY, MONDAY + 5 * DAY, AbsenceKind.SICK, instead.user.pk if instead else None)
    absences.record(desk.leader.officer, desk.unit_id, plan, MONDAY)


# -- by the leader ---------------------------------------------------------------------------------
def test_the_leader_gives_it_and_gives_it_to_another(desk: Desk, colleague: Played) -> None:
    """R20: the step, the dossier, the move and the entry say the same; the clock goes on."""
    dossier = desk.at_processing()
    due = stored(dossier).step_due_at
    for number, who in enumerate((desk.specialist, colleague), start=1):
        actions.assign(desk.leader.act(MONDAY + number * HOUR), dossier.pk, who.user.pk, words="Việc gấp.")
        now = stored(dossier)
        assert now.step.assignee_id == now.assignee_id == who.user.pk
        assert (now.step_due_at, now.steps.count()) == (due, 2)
    move, entry = now.moves.latest("number"), entries_of(dossier)[-1]
    assert (move.action, move.words, move.by_id) == (Action.ASSIGN, "Việc gấp.", desk.leader.user.pk)
    assert entry.read_facts()["assigned"] == [desk.specialist.user.pk, colleague.user.pk]
    with pytest.raises(NotAllowed, match="Lê Thị Thu"):
        actions.forward(desk.specialist.act(MONDAY + 3 * HOUR), dossier.pk)
    actions.forward(colleague.act(MONDAY + 3 * HOUR), dossier.pk)


def test_a_field_without_anybody_is_given_to_another_specialist(desk: Desk) -> None:
    """R20: else the dossier would lie there; the law names no field, only the leader's word."""
    dossier = desk.at_processing()
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=False)
    actions.assign(desk.leader.act(MONDAY + HOUR), dossier.pk, desk.other.user.pk)
    actions.forward(desk.other.act(MONDAY + 2 * HOUR), dossier.pk)


def test_nobody_else_assigns_and_nobody_who_cannot_work_gets_it(desk: Desk, colleague: Played) -> None:
    dossier = desk.at_processing()
    away(desk, colleague)
    before = trace(dossier)
    for who in (desk.clerk, desk.specialist):
        with pytest.raises(NotAllowed, match="vai trò"):
            actions.assign(who.act(MONDAY + HOUR), dossier.pk, desk.specialist.user.pk)
    for whom in (desk.clerk.user.pk, colleague.user.pk, User.objects.get(username="tuphap.ango").pk, 0, None):
        with pytest.raises(Incomplete) as refusal:
            actions.assign(desk.leader.act(MONDAY + HOUR), dossier.pk, whom)
        assert refusal.value.field == "assignee"
    assert trace(dossier) == before


def test_the_same_again_is_no_act(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="rồi"):
        actions.assign(desk.leader.act(MONDAY + HOUR), dossier.pk, desk.specialist.user.pk)


def test_only_what_is_being_worked_on_is_assigned(desk: Desk) -> None:
    for dossier in (desk.at_reception(), desk.at_approval()):
        with pytest.raises(NotAllowed, match="không thể"):
            actions.assign(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk, desk.specialist.user.pk)


# -- where the leader assigns, nobody else does ------------------------------------------------------
def test_where_the_leader_assigns_it_waits_for_him(desk: Desk, unit: Unit) -> None:
    """R20."""
    shared(unit, Assignment.LEADER)
    dossier = desk.at_processing()
    assert stored(dossier).assignee_id is None
    for act in (actions.take, actions.forward):
        with pytest.raises(NotAllowed, match="lãnh đạo phân công"):
            act(desk.specialist.act(MONDAY + HOUR), dossier.pk)
    with pytest.raises(NotAllowed, match="lãnh đạo phân công"):
        desk.at_processing(assignee_id=desk.specialist.user.pk)
    actions.assign(desk.leader.act(MONDAY + HOUR), dossier.pk, desk.specialist.user.pk)
    actions.forward(desk.specialist.act(MONDAY + 2 * HOUR), dossier.pk)


# -- by load -----------------------------------------------------------------------------------------
def test_it_goes_to_who_has_least_and_then_to_who_has_waited_longest(
    desk: Desk, colleague: Played, unit: Unit
) -> None:
    """R20: three in a row are shared out; what was passed on counts no more."""
    shared(unit, Assignment.LEAST_LOADED)
    first, second = desk.specialist.user.pk, colleague.user.pk
    made = [desk.at_processing(MONDAY + number * HOUR / 4) for number in range(3)]
    assert [stored(one).assignee_id for one in made] == [first, second, first]
    for one in (made[0], made[2]):
        actions.forward(desk.specialist.act(MONDAY + HOUR), one.pk)
    assert stored(desk.at_processing(MONDAY + 2 * HOUR)).assignee_id == first
    assert stored(desk.at_processing(MONDAY + 3 * HOUR)).assignee_id == second  # one each; waited longer


def test_load_is_asked_in_one_query(desk: Desk, unit: Unit, django_assert_num_queries) -> None:
    unit.assignment = Assignment.LEAST_LOADED
    field = Field.objects.get(name=JUSTICE)
    with django_assert_num_queries(1):
        assert by_the_units_way(unit, field.pk, MONDAY) == desk.specialist.user


@pytest.mark.parametrize("how", [Assignment.POOL, Assignment.LEAST_LOADED])
def test_who_is_away_gets_nothing_new(desk: Desk, colleague: Played, unit: Unit, how: Assignment) -> None:
    """R20."""
    shared(unit, how)
    away(desk, desk.specialist)
    assert stored(desk.at_processing()).assignee_id == colleague.user.pk
    with pytest.raises(NotAllowed, match="vắng mặt"):
        desk.at_processing(assignee_id=desk.specialist.user.pk)
    assert stored(desk.at_processing(MONDAY + 5 * DAY, assignee_id=desk.specialist.user.pk)).assignee_id


def test_two_of_a_field_in_the_pool_of_whom_one_is_away(desk: Desk, colleague: Played) -> None:
    assert stored(desk.at_processing()).assignee_id is None
    away(desk, colleague)
    assert stored(desk.at_processing()).assignee_id == desk.specialist.user.pk


# -- how a unit shares it out ------------------------------------------------------------------------
def test_the_leader_arranges_it_on_record(desk: Desk, unit: Unit) -> None:
    """R27."""
    arrange_unit(desk.leader.officer, unit.pk, Assignment.LEADER, 20, MONDAY)
    unit.refresh_from_db()
    assert (unit.assignment, unit.supplement_days) == (Assignment.LEADER, 20)
    entry = list(entries(unit.code))[-1]
    assert (entry.kind, entry.read_facts()["before"]) == (
        "unit.arranged",
        {"assignment": "pool", "supplement_days": 30},
    )
    arrange_unit(desk.leader.officer, unit.pk, Assignment.LEADER, 20, MONDAY)
    assert list(entries(unit.code))[-1] == entry


def test_nobody_else_arranges_it_and_not_out_of_bounds(desk: Desk, unit: Unit) -> None:
    with pytest.raises(OfficerRefused, match="lãnh đạo"):
        arrange_unit(desk.specialist.officer, unit.pk, Assignment.LEADER, 20, MONDAY)
    for days in (4, 366):
        with pytest.raises(OfficerRefused, match="5 đến 365"):
            arrange_unit(desk.leader.officer, unit.pk, Assignment.POOL, days, MONDAY)
