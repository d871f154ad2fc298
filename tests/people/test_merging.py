"""Planning a merger of communes: the rows that hold from a day on, what is refused, and how it is taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from motcua.dossiers import mergers
from motcua.journal import queries as journal
from motcua.people import absences, accounts, actions, load_units, queries
from motcua.people.absences import Plan as Absent
from motcua.people.errors import MergerRefused
from motcua.people.merging import NewUnit
from motcua.people.models import (
    Absence,
    AbsenceKind,
    Assignment,
    Field,
    Grant,
    Merger,
    Role,
    Unit,
    UnitIdentifier,
    UnitPeriod,
    UnitSuccession,
)
from motcua.people.succession import acting
from tests.cast import MONDAY, Played, played
from tests.dossiers.communes import (
    AFTER,
    BEFORE,
    NEIGHBOUR,
    ON,
    into_a_new_one,
    neighbour,
    neighbours,
    planned,
    unit_of,
    wanted,
)

DAY = timedelta(days=1)
LAST = ON - DAY


@pytest.fixture(autouse=True)
def clock(db) -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def rows() -> list[object]:
    """All that a plan touches."""
    models = (Unit, UnitPeriod, UnitIdentifier, UnitSuccession, Grant, Absence)
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        list(Grant.fields.through.objects.order_by("grant", "field").values_list("grant", "field"))
    ]


# -- the rows -------------------------------------------------------------------------------------
def test_what_ends_ends_with_the_day_before(administrator: Played) -> None:
    planned(administrator)
    old = unit_of(BEFORE)
    assert old.valid_to == LAST
    assert [(p.name, p.valid_to) for p in old.periods.all()] == [("Phường Phước Vĩnh", LAST)]
    assert old.identifiers.get().valid_to == LAST
    assert acting(old, LAST) == old
    assert acting(old, ON).code == NEIGHBOUR


def test_until_the_day_everything_is_as_it_was(administrator: Played, clerk: Played) -> None:
    planned(administrator)
    assert played("tiepnhan.phuocvinh").officer.desk == clerk.officer.desk
    assert {held.unit_code for held in played("tiepnhan.phuocvinh").officer.held} == {BEFORE}


def test_on_the_day_the_officers_sit_in_the_successor_whether_or_not_a_worker_ran(
    administrator: Played, specialist: Played, clock
) -> None:
    """With their roles and fields; and they act in the unit that has ended."""
    planned(administrator)
    clock.move_to(AFTER)
    moved = played("tuphap.phuocvinh").officer
    new, old = unit_of(NEIGHBOUR).pk, unit_of(BEFORE).pk
    assert moved.desk.unit_id == new
    assert moved.roles_in(new) == moved.roles_in(old) == {Role.SPECIALIST}
    before = next(iter(specialist.officer.held)).field_ids
    assert moved.fields_in(new) == moved.fields_in(old) == before


def test_who_worked_in_the_successor_acts_for_both(administrator: Played, clock) -> None:
    neighbours()
    planned(administrator)
    assert {held.unit_code for held in neighbour("clerk").officer.held} == {NEIGHBOUR}
    clock.move_to(AFTER)
    assert [held.unit_code for held in neighbour("clerk").officer.held] == [NEIGHBOUR, BEFORE]
    assert neighbour("clerk").officer.roles_in(unit_of(BEFORE).pk) == {Role.CLERK}


def test_somebody_elses_officer_gains_nothing(administrator: Played, outsider: Played, clock) -> None:
    planned(administrator)
    clock.move_to(AFTER)
    assert played("tiepnhan.ango").officer.held == outsider.officer.held


def test_one_who_does_not_move_has_no_role_from_then_on(administrator: Played, clock) -> None:
    staying = Grant.objects.get(user__username="vanhoa.phuocvinh")
    planned(administrator, wanted(staying=frozenset({staying.pk})))
    clock.move_to(AFTER)
    assert played("vanhoa.phuocvinh").officer.held == ()


def test_roles_in_both_become_one_with_the_fields_of_both(administrator: Played, clock) -> None:
    user = neighbours()["specialist"]
    other = Field.objects.get(name="Văn hóa - Xã hội")
    grant = Grant.objects.create(user=user, unit=unit_of(BEFORE), role=Role.SPECIALIST)
    grant.fields.add(other)
    planned(administrator)
    clock.move_to(AFTER)
    held = [held for held in neighbour("specialist").officer.held if held.unit_code == NEIGHBOUR]
    assert [len(one.field_ids) for one in held] == [2]


def test_a_new_unit_begins_on_the_day(administrator: Played, clock) -> None:
    neighbours()
    merger = planned(administrator, into_a_new_one())
    new = merger.successor
    assert (new.valid_from, new.name, new.path, new.level) == (
        ON,
        "Phường Hợp Nhất",
        "46.474.29999.",
        "commune",
    )
    assert queries.identifier(new.pk, ON) == "000.99.21.H57"
    assert {unit_of(code).valid_to for code in (BEFORE, NEIGHBOUR)} == {LAST}
    clock.move_to(AFTER)
    for who in (neighbour("leader"), played("lanhdao.phuocvinh")):
        assert who.officer.desk.unit_id == new.pk
        assert [held.unit_code for held in who.officer.held] == ["29999", NEIGHBOUR, BEFORE]


def test_a_name_and_a_district_alone(administrator: Played, clock) -> None:
    """Xã Vinh Thái became Xã Phú Gia; here it moves to another district, too. The row follows when the day is there."""
    unit, district = unit_of("19954"), unit_of("479")
    plan = wanted(predecessors=(), successor_id=unit.pk, name="Xã  Phú Gia ", parent_id=district.pk)
    merger = planned(administrator, plan)
    assert merger.title == "Xã Vinh Thái → Xã Phú Gia (Thị xã Hương Thủy)"
    assert unit_of("19954").name == "Xã Vinh Thái"
    clock.move_to(AFTER)
    assert mergers.carry_out_due(AFTER) == 1
    unit.refresh_from_db()
    assert (unit.name, unit.parent, unit.path) == ("Xã Phú Gia", district, "46.479.19954.")
    named = [(p.name, p.parent.code, p.valid_from, p.valid_to) for p in unit.periods.order_by("pk")]
    assert named == [("Xã Vinh Thái", "478", None, LAST), ("Xã Phú Gia", "479", ON, None)]


# -- the day --------------------------------------------------------------------------------------
def test_what_cannot_be_dated_is_done_once_by_the_clock(administrator: Played, unit: Unit, clock) -> None:
    unit_of(NEIGHBOUR)
    Unit.objects.filter(code=NEIGHBOUR).update(assignment=Assignment.LEADER)
    planned(administrator, wanted(name="Phường Đúc Mới"))
    assert mergers.carry_out_due(MONDAY) == 0
    clock.move_to(AFTER)
    assert [mergers.carry_out_due(AFTER) for _turn in range(2)] == [1, 0]
    new, old = unit_of(NEIGHBOUR), unit_of(BEFORE)
    assert new.name == "Phường Đúc Mới"
    assert old.path == f"{new.path}{BEFORE}."
    assert old.assignment == Assignment.LEADER
    told = {code: [entry.kind for entry in journal.entries(code)] for code in (BEFORE, NEIGHBOUR)}
    assert told == {
        BEFORE: ["unit.merger_planned", "unit.ended"],
        NEIGHBOUR: ["unit.merger_planned", "unit.succeeded"],
    }
    assert list(journal.entries(BEFORE))[-1].read_facts()["successor"] == NEIGHBOUR


def test_the_supervisor_of_the_new_district_watches_from_then_on(administrator: Played, clock) -> None:
    """A commune of Huế goes into one of Quảng Điền."""
    watcher = played("giamsat.quangdien").officer.oversees
    plan = wanted(successor_id=unit_of("19891").pk)
    planned(administrator, plan)
    assert not unit_of(BEFORE).path.startswith(watcher.unit_path)
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    assert unit_of(BEFORE).path.startswith(watcher.unit_path)


def test_who_came_after_the_plan_moves_too(administrator: Played, clock) -> None:
    planned(administrator)
    accounts.add_officer(
        unit_code=BEFORE,
        role=Role.CLERK,
        username="muon",
        full_name="Đến Sau",
        title="",
        fields=(),
        password=lambda: "a long word for a late one",
    )
    clock.move_to(AFTER)
    assert played("muon").officer.desk.unit_code == BEFORE
    mergers.carry_out_due(AFTER)
    assert played("muon").officer.desk.unit_code == NEIGHBOUR


def test_an_absence_goes_on_in_the_successor(
    administrator: Played, clerk: Played, leader: Played, unit: Unit, clock
) -> None:
    absent = Absent(clerk.user.pk, MONDAY + 6 * DAY, MONDAY + 12 * DAY, AbsenceKind.LEAVE, leader.user.pk)
    absences.record(leader.officer, unit.pk, absent, MONDAY)
    planned(administrator)
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    mergers.carry_out_due(AFTER)
    row = Absence.objects.get(unit__code=NEIGHBOUR)
    assert (row.officer, row.substitute, row.ends) == (clerk.user, leader.user, MONDAY + 12 * DAY)
    assert row.starts.isoformat() == "2026-11-22T17:00:00+00:00"  # midnight at the counter
    standing_in = [h for h in played("lanhdao.phuocvinh").officer.held if h.on_behalf_of == clerk.user.pk]
    assert {held.unit_code for held in standing_in} == {BEFORE, NEIGHBOUR}


def test_a_day_that_is_there_already_is_carried_out_at_once(administrator: Played) -> None:
    merger = planned(administrator, wanted(on=MONDAY.date()))
    assert Merger.objects.get(pk=merger.pk).carried_out_at == MONDAY
    assert unit_of(BEFORE).path.startswith(unit_of(NEIGHBOUR).path)


def test_merged_twice_the_last_one_answers_for_all(administrator: Played, clock) -> None:
    planned(administrator)
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    later = ON + 7 * DAY
    plan = wanted(on=later, predecessors=(unit_of(NEIGHBOUR).pk,), successor_id=unit_of("19792").pk)
    planned(administrator, plan, AFTER)
    old = unit_of(BEFORE)
    assert [acting(old, day).code for day in (LAST, ON, later)] == [BEFORE, NEIGHBOUR, "19792"]
    clock.shift(7 * DAY)
    held = played("tiepnhan.phuocvinh").officer.held
    assert [one.unit_code for one in held] == ["19792", NEIGHBOUR, BEFORE]
    mergers.carry_out_due(AFTER + 7 * DAY)
    assert unit_of(BEFORE).path == f"{unit_of('19792').path}{NEIGHBOUR}.{BEFORE}."


def test_the_list_without_dates_does_not_undo_a_decision(administrator: Played, clock) -> None:
    """`load-units` of 2019's file after the merger: names, ends and places stay."""
    planned(administrator, wanted(name="Phường Đúc Mới"))
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    before = rows()
    load_units.load_units(load_units.DATA / "units.csv")
    assert rows() == before


def test_the_seven_mergers_of_2020(administrator: Played) -> None:
    """The real ones: 152 communes became 145."""
    pairs = {
        "19951": ("19954", "Xã Phú Gia"),
        "20038": ("20035", "Xã Bình Tiến"),
        "20062": ("20056", "Xã Trung Sơn"),
        "20077": ("20083", "Xã Quảng Nhâm"),
        "20101": ("20092", "Xã Lâm Đớt"),
        "20119": ("20122", "Xã Giang Hải"),
        "20179": ("20176", "Xã Hương Xuân"),
    }
    day = date(2020, 1, 1)
    for old, (heir, name) in pairs.items():
        plan = wanted(on=day, predecessors=(unit_of(old).pk,), successor_id=unit_of(heir).pk, name=name)
        planned(administrator, plan)
    communes = Unit.objects.filter(level="commune")
    counted = [communes.filter(queries.in_force(one)).count() for one in (day - DAY, day)]
    assert counted == [152, 145]
    assert set(communes.filter(code__in=[h for h, _n in pairs.values()]).values_list("name", flat=True)) == {
        name for _h, name in pairs.values()
    }


# -- taken back -----------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [wanted, into_a_new_one])
def test_before_the_day_it_can_be_taken_back_as_if_it_had_not_been(
    administrator: Played, make: Callable
) -> None:
    neighbours()
    Grant.objects.filter(user__username="vanhoa.phuocvinh").update(valid_to=ON + 30 * DAY)
    before = rows()
    merger = planned(administrator, make(name="Phường Khác"))
    assert rows() != before
    mergers.cancel(administrator.officer, merger.pk, MONDAY)
    assert rows() == before
    merger.refresh_from_db()
    assert merger.cancelled_at == MONDAY
    assert journal.first_break(BEFORE) is None
    planned(administrator, make())  # and can be planned again


def test_what_was_given_another_end_in_the_meantime_keeps_it(administrator: Played) -> None:
    merger = planned(administrator)
    grant = Grant.objects.filter(user__username="vanhoa.phuocvinh", unit__code=BEFORE)
    grant.update(valid_to=MONDAY.date())
    mergers.cancel(administrator.officer, merger.pk, MONDAY)
    assert grant.get().valid_to == MONDAY.date()


def test_from_the_day_on_it_cannot(administrator: Played, clock) -> None:
    merger = planned(administrator)
    clock.move_to(AFTER)
    with pytest.raises(MergerRefused, match="Đã đến ngày"):
        mergers.cancel(administrator.officer, merger.pk, AFTER)


def test_twice_it_cannot(administrator: Played) -> None:
    merger = planned(administrator)
    mergers.cancel(administrator.officer, merger.pk, MONDAY)
    with pytest.raises(MergerRefused, match="đã được hủy"):
        mergers.cancel(administrator.officer, merger.pk, MONDAY)


# -- refused --------------------------------------------------------------------------------------
def other(code: str) -> int:
    return unit_of(code).pk


WRONG: dict[str, tuple[Callable[[], dict[str, Any]], str, str]] = {
    "no decision": (lambda: {"decision": " "}, "decision", "nghị quyết"),
    "beyond the calendar": (lambda: {"on": date(2050, 1, 1)}, "on", "lịch làm việc"),
    "its own predecessor": (lambda: {"successor_id": other(BEFORE)}, "successor", "đồng thời"),
    "a unit nobody knows": (lambda: {"predecessors": (999999,)}, "predecessors", "không tồn tại"),
    "a district": (lambda: {"predecessors": (other("474"),)}, "predecessors", "cấp xã"),
    "an agency": (lambda: {"successor_id": Unit.objects.filter(level="agency")[0].pk}, "successor", "cấp xã"),
    "below a commune": (lambda: {"parent_id": other("19792")}, "parent", "Xã thuộc về"),
    "nothing changes": (lambda: {"predecessors": ()}, "predecessors", "Chưa có gì thay đổi"),
    "no kind in the name": (lambda: {"name": "Phú Gia"}, "name", "Tên bắt đầu"),
    "a name that is taken": (lambda: {"name": "Phường Phú Hậu"}, "name", "đã có Phường Phú Hậu"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_at_its_field(administrator: Played, case: str) -> None:
    facts, field, words = WRONG[case]
    before = rows()
    with pytest.raises(MergerRefused, match=words) as refusal:
        planned(administrator, wanted(**facts()))
    assert refusal.value.field == field
    assert rows() == before


NEW: dict[str, tuple[dict[str, Any], str]] = {
    "code of letters": ({"new": NewUnit("1999x", "000.99.21.H57")}, "code"),
    "code in use": ({"new": NewUnit("19744", "000.99.21.H57")}, "code"),
    "no identifier": ({"new": NewUnit("29999", "")}, "identifier"),
    "no name": ({"name": ""}, "name"),
    "nobody before": ({"predecessors": ()}, "predecessors"),
    "no district": ({"parent_id": None}, "parent"),
}


@pytest.mark.parametrize("case", NEW)
def test_a_new_unit_needs_what_it_needs(administrator: Played, case: str) -> None:
    facts, field = NEW[case]
    with pytest.raises(MergerRefused) as refusal:
        planned(administrator, into_a_new_one(**facts))
    assert refusal.value.field == field


def test_an_identifier_in_use_is_refused(administrator: Played) -> None:
    taken = UnitIdentifier.objects.first().identifier
    with pytest.raises(MergerRefused, match="đã có đơn vị mang"):
        planned(administrator, into_a_new_one(new=NewUnit("29999", taken)))


def test_a_unit_in_two_plans_is_refused(administrator: Played) -> None:
    planned(administrator)
    for plan in (
        wanted(successor_id=other("19792")),
        wanted(predecessors=(other("19792"),), on=ON + DAY),
        wanted(predecessors=(other(NEIGHBOUR),), successor_id=other("19792")),
    ):
        with pytest.raises(MergerRefused, match="đã có kế hoạch khác"):
            planned(administrator, plan)


def test_one_that_has_ended_or_changed_later_is_refused(administrator: Played) -> None:
    planned(administrator, wanted(on=date(2026, 11, 2), name="Phường Đúc Mới"))
    with pytest.raises(MergerRefused, match="đã kết thúc ngày 01/11/2026"):
        planned(administrator, wanted(successor_id=other("19792")))
    with pytest.raises(MergerRefused, match="thay đổi từ ngày 02/11/2026"):
        planned(
            administrator,
            wanted(on=date(2026, 11, 1), predecessors=(other(NEIGHBOUR),), successor_id=other("19792")),
        )


def test_only_the_administrator_merges(supervisor: Played, leader: Played) -> None:
    for who in (supervisor, leader):
        with pytest.raises(mergers.NotAllowed):
            planned(who)
        with pytest.raises(mergers.NotAllowed):
            mergers.cancel(who.officer, 1, MONDAY)


def test_how_work_is_shared_out_follows_for_both(administrator: Played, leader: Played, clock) -> None:
    planned(administrator)
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    moved = played("lanhdao.phuocvinh")
    actions.arrange_unit(moved.officer, unit_of(NEIGHBOUR).pk, Assignment.LEADER, 20, AFTER)
    assert {(unit_of(code).assignment, unit_of(code).supplement_days) for code in (BEFORE, NEIGHBOUR)} == {
        (Assignment.LEADER, 20)
    }
