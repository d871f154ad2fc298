"""The data base itself refuses to change or delete an entry (R27), whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.journal.actions import record
from motcua.journal.models import Entry
from tests.cast import MONDAY
from tests.databases import ON_POSTGRES

pytestmark = pytest.mark.django_db
COLUMNS = "id, chain, number, kind, subject, facts, actor_id, at, recorded_at, previous_hash, hash"
ONLY_SQLITE = pytest.mark.skipif(ON_POSTGRES, reason="SQLite's own words")
ONLY_POSTGRES = pytest.mark.skipif(not ON_POSTGRES, reason="PostgreSQL's own words")


@pytest.fixture
def entry() -> Entry:
    return record(
        chain="T1", kind="test.happened", subject="test:1", facts={"n": 1}, actor_id=None, at=MONDAY
    )


def refused(statement: str, *values: object) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def unchanged(entry: Entry) -> bool:
    return list(Entry.objects.filter(chain="T1").values_list("pk", "facts")) == [(entry.pk, entry.facts)]


def test_an_update_is_refused(entry: Entry) -> None:
    refused("UPDATE journal_entry SET facts = '{}' WHERE id = %s", entry.pk)
    assert unchanged(entry)


def test_an_update_that_changes_nothing_is_refused_too(entry: Entry) -> None:
    refused("UPDATE journal_entry SET facts = facts")


def test_a_delete_is_refused(entry: Entry) -> None:
    refused("DELETE FROM journal_entry WHERE id = %s", entry.pk)
    assert unchanged(entry)


def test_the_programs_own_words_are_refused_too(entry: Entry) -> None:
    for act in (entry.delete, entry.save, lambda: Entry.objects.filter(pk=entry.pk).update(number=2)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert unchanged(entry)


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("pk", "number"), [("id", "7"), ("NULL", "number")], ids=["same id", "same place in the chain"]
)
def test_an_insert_that_replaces_is_refused(entry: Entry, pk: str, number: str) -> None:
    """SQLite deletes what stands in the way without asking the guard of DELETE."""
    columns = COLUMNS.replace("id,", f"{pk},", 1).replace("number", number).replace("facts", "'{}'")
    refused(f"INSERT OR REPLACE INTO journal_entry ({COLUMNS}) SELECT {columns} FROM journal_entry")
    assert unchanged(entry)


@ONLY_POSTGRES
def test_an_insert_that_updates_is_refused(entry: Entry) -> None:
    refused(
        f"INSERT INTO journal_entry ({COLUMNS}) SELECT {COLUMNS} FROM journal_entry"
        " ON CONFLICT (id) DO UPDATE SET facts = '{}'"
    )


@ONLY_POSTGRES
def test_a_truncate_is_refused(entry: Entry) -> None:
    refused("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_entry CASCADE")
    assert unchanged(entry)
