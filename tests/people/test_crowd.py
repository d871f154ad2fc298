"""Administrators at once, in processes of their own, on PostgreSQL: one account, one counter, and somebody stays."""

import json

import pytest

from tests.databases import IsolatedDatabase


@pytest.mark.postgres
def test_eight_at_once_leave_one_of_each_and_one_administrator(isolated_database: IsolatedDatabase) -> None:
    """R20, R27: two who end each other are not both gone; no name, number or code is there twice; the chains hold."""
    status = isolated_database.start_python("tests.people.crowd").wait(timeout=120)
    lines = isolated_database.log.read_text().splitlines()
    assert status == 0, lines[-30:]
    said = [json.loads(line) for line in lines if line.startswith("{")]
    done = sorted(row["what"] for row in said if not row["refused"])
    assert done == ["appoint", "counter", "end", "identify"]
    assert len(said) == 8
    staying = isolated_database.sql(
        "SELECT count(*) FROM people_grant g JOIN people_user u ON u.id = g.user_id "
        "WHERE g.role = 'administrator' AND g.valid_to IS NULL AND u.is_active"
    )
    assert staying == [(1,)]
    assert isolated_database.sql("SELECT count(*) FROM people_user WHERE username = 'cung.luc'") == [(1,)]
    isolated_database.run("verify")
