"""A dossier's moves in words: who, when, from whom to whom, and what was said."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.choices import ACTIONS, STEPS
from motcua.dossiers.models import Move, Step


def timeline(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """Newest first, as the component `timeline` wants it."""
    return [_entry(move) for move in reversed(list(moves))]


def _entry(move: Move) -> dict[str, Any]:
    wording = ACTIONS[move.action]
    moved = move.from_step_id != move.to_step_id and None not in (move.from_step_id, move.to_step_id)
    return {
        "at": move.at,
        "title": wording.label,
        "actor": _who(move),
        "source": _hands(move.from_step) if moved and move.from_step else "",
        "target": _hands(move.to_step) if moved and move.to_step else move.assigned_name,
        "note": move.words,
        "tone": wording.tone if wording.tone in ("ok", "bad") else "",
    }


def _who(move: Move) -> str:
    """Who did it, and for whom, when that one was away (R20)."""
    name = move.by.full_name if move.by else ""
    if not move.on_behalf_name:
        return name
    return _("%(name)s thay %(absent)s") % {"name": name, "absent": move.on_behalf_name}


def _hands(step: Step) -> str:
    """In whose hands a step lies: its name, the agency's where several have a part, the officer's where one has it."""
    label = str(STEPS[step.kind].label)
    who = [step.unit.name] if step.leg_id else []
    who += [step.assignee.full_name] if step.assignee else []
    return f"{label} ({', '.join(who)})" if who else label
