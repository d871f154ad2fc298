"""Any sequence of acts, by anybody, in any order: what must be true of a dossier is true after each of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from motcua.catalog.models import PaperRequirement
from motcua.dossiers import actions, apology_check
from motcua.dossiers.actions import Act, Brought, Scan, Wanted
from motcua.dossiers.models import Dossier, ReceivedPaper
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal.errors import Refused
from motcua.people.models import Field, Grant
from motcua.results import actions as results
from motcua.results import faults
from motcua.results.actions import ResultFacts
from motcua.results.faults import Recall
from motcua.rules.workflow import State
from tests.cast import BIRTH, GUARDIANSHIP, MONDAY, Played, played, received
from tests.databases import ON_POSTGRES
from tests.dossiers.lives import HERSELF, PAPER, Desk, stored, trace

UNIT = "19798"
ACTS: dict[str, Callable[[Act, int, str], Any]] = {
    "forward": lambda act, pk, words: actions.forward(act, pk, words=words),
    "send_back": lambda act, pk, words: actions.send_back(act, pk, words=words),
    "take": lambda act, pk, _words: actions.take(act, pk),
    "note": lambda act, pk, words: actions.note(act, pk, words=words),
    "approve": lambda act, pk, words: actions.approve(act, pk, words=words),
    "finish": lambda act, pk, words: actions.finish(act, pk, words=words),
    "result": lambda act, pk, _words: results.record(act, pk, PAPER),
    "approve with its result": lambda act, pk, words: results.approve(act, pk, words=words),
    "hand over": lambda act, pk, _words: results.hand_over(act, pk, HERSELF),
    "ask": lambda act, pk, words: actions.ask_supplement(act, pk, wanted(pk), reason=words or "Thiếu."),
    "ask again": lambda act, pk, words: actions.propose_supplement(
        act, pk, wanted(pk), reason=words or "Mờ."
    ),
    "permit": lambda act, pk, words: actions.permit_supplement(act, pk, words=words),
    "decline": lambda act, pk, words: actions.decline_supplement(act, pk, words=words),
    "bring": lambda act, pk, _words: actions.resume(act, pk, brought(pk)),
    "withdraw": lambda act, pk, words: actions.withdraw(act, pk, words=words),
    "refuse": lambda act, pk, words: results.record(act, pk, ResultFacts(refusal=words)),
    "recall": lambda act, pk, words: faults.recall(act, pk, Recall(words)),
    "reissue": lambda act, pk, _words: faults.reissue(act, pk, PAPER),
    "scan": lambda act, pk, words: actions.scan(act, pk, [Scan(_paper(pk), None, words)]),
}


def first_paper(pk: int) -> PaperRequirement:
    return Dossier.objects.get(pk=pk).version.papers.filter(is_note=False).order_by("position")[0]


def wanted(pk: int) -> tuple[Wanted, ...]:
    return (Wanted(first_paper(pk).pk, "Mờ."),)


def brought(pk: int) -> tuple[Brought, ...]:
    return (Brought(first_paper(pk).pk, "original", 1),)


SENSIBLE = ("bring", "forward", "result", "approve with its result", "reissue", "hand over")
"""Else random people would hardly ever bring a dossier to its end."""


def _paper(dossier_id: int) -> int:
    return ReceivedPaper.objects.filter(dossier=dossier_id).latest("pk").pk


class Lives(RuleBasedStateMachine):
    people: tuple[Played, ...]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now = MONDAY
        self.dossiers: list[Dossier] = []
        self.decided: dict[int, tuple[Any, ...]] = {}
        self.due: dict[int, datetime] = {}

    @initialize()
    def begin(self) -> None:
        self.receive(forward=True, birth=False)

    @rule(minutes=st.integers(1, 3000))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: len(self.dossiers) < 3)
    @rule(forward=st.booleans(), birth=st.booleans())
    def receive(self, *, forward: bool, birth: bool) -> None:
        code = BIRTH if birth else GUARDIANSHIP
        self.dossiers.append(received(self.people[0], code, self.now, forward=forward))
        self.due[self.dossiers[-1].pk] = self.dossiers[-1].due_at
        self.look_at(self.dossiers[-1])

    @rule(
        which=st.integers(0, 2),
        name=st.sampled_from([*ACTS, *SENSIBLE, *SENSIBLE]),
        who=st.integers(0, 4),
        words=st.sampled_from(["", "Thiếu chữ ký."]),
        late=st.sampled_from([0, 0, 0, 1]),
    )
    def act(self, which: int, name: str, who: int, words: str, late: int) -> None:
        dossier = stored(self.dossiers[which % len(self.dossiers)])
        before = trace(dossier)
        act = self.people[who].act(self.now, revision=dossier.revision - late)
        try:
            ACTS[name](act, dossier.pk, words)
        except Refused:
            assert trace(dossier) == before
        else:
            assert not late
            self.look_at(dossier)

    @rule(days=st.sampled_from([0, 0, 40]))
    def night(self, days: int) -> None:
        """What the software does by itself."""
        self.now += timedelta(days=days)
        actions.watch_supplements(self.now)
        for dossier in self.dossiers:
            self.look_at(dossier)

    @rule(which=st.integers(0, 2))
    def next_of_its_way(self, which: int) -> None:
        """What would be done now by the right person, whoever that is."""
        dossier = stored(self.dossiers[which % len(self.dossiers)])
        for name in SENSIBLE:
            for who in self.people:
                try:
                    ACTS[name](who.act(self.now), dossier.pk, "")
                except Refused:
                    continue
                return self.look_at(dossier)
        assert stored(dossier).state == State.RETURNED
        return None

    def look_at(self, dossier: Dossier) -> None:
        now = stored(dossier)
        open_steps = list(now.steps.filter(closed_at=None))
        assert [step.pk for step in open_steps] == ([] if now.state == State.RETURNED else [now.step_id])
        numbers = list(now.moves.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, now.revision + 1))
        is_over = now.state in (State.DONE, State.RETURNED)
        assert bool(now.finished_at) == bool(now.punctuality) == bool(now.outcome) == is_over
        assert bool(now.returned_at) == (now.state == State.RETURNED)
        assert bool(now.paused_at) == (now.state == State.WAITING) == (now.step_kind == "supplement")
        assert now.received_at == dossier.received_at
        # A supplement may give new time, and only one that was asked before the time was over.
        in_time = [row for row in now.asked.all() if row.answered_at and row.asked_at <= self.due[now.pk]]
        assert now.due_at == self.due[now.pk] or in_time
        assert now.due_at >= self.due[now.pk]
        self.due[now.pk] = now.due_at
        asked = now.asked.filter(asked_at__isnull=False)
        assert now.supplements == asked.count()
        assert not asked.filter(number__gt=1, permitted_by=None).exists()
        if now.finished_at:
            once = (now.finished_at, now.punctuality, now.outcome)
            assert self.decided.setdefault(now.pk, once) == once

    def teardown(self) -> None:
        try:
            book = Dossier.objects.filter(unit__code=UNIT).order_by("register_number")
            years = {
                year: list(rows)
                for year, rows in groupby(
                    book.values_list("register_year", "register_number").order_by(
                        "register_year", "register_number"
                    ),
                    key=itemgetter(0),
                )
            }
            over = book.exclude(finished_at=None)
            assert over.count() + book.filter(state__in=["processing", "waiting"]).count() == book.count()
            for rows in years.values():
                assert [number for _year, number in rows] == list(range(1, len(rows) + 1))
            assert journal.first_break(UNIT) is None
            assert list(disagreements(UNIT)) == []
            assert list(apology_check.disagreements(UNIT)) == []
        finally:
            transaction.savepoint_rollback(self.savepoint)


@pytest.mark.django_db
def test_whatever_people_do_the_record_is_whole(desk: Desk, outsider: Played) -> None:
    """R15, R27, R41."""
    Grant.objects.get(user=desk.other.user).fields.add(Field.objects.get(name="Tư pháp - Hộ tịch"))
    colleague = played(desk.other.user.username)  # two of the field: there is a pool, and taking from it

    class Here(Lives):
        people = (desk.clerk, desk.specialist, colleague, desk.leader, outsider)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=5 if ON_POSTGRES else 15,  # the same Python; what SQL may differ is asked at once
            stateful_step_count=24,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
