"""Two workers at midnight, as processes of their own, on PostgreSQL: each day is sealed once, and both end well (R27)."""

import time

import pytest

from tests.databases import IsolatedDatabase
from tests.nursery import Forked

pytestmark = pytest.mark.postgres
DAYS = 30

SEALER = "tests.journal.sealer"


def ended(database: IsolatedDatabase, *processes: Forked) -> list[int]:
    """How many days each has sealed, fewest first."""
    for process in processes:
        assert process.wait(timeout=120) == 0
    lines = database.log.read_text().splitlines()
    return sorted(int(line.removeprefix("made ")) for line in lines if line.startswith("made "))


def sealed(database: IsolatedDatabase) -> int:
    [(days, different)] = database.sql("SELECT count(*), count(DISTINCT day) FROM journal_sealedday")
    assert days == different
    return int(days)


def test_who_comes_second_waits_and_leaves_the_day_to_the_first(isolated_database: IsolatedDatabase) -> None:
    """The first has sealed today and has not committed; the second wants the same day."""
    held = isolated_database.home / "held"
    first = isolated_database.start_python(SEALER, 1, held)
    while not held.exists():
        assert first.poll() is None
        time.sleep(0.01)
    second = isolated_database.start_python(SEALER, DAYS)
    while not isolated_database.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' LIMIT 1"):
        assert second.poll() is None
        time.sleep(0.01)
    held.with_suffix(".go").touch()
    assert ended(isolated_database, first, second) == [0, 1]
    assert sealed(isolated_database) == 1
    assert "1 days are sealed" in isolated_database.run("verify").stdout


def test_four_at_once_seal_each_day_once(isolated_database: IsolatedDatabase) -> None:
    """Whoever loses a day stops, the others go on: at the end none is missing, and each follows the one before."""
    made = ended(isolated_database, *(isolated_database.start_python(SEALER, DAYS) for _ in range(4)))
    assert len(made) == 4
    assert sum(made) == sealed(isolated_database) == DAYS
    assert f"{DAYS} days are sealed" in isolated_database.run("verify").stdout
