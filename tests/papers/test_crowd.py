"""Many at once, in processes of their own, on PostgreSQL: one paper, one closing, whoever comes first."""

import json

import pytest

from tests.databases import IsolatedDatabase


@pytest.mark.postgres
def test_four_who_print_and_close_at_once_have_one_paper_and_one_closing(
    isolated_database: IsolatedDatabase,
) -> None:
    """R40, R41"""
    assert isolated_database.start_python("tests.papers.crowd", "4").wait(timeout=120) == 0
    lines = isolated_database.log.read_text().splitlines()
    said = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(said) == 4
    assert len({row["receipt"] for row in said}) == 1
    assert [row["book"] for row in said].count(None) == 3
    told = "SELECT kind, count(*) FROM journal_entry WHERE facts LIKE %s OR kind = %s GROUP BY kind"
    dossier = isolated_database.sql("SELECT max(id) FROM dossiers_dossier")[0][0]
    rows = isolated_database.sql(told, f'%"about":"dossier:{dossier}"%', "register.closed")
    assert sorted(rows) == [("paper.issued", 1), ("register.closed", 1)]
    isolated_database.run("verify")
