"""Does every apology say what the journal says? For `motcua verify` (R26, R27)."""

import json
from collections.abc import Iterator
from typing import Any

from motcua.dossiers.models import Apology, Move
from motcua.journal.chain import canonical
from motcua.journal.models import Entry
from motcua.rules.workflow import Action

DRAFTED, SIGNED = f"dossier.{Action.DRAFT_APOLOGY}", f"dossier.{Action.REAPPOINT}"
DROPPED = "apology.dropped"
PIECE = 2000


def disagreements(chain: str) -> Iterator[str]:
    """Apologies of a unit's dossiers that are not what their entries say, and entries whose apology is gone."""
    told = _told(chain)
    words = _words_of_signed(chain)
    rows = Apology.objects.filter(dossier__unit__code=chain).select_related("dossier").order_by("pk")
    for row in rows.iterator(chunk_size=PIECE):
        says = told.pop(row.pk, {})
        for what in _wrong(row, says, words):
            yield f"{row.dossier.code}: apology {row.pk} {what}"
    yield from (f"{chain}: apology {pk} is told of and gone" for pk in sorted(told))


def _told(chain: str) -> dict[int, dict[str, Entry]]:
    """By apology: the last entry of each kind about it."""
    told: dict[int, dict[str, Entry]] = {}
    entries = Entry.objects.filter(chain=chain, kind__in=(DRAFTED, SIGNED, DROPPED)).order_by("number")
    for entry in entries.iterator(chunk_size=PIECE):
        about = entry.subject.removeprefix("apology:") if entry.kind == DROPPED else ""
        told.setdefault(int(about or entry.read_facts()["apology"]), {})[entry.kind] = entry
    return told


def _words_of_signed(chain: str) -> dict[int, str]:
    """By entry: what the leader wrote, which its own entry proves (dossiers.queries.disagreements)."""
    moves = Move.objects.filter(dossier__unit__code=chain, action=Action.REAPPOINT)
    return dict(moves.values_list("entry_id", "words"))


def _wrong(row: Apology, says: dict[str, Entry], words: dict[int, str]) -> Iterator[str]:
    signed, dropped = says.get(SIGNED), says.get(DROPPED)
    if row.cause == Apology.Cause.LATE and DRAFTED not in says:
        yield "was drafted by no act"
    if (row.signed_at, row.signed_by_id) != ((signed.at, signed.actor_id) if signed else (None, None)):
        yield "was not signed as its entry says"
    elif signed is not None:
        facts = signed.read_facts()
        changed = sorted(name for name, value in _signed_facts(row).items() if facts.get(name) != value)
        if not words.get(signed.pk, "").endswith(row.text):
            changed.append("text")
        if changed:
            yield f"differs from what was signed: {', '.join(changed)}"
    if row.dropped_at != (dropped.at if dropped else None):
        yield "was not dropped as its entry says"


def _signed_facts(row: Apology) -> dict[str, Any]:
    """As the entry writes them; a new date, the limit it replaces and the agency stand in the dossier's own facts."""
    facts: dict[str, Any] = {
        "cause": row.cause,
        "reason": row.reason,
        "in_time": row.signed_at is not None and row.signed_at <= row.sign_by,
        "due_at": row.old_due_at,
    }
    if row.cause == Apology.Cause.LATE:
        facts["appointment_at"] = row.new_due_at
    read: dict[str, Any] = json.loads(canonical(facts))
    return read
