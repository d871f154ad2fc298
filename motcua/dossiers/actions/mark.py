"""An act whose own facts another room keeps: the dossier records that it happened, and nothing of it changes."""

from typing import Any

from django.db import transaction

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.models import Dossier, Move
from motcua.rules.workflow import Action

MARKS = frozenset({Action.PAY, Action.VOID_PAYMENT})
"""Acts that may be done like this; all others have a function of their own."""


@transaction.atomic
def mark(
    act: Act,
    dossier_id: int | Dossier,
    action: Action,
    *,
    words: str = "",
    facts: dict[str, Any] | None = None,
) -> Move:
    """Load, permit, write the move and its entry; call it in the transaction that writes the rest of it.

    `facts` go into the journal: ids, numbers and times only. Raises NotAllowed, Incomplete, Stale, NotFound.
    """
    if action not in MARKS:
        raise ValueError(action)
    dossier = load(act, dossier_id)
    permit(act, dossier, action, words)
    return write(act, dossier, action, from_step=dossier.step, to_step=dossier.step, words=words, facts=facts)
