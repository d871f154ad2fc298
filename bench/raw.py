"""The same life written by hand in SQL: what the actions would cost if they asked, checked and computed nothing.

Each act is one transaction of prepared statements, with the rows, row versions and locks of the real act; only the
reading is left out, and the deciding. How an act changed the rows is taken from a real life, act by act.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import psycopg
from django.db import connection as django_connection
from django.utils import timezone

from bench.province import Day, Desk, common, last_monday, onward, reception
from bench.rows import (
    Head,
    Hole,
    Row,
    Values,
    chain_it,
    moment,
    moments,
    number_it,
    of_applicant,
    of_desk,
    rows_of,
)
from motcua.catalog.models import ProcedureVersion
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act
from motcua.rules.numbering import dossier_code

COUNT_UP = """
INSERT INTO dossiers_counter (unit_id, series, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, series) DO UPDATE SET last = dossiers_counter.last + 1 RETURNING last
"""
LOCK_DOSSIER = "SELECT revision FROM dossiers_dossier WHERE id = %s FOR UPDATE"
LOCK_HEAD = "SELECT number, hash FROM journal_head WHERE chain = %s FOR UPDATE"
MOVE_HEAD = "UPDATE journal_head SET number = %s, hash = %s WHERE chain = %s"
SOMEBODY = "ON CONFLICT (id_number) WHERE NOT id_number = '' DO UPDATE SET updated_at = excluded.updated_at"
HELD = ("step_id", "step_kind", "step_due_at", "assignee_id", "revision")
"""Columns of a new dossier that can only be written once its first step is there."""
EMPTY = {"step_kind": "", "revision": 0}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values in order; a Hole is filled when it runs. `gives` is the hole its answer fills."""

    sql: str
    values: tuple[Any, ...]
    gives: str = ""

    @classmethod
    def insert(cls, rows: list[Row], conflict: str = "") -> Self:
        row = rows[0]
        columns = [column for column in row.cells if column != "id"]
        marks = ", ".join(f"({', '.join(['%s'] * len(columns))})" for _row in rows)
        names = ", ".join(f'"{column}"' for column in columns)
        sql = f"INSERT INTO {row.table} ({names}) VALUES {marks} {conflict} RETURNING id"
        values = tuple(row.cells[column] for row in rows for column in columns)
        return cls(sql, values, row.key if len(rows) == 1 else "")

    @classmethod
    def update(cls, row: Row, changes: dict[str, Any], *, revision: int | None = None) -> Self:
        sets = ", ".join(f'"{column}" = %s' for column in changes)
        sql, values = f"UPDATE {row.table} SET {sets} WHERE id = %s", (*changes.values(), Hole(row.key))
        if revision is not None:
            return cls(f"{sql} AND revision = %s", (*values, revision))
        return cls(sql, values)


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of an act: take the head of the chain, append this entry, move the head."""

    row: Row
    dossier: str
    insert: Statement


Part = Statement | Entry


@dataclass(frozen=True, slots=True)
class Pattern:
    """A life as transactions of parts. The first one begins with numbers and code."""

    transactions: tuple[tuple[Part, ...], ...]
    originals: Values
    received: datetime


# -- from a real life to a pattern --------------------------------------------------------------
def pattern(desk: Desk, version: ProcedureVersion, chance: random.Random, day: Day) -> Pattern:
    """Live one life, looking at the rows after each act."""
    dossier = dossiers.receive(
        Act(desk.clerk, day.at(0)), desk.unit.pk, reception(chance, version, forward=False)
    )
    seen = [rows_of(dossier.pk, desk)]
    dossiers.forward(Act(desk.clerk, day.at(0)), dossier.pk)
    seen.append(rows_of(dossier.pk, desk))
    for act in onward(desk, dossier, day):
        act()
        seen.append(rows_of(dossier.pk, desk))
    acts = [tuple(_parts(before, after)) for before, after in zip([[], *seen[:-1]], seen, strict=True)]
    lock = Statement(LOCK_DOSSIER, (Hole(f"dossiers_dossier:{dossier.pk}"),))
    later = [(lock, *act) for act in acts[2:]]
    originals = {key: moment(at) for key, at in moments(seen[-1]).items()}
    return Pattern((acts[0] + acts[1], *later), originals, dossier.received_at)


def _parts(before: list[Row], after: list[Row]) -> Iterator[Part]:
    """What one act wrote, in the order in which the actions write it."""
    old = {row.key: row for row in before}
    made = {
        table: [row for row in after if row.table == table and row.key not in old] for table in _tables(after)
    }
    dossier = next(row for row in after if row.table == "dossiers_dossier")
    changed = [(row, old[row.key], _changes(old[row.key], row)) for row in after if row.key in old]
    if made["dossiers_dossier"]:
        yield from (Statement.insert([row], SOMEBODY) for row in made["people_person"])
        yield Statement.insert([_without_step(dossier)])
        if papers := made["dossiers_receivedpaper"]:
            yield Statement.insert(papers)
    yield from (Statement.update(row, now) for row, _old, now in changed if now and row is not dossier)
    yield from (
        Statement.insert([row]) for table in ("dossiers_step", "results_result") for row in made[table]
    )
    if made["dossiers_dossier"]:
        yield Statement.update(dossier, {name: dossier.cells[name] for name in HELD}, revision=0)
    yield from (
        Statement.update(row, now, revision=was.cells["revision"])
        for row, was, now in changed
        if now and row is dossier
    )
    yield from (Entry(row, dossier.key, Statement.insert([row])) for row in made["journal_entry"])
    for table in ("journal_reaction", "dossiers_move", "results_handover"):
        yield from (Statement.insert([row]) for row in made[table])


def _tables(rows: list[Row]) -> set[str]:
    return {row.table for row in rows} | {"results_result", "results_handover", "dossiers_receivedpaper"}


def _changes(before: Row, after: Row) -> dict[str, Any]:
    return {column: cell for column, cell in after.cells.items() if before.cells[column] != cell}


def _without_step(dossier: Row) -> Row:
    held = {name: EMPTY.get(name) for name in HELD}
    return Row(dossier.table, dossier.key, dossier.cells | held)


# -- writing lives ------------------------------------------------------------------------------
class Writer:
    """One desk's lives by raw SQL, over a connection of its own."""

    def __init__(self, desk: Desk, chance: random.Random, connection: psycopg.Connection[Any]) -> None:
        self.desk, self.chance, self.cursor, self.connection = desk, chance, connection.cursor(), connection
        self.constants = of_desk(desk)

    def live(self, life: Pattern) -> None:
        values = self.constants | life.originals | of_applicant(self.chance)
        self._number(values, life.received)
        for transaction in life.transactions:
            for part in transaction:
                if isinstance(part, Entry):
                    self._append(part, values)
                else:
                    self._run(part, values)
            self.connection.commit()

    def _number(self, values: Values, received: datetime) -> None:
        day = timezone.localtime(received).date()
        number = self.execute(COUNT_UP, (values["unit"], day.isoformat()))[0]
        code = dossier_code(self.desk.identifier, day, number)
        number_it(values, code, day.year, self.execute(COUNT_UP, (values["unit"], str(day.year)))[0])

    def _append(self, entry: Entry, values: Values) -> None:
        head = Head(*self.execute(LOCK_HEAD, (values["chain"],)))
        chain_it(values, entry.row, entry.dossier, head)
        self._run(entry.insert, values)
        self.cursor.execute(MOVE_HEAD, (head.number, head.hash, values["chain"]), prepare=True)

    def _run(self, part: Statement, values: Values) -> None:
        filled = [values[cell.key] if isinstance(cell, Hole) else cell for cell in part.values]
        self.cursor.execute(part.sql, filled, prepare=True)
        if part.gives:
            values[part.gives] = self.cursor.fetchone()[0]  # type: ignore[index]

    def execute(self, sql: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self.cursor.execute(sql, values, prepare=True).fetchone()
        if row is None:
            raise LookupError(sql)
        return row


def connect(**options: Any) -> psycopg.Connection[Any]:
    """A connection like Django's, to the same data base."""
    settings = django_connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    return psycopg.connect(**{name: settings[name] for name in names if settings.get(name)}, **options)


def patterns(desk: Desk, chance: random.Random) -> list[Pattern]:
    return [pattern(desk, version, chance, last_monday()) for version in common(desk)]
