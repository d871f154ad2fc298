"""A province with a year behind it: many dossiers, quickly, and every row as the actions would have left it.

Some real lives are lived in one unit, to every point where a dossier can lie; their rows are then written again,
whole weeks earlier, for all units, by COPY. Foreign keys are not asked while this goes on: they are right because
they were. Journals are chained as they must be, so `motcua verify` holds afterwards.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import psycopg
from django.utils import timezone
from psycopg import sql

from bench.province import Day, Desk, common, communes, desk_of, onward, receivable, reception
from bench.raw import connect
from bench.rows import (
    TABLES,
    Head,
    Hole,
    Row,
    Values,
    chain_it,
    moments,
    number_it,
    of_applicant,
    rows_of,
)
from motcua.catalog.models import ProcedureVersion
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act
from motcua.dossiers.clock import aware, local
from motcua.people.calendar import calendar_of
from motcua.people.models import UnitIdentifier, User
from motcua.rules.limits import Limit
from motcua.rules.numbering import dossier_code

BIG_UNIT = "19798"
"""A fifth of all dossiers are received here."""
STOPS = {"processing": 6, "approval": 2, "return": 2, "done": 4, "returned": 86}
"""Where the dossiers lie, of a hundred."""
OPEN = ("processing", "approval", "return")
OPEN_WEEKS, WEEKS = 2, 52
AT_ONCE = 5000
"""Dossiers held in memory before they are written."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A life's rows, ready to be written again."""

    rows: tuple[Row, ...]
    entries: tuple[Row, ...]
    lines: tuple[tuple[str, str], ...]
    """Table and its line of COPY, with holes for `%`."""
    dossier: str
    received: datetime
    moments: dict[str, datetime]

    @classmethod
    def of(cls, rows: list[Row], received: datetime) -> Self:
        dossier = next(row for row in rows if row.table == "dossiers_dossier")
        entries = tuple(row for row in rows if row.table == "journal_entry")
        lines = tuple((row.table, _line(row)) for row in rows)
        return cls(tuple(rows), entries, lines, dossier.key, received, moments(rows))


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to write for: its and its officers' ids, and its part of a dossier's code."""

    constants: Values
    identifier: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A dossier to be: which life it repeats, and how much earlier it was."""

    pattern: Pattern
    earlier: timedelta

    @property
    def received(self) -> datetime:
        return self.pattern.received - self.earlier


def fill(total: int) -> None:
    """Write this many dossiers: a fifth into the big unit, the others everywhere else alike."""
    chance = random.Random("fill")
    patterns = _patterns(desk_of(BIG_UNIT), chance)
    places = _places()
    small = total * 4 // 5 // (len(places) - 1)
    with connect() as connection, _without_checks(connection):
        loader = Loader(connection)
        for place in places:
            wanted = total - small * (len(places) - 1) if place.constants["chain"] == BIG_UNIT else small
            plans = sorted(_plans(patterns, wanted, chance), key=lambda planned: planned.received)
            loader.write(place, plans, chance)
        loader.close()
    with connect(autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


# -- lives to repeat ----------------------------------------------------------------------------
def _patterns(desk: Desk, chance: random.Random) -> dict[str, list[Pattern]]:
    """For each stop some lives: of the commonest procedures, and as many of those that take longest."""
    versions = common(desk)
    slow = sorted(receivable(desk), key=lambda version: -Limit.parse(version.limit).nominal_minutes)
    versions += slow[: len(versions)]
    lives = [_life(desk, chance, version) for version in versions]
    return {stop: [life[number] for life in lives] for number, stop in enumerate(STOPS)}


def _life(desk: Desk, chance: random.Random, version: ProcedureVersion) -> list[Pattern]:
    """One life of the last days, as it was at each stop."""
    monday = local(timezone.now()).replace(hour=7, minute=30) - timedelta(days=4)
    received = calendar_of(desk.unit).add_working_minutes(monday, chance.randrange(2 * 480))
    day = Day(aware(received), timedelta(minutes=chance.randrange(10, 120)))
    dossier = dossiers.receive(Act(desk.clerk, day.at(0)), desk.unit.pk, reception(chance, version))
    seen = [rows_of(dossier.pk, desk)]
    for act in onward(desk, dossier, day):
        act()
        seen.append(rows_of(dossier.pk, desk))
    return [Pattern.of(rows, dossier.received_at) for rows in seen]


def _places() -> list[Place]:
    """All communes, in three queries."""
    identifiers = dict(UnitIdentifier.objects.filter(valid_to=None).values_list("unit", "identifier"))
    users: dict[str, Values] = {}
    for name, pk in User.objects.values_list("username", "pk"):
        post, _dot, code = name.partition(".")
        users.setdefault(code, {})[f"user:{post}"] = pk
    return [
        Place({"unit": unit.pk, "chain": unit.code} | users[unit.code], identifiers[unit.pk])
        for unit in communes()
    ]


def _plans(patterns: dict[str, list[Pattern]], wanted: int, chance: random.Random) -> Iterator[Planned]:
    weights = list(STOPS.values())
    for stop in chance.choices(list(STOPS), weights, k=wanted):
        weeks = chance.randrange(OPEN_WEEKS if stop in OPEN else WEEKS)
        yield Planned(chance.choice(patterns[stop]), timedelta(weeks=weeks, minutes=chance.randrange(60)))


# -- writing ------------------------------------------------------------------------------------
class Loader:
    """Writes dossiers by COPY, with ids, codes, numbers and journals that go on from what is there."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.lines: dict[str, list[str]] = {table: [] for table in _columns()}
        self.ids = {table: self._one(f"SELECT coalesce(max(id), 0) FROM {table}") for table in self.lines}
        found = connection.execute("SELECT unit_id, series, last FROM dossiers_counter").fetchall()
        self.counters = Counter({(unit, series): last for unit, series, last in found})
        heads = connection.execute("SELECT chain, number, hash FROM journal_head").fetchall()
        self.heads = {chain: Head(number, last) for chain, number, last in heads}
        self.held = 0
        self.sender = ThreadPoolExecutor(max_workers=1)
        self.sent = self.sender.submit(lambda: None)

    def write(self, place: Place, plans: Sequence[Planned], chance: random.Random) -> None:
        head = self.heads.setdefault(place.constants["chain"], Head())
        for planned in plans:
            pattern = planned.pattern
            values = place.constants | of_applicant(chance)
            for key, at in pattern.moments.items():
                values[key] = (at - planned.earlier).isoformat(timespec="microseconds")
            for row in pattern.rows:
                self.ids[row.table] += 1
                values[row.key] = self.ids[row.table]
            self._number(values, place, timezone.localtime(planned.received))
            for entry in pattern.entries:
                chain_it(values, entry, pattern.dossier, head)
                values[f"{entry.key}.facts"] = values[f"{entry.key}.facts"].replace("\\", "\\\\")
            for table, line in pattern.lines:
                self.lines[table].append(line % values)
            self.held += 1
            if self.held >= AT_ONCE:
                self._flush()

    def _number(self, values: Values, place: Place, received: datetime) -> None:
        day, unit = received.date(), values["unit"]
        self.counters[unit, day.isoformat()] += 1
        self.counters[unit, str(day.year)] += 1
        code = dossier_code(place.identifier, day, self.counters[unit, day.isoformat()])
        number_it(values, code, day.year, self.counters[unit, str(day.year)])

    def _flush(self) -> None:
        """Send what is held, while we go on to the next."""
        full = {table: "".join(lines) for table, lines in self.lines.items()}
        self.lines = {table: [] for table in self.lines}
        self.held = 0
        self.sent.result()
        self.sent = self.sender.submit(self._send, full)

    def _send(self, full: dict[str, str]) -> None:
        for table, columns in _columns().items():
            self._copy(table, columns, full[table])

    def close(self) -> None:
        """What is left, and the counters, heads and sequences that the rows imply. No reaction stays owed."""
        self._flush()
        self.sent.result()
        self.sender.shutdown()
        self.connection.execute("DELETE FROM dossiers_counter; DELETE FROM journal_head")
        counters = "".join(f"{unit}\t{series}\t{last}\n" for (unit, series), last in self.counters.items())
        heads = "".join(f"{chain}\t{head.number}\t{head.hash}\n" for chain, head in self.heads.items())
        self._copy("dossiers_counter", ["unit_id", "series", "last"], counters)
        self._copy("journal_head", ["chain", "number", "hash"], heads)
        for table, last in self.ids.items():
            self.connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last + 1})")
        self.connection.execute("UPDATE journal_reaction SET done_at = due_at WHERE done_at IS NULL")

    def _copy(self, table: str, columns: Sequence[str], lines: str) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with self.connection.cursor().copy(
            sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        ) as copy:
            copy.write(lines)

    def _one(self, query: str) -> int:
        row = self.connection.execute(query).fetchone()
        return int(row[0]) if row else 0


def _columns() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for model in TABLES:
        meta = model._meta  # noqa: SLF001  Django's own word
        columns[meta.db_table] = [str(field.column) for field in meta.concrete_fields]
    return columns


def _line(row: Row) -> str:
    """A line of COPY's text format."""
    return "\t".join(map(_cell, row.cells.values())) + "\n"


def _cell(cell: Any) -> str:
    if isinstance(cell, Hole):
        return f"%({cell.key})s"
    if cell is None:
        return r"\N"
    if isinstance(cell, bool):
        return "t" if cell else "f"
    text = str(cell).replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    return text.replace("%", "%%")


@contextmanager
def _without_checks(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Foreign keys unasked for as long as we write; the data base asks for a superuser."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    yield
    connection.commit()
    connection.execute("SET session_replication_role = DEFAULT")
