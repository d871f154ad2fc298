"""The `motcua` command as scripts outside call it: words, JSON, exit status (docs/commands.md)."""

import json
from pathlib import Path

import pytest

from tests.databases import IsolatedDatabase

ASKED = ("deadline", "--unit", "19798", "--received", "2019-04-26T09:00")


def test_deadline_answers_in_json(isolated_database: IsolatedDatabase) -> None:
    """R16: three working days over a long weekend and a make-up Saturday."""
    done = isolated_database.run(*ASKED, "--limit", "3 working days", "--json")
    answer = json.loads(done.stdout)
    assert answer["due_at"] == "2019-05-04T17:00:00"
    assert answer["limit"] == "3 working days"
    counted = [line["date"] for line in answer["explanation"] if line["counted"]]
    assert counted == ["2019-05-02", "2019-05-03", "2019-05-04"]
    assert all(line["reason"] for line in answer["explanation"])


def test_deadline_by_procedure_and_identifier_in_words(isolated_database: IsolatedDatabase) -> None:
    words = (
        "deadline",
        "--unit",
        "000.19.01.H57",
        "--received",
        "2019-03-04T15:01",
        "--procedure",
        "1.001193",
    )
    assert isolated_database.run(*words).stdout.startswith("17:00, 05/03/2019")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((*ASKED, "--limit", "soon"), 2),
        ((*ASKED,), 2),
        (("deadline", "--unit", "19798", "--received", "yesterday", "--limit", "same day"), 2),
        (("deadline", "--unit", "00000", "--received", "2019-04-26T09:00", "--limit", "same day"), 1),
        (("deadline", "--unit", "19798", "--received", "1999-04-26T09:00", "--limit", "same day"), 1),
        ((*ASKED, "--procedure", "0.000000"), 1),
        (("load-units", "nowhere.csv"), 1),
        (("load-procedures", "nowhere.csv"), 1),
        (("load-units",), 2),
    ],
)
def test_a_refusal_is_one_line_and_a_status(isolated_database: IsolatedDatabase, words, status: int) -> None:
    done = isolated_database.run(*words, check=False)
    assert done.returncode == status
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    if status == 1:
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_demo_again_changes_nothing_and_prints_the_logins(isolated_database: IsolatedDatabase) -> None:
    before = isolated_database.sql("SELECT count(*), max(id) FROM journal_entry")
    done = isolated_database.run("demo", "--no-serve")
    assert isolated_database.sql("SELECT count(*), max(id) FROM journal_entry") == before
    password = (isolated_database.home / "demo-password").read_text().strip()
    lines = [line for line in done.stdout.splitlines() if password in line]
    assert len(lines) == 24
    assert any("tiepnhan.phuocvinh" in line for line in lines)


def test_the_real_files_load_from_the_command_line(isolated_database: IsolatedDatabase) -> None:
    package = Path(__file__).parents[2] / "motcua"
    units = isolated_database.run("load-units", package / "people/data/units.csv")
    assert "0 made, 0 changed, 162 as before" in units.stdout
    procedures = isolated_database.run("load-procedures", package / "catalog/data/procedures.csv")
    assert "0 made, 0 changed, 146 as before" in procedures.stdout
