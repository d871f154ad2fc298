"""R20: what nobody can do, now and in the days to come, and that nobody leaves it behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from motcua.dossiers import actions, departures, orphans
from motcua.dossiers.departures import Leaving, LeftBehind
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.journal.queries import entries
from motcua.people import absences, accounts
from motcua.people.absences import Plan
from motcua.people.errors import OfficerRefused
from motcua.people.models import AbsenceKind, Assignment, Field, Grant, Role, Unit, User
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HOUR, Desk, stored

DAY = timedelta(days=1)
MORNING = MONDAY.replace(hour=0)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY + 8 * HOUR, tick=False) as traveller:
        yield traveller


def away(desk: Desk, who: Played, instead: Played | None = None, first: int = 0, days: int = 2) -> None:
    plan = Plan(
        who.user.pk,
        MORNING + first * DAY,
        MORNING + (first + days) * DAY,
        AbsenceKind.SICK,
        instead.user.pk if instead else None,
    )
    absences.record(desk.leader.officer, desk.unit_id, plan, MONDAY)


def whys(found: tuple) -> dict[str, str]:
    rows, there = found
    rows = rows.select_related("holder_unit", "assignee", "step__field").order_by("step_due_at", "pk")
    return {one.dossier.code: one.why for one in orphans.troubles(rows, there)}


def now(desk: Desk) -> dict[str, str]:
    return whys(orphans.now(MONDAY + 8 * HOUR, unit_id=desk.unit_id))


def soon(desk: Desk) -> dict[str, str]:
    return whys(orphans.soon(MONDAY + 8 * HOUR, unit_id=desk.unit_id))


# -- now ---------------------------------------------------------------------------------------------
def test_an_office_where_all_are_there_has_none(desk: Desk) -> None:
    for make in (desk.at_reception, desk.at_processing, desk.at_approval, desk.at_return, desk.done):
        make()
    desk.returned()
    assert now(desk) == soon(desk) == {}


def test_what_lies_with_one_who_is_away_without_a_substitute(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_processing()
    away(desk, desk.specialist)
    assert now(desk) == {dossier.code: "Nguyễn Văn Minh vắng mặt, chưa có người thay"}
    row = absences.of_unit(desk.unit_id, MONDAY).get()
    absences.change(
        desk.leader.officer, row.pk, ends=row.ends, substitute_id=desk.other.user.pk, now=MONDAY + HOUR
    )
    assert now(desk) == {}


def test_what_lies_with_one_who_left_or_lost_the_role(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_processing()
    gone = {dossier.code: "Nguyễn Văn Minh không còn làm việc chuyên môn ở đơn vị"}
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=False)
    assert now(desk) == gone
    User.objects.filter(pk=desk.specialist.user.pk).update(is_active=True)
    Grant.objects.filter(user=desk.specialist.user).update(unit=Unit.objects.get(code="20068"))
    assert now(desk) == gone  # a specialist elsewhere


@pytest.mark.parametrize(
    ("stage", "who", "words"),
    [
        ("at_reception", "clerk", "Không có công chức tiếp nhận nào có mặt"),
        ("at_return", "clerk", "Không có công chức tiếp nhận nào có mặt"),
        ("done", "clerk", "Không có công chức tiếp nhận nào có mặt"),
        ("at_approval", "leader", "Không có lãnh đạo nào có mặt"),
    ],
)
def test_a_step_of_the_counter_or_the_leader(desk: Desk, stage: str, who: str, words: str) -> None:
    """R20."""
    dossier = getattr(desk, stage)()
    away(desk, getattr(desk, who))
    assert now(desk) == {dossier.code: words}


def test_a_pool_whose_field_has_nobody(desk: Desk) -> None:
    """R20."""
    away(desk, desk.specialist)
    dossier = desk.at_processing()
    assert stored(dossier).assignee_id is None
    assert now(desk) == {dossier.code: "Không có ai phụ trách lĩnh vực Tư pháp - Hộ tịch"}
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    assert now(desk) == {}


def test_where_the_leader_assigns_it_wants_a_leader(desk: Desk, unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(assignment=Assignment.LEADER)
    dossier = desk.at_processing()
    away(desk, desk.specialist)
    assert now(desk) == {}
    away(desk, desk.leader)
    assert now(desk) == {dossier.code: "Chưa phân công, và không có lãnh đạo nào có mặt"}


# -- soon --------------------------------------------------------------------------------------------
def test_an_absence_that_is_planned(desk: Desk) -> None:
    """R20: shown in time, from when, and not among what nobody can do now."""
    dossier = desk.at_processing()
    away(desk, desk.specialist, first=5)
    away(desk, desk.other, first=20)
    rows, there = orphans.soon(MONDAY, unit_id=desk.unit_id)
    rows = rows.select_related("holder_unit", "assignee", "step__field")
    assert [(one.dossier, one.at) for one in orphans.troubles(rows, there)] == [(dossier, MORNING + 5 * DAY)]
    assert now(desk) == {}


def test_a_role_that_ends(desk: Desk) -> None:
    """R20."""
    dossier = desk.at_processing()
    Grant.objects.filter(user=desk.specialist.user).update(valid_to=TODAY + 3 * DAY)
    assert soon(desk) == {dossier.code: "Nguyễn Văn Minh không còn làm việc chuyên môn ở đơn vị"}
    Grant.objects.filter(user=desk.specialist.user).update(valid_to=TODAY + 20 * DAY)
    assert soon(desk) == {}


def test_the_substitutes_role_that_ends(desk: Desk) -> None:
    dossier = desk.at_processing()
    away(desk, desk.specialist, desk.other, days=9)
    assert soon(desk) == {}
    Grant.objects.filter(user=desk.other.user).update(valid_to=TODAY + 3 * DAY)
    assert soon(desk) == {dossier.code: "Nguyễn Văn Minh vắng mặt, người thay cũng không làm được"}


def test_two_who_relieve_each_other_leave_no_gap(desk: Desk) -> None:
    colleague = Grant.objects.create(user=desk.clerk.user, unit_id=desk.unit_id, role=Role.LEADER)
    desk.at_approval()
    away(desk, desk.leader, first=0, days=3)
    away(desk, desk.clerk, first=3, days=3)
    assert now(desk) == soon(desk) == {}
    Grant.objects.filter(pk=colleague.pk).update(valid_to=TODAY)
    assert len(soon(desk)) == 1


def test_it_costs_the_same_however_much_there_is(desk: Desk, django_assert_num_queries) -> None:
    for _number in range(4):
        desk.at_processing()
    away(desk, desk.specialist, first=2)
    with django_assert_num_queries(9):
        rows, there = orphans.soon(MONDAY, path="46.")
        rows = rows.select_related("holder_unit", "assignee", "step__field")
        assert len(orphans.troubles(rows, there)) == 4


# -- leaving -----------------------------------------------------------------------------------------
def leaving(desk: Desk, who: Played, to: Played | None = None, **more) -> Leaving:
    facts = {"last_day": TODAY, "successor_id": to.user.pk if to else None}
    return Leaving(who.user.pk, desk.unit_id, **(facts | more))


def act_of(desk: Desk):
    return desk.leader.act(MONDAY + 8 * HOUR)


def test_everything_goes_to_a_successor_and_the_account_closes(desk: Desk) -> None:
    """R20."""
    made = [desk.at_processing(MONDAY + number * HOUR) for number in range(3)]
    leaves = leaving(desk, desk.specialist, desk.other)
    assert [(one.dossier_id, one.to) for one in departures.plan(leaves, act_of(desk))] == [
        (one.pk, desk.other.user) for one in made
    ]
    outcome = departures.leave(act_of(desk), leaves, words="Nghỉ hưu.")
    assert (outcome.given, outcome.refused) == ({"Lê Thị Thu": 3}, [])
    assert {stored(one).assignee_id for one in made} == {desk.other.user.pk}
    assert stored(made[0]).moves.latest("number").words == "Nghỉ hưu."
    user = User.objects.get(pk=desk.specialist.user.pk)
    assert (user.is_active, user.closes_on) == (False, TODAY)
    successor = played(desk.other.user.username).officer
    assert desk.specialist.officer.fields_in(desk.unit_id) <= successor.fields_in(desk.unit_id)
    kinds = [entry.kind for entry in entries("19798")]
    assert kinds[-2:] == ["officer.roles_ended", "officer.account_closed"]
    assert now(desk) == soon(desk) == {}


def test_it_is_spread_over_those_of_the_field_as_previewed(desk: Desk) -> None:
    """R20: fewest first."""
    justice = Field.objects.get(name="Tư pháp - Hộ tịch")
    third = User.objects.get(username="vanphong.phuocvinh")
    made = [desk.at_processing(MONDAY + number * HOUR) for number in range(3)]
    for grant in Grant.objects.filter(user__in=[desk.other.user, third]):
        grant.fields.add(justice)
    going = departures.plan(leaving(desk, desk.specialist), act_of(desk))
    assert [one.to for one in going] == [desk.other.user, third, desk.other.user]
    departures.leave(act_of(desk), leaving(desk, desk.specialist))
    assert [stored(one).assignee_id for one in made] == [one.to.pk for one in going]


def test_nobody_leaves_while_dossiers_would_be_left(desk: Desk) -> None:
    """R20: with the list; nothing ends."""
    dossier = desk.at_processing()
    reception = desk.at_reception()
    for who, left in ((desk.specialist, dossier), (desk.clerk, reception)):
        with pytest.raises(LeftBehind, match="Còn 1 hồ sơ") as refusal:
            departures.leave(act_of(desk), leaving(desk, who))
        assert (refusal.value.codes, refusal.value.number) == ([left.code], 1)
        user = User.objects.get(pk=who.user.pk)
        assert (user.is_active, user.closes_on) == (True, None)
        assert played(who.user.username).officer.held


def test_what_lies_with_an_absent_one_already_counts_as_left(desk: Desk) -> None:
    desk.at_processing()
    away(desk, desk.specialist)
    with pytest.raises(LeftBehind):
        departures.end(act_of(desk), leaving(desk, desk.specialist))


def test_a_substitute_does_not_leave_the_absent_ones_work(desk: Desk) -> None:
    desk.at_processing()
    away(desk, desk.specialist, desk.other)
    with pytest.raises(LeftBehind):
        departures.end(act_of(desk), leaving(desk, desk.other))


def test_a_last_day_to_come_ends_by_itself(desk: Desk, clock: time_machine.Traveller) -> None:
    """R20: nothing new comes until then; afterwards the account closes."""
    leaves = leaving(desk, desk.specialist, desk.other, last_day=TODAY + 3 * DAY)
    departures.leave(act_of(desk), leaves)
    assert played(desk.specialist.user.username).officer.has(Role.SPECIALIST)
    assert stored(desk.at_processing()).assignee_id == desk.other.user.pk
    assert accounts.close_due(MONDAY + 3 * DAY) == 0
    clock.shift(4 * DAY)
    assert not played(desk.specialist.user.username).officer.held
    assert (accounts.close_due(MONDAY + 4 * DAY), accounts.close_due(MONDAY + 4 * DAY)) == (1, 0)
    assert not User.objects.get(pk=desk.specialist.user.pk).is_active
    assert list(entries("19798"))[-1].kind == "officer.account_closed"


def test_who_moves_to_another_unit_keeps_the_account(desk: Desk, clock: time_machine.Traveller) -> None:
    elsewhere = Unit.objects.get(code="20068")
    Grant.objects.create(user=desk.specialist.user, unit=elsewhere, role=Role.CLERK)
    with pytest.raises(OfficerRefused, match="vai trò khác"):
        departures.leave(act_of(desk), leaving(desk, desk.specialist))
    departures.leave(act_of(desk), leaving(desk, desk.specialist, close_account=False))
    clock.shift(DAY)
    assert [held.unit_id for held in played(desk.specialist.user.username).officer.held] == [elsewhere.pk]
    assert User.objects.get(pk=desk.specialist.user.pk).is_active


def test_a_role_that_ends_earlier_is_not_prolonged(desk: Desk) -> None:
    Grant.objects.filter(user=desk.specialist.user).update(valid_to=TODAY + DAY)
    departures.leave(act_of(desk), leaving(desk, desk.specialist, last_day=TODAY + 9 * DAY))
    assert Grant.objects.get(user=desk.specialist.user).valid_to == TODAY + DAY


def test_who_and_to_whom_it_cannot_be(desk: Desk, outsider: Played) -> None:
    for who in (desk.clerk, desk.specialist, outsider):
        with pytest.raises(NotAllowed):
            departures.leave(who.act(MONDAY), leaving(desk, desk.specialist))
    with pytest.raises(NotAllowed):
        departures.leave(act_of(desk), leaving(desk, outsider))
    for to in (desk.specialist, outsider):
        with pytest.raises(Incomplete) as refusal:
            departures.leave(act_of(desk), leaving(desk, desk.specialist, to))
        assert refusal.value.field == "successor"
    with pytest.raises(Incomplete) as refusal:
        departures.leave(act_of(desk), leaving(desk, desk.specialist, last_day=TODAY - DAY))
    assert refusal.value.field == "last_day"


def test_a_dossier_that_cannot_be_handed_over_stops_only_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction for each: what was handed over stays so."""
    desk.at_processing()
    stubborn = desk.at_processing()
    going = departures.plan(leaving(desk, desk.specialist, desk.other), act_of(desk))
    actions.forward(desk.specialist.act(MONDAY + 8 * HOUR), stubborn.pk)  # after the preview
    monkeypatch.setattr(departures, "plan", lambda *_given: going)
    outcome = departures.leave(act_of(desk), leaving(desk, desk.specialist, desk.other))
    assert outcome.given == {"Lê Thị Thu": 1}
    assert [line.partition(":")[0] for line in outcome.refused] == [stubborn.code]
