"""What units must take note of, kept where it happens: in the transaction that changes the catalogue."""

from collections.abc import Iterable
from datetime import datetime

from motcua.catalog.models import Change, ChangeKind, ProcedureVersion
from motcua.people.models import Unit


def note(
    kind: ChangeKind,
    version: ProcedureVersion,
    at: datetime,
    *,
    by_id: int | None = None,
    decision: str = "",
    units: Iterable[Unit | int] = (),
) -> Change:
    """Keep a change; `units`: whom it concerns, none: all that have the procedure on their list.

    Call it after `journal.record` on the public chain: that holds the chain's head until the end of the transaction,
    so changes become visible in the order of their keys and "all up to this one" means what it says.
    """
    change = Change.objects.create(
        kind=kind,
        procedure_id=version.procedure_id,
        version=version,
        at=at,
        by_id=by_id,
        decision=decision[:200],
    )
    change.units.set(units)
    return change
