"""The mark on a dossier's page: its history holds, its row and its moves say what the history says, all is published."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from motcua.dossiers.models import Dossier, Move
from motcua.journal.chain import canonical, digest
from motcua.journal.marks import Mark, mark
from motcua.journal.models import Entry
from motcua.journal.queries import Break, doubt

log = logging.getLogger(__name__)

_OF_PERSONS = (
    "applicant_name",
    "applicant_address",
    "submitter_name",
    "phone",
    "email",
    "search",
    "note",
)
"""Not read: the mark is shown to those who may not know them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page may say of a dossier's history."""

    holds: bool
    sealed_on: date | None
    """The last published day; None: none is published yet."""
    is_sealed: bool
    """Everything that happened to the dossier lies before the end of that day."""


def standing(dossier_id: int, *, seen: Dossier | None = None, way: Sequence[Move] | None = None) -> Standing:
    """Check one dossier's own history. What does not hold is logged, and kept for a supervisor.

    Four queries; two where the caller has the row, with its unit, and all its moves already.
    """
    found, broken = _look(dossier_id, seen, way)
    if broken is not None:
        with (
            transaction.atomic()
        ):  # an act that was written between two queries looks like a break: look again
            Dossier.objects.select_for_update().only("pk").get(pk=dossier_id)
            found, broken = _look(dossier_id)
    if broken is not None:
        subject = f"dossier:{dossier_id}"
        log.error("the journal of %s does not hold at %s", subject, broken)
        doubt(broken, subject)
    return Standing(broken is None, found.sealed_on, found.is_sealed)


def _look(
    dossier_id: int, seen: Dossier | None = None, way: Sequence[Move] | None = None
) -> tuple[Mark, Break | None]:
    dossier = seen or Dossier.objects.select_related("unit").defer(*_OF_PERSONS).get(pk=dossier_id)
    found = mark(f"dossier:{dossier.pk}", dossier.unit.code)
    return found, found.broken or _disagreement(dossier, found, way)


def _disagreement(dossier: Dossier, found: Mark, way: Sequence[Move] | None) -> Break | None:
    """Where the row or a move says something else than the entries."""
    told = [entry for entry in found.entries if entry.kind.startswith("dossier.")]
    last = told[-1] if told else None
    number = last.number if last else 0
    if last is None or len(told) != dossier.revision:
        return Break(dossier.unit.code, number, "acts without an entry, or entries without an act")
    if _row_differs(dossier, last):
        return Break(dossier.unit.code, number, "the dossier was changed outside the journal")
    if wrong := _first_wrong_move(dossier, told, way):
        return Break(dossier.unit.code, wrong.number, "a move does not say what its entry says")
    return None


def _row_differs(dossier: Dossier, last: Entry) -> bool:
    from motcua.dossiers.actions.act import state_facts  # the one place that says what an entry holds

    facts = last.read_facts()
    row = json.loads(canonical(state_facts(dossier)))
    # An entry from before a fact was known says nothing of it.
    return any(name in facts and facts[name] != value for name, value in row.items())


def _first_wrong_move(dossier: Dossier, told: list[Entry], way: Sequence[Move] | None) -> Entry | None:
    rows = Move.objects.filter(dossier=dossier) if way is None else way
    moves = {move.entry_id: move for move in rows}
    return next((entry for entry in told if not _says(moves.get(entry.pk), entry)), None)


def _says(move: Move | None, entry: Entry) -> bool:
    if move is None:
        return False
    facts = entry.read_facts()
    said = (f"dossier.{move.action}", move.by_id, move.at, move.number, digest(move.salt, move.words))
    return said == (entry.kind, entry.actor_id, entry.at, facts["revision"], facts["words"])
