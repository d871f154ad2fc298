"""A worker is killed in the middle of its work; another does it, once (kill -9, real processes, both data bases)."""

import time
from collections.abc import Callable

from tests.databases import IsolatedDatabase

RECEIPTS = "SELECT count(*), count(DISTINCT dossier_id) FROM papers_issuedpaper WHERE form = '01'"
OWED = "SELECT count(*) FROM journal_reaction WHERE handler = 'papers.receipt' AND done_at IS NULL"
"""A worker also does what comes back by the clock, and what comes of that."""


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def test_no_receipt_is_lost_or_doubled(isolated_database: IsolatedDatabase) -> None:
    database = isolated_database
    keep = "SELECT id FROM journal_reaction WHERE handler = 'papers.receipt' ORDER BY id LIMIT 3"
    database.sql(f"DELETE FROM journal_reaction WHERE id NOT IN (SELECT id FROM ({keep}) AS kept)")
    mortal = database.start_python("tests.journal.mortal")
    wait((database.home / "in-the-middle").exists)
    mortal.kill()
    mortal.wait()
    assert database.sql(RECEIPTS) == [(0, 0)], "what a killed worker had not committed is not there"
    assert database.sql(OWED) == [(3,)]

    worker = database.start("worker")
    wait(lambda: database.sql(OWED) == [(0,)])
    worker.terminate()
    assert worker.wait(timeout=10) == 0, "a worker stops when told to"
    assert database.sql(RECEIPTS) == [(3, 3)]
    assert database.sql("SELECT max(attempts) FROM journal_reaction WHERE handler = 'papers.receipt'") == [
        (2,)
    ]
    assert "chains hold" in database.run("verify").stdout
