"""`motcua serve`: the web server and its worker live and end together."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.databases import IsolatedDatabase, leaves_children

OWED = "SELECT count(*) FROM journal_reaction WHERE done_at IS NULL"


def wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def workers(parent: int) -> list[int]:
    """Process ids of the workers that a process has started."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.usefixtures("server")
def test_a_killed_worker_is_replaced_and_the_next_one_works(isolated_database: IsolatedDatabase) -> None:
    """The fixture ends it with SIGTERM, and sees that nothing is left behind."""
    [motcua] = isolated_database.processes
    wait(lambda: workers(motcua.pid))
    [first] = workers(motcua.pid)
    os.kill(first, signal.SIGKILL)
    wait(lambda: workers(motcua.pid) not in ([], [first]))
    assert len(workers(motcua.pid)) == 1
    isolated_database.sql("UPDATE journal_reaction SET done_at = NULL, due_at = '2019-01-01 00:00:00'")
    owed = isolated_database.sql(OWED)
    wait(lambda: isolated_database.sql(OWED) < owed)


def test_when_the_web_server_cannot_start_the_command_ends(isolated_database: IsolatedDatabase) -> None:
    """With a status that who watches over it understands, and without a worker left behind."""
    process = isolated_database.start("serve", "--host", "203.0.113.1", "--port", 1)
    assert process.wait(timeout=60) != 0
    assert not leaves_children(process)
