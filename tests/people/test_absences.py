"""R20: who is away, who stands in, and what cannot be recorded."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from motcua.journal.queries import entries
from motcua.people import absences, queries
from motcua.people.absences import Plan
from motcua.people.errors import AbsenceRefused
from motcua.people.models import Absence, AbsenceKind, Grant, Role, Unit, User
from tests.cast import MONDAY, Played, played

DAY = timedelta(days=1)
MORNING = MONDAY.replace(hour=0)


def plan(of: Played, instead: Played | None, starts: datetime = MORNING, ends: datetime = MORNING + 2 * DAY):
    return Plan(of.user.pk, starts, ends, AbsenceKind.LEAVE, instead.user.pk if instead else None)


def recorded(by: Played, unit: Unit, *facts, **more) -> Absence:
    return absences.record(by.officer, unit.pk, plan(*facts, **more), MONDAY)


def at(moment: datetime, who: Played):
    with time_machine.travel(moment, tick=False):
        return queries.officer(who.user.pk, who.user.full_name)


def test_the_substitute_holds_the_roles_and_fields_while_it_runs(
    specialist: Played, other_specialist: Played, leader: Played, unit: Unit
) -> None:
    """R20."""
    recorded(leader, unit, specialist, other_specialist)
    before, during, after = (
        at(moment, other_specialist)
        for moment in (MORNING - timedelta(minutes=1), MORNING, MORNING + 2 * DAY)
    )
    assert (
        before.fields_in(unit.pk) == after.fields_in(unit.pk) == other_specialist.officer.fields_in(unit.pk)
    )
    fields = specialist.officer.fields_in(unit.pk) | other_specialist.officer.fields_in(unit.pk)
    assert during.fields_in(unit.pk) == fields
    assert during.stands_in_for(unit.pk) == {specialist.user.pk}
    assert before.stands_in_for(unit.pk) == after.stands_in_for(unit.pk) == frozenset()
    assert [one.on_behalf_name for one in during.held] == ["", "Nguyễn Văn Minh"]


def test_a_leaders_substitute_leads(clerk: Played, leader: Played, unit: Unit) -> None:
    """R20."""
    recorded(leader, unit, leader, clerk)
    assert at(MONDAY, clerk).roles_in(unit.pk) == {Role.CLERK, Role.LEADER}
    assert at(MONDAY, clerk).desk.role is Role.CLERK  # one's own first


def test_who_watches_over_others_gives_that_to_nobody(clerk: Played, leader: Played, unit: Unit) -> None:
    Grant.objects.create(user=leader.user, unit=unit, role=Role.SUPERVISOR)
    recorded(leader, unit, leader, clerk)
    assert not at(MONDAY, clerk).has(Role.SUPERVISOR)


def test_nobody_stands_in_for_a_closed_account_or_after_having_left(
    clerk: Played, specialist: Played, leader: Played, unit: Unit
) -> None:
    recorded(leader, unit, specialist, clerk)
    User.objects.filter(pk=specialist.user.pk).update(is_active=False)
    assert at(MONDAY, clerk).stands_in_for(unit.pk) == frozenset()
    User.objects.filter(pk=specialist.user.pk).update(is_active=True)
    Grant.objects.filter(user=clerk.user).update(valid_to=MONDAY.date() - DAY)
    assert at(MONDAY, clerk).held == ()


def test_an_officer_with_absent_colleagues_costs_two_queries(
    clerk: Played, specialist: Played, leader: Played, unit: Unit, django_assert_num_queries
) -> None:
    recorded(leader, unit, specialist, clerk)
    with time_machine.travel(MONDAY, tick=False), django_assert_num_queries(2):
        assert queries.officer(clerk.user.pk, "").stands_in_for(unit.pk)


# -- who may ---------------------------------------------------------------------------------------
def test_an_officer_enters_his_own_and_the_leader_anybodys(
    clerk: Played, specialist: Played, leader: Played, outsider: Played, unit: Unit
) -> None:
    """R20."""
    assert recorded(specialist, unit, specialist, clerk)
    assert recorded(leader, unit, clerk, None, MORNING + 9 * DAY, MORNING + 10 * DAY)
    for who, of in ((clerk, specialist), (outsider, specialist), (outsider, outsider)):
        with pytest.raises(AbsenceRefused) as refusal:
            recorded(who, unit, of, None, MORNING + 20 * DAY, MORNING + 21 * DAY)
        assert refusal.value.field == "officer"


def test_it_stands_in_the_units_chain_without_a_name(specialist: Played, clerk: Played, unit: Unit) -> None:
    """R27."""
    row = recorded(specialist, unit, specialist, clerk)
    entry = list(entries(unit.code))[-1]
    assert (entry.kind, entry.subject) == ("absence.recorded", f"user:{specialist.user.pk}")
    assert entry.read_facts()["substitute"] == clerk.user.pk
    assert "Minh" not in entry.facts
    absences.end(specialist.officer, row.pk, MONDAY)
    assert list(entries(unit.code))[-1].kind == "absence.ended"


# -- what cannot be --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (MORNING + DAY, MORNING + DAY, "last"),
        (MORNING - 3 * DAY, MORNING, "last"),
        (MORNING, MORNING + 367 * DAY, "last"),
    ],
)
def test_a_time_that_cannot_be(
    specialist: Played, unit: Unit, starts: datetime, ends: datetime, field: str
) -> None:
    with pytest.raises(AbsenceRefused) as refusal:
        recorded(specialist, unit, specialist, None, starts, ends)
    assert refusal.value.field == field
    assert not Absence.objects.exists()


def test_overlapping_ones_are_refused_and_neighbours_are_not(specialist: Played, unit: Unit) -> None:
    recorded(specialist, unit, specialist, None)
    with pytest.raises(AbsenceRefused, match="Đã ghi vắng từ 16/11/2026 đến 17/11/2026") as refusal:
        recorded(specialist, unit, specialist, None, MORNING + DAY, MORNING + 3 * DAY)
    assert refusal.value.field == "first"
    recorded(specialist, unit, specialist, None, MORNING + 2 * DAY, MORNING + 3 * DAY)


def test_a_substitute_who_cannot_be(
    specialist: Played, other_specialist: Played, leader: Played, outsider: Played, unit: Unit
) -> None:
    recorded(leader, unit, other_specialist, None, MORNING + DAY, MORNING + 5 * DAY)
    for instead, words in (
        (specialist, "người khác"),
        (outsider, "không làm việc"),
        (other_specialist, "cũng vắng từ 17/11/2026 đến 20/11/2026"),
    ):
        with pytest.raises(AbsenceRefused, match=words) as refusal:
            recorded(specialist, unit, specialist, instead)
        assert refusal.value.field == "substitute"
    recorded(specialist, unit, specialist, other_specialist, MORNING, MORNING + DAY)  # back in time


def test_a_substitute_whose_role_ends_meanwhile(specialist: Played, clerk: Played, unit: Unit) -> None:
    Grant.objects.filter(user=clerk.user).update(valid_to=MONDAY.date())
    with pytest.raises(AbsenceRefused, match="không làm việc"):
        recorded(specialist, unit, specialist, clerk)
    recorded(specialist, unit, specialist, clerk, MORNING, MORNING + DAY)


def test_no_two_stand_in_for_each_other_and_no_circle_closes(
    clerk: Played, specialist: Played, other_specialist: Played, leader: Played, unit: Unit
) -> None:
    recorded(leader, unit, specialist, other_specialist)
    with pytest.raises(AbsenceRefused, match="thay Nguyễn Văn Minh từ 16/11/2026"):
        recorded(leader, unit, other_specialist, specialist)
    with pytest.raises(AbsenceRefused, match="chọn người khác thay Nguyễn Văn Minh trước"):
        recorded(leader, unit, other_specialist, clerk)  # who would close a longer circle is needed here
    row = Absence.objects.get()
    absences.change(leader.officer, row.pk, ends=row.ends, substitute_id=clerk.user.pk, now=MONDAY)
    recorded(leader, unit, other_specialist, leader)
    with pytest.raises(AbsenceRefused, match="cũng vắng"):
        absences.change(
            leader.officer, row.pk, ends=row.ends, substitute_id=other_specialist.user.pk, now=MONDAY
        )


def test_the_data_base_itself_refuses_the_worst(specialist: Played, unit: Unit) -> None:
    facts = {
        "officer": specialist.user,
        "unit": unit,
        "kind": "leave",
        "recorded_by": specialist.user,
        "recorded_at": MONDAY,
    }
    for wrong in (
        {"starts": MONDAY, "ends": MONDAY},
        {"starts": MONDAY, "ends": MONDAY + DAY, "substitute": specialist.user},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(**facts | wrong)


# -- changed ---------------------------------------------------------------------------------------
def test_ended_early_extended_and_cancelled(
    clerk: Played, specialist: Played, other_specialist: Played, leader: Played, unit: Unit
) -> None:
    """R20."""
    row = recorded(specialist, unit, specialist, clerk)
    absences.change(
        specialist.officer, row.pk, ends=MORNING + 4 * DAY, substitute_id=clerk.user.pk, now=MONDAY
    )
    assert at(MORNING + 3 * DAY, clerk).stands_in_for(unit.pk)
    absences.end(specialist.officer, row.pk, MONDAY + DAY)
    assert not at(MONDAY + DAY, clerk).stands_in_for(unit.pk)
    with pytest.raises(AbsenceRefused, match="đã kết thúc"):
        absences.end(specialist.officer, row.pk, MONDAY + DAY)
    planned = recorded(leader, unit, other_specialist, None, MORNING + 9 * DAY, MORNING + 10 * DAY)
    absences.end(other_specialist.officer, planned.pk, MONDAY)
    planned.refresh_from_db()
    assert planned.cancelled_at == MONDAY
    assert recorded(leader, unit, other_specialist, None, MORNING + 9 * DAY, MORNING + 10 * DAY)


def test_it_is_not_extended_over_what_stands_against_it(
    clerk: Played, specialist: Played, leader: Played, unit: Unit
) -> None:
    row = recorded(specialist, unit, specialist, clerk)
    recorded(leader, unit, clerk, None, MORNING + 3 * DAY, MORNING + 4 * DAY)
    later = {"ends": MORNING + 5 * DAY, "now": MONDAY}
    with pytest.raises(AbsenceRefused, match="cũng vắng"):
        absences.change(specialist.officer, row.pk, substitute_id=clerk.user.pk, **later)
    absences.change(specialist.officer, row.pk, substitute_id=leader.user.pk, **later)
    with pytest.raises(AbsenceRefused, match="quá một năm"):
        absences.change(specialist.officer, row.pk, substitute_id=None, ends=MORNING + 400 * DAY, now=MONDAY)


def test_a_stranger_changes_nothing(clerk: Played, specialist: Played, outsider: Played, unit: Unit) -> None:
    row = recorded(specialist, unit, specialist, clerk)
    for who in (outsider, clerk):
        with pytest.raises(AbsenceRefused, match="Không có lần vắng"):
            absences.end(who.officer, row.pk, MONDAY)
    with pytest.raises(AbsenceRefused, match="Không có lần vắng"):
        absences.end(specialist.officer, 0, MONDAY)


def test_new_work_goes_to_nobody_who_is_away_or_leaves(
    specialist: Played, leader: Played, unit: Unit
) -> None:
    """R20."""

    def there(moment: datetime) -> list[User]:
        fields = specialist.officer.fields_in(unit.pk)
        return list(queries.available(unit.pk, Role.SPECIALIST, moment, fields))

    recorded(leader, unit, specialist, None)
    assert (there(MONDAY), there(MONDAY + 2 * DAY)) == ([], [specialist.user])
    User.objects.filter(pk=specialist.user.pk).update(closes_on=MONDAY.date() + 30 * DAY)
    assert there(MONDAY + 2 * DAY) == []
    assert played("tuphap.phuocvinh").officer.has(Role.SPECIALIST)
