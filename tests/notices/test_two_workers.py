"""Several workers at one queue, and one that is killed (real processes, real commits, both data bases; R30)."""

import json
import time

from tests.databases import IsolatedDatabase

FILE = {"MOTCUA_SMS": "file"}
QUEUE = """INSERT INTO notices_message
    (entry_id, dossier_id, unit_id, event, channel, recipient, subject, text, state, reason, attempts, due_at,
     last_error, created_at)
    SELECT MIN(e.id), d.id, d.unit_id, 'hand_over', 'sms', '0905000999', '', d.code, 'queued', '', 0, d.received_at,
     '', d.received_at
    FROM dossiers_dossier d JOIN journal_entry e ON e.subject = 'dossier:' || d.id
    WHERE d.id IN (SELECT id FROM dossiers_dossier ORDER BY id LIMIT %s)
    GROUP BY d.id, d.unit_id, d.code, d.received_at"""

OURS = "FROM notices_message WHERE event = 'hand_over'"
"""A worker also tells what comes up by the clock."""


def lines(database: IsolatedDatabase) -> list[dict[str, str]]:
    file = database.home / "sms.jsonl"
    return (
        [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    )


def test_nothing_is_sent_twice_and_nothing_is_left(isolated_database: IsolatedDatabase) -> None:
    isolated_database.sql(QUEUE, 60)
    crew = isolated_database.start_python("tests.notices.crew", **FILE)
    assert crew.wait(timeout=60) == 0, isolated_database.log.read_text()
    sent = [line["text"] for line in lines(isolated_database)]
    assert len(sent) == len(set(sent)) == 60
    assert isolated_database.sql("SELECT state, max(attempts) FROM notices_message GROUP BY state") == [
        ("sent", 1)
    ]


def test_what_a_killed_worker_had_in_its_hands_goes_out_under_the_same_name(
    isolated_database: IsolatedDatabase,
) -> None:
    """At least once: the gateway had it, the worker could not say so. The reference tells that it is one message."""
    database = isolated_database
    database.sql("UPDATE journal_reaction SET done_at = due_at")
    database.sql(QUEUE, 1)
    mortal = database.start_python("tests.notices.mortal", **FILE)
    end = time.monotonic() + 60
    while not (database.home / "in-the-middle").exists():
        assert time.monotonic() < end, database.log.read_text()
        time.sleep(0.05)
    mortal.kill()
    mortal.wait()
    assert database.sql(f"SELECT state, attempts {OURS}") == [("queued", 1)]
    time.sleep(1)  # the lease runs out
    worker = database.start("worker", **FILE)
    while database.sql(f"SELECT state {OURS}") != [("sent",)]:
        assert time.monotonic() < end, database.log.read_text()
        time.sleep(0.05)
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    first, second = lines(database)
    assert first["reference"] == second["reference"]
    assert (database.home / "sms.jsonl").stat().st_mode & 0o077 == 0
