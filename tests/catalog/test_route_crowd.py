"""Two at once, on PostgreSQL: nobody adapts a template that is being replaced, and no change is passed over."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.databases import IsolatedDatabase
from tests.nursery import Forked

pytestmark = pytest.mark.postgres

ADMIN, PROVINCE, UNIT = "vanphong.phuocvinh", "quantri", "19798"


def crowd(database: IsolatedDatabase, *words: object) -> Forked:
    return database.start_python("tests.catalog.route_crowd", *words)


def ended(*processes: Forked) -> None:
    for process in processes:
        assert process.wait(timeout=120) == 0


def said(database: IsolatedDatabase) -> dict[str, Any]:
    rows = [json.loads(line) for line in database.log.read_text().splitlines() if line.startswith("{")]
    return {row["what"]: row for row in rows}


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def waits(database: IsolatedDatabase) -> None:
    """Until somebody waits for a lock."""
    deadline = time.monotonic() + 60
    while not database.sql(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    ):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_nobody_adapts_a_template_that_is_being_replaced(
    isolated_database: IsolatedDatabase, tmp_path: Path
) -> None:
    """R13: the second waits for the first and meets the new template, not the one on its page."""
    database = isolated_database
    shown = database.sql(
        "SELECT r.id FROM catalog_route r JOIN catalog_procedureversion v ON v.id = r.version_id "
        "JOIN catalog_procedure p ON p.id = v.procedure_id WHERE p.code = '1.004837' AND r.unit_id IS NULL"
    )[0][0]
    hold = tmp_path / "hold"
    first = crowd(database, "draw", PROVINCE, "--hold", hold)
    wait_for(hold)
    second = crowd(database, "adapt", ADMIN, shown)
    waits(database)
    hold.with_suffix(".go").touch()
    ended(first, second)
    told = said(database)
    assert told["draw"]["refused"] == ""
    assert "vừa đổi" in told["adapt"]["refused"]
    assert database.sql("SELECT count(*) FROM catalog_route WHERE unit_id IS NOT NULL") == [(0,)]


def test_no_change_is_passed_over_because_a_later_one_was_seen_first(
    isolated_database: IsolatedDatabase, tmp_path: Path
) -> None:
    """Changes become visible in the order of their keys: who confirms meanwhile has seen neither."""
    database = isolated_database
    hold = tmp_path / "hold"
    first = crowd(database, "withdraw", PROVINCE, "1.004837", "--hold", hold)
    wait_for(hold)
    second = crowd(database, "withdraw", PROVINCE, "2.000815")
    waits(database)
    ended(crowd(database, "confirm", ADMIN))
    hold.with_suffix(".go").touch()
    ended(first, second)
    assert said(database)["confirm"]["done"] == 0
    assert database.sql("SELECT count(*) FROM catalog_change") == [(2,)]
    ended(crowd(database, "confirm", ADMIN))
    assert said(database)["confirm"]["done"] == 2
