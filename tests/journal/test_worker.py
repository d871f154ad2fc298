"""The worker: each reaction once, in a transaction of its own; tried again later when it fails, and seen."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from motcua.journal import periodic, queries, reactions, worker
from motcua.journal.actions import record, retry
from motcua.journal.models import Entry, Head, Reaction
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
SECRET = "Nguyễn Thị Thử, 046199000999"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the entries that the one handler was called for."""
    calls: list[int] = []
    monkeypatch.setattr(reactions, "_handlers", {})
    monkeypatch.setattr(reactions, "_by_kind", {})
    reactions.connect("test.happened", "test.hear", lambda entry: calls.append(entry.number))
    return calls


@pytest.fixture
def failing(heard: list[int]) -> set[int]:
    """Numbers of the entries at which the handler fails, after it has written something."""
    broken = {1}

    def fail(entry: Entry) -> None:
        heard.append(entry.number)
        Head.objects.create(chain=f"written by {entry.number}")
        if entry.number in broken:
            raise ValueError(SECRET)

    reactions._handlers["test.hear"] = fail
    return broken


def tell() -> Reaction:
    entry = record(chain="T1", kind="test.happened", subject="test:1", facts={}, actor_id=None, at=MONDAY)
    return Reaction.objects.get(entry=entry)


def now(reaction: Reaction) -> Reaction:
    return Reaction.objects.get(pk=reaction.pk)


def test_a_reaction_is_done_once(heard: list[int]) -> None:
    reaction = tell()
    assert (worker.drain(), worker.drain()) == (1, 0)
    assert heard == [1]
    assert (now(reaction).done_at, now(reaction).attempts) == (MONDAY, 1)


def test_the_longest_due_comes_first(heard: list[int]) -> None:
    late, later = tell(), tell()
    Reaction.objects.filter(pk=late.pk).update(due_at=MONDAY - timedelta(seconds=1))
    Reaction.objects.filter(pk=later.pk).update(due_at=MONDAY - timedelta(seconds=2))
    worker.drain()
    assert heard == [2, 1]


def test_what_is_not_due_waits(heard: list[int], clock: time_machine.Traveller) -> None:
    reaction = tell()
    Reaction.objects.filter(pk=reaction.pk).update(due_at=MONDAY + timedelta(seconds=1))
    assert worker.drain() == 0
    clock.shift(1)
    assert worker.drain() == 1


# -- failing --------------------------------------------------------------------------------------
def test_a_failure_is_tried_again_ever_later_and_at_last_given_up(
    failing: set[int], heard: list[int], clock: time_machine.Traveller
) -> None:
    reaction = tell()
    waits = []
    while worker.drain():
        waits.append((now(reaction).due_at - timezone.now()).total_seconds())
        clock.move_to(now(reaction).due_at)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert len(heard) == worker.MOST_ATTEMPTS == 8
    assert now(reaction).failed_at is not None
    clock.shift(timedelta(days=30))
    assert worker.drain() == 0


def test_before_its_time_a_failure_is_not_tried(failing: set[int], clock: time_machine.Traveller) -> None:
    tell()
    worker.drain()
    clock.shift(timedelta(seconds=2, microseconds=-1))
    assert worker.drain() == 0


def test_what_was_given_up_is_seen_and_can_be_tried_again(failing: set[int]) -> None:
    reaction = tell()
    Reaction.objects.filter(pk=reaction.pk).update(attempts=worker.MOST_ATTEMPTS - 1)
    worker.drain()
    assert [row.pk for row in queries.given_up()] == [reaction.pk]
    assert now(reaction).last_error == "ValueError"
    failing.clear()  # mended
    retry(reaction.pk)
    assert queries.given_up() == []
    assert (now(reaction).attempts, worker.drain()) == (0, 1)
    assert (now(reaction).done_at, now(reaction).last_error) == (MONDAY, "")


def test_only_what_was_given_up_is_tried_again(heard: list[int]) -> None:
    reaction = tell()
    worker.drain()
    retry(reaction.pk)
    assert worker.drain() == 0
    assert heard == [1]


def test_what_a_failed_handler_wrote_is_undone(failing: set[int]) -> None:
    tell()
    worker.drain()
    assert not Head.objects.filter(chain__startswith="written by").exists()


def test_a_failure_does_not_stop_the_others(failing: set[int]) -> None:
    first, second = tell(), tell()
    assert worker.drain() == 2
    assert (now(first).done_at, now(second).done_at) == (None, MONDAY)


def test_neither_the_log_nor_the_row_tells_whose_it_was(
    failing: set[int], caplog: pytest.LogCaptureFixture
) -> None:
    """An error's text may name a person."""
    reaction = tell()
    with caplog.at_level(logging.DEBUG):
        worker.drain()
    assert "ValueError" in caplog.text
    assert "Nguyễn" not in caplog.text + now(reaction).last_error


def test_a_handler_that_nobody_knows_is_kept_and_seen(heard: list[int]) -> None:
    """A row of an older version, say."""
    reaction = tell()
    Reaction.objects.filter(pk=reaction.pk).update(handler="test.gone")
    assert worker.drain() == 1
    assert (now(reaction).last_error, now(reaction).done_at) == ("KeyError", None)


# -- leases ---------------------------------------------------------------------------------------
def test_a_leased_reaction_is_nobody_elses_until_the_lease_runs_out(
    heard: list[int], clock: time_machine.Traveller
) -> None:
    first, second = tell(), tell()
    taken = worker.lease(timezone.now()), worker.lease(timezone.now())
    assert {reaction and reaction.pk for reaction in taken} == {first.pk, second.pk}
    assert worker.lease(timezone.now()) is None
    clock.shift(worker.LEASE - timedelta(microseconds=1))
    assert worker.lease(timezone.now()) is None
    clock.shift(timedelta(microseconds=1))
    assert worker.drain() == 2
    assert sorted(heard) == [1, 2]


def test_a_reaction_that_kills_its_workers_is_not_tried_for_ever(
    heard: list[int], clock: time_machine.Traveller
) -> None:
    reaction = tell()
    for _ in range(worker.MOST_ATTEMPTS):
        assert worker.lease(timezone.now()) is not None  # and then the worker was gone
        clock.shift(worker.LEASE)
    assert worker.drain() == 1
    assert heard == []
    assert [row.pk for row in queries.given_up()] == [reaction.pk]
    assert now(reaction).last_error == "WorkerDied"


def test_who_was_slower_does_not_get_what_another_took_in_between(heard: list[int]) -> None:
    """Between reading which row is due and taking it, another worker takes it."""
    reaction = tell()
    taken: list[Reaction | None] = []

    def another(execute, sql, *rest):
        if sql.startswith("UPDATE") and not taken:
            taken.append(None)
            taken[0] = worker.lease(timezone.now())
        return execute(sql, *rest)

    with connection.execute_wrapper(another):
        assert worker.lease(timezone.now()) is None
    assert taken == [reaction]
    assert now(reaction).attempts == 1


# -- the loop -------------------------------------------------------------------------------------
@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the loop slept, each time; and it leaves the test's connection alone."""
    slept: list[float] = []
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", slept.append)
    return slept


@pytest.mark.usefixtures("rests")
def test_the_loop_finishes_what_it_began_and_stops(heard: list[int]) -> None:
    tell()
    tell()
    worker.run(lambda: bool(heard))
    assert len(heard) == 1


def test_the_loop_rests_when_nothing_is_due(heard: list[int], rests: list[float]) -> None:
    tell()
    worker.run(lambda: len(rests) == 2)
    assert (heard, rests) == ([1], [worker.PAUSE_SECONDS] * 2)


def test_what_waits_too_long_shows_that_no_worker_runs(
    heard: list[int], clock: time_machine.Traveller
) -> None:
    tell()
    assert queries.owed() == 0
    clock.shift(timedelta(minutes=5, seconds=1))
    assert queries.owed() == 1
    worker.drain()
    assert queries.owed() == 0


def test_periodic_work_does_not_wait_for_a_long_queue(
    heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """R26: an apology that must be drafted in time does not stand behind a thousand receipts."""
    done: list[str] = []
    monkeypatch.setattr(periodic, "_known", {})
    periodic.connect("test.work", timedelta(hours=1), lambda _now: done.append("periodic"))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test's transaction
    for _ in range(3):
        tell()
    worker.run(lambda: len(heard) == 1)
    assert done == ["periodic"]
