"""Work that comes back by the clock: once for each turn, whoever is quicker, and again after a failure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.journal import periodic
from motcua.journal.models import Periodic
from tests.cast import MONDAY

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def known(db, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(periodic, "_known", {})
    with time_machine.travel(MONDAY, tick=False):
        yield


def turns(name: str = "test.work", *, fails: bool = False) -> list[datetime]:
    done: list[datetime] = []

    def handler(now: datetime) -> None:
        done.append(now)
        if fails:
            raise RuntimeError("Nguyễn Văn A")

    periodic.connect(name, HOUR, handler)
    periodic.enlist()
    return done


def test_what_was_never_done_is_due_and_then_not_before_its_time() -> None:
    done = turns()
    assert periodic.run_one(MONDAY)
    assert not periodic.run_one(MONDAY + HOUR / 2)
    assert periodic.run_one(MONDAY + HOUR)
    assert done == [MONDAY, MONDAY + HOUR]


def test_a_missed_turn_is_made_up_once() -> None:
    done = turns()
    periodic.run_one(MONDAY)
    assert periodic.run_one(MONDAY + 10 * HOUR)
    assert not periodic.run_one(MONDAY + 10 * HOUR)
    assert len(done) == 2


def test_who_is_slower_does_not_get_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    done = turns()

    def meanwhile(now: datetime) -> None:
        done.append(now)
        assert not periodic.run_one(now)  # another worker, while this one is at it

    periodic.connect("test.work", HOUR, meanwhile)
    assert periodic.run_one(MONDAY)
    assert done == [MONDAY]


def test_a_worker_that_died_gives_its_turn_back() -> None:
    done = turns()
    assert periodic._lease(MONDAY) == "test.work"
    assert not periodic.run_one(MONDAY + periodic.LEASE / 2)
    assert periodic.run_one(MONDAY + periodic.LEASE)
    assert len(done) == 1


def test_a_failure_is_kept_without_a_name_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    turns(fails=True)
    other = turns("test.other")
    assert periodic.run_one(MONDAY)
    assert periodic.run_one(MONDAY)
    row = Periodic.objects.get(name="test.work")
    assert (row.last_error, row.ran_at, row.due_at) == ("RuntimeError", None, MONDAY + periodic.AGAIN)
    assert "Nguyễn" not in caplog.text
    assert other == [MONDAY]


def test_enlisting_again_changes_nothing_and_forgotten_work_is_left_alone() -> None:
    turns()
    periodic.run_one(MONDAY)
    Periodic.objects.create(name="test.of_an_older_version")
    periodic.enlist()
    assert not periodic.run_one(MONDAY)
