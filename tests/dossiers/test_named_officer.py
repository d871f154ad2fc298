"""R20: the unit's own route names who processes; who cannot is passed over, and no dossier lies with nobody."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions, orphans
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.models import AbsenceKind, Assignment, Field, Grant, Unit, User
from tests.cast import MONDAY, Played, played
from tests.catalog.routes import adapted, made_admin
from tests.dossiers.lives import HOUR, Desk, stored


@pytest.fixture
def colleague(desk: Desk) -> Played:
    """A second one of the field, and the one whom the unit's route names."""
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    return played(desk.other.user.username)


@pytest.fixture(autouse=True)
def _own_way(colleague: Played, unit: Unit) -> None:
    admin = made_admin("vanphong.phuocvinh", unit.code)
    adapted(admin, unit, 72, 1008, 360, 0, officer=colleague.user.pk)


@pytest.mark.parametrize("how", list(Assignment))
def test_who_is_named_gets_it_however_the_unit_shares(
    desk: Desk, colleague: Played, unit: Unit, how: Assignment
) -> None:
    """R20: the unit's own word on this procedure goes before its general one."""
    Unit.objects.filter(pk=unit.pk).update(assignment=how)
    dossier = stored(desk.at_processing())
    assert dossier.assignee_id == dossier.step.assignee_id == colleague.user.pk
    actions.forward(colleague.act(MONDAY + HOUR), dossier.pk)


def test_whom_the_clerk_asks_for_goes_before(desk: Desk) -> None:
    dossier = desk.at_processing(assignee_id=desk.specialist.user.pk)
    assert stored(dossier).assignee_id == desk.specialist.user.pk


def gone(colleague: Played) -> None:
    Grant.objects.filter(user=colleague.user).update(valid_to="2020-01-01")


def without_the_field(colleague: Played) -> None:
    Grant.objects.get(user=colleague.user, role="specialist").fields.set(Field.objects.filter(name="Công an"))


def closed(colleague: Played) -> None:
    User.objects.filter(pk=colleague.user.pk).update(is_active=False)


def leaving(colleague: Played) -> None:
    User.objects.filter(pk=colleague.user.pk).update(closes_on=MONDAY.date() + timedelta(days=3))


@pytest.mark.parametrize("how", [gone, without_the_field, closed, leaving])
def test_who_cannot_is_passed_over(desk: Desk, colleague: Played, how) -> None:
    """R20: the other one of the field has it, as if nobody were named."""
    how(colleague)
    dossier = stored(desk.at_processing())
    assert dossier.assignee_id == desk.specialist.user.pk
    assert not orphans.now(MONDAY, unit_id=desk.unit_id)[0].exists()


def away(desk: Desk, colleague: Played, instead: int | None) -> None:
    plan = Plan(colleague.user.pk, MONDAY, MONDAY + timedelta(days=5), AbsenceKind.SICK, instead)
    absences.record(desk.leader.officer, desk.unit_id, plan, MONDAY)


def test_one_away_is_passed_over_unless_somebody_stands_in(desk: Desk, colleague: Played) -> None:
    """R20."""
    away(desk, colleague, None)
    assert stored(desk.at_processing()).assignee_id == desk.specialist.user.pk


def test_one_away_with_a_substitute_has_it_and_the_substitute_does_it(desk: Desk, colleague: Played) -> None:
    """R20."""
    away(desk, colleague, desk.specialist.user.pk)
    assert stored(desk.at_processing()).assignee_id == colleague.user.pk
    assert not orphans.now(MONDAY, unit_id=desk.unit_id)[0].exists()


def test_a_running_dossier_keeps_its_route(desk: Desk, unit: Unit) -> None:
    dossier = desk.at_reception()
    admin = made_admin("vanphong.phuocvinh", unit.code)
    adapted(admin, unit, 60, 1200, 180, 0)
    actions.forward(desk.clerk.act(MONDAY + HOUR), dossier.pk)
    assert stored(dossier).step.minutes == 1008
