"""A real dossier's rows as a pattern with holes, to be written again under other ids, codes, names and moments.

Read from the models, so that a new column needs no change here. What is written from a pattern must pass the
questions of `motcua verify`; `doubts` asks them.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import DateTimeField, Model, Q

from bench.province import Desk, somebody
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Move, ReceivedPaper, Step
from motcua.journal import queries as journal
from motcua.journal.chain import canonical
from motcua.journal.models import Entry, Reaction
from motcua.people.models import Person
from motcua.results.models import HandOver, Result
from motcua.rules.text import unaccent

TABLES: tuple[type[Model], ...] = (
    Person,
    Dossier,
    ReceivedPaper,
    Step,
    Entry,
    Reaction,
    Move,
    Result,
    HandOver,
)
OWN = {
    "people_person": {"full_name": "name", "id_number": "id_number"},
    "dossiers_dossier": {
        "code": "code",
        "register_year": "year",
        "register_number": "number",
        "applicant_name": "name",
        "search": "search",
    },
    "journal_entry": {"chain": "chain"},
}
"""Columns that say something of this dossier alone, and the hole they become."""
OF_ENTRY = ("number", "subject", "facts", "previous_hash", "hash")
POINTS_TO = {"journal_entry.actor_id": "people_user", "dossiers_move.entry_id": "journal_entry"}
"""Ids that are not foreign keys."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")
"""As the journal writes a moment, whatever the fact's name."""

Values = dict[str, Any]
"""What goes into the holes, by their keys."""
Known = dict[tuple[str, int], str]
"""The hole for an id, by table and id."""


@dataclass(frozen=True, slots=True)
class Hole:
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: column → constant or Hole. The key is that of the hole for its id."""

    table: str
    key: str
    cells: dict[str, Any]
    facts: str = ""
    """Of a journal entry: its facts, to be filled with `%`."""


def moment(at: datetime) -> str:
    """As the journal writes it; PostgreSQL reads it too."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def rows_of(dossier_id: int, desk: Desk) -> list[Row]:
    """All rows that a dossier consists of now, in the order of TABLES, then of their ids."""
    of_entry = Q(subject=f"dossier:{dossier_id}")
    which: dict[type[Model], Q] = {
        Person: Q(dossiers=dossier_id),
        Dossier: Q(pk=dossier_id),
        Entry: of_entry,
        Reaction: Q(entry__in=Entry.objects.filter(of_entry)),
    }
    found = [
        row
        for model in TABLES
        for row in model._default_manager.filter(which.get(model, Q(dossier=dossier_id))).order_by("pk")  # noqa: SLF001  Django's own word
    ]
    known: Known = {(_table(row), row.pk): f"{_table(row)}:{row.pk}" for row in found}
    known["people_unit", desk.unit.pk] = "unit"
    known |= {("people_user", officer.user_id): f"user:{post}" for post, officer in desk.posts.items()}
    return [_row(row, known) for row in found]


def _table(row: Model) -> str:
    return row._meta.db_table  # noqa: SLF001  Django's own word


def _row(row: Model, known: Known) -> Row:
    table = _table(row)
    key = known[table, row.pk]
    cells: dict[str, Any] = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001  Django's own word
        value, column = getattr(row, field.attname), str(field.column)
        related = field.related_model
        target = POINTS_TO.get(f"{table}.{column}")
        if field.primary_key:
            target = table
        elif isinstance(related, type):
            target = related._meta.db_table  # noqa: SLF001  Django's own word
        if value is None:
            cells[column] = None
        elif column in OWN.get(table, {}):
            cells[column] = Hole(OWN[table][column])
        elif table == "journal_entry" and column in OF_ENTRY:
            cells[column] = Hole(f"{key}.{column}")
        elif target:
            cells[column] = Hole(known[target, value]) if (target, value) in known else value
        elif isinstance(field, DateTimeField):
            cells[column] = Hole(f"at:{moment(value)}")
        else:
            cells[column] = value
    facts = _facts_pattern(row.read_facts(), known) if isinstance(row, Entry) else ""
    return Row(table, key, cells, facts)


def _facts_pattern(facts: dict[str, Any], known: Known) -> str:
    """The canonical JSON with holes for `%`. A text with a control sign marks a hole until it is JSON."""

    def mark(key: str) -> str:
        return f"\x01{key}\x01"

    _unit, assignee = facts["holder"]
    holes: dict[str, Any] = {
        "code": mark("code"),
        "register": [mark("#year"), mark("#number")],
        "holder": [mark("#unit"), assignee and mark("#" + known["people_user", assignee])],
    }
    for name, value in facts.items():
        if isinstance(value, str) and MOMENT.fullmatch(value):
            holes[name] = mark(f"at:{value}")
    text = canonical(facts | holes).replace("%", "%%")
    text = re.sub(r'"\\u0001#(.*?)\\u0001"', r"%(\1)s", text)
    return re.sub(r"\\u0001(.*?)\\u0001", r"%(\1)s", text)


# -- what goes into the holes -------------------------------------------------------------------
@dataclass(slots=True)
class Head:
    """The last entry of a chain."""

    number: int = 0
    hash: str = "0" * 64


def moments(rows: list[Row]) -> dict[str, datetime]:
    """All moments that the rows speak of, by the key of their hole."""
    keys = {cell.key for row in rows for cell in row.cells.values() if isinstance(cell, Hole)}
    keys |= {key for row in rows for key in re.findall(r"%\((at:.*?)\)s", row.facts)}
    return {key: datetime.fromisoformat(key[3:]) for key in keys if key.startswith("at:")}


def of_desk(desk: Desk) -> Values:
    users = {f"user:{post}": officer.user_id for post, officer in desk.posts.items()}
    return {"unit": desk.unit.pk, "chain": desk.unit.code} | users


def of_applicant(chance: random.Random) -> Values:
    return {"name": somebody(chance), "id_number": f"{chance.randrange(10**12):012d}"}


def number_it(values: Values, code: str, year: int, number: int) -> None:
    values.update(code=code, year=year, number=number, search=f"{_plain(values['name'])} {code.lower()}")


_plain = lru_cache(maxsize=None)(unaccent)
_written = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def chain_it(values: Values, entry: Row, dossier_key: str, head: Head) -> None:
    """Fill the holes of an entry: it follows `head`, and is the head from now on."""
    head.number += 1
    facts = entry.facts % values
    subject = f"dossier:{values[dossier_key]}"
    cells, chain = entry.cells, values["chain"]
    actor, at, written = (cells[name] for name in ("actor_id", "at", "recorded_at"))
    previous, key = head.hash, entry.key
    who, when, recorded = actor and values[actor.key], values[at.key], values[written.key]
    message = _written(
        ["motcua-1", chain, head.number, cells["kind"], subject, facts, who, when, recorded, previous]
    )
    head.hash = hashlib.sha256(message.encode()).hexdigest()
    values[f"{key}.number"], values[f"{key}.subject"], values[f"{key}.facts"] = head.number, subject, facts
    values[f"{key}.previous_hash"], values[f"{key}.hash"] = previous, head.hash


def doubts(chain: str) -> Iterator[str]:
    """What `motcua verify` would say of a unit."""
    broken = journal.first_break(chain)
    if broken:
        yield str(broken)
    yield from dossiers.disagreements(chain)
