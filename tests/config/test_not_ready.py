"""A data base that is not there, or not brought up to date, is said in one line too (docs/commands.md)."""

from pathlib import Path

import pytest

from tests.databases import IsolatedDatabase


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("sqlite:///{home}/new.sqlite3", "motcua migrate"),
        ("sqlite:///{home}/no/such/folder/new.sqlite3", "unable to open"),
        ("postgresql://nobody@/nothing?host={home}", "connection"),
    ],
    ids=["never migrated", "no folder", "no server"],
)
def test_what_is_not_ready_is_said_in_one_line(tmp_path: Path, url: str, word: str) -> None:
    nowhere = IsolatedDatabase(url.format(home=tmp_path), tmp_path)
    done = nowhere.run("verify", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert word in done.stderr
