"""What somebody with the data base's password could do: take the guards away, then change rows."""

from typing import Any

from django.db import connection

from motcua.journal.actions import hash_of
from motcua.journal.models import Entry


def disarm(*tables: str) -> None:
    """In the test's transaction: the guards are back when it is rolled back."""
    with connection.cursor() as cursor:
        for table in tables or ("journal_entry",):
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                continue
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def change(entry: Entry, **values: Any) -> Entry:
    Entry.objects.filter(pk=entry.pk).update(**values)
    return Entry.objects.get(pk=entry.pk)


def rehash(entry: Entry) -> Entry:
    """Give an altered entry the hash that goes with its contents."""
    return change(entry, hash=hash_of(entry))


def remove(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_reaction WHERE entry_id = %s", [entry.pk])
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entry.pk])


def put_in(number: int, *, after: Entry, **values: Any) -> Entry:
    """A made-up entry, well chained to the one before it."""
    entry = Entry(
        chain=after.chain,
        number=number,
        kind="test.made_up",
        subject="test:9",
        facts="{}",
        at=after.at,
        recorded_at=after.recorded_at,
        previous_hash=after.hash,
    )
    entry.hash = hash_of(entry)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(force_insert=True)
    return entry


def move_on(entries: list[Entry], by: int) -> None:
    """Renumber, from the last one down so that no number is there twice."""
    for entry in reversed(entries):
        change(entry, number=entry.number + by)
