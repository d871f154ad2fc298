"""Reading dossiers: who may see which, work lists, the register."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions, queries
from motcua.dossiers.errors import NotFound
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import WorkFilter
from motcua.people.models import Field, Grant, Role, Unit
from motcua.rules.workflow import StepKind
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, MONDAY, Played, played, received
from tests.dossiers.lives import HOUR, Desk

NOW = MONDAY + 2 * HOUR
ALL = queries.everything()
MINE = WorkFilter(steps=(StepKind.PROCESSING,), mine=True)


def work(who: Played, narrowed: WorkFilter = ALL, now=NOW) -> list[Dossier]:
    held = who.officer.desk
    assert held is not None
    return list(queries.work(who.officer, held.unit_id, narrowed, now).order_by("step_due_at", "id"))


# -- who sees what --------------------------------------------------------------------------------
def test_all_of_the_desk_see_its_dossiers(desk: Desk) -> None:
    dossier = desk.at_processing()
    for who in (desk.clerk, desk.specialist, desk.other, desk.leader):
        assert queries.get(who.officer, dossier.code) == dossier


def test_another_commune_sees_nothing_and_cannot_tell_why(desk: Desk, outsider: Played) -> None:
    """R27: the same answer as for a code that does not exist."""
    dossier = desk.at_processing()
    with pytest.raises(NotFound) as hidden:
        queries.get(outsider.officer, dossier.code)
    with pytest.raises(NotFound) as missing:
        queries.get(outsider.officer, "000.19.01.H57-261116-9999")
    assert str(hidden.value) == str(missing.value)


def test_who_watches_sees_what_lies_below(
    desk: Desk, supervisor: Played, district_supervisor: Played, administrator: Played
) -> None:
    """Phước Vĩnh lies in Huế, not in Quảng Điền."""
    dossier = desk.at_processing()
    for who in (supervisor, administrator):
        assert queries.get(who.officer, dossier.code) == dossier
    with pytest.raises(NotFound):
        queries.get(district_supervisor.officer, dossier.code)


@pytest.mark.parametrize("role", queries.DESK_ROLES)
def test_a_desk_above_sees_its_own_dossiers_and_not_those_below(
    desk: Desk, outsider: Played, role: Role
) -> None:
    """R27: who works at the city's desk has no reason of office to read a ward's dossier."""
    dossier = desk.at_processing()
    Grant.objects.filter(user=outsider.user).update(unit=Unit.objects.get(code="474"), role=role)
    with pytest.raises(NotFound):
        queries.get(played(outsider.user.username).officer, dossier.code)


def test_a_subtree_is_not_a_beginning_of_digits(desk: Desk, supervisor: Played) -> None:
    """The path of unit 4 is no beginning of the path of 46."""
    dossier = desk.at_processing()
    Unit.objects.filter(pk=supervisor.officer.held[0].unit_id).update(path="4.")
    with pytest.raises(NotFound):
        queries.get(played("giamsat.tinh").officer, dossier.code)


def test_the_unit_that_holds_it_sees_it_too(desk: Desk, outsider: Played) -> None:
    held = outsider.officer.desk
    assert held is not None
    dossier = desk.at_processing()
    Dossier.objects.filter(pk=dossier.pk).update(holder_unit=held.unit_id)
    for who in (desk.clerk, outsider):
        assert queries.get(who.officer, dossier.code) == dossier


def test_without_a_role_nobody_sees_anything(desk: Desk) -> None:
    dossier = desk.at_processing()
    Grant.objects.filter(user=desk.other.user).update(valid_to=MONDAY.date() - timedelta(days=3000))
    with pytest.raises(NotFound):
        queries.get(played(desk.other.user.username).officer, dossier.code)


# -- work lists -----------------------------------------------------------------------------------
def test_a_work_list_has_what_lies_at_its_steps(desk: Desk) -> None:
    waiting, prepared = desk.at_reception(), desk.at_approval()
    desk.done()
    desk.returned()
    assert {row.pk for row in work(desk.leader)} == {waiting.pk, prepared.pk}
    assert work(desk.leader, WorkFilter(steps=(StepKind.APPROVAL,))) == [prepared]


def test_the_nearest_due_comes_first(desk: Desk) -> None:
    long = desk.at_processing()
    short = desk.at_processing(code=BIRTH)
    assert work(desk.specialist, MINE) == [short, long]


def test_a_specialists_own_list_has_the_pool_of_his_fields_and_nothing_of_others(desk: Desk) -> None:
    """R20."""
    justice = Field.objects.get(name="Tư pháp - Hộ tịch")
    Grant.objects.get(user=desk.other.user).fields.add(justice)
    colleague = played(desk.other.user.username)
    pool = desk.at_processing()
    assert work(desk.specialist, MINE) == work(colleague, MINE) == [pool]
    assert work(played("diachinh.phuocvinh"), MINE) == []
    actions.take(colleague.act(MONDAY), pool.pk)
    assert (work(desk.specialist, MINE), work(colleague, MINE)) == ([], [pool])
    assert work(desk.leader, MINE) == []


def test_a_list_is_narrowed_by_field_and_by_words(desk: Desk) -> None:
    dossier = desk.at_processing()
    steps = tuple(StepKind)
    other = Field.objects.get(name="Văn hóa - Xã hội")
    assert work(desk.leader, WorkFilter(steps, field_id=dossier.field_id)) == [dossier]
    assert work(desk.leader, WorkFilter(steps, field_id=other.pk)) == []
    assert work(desk.leader, WorkFilter(steps, words="THỬ nguyen")) == [dossier]
    assert work(desk.leader, WorkFilter(steps, words="0001 thu")) == [dossier]
    assert work(desk.leader, WorkFilter(steps, words="thu 0002")) == []


def test_overdue_is_by_the_laws_limit(desk: Desk) -> None:
    """R15: not by the step's share."""
    dossier = desk.at_processing()
    overdue = WorkFilter(tuple(StepKind), overdue=True)
    assert dossier.step_due_at is not None
    assert work(desk.leader, overdue, now=dossier.step_due_at + HOUR) == []
    assert work(desk.leader, overdue, now=dossier.due_at) == []
    assert work(desk.leader, overdue, now=dossier.due_at + timedelta(minutes=1)) == [dossier]


def test_a_work_list_is_of_one_unit(desk: Desk, outsider: Played) -> None:
    desk.at_processing()
    assert work(outsider) == []


def test_what_is_ready_waits_at_the_counter_until_it_is_handed_over(desk: Desk) -> None:
    desk.at_return()
    done = desk.done()
    desk.returned()
    assert list(queries.ready(desk.unit_id)) == [done]


def test_counts_say_what_the_lists_have(desk: Desk) -> None:
    desk.at_reception()
    desk.at_processing()
    desk.at_processing(code=BIRTH)
    desk.at_approval()
    desk.at_return()
    desk.done()
    desk.returned()
    wrong = desk.correcting()
    later = MONDAY + timedelta(days=2)
    assert queries.desk_counts(desk.unit_id, later) == {
        "reception": 1,
        "processing": 2,
        "approval": 1,
        "return": 1,
        "done": 1,
        "correcting": 1,
        "waiting": 0,
        "overdue": 1,  # the birth, due the same day
    }
    assert list(queries.correcting(desk.unit_id)) == [wrong]


# -- the register, and what people come for -------------------------------------------------------
def test_a_years_register_has_all_of_its_year(desk: Desk, outsider: Played) -> None:
    """R41: whatever became of them."""
    old = desk.at_processing(MONDAY - timedelta(days=365))
    new = [desk.returned(), desk.at_reception()]
    received(outsider)
    assert list(queries.register(desk.unit_id, 2026).order_by("register_number")) == new
    assert list(queries.register(desk.unit_id, 2025)) == [old]
    assert queries.register_years(desk.unit_id) == [2026, 2025]


def test_the_commonest_procedures_are_those_of_the_last_ninety_days(desk: Desk) -> None:
    for code in (BIRTH, COPIES, BIRTH):
        desk.at_processing(code=code)
    desk.at_processing(MONDAY - timedelta(days=91))
    common = queries.common_procedures(desk.unit_id, MONDAY + HOUR)
    assert list(common.values()) == [2, 1]
    assert GUARDIANSHIP not in {
        dossier.version.procedure.code for dossier in Dossier.objects.filter(version__procedure__in=common)
    }


def test_the_way_of_a_dossier_is_read_in_three_queries(desk: Desk, django_assert_num_queries) -> None:
    dossier = desk.returned()
    with django_assert_num_queries(3):
        way = [(move.number, move.by and move.by.full_name) for move in queries.moves(dossier)]
    assert [number for number, _name in way] == list(range(1, dossier.revision + 1))


def test_all_desk_roles_can_look(desk: Desk) -> None:
    assert set(queries.DESK_ROLES) | set(queries.WATCHING_ROLES) == set(Role)
