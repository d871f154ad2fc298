"""What is done on the day of a merger because it cannot be dated: the names that lists show, the place in the tree.

Who may do what does not wait for it (people.succession). It may run late, or twice.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from motcua.journal import actions as journal
from motcua.people import merging_rows as rows
from motcua.people.actions import calendar_changed
from motcua.people.merging_rows import Before
from motcua.people.models import Absence, Merger, Unit, UnitPeriod
from motcua.people.staffing import midnight
from motcua.people.succession import exists_on


class Done(NamedTuple):
    merger: Merger
    predecessors: list[Unit]
    successor: Unit


def due(at: datetime) -> list[int]:
    """Mergers whose day has come, oldest first."""
    to_come = Merger.objects.filter(cancelled_at=None, carried_out_at=None, on__lte=timezone.localdate(at))
    return list(to_come.order_by("on", "pk").values_list("pk", flat=True))


def carry_out(merger_id: int, at: datetime) -> Done | None:
    """In the caller's transaction; None: it was done, or is not to be. Only `dossiers.mergers` calls it."""
    found = Merger.objects.select_for_update(of=("self",)).filter(pk=merger_id)
    merger = found.filter(cancelled_at=None, carried_out_at=None).first()
    if merger is None or merger.on > timezone.localdate(at) or merger.successor_id is None:
        return None
    successor = _as_decided(Unit.objects.get(pk=merger.successor_id), merger)
    ending = Unit.objects.filter(successions__merger=merger, valid_to=rows.last_day(merger.on))
    predecessors = list(ending.order_by("pk"))
    for old in predecessors:
        _move(old, f"{successor.path}{old.code}.")
        Unit.objects.filter(pk=old.pk).update(
            assignment=successor.assignment, supplement_days=successor.supplement_days
        )
        _latecomers(old, successor, merger)
    Merger.objects.filter(pk=merger.pk).update(carried_out_at=at)
    calendar_changed()
    return Done(merger, predecessors, successor)


def _as_decided(unit: Unit, merger: Merger) -> Unit:
    """The unit's row says what its period of that day says."""
    period = UnitPeriod.objects.filter(exists_on(merger.on), unit=unit).select_related("parent").get()
    path = f"{period.parent.path if period.parent else ''}{unit.code}."
    if path != unit.path:
        _move(unit, path)
    Unit.objects.filter(pk=unit.pk).update(name=period.name, parent=period.parent)
    return Unit.objects.get(pk=unit.pk)


def _move(unit: Unit, path: str) -> None:
    """To another place in the tree, with all below."""
    below = Unit.objects.filter(path__startswith=unit.path)
    below.update(path=Concat(Value(path), Substr(F("path"), len(unit.path) + 1)))


def _latecomers(old: Unit, successor: Unit, merger: Merger) -> None:
    """Roles that were given and absences that were entered in the old unit after the plan was made."""
    before = Before()
    late = rows.moving([old.pk], merger.on)
    rows.hand_on(late, successor, merger.on, before)
    before.end("grants", late, rows.last_day(merger.on))
    starts = midnight(merger.on)
    for away in Absence.objects.filter(unit=old, cancelled_at=None, ends__gt=starts).order_by("pk"):
        Absence.objects.get_or_create(
            officer=away.officer,
            unit=successor,
            starts=max(away.starts, starts),
            ends=away.ends,
            defaults={
                "substitute": away.substitute,
                "kind": away.kind,
                "recorded_by": away.recorded_by,
                "recorded_at": away.recorded_at,
            },
        )


def tell(done: Done, facts: dict[str, object], at: datetime) -> None:
    """The last entry of a predecessor's own: who answers for it. What follows in its chain is of its dossiers."""
    merger, successor = done.merger, done.successor
    ended = {"merger": merger.pk, "on": merger.on, "decision": merger.decision, "successor": successor.code}
    told = {old.code: ("unit.ended", ended) for old in done.predecessors}
    began = {"merger": merger.pk, "on": merger.on, "decision": merger.decision, "name": successor.name}
    began |= {"predecessors": [old.code for old in done.predecessors]} | facts
    told[successor.code] = ("unit.succeeded", began)
    for chain, (kind, said) in sorted(told.items()):
        journal.record(
            chain=chain, kind=kind, subject=f"merger:{merger.pk}", facts=said, actor_id=None, at=at
        )
