"""A holiday declared later moves the due times of running dossiers; finished ones stay (R10)."""

from datetime import date, datetime, timedelta

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal import worker
from motcua.people import actions as people
from motcua.people.models import DayKind
from motcua.rules.workflow import Action
from tests.cast import MONDAY, Played, received

WEDNESDAY = date(2026, 11, 18)
AT = MONDAY + timedelta(hours=1)


def declare(administrator: Played, day: date = WEDNESDAY, kind: DayKind = DayKind.OFF) -> None:
    people.correct_calendar(administrator.officer, day, kind, "QĐ 99/QĐ-UBND, nghỉ tránh bão")
    worker.drain()


def test_a_running_dossier_moves_with_its_reason(clerk: Played, administrator: Played) -> None:
    dossier = received(clerk)
    step_due = dossier.step_due_at
    declare(administrator)
    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.due_at == dossier.due_at + timedelta(days=1)
    assert moved.step_due_at > step_due
    assert moved.step is not None
    assert moved.step.due_at == moved.step_due_at
    move = Move.objects.get(dossier=dossier, action=Action.RECOUNT)
    assert (move.by, move.words) == (None, "QĐ 99/QĐ-UBND, nghỉ tránh bão")
    assert journal.first_break("19798") is None
    assert list(disagreements("19798")) == []


def test_the_same_reaction_twice_moves_it_once(clerk: Played, administrator: Played) -> None:
    dossier = received(clerk)
    declare(administrator)
    since = datetime.combine(WEDNESDAY, datetime.min.time(), tzinfo=MONDAY.tzinfo)
    assert actions.recount(since, since + timedelta(days=1), at=AT, why="again") == 0
    assert Move.objects.filter(dossier=dossier, action=Action.RECOUNT).count() == 1


def test_a_finished_dossier_stays(
    clerk: Played, specialist: Played, leader: Played, administrator: Played
) -> None:
    dossier = received(clerk)
    actions.forward(specialist.act(AT), dossier.pk)
    actions.approve(leader.act(AT), dossier.pk)
    finished = actions.finish(clerk.act(AT), dossier.pk)
    declare(administrator)
    assert Dossier.objects.get(pk=dossier.pk).due_at == finished.due_at


def test_a_dossier_that_the_day_does_not_touch_stays(clerk: Played, administrator: Played) -> None:
    dossier = received(clerk)
    declare(administrator, date(2026, 11, 25))
    assert not Move.objects.filter(dossier=dossier, action=Action.RECOUNT).exists()


def test_nobody_becomes_late_by_a_day_declared_worked_afterwards(
    clerk: Played, administrator: Played
) -> None:
    friday = MONDAY - timedelta(days=3)
    dossier = received(clerk, at=friday)  # due on Wednesday 18/11, long ago for the clock of this test
    declare(administrator, date(2026, 11, 14), DayKind.WORKING)  # the Saturday between: due would be Tuesday
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at


def test_an_office_closed_moves_only_its_own(
    clerk: Played, administrator: Played, unit, outsider: Played
) -> None:
    ours, theirs = received(clerk), received(outsider)
    starts = MONDAY.replace(hour=0) + timedelta(days=2)
    people.close_office(administrator.officer, unit, starts, starts + timedelta(days=1), "ngập nước")
    worker.drain()
    assert Dossier.objects.get(pk=ours.pk).due_at == ours.due_at + timedelta(days=1)
    assert Dossier.objects.get(pk=theirs.pk).due_at == theirs.due_at
