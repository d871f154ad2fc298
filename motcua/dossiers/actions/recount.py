"""The public calendar changed: due times of running dossiers follow it (R10). Finished ones stay as decided.

So does a date that was promised with an apology and is a day off now: nobody would be there to give the result (R26).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.catalog.errors import NotReady
from motcua.dossiers.actions.act import Act, read_anew, write
from motcua.dossiers.actions.steps import Planned, local_due, recount_leg, step_due
from motcua.dossiers.clock import aware, counting_time, explain, local, pauses_of
from motcua.dossiers.models import Consultation, Dossier, Step
from motcua.people.calendar import calendar_of, calendars_of
from motcua.people.models import Role, Unit
from motcua.people.officer import NOBODY
from motcua.rules import supplement
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.limits import Limit
from motcua.rules.workflow import Action, StepKind


def recount(since: datetime, until: datetime, *, at: datetime, why: str, path: str = "") -> int:
    """Count anew the due times of running dossiers that a change between two moments can touch; how many moved.

    `path`: only what units below it received. Each dossier in a transaction of its own, so it may stop and begin
    again: what is right already is left alone.
    """
    _recount_questions(since, until)
    touched = _touched(since, until, path).order_by("pk").values_list("pk", flat=True)
    return sum(_recount_one(pk, at, why) for pk in touched.iterator())


def _touched(since: datetime, until: datetime, path: str) -> QuerySet[Dossier]:
    dated = Q(due_at__gte=since) | Q(appointment_at__gte=since, appointment_at__lt=until)
    return Dossier.objects.filter(dated, finished_at=None, received_at__lt=until, unit__path__startswith=path)


@dataclass(frozen=True, slots=True)
class Shifted:
    """An open dossier whose due time a change would move."""

    code: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a change of working time would do: how many open dossiers would be due later or earlier, and the first few."""

    later: int
    earlier: int
    first: Sequence[Shifted]


def foretell(
    change: Callable[[], object],
    since: datetime,
    until: datetime,
    *,
    at: datetime,
    path: str = "",
    most: int = 5,
) -> Foretold:
    """Make a change of working time, count what `recount` would move, and undo it. What the change refuses is raised."""
    with transaction.atomic():
        change()
        shifted = _would_move(since, until, at, path)
        transaction.set_rollback(True)
    later = sum(one.after > one.before for one in shifted)
    nearest = sorted(shifted, key=lambda one: one.before)[:most]
    return Foretold(later, len(shifted) - later, nearest)


def _would_move(since: datetime, until: datetime, at: datetime, path: str) -> list[Shifted]:
    """Columns, not models: a change of the province's hours asks about all that is open."""
    touched = _touched(since, until, path)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=touched.values("unit").order_by())}
    calendars, limits = calendars_of(units.values()), {"": None} | _limits(touched)
    shifted = []
    columns = ("pk", "code", "unit", "version__limit", "supplements", "received_at", "due_at")
    for pk, code, unit_id, words, supplements, received_at, before in touched.values_list(*columns):
        limit, received = limits[words], local(received_at)
        if limit is None:
            continue
        pauses = pauses_of(Dossier(pk=pk, supplements=supplements)) if supplements else []
        try:
            time = counting_time(units[unit_id], limit, received, pauses, calendars[unit_id])
            due = aware(supplement.clock(limit, received, pauses, time).due_at)
        except OutsideCalendar:
            continue
        if _moves(before, due, at):
            shifted.append(Shifted(code, before, due))
    return shifted


def _limits(touched: QuerySet[Dossier]) -> dict[str, Limit | None]:
    """Each limit that occurs, read once."""
    words = touched.values_list("version__limit", flat=True).order_by().distinct()
    return {one: Limit.parse(one) for one in words if one}


def _moves(before: datetime, after: datetime, at: datetime) -> bool:
    """Never into the past: nobody becomes late by a day that was declared worked afterwards."""
    return after != before and after >= min(at, before)


def _recount_questions(since: datetime, until: datetime) -> None:
    """An answer that was due on what is now a day off is due on the next working day of who is to give it."""
    open_ones = Consultation.objects.filter(answered_at=None, due_at__gte=since, due_at__lt=until)
    for row in open_ones.select_related("to_unit").iterator():
        calendar = calendar_of(row.to_unit)
        day = local(row.due_at).date()
        if not calendar.is_working_day(day):
            due = aware(calendar.last_minute(calendar.next_working_day(day)))
            Consultation.objects.filter(pk=row.pk, answered_at=None).update(due_at=due)


@transaction.atomic
def _recount_one(pk: int, at: datetime, why: str) -> bool:
    dossier = (
        Dossier.objects.filter(pk=pk, finished_at=None)
        .select_related("unit", "holder_unit", "version", "step__unit")
        .select_for_update(of=("self",))
        .first()
    )
    if dossier is None:
        return False
    read_anew(dossier)
    changes = _changes(dossier, at)
    if not changes:
        return False
    step = dossier.step
    if step is not None and "due_at" in changes:
        Step.objects.filter(pk=step.pk).update(due_at=changes["step_due_at"])
        changes["local_due_at"] = local_due(dossier, recount_leg(dossier))
    write(Act(NOBODY, at), dossier, Action.RECOUNT, from_step=step, to_step=step, words=why, **changes)
    return True


def _changes(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """The new due times, and the new date promised; nothing when they are as before."""
    return _by_law(dossier, at) | _promised(dossier, at)


def _promised(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """A promised day that is off now: the next working day. What the law counts, and with it lateness, is not touched.

    A promise that is past is broken or kept already, and is not moved; a day worked again brings nobody an earlier date.
    """
    given = dossier.appointment_at
    calendar = calendar_of(dossier.unit)
    if given is None or given < at or calendar.is_working_day(local(given).date()):
        return {}
    try:
        return {"appointment_at": aware(calendar.last_minute(calendar.next_working_day(local(given).date())))}
    except OutsideCalendar:
        return {}


def _by_law(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """The law's due time and the step's.

    A due time is never moved into the past: nobody becomes late by a day that was declared worked afterwards.
    """
    try:
        pauses = pauses_of(dossier)
        due = aware(explain(dossier.version, dossier.unit, dossier.received_at, pauses).due_at)
    except NotReady:
        return {}
    if not _moves(dossier.due_at, due, at):
        return {}
    dossier.due_at = due
    return {"due_at": due, "step_due_at": _of_step(dossier)}


def _of_step(dossier: Dossier) -> datetime | None:
    step = dossier.step
    if step is None:
        return None
    if step.kind == StepKind.SUPPLEMENT:
        return step.due_at  # the citizen's own time was said on Mẫu 02 and stays
    planned = Planned(step.position, StepKind(step.kind), Role(step.role), step.minutes)
    return step_due(dossier, planned, step.opened_at, step.unit)
