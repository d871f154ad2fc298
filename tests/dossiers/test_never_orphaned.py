"""Whatever absences and departures happen: a dossier that nobody who is there can move is on the list, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.dossiers import actions, departures, orphans
from motcua.dossiers.actions import Act
from motcua.dossiers.actions.act import permit
from motcua.dossiers.departures import Leaving
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal.errors import Refused
from motcua.people import absences, queries
from motcua.people.absences import Plan
from motcua.people.models import Absence, AbsenceKind, Assignment, Field, Grant, Role, Unit, User
from motcua.people.officer import Officer
from motcua.results import actions as results
from motcua.rules.workflow import Action, StepKind
from tests.cast import GUARDIANSHIP, MONDAY, played, reception
from tests.databases import ON_POSTGRES
from tests.dossiers.lives import HERSELF, PAPER, Desk

UNIT, DAY = "19798", timedelta(days=1)
MOVES = (Action.FORWARD, Action.APPROVE, Action.FINISH, Action.HAND_OVER)
WHO = st.integers(0, 4)
CAST = ("tiepnhan", "tuphap", "vanhoa", "lanhdao", "vanphong")


class Office(RuleBasedStateMachine):
    """One office in which people come and go; the fifth of them leads beside the leader."""

    unit: Unit
    users: tuple[User, ...]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now = MONDAY.replace(hour=9)

    @contextmanager
    def today(self) -> Iterator[None]:
        with time_machine.travel(self.now, tick=False), suppress(Refused):
            yield

    def officer(self, who: int) -> Officer:
        user = self.users[who]
        return queries.officer(user.pk, user.full_name)

    @initialize()
    def two_dossiers(self) -> None:
        self.receive(0)
        self.receive(0)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(who=WHO)
    def receive(self, who: int) -> None:
        with self.today():
            actions.receive(Act(self.officer(who), self.now), self.unit.pk, reception(GUARDIANSHIP))

    @rule(who=WHO, which=st.integers(0, 9))
    def work(self, who: int, which: int) -> None:
        """Whatever this one can do to one of the dossiers."""
        rows = list(Dossier.objects.filter(unit=self.unit).order_by("pk"))
        dossier = rows[which % len(rows)]
        for do in (
            actions.forward,
            results.approve,
            lambda act, pk: results.record(act, pk, PAPER),
            lambda act, pk: results.hand_over(act, pk, HERSELF),
        ):
            with self.today():
                do(Act(self.officer(who), self.now), dossier.pk)

    @rule(
        who=WHO,
        instead=st.sampled_from([None, 0, 1, 2, 3, 4]),
        first=st.integers(0, 4),
        days=st.integers(1, 5),
    )
    def be_away(self, who: int, instead: int | None, first: int, days: int) -> None:
        begins = self.now.replace(hour=0) + first * DAY
        other = None if instead is None else self.users[instead].pk
        plan = Plan(self.users[who].pk, begins, begins + days * DAY, AbsenceKind.LEAVE, other)
        with self.today():
            absences.record(self.officer(who), self.unit.pk, plan, self.now)

    @rule(which=st.integers(0, 9), days=st.integers(0, 5), instead=st.sampled_from([None, 0, 1, 2, 3, 4]))
    def change_of_plan(self, which: int, days: int, instead: int | None) -> None:
        rows = list(absences.of_unit(self.unit.pk, self.now).order_by("pk"))
        if not rows:
            return
        row = rows[which % len(rows)]
        by = next(place for place, user in enumerate(self.users) if user.pk == row.officer_id)
        other = None if instead is None else self.users[instead].pk
        with self.today():
            if days == 0:
                absences.end(self.officer(by), row.pk, self.now)
            else:
                absences.change(
                    self.officer(by), row.pk, ends=row.starts + days * DAY, substitute_id=other, now=self.now
                )

    @rule(who=WHO, to=st.sampled_from([None, 0, 1, 2, 3, 4]), days=st.integers(0, 3))
    def leave(self, who: int, to: int | None, days: int) -> None:
        last = self.now.date() + days * DAY
        successor = None if to is None else self.users[to].pk
        with self.today():
            departures.leave(
                Act(self.officer(3), self.now), Leaving(self.users[who].pk, self.unit.pk, last, successor)
            )

    @rule(who=WHO)
    def vanish(self, who: int) -> None:
        """Behind the software's back, as by hand in the data base."""
        User.objects.filter(pk=self.users[who].pk).update(is_active=False)

    @rule(how=st.sampled_from(list(Assignment)))
    def arrange(self, how: Assignment) -> None:
        Unit.objects.filter(pk=self.unit.pk).update(assignment=how)

    @rule(which=st.integers(0, 9), to=WHO)
    def assign(self, which: int, to: int) -> None:
        rows = list(Dossier.objects.filter(unit=self.unit).order_by("pk"))
        with self.today():
            actions.assign(Act(self.officer(3), self.now), rows[which % len(rows)].pk, self.users[to].pk)

    @invariant()
    def on_the_list_or_in_hand(self) -> None:
        with time_machine.travel(self.now, tick=False):
            listed = set(orphans.now(self.now, unit_id=self.unit.pk)[0].values_list("pk", flat=True))
            away = Absence.objects.filter(queries.running(self.now)).values("officer")
            here = User.objects.filter(is_active=True, pk__in=[user.pk for user in self.users])
            names = dict(here.exclude(pk__in=away).values_list("pk", "full_name"))
            there = queries.officers_of(names).values()
            rows = Dossier.objects.filter(unit=self.unit, step__isnull=False)
            for dossier in rows.select_related("step", "holder_unit", "unit", "assignee"):
                in_hand = any(can_move(Act(one, self.now), dossier) for one in there)
                assert in_hand != (dossier.pk in listed), dossier.step_kind

    def teardown(self) -> None:
        try:
            assert journal.first_break(UNIT) is None
            assert list(disagreements(UNIT)) == []
        finally:
            transaction.savepoint_rollback(self.savepoint)


def can_move(act: Act, dossier: Dossier) -> bool:
    """Asked of the acts themselves, not of the list."""
    wanted = list(MOVES)
    if dossier.assignee_id is None and dossier.holder_unit.assignment == Assignment.LEADER:
        wanted.append(Action.ASSIGN)
    if dossier.step_kind == StepKind.RETURN and Role.CLERK not in act.officer.roles_in(dossier.unit_id):
        return False  # others may note that the result is there; to hand it over takes the counter
    for action in wanted:
        with suppress(Refused):
            permit(act, dossier, action)
            return True
    return False


@pytest.mark.django_db
def test_no_dossier_is_forgotten(desk: Desk) -> None:
    """R20."""
    fifth = played("vanphong.phuocvinh").user
    Grant.objects.create(user=fifth, unit_id=desk.unit_id, role=Role.LEADER)
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))

    class Here(Office):
        unit = Unit.objects.get(code=UNIT)
        users = tuple(User.objects.get(username=f"{name}.phuocvinh") for name in CAST)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=2 if ON_POSTGRES else 5,  # as in test_lives
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
