"""The province's template route of a version: read, written whole, and carried over to the next version."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.catalog.models import ProcedureVersion, Route, RouteStep, RouteTask
from motcua.catalog.routes import make_route
from motcua.rules.workflow import StepKind


class PlannedTask(NamedTuple):
    """As models.RouteTask."""

    agency: str
    task: str
    minutes: int


class PlannedStep(NamedTuple):
    """As models.RouteStep; a template names no officer."""

    kind: str
    role: str
    minutes: int
    agency: str = ""
    field_id: int | None = None
    tasks: tuple[PlannedTask, ...] = ()


def template_of(version: ProcedureVersion) -> tuple[PlannedStep, ...]:
    """The steps of the template in use; empty: there is none."""
    return templates_of([version.pk]).get(version.pk, ())


def templates_of(version_ids: Sequence[int]) -> dict[int, tuple[PlannedStep, ...]]:
    """The same of many versions, in two queries."""
    rows = RouteStep.objects.filter(
        route__version__in=version_ids, route__unit=None, route__ended_at=None
    ).select_related("route")
    found: dict[int, tuple[PlannedStep, ...]] = {}
    for row in rows.prefetch_related("tasks").order_by("route", "position"):
        tasks = sorted(row.tasks.all(), key=lambda task: task.pk)
        step = PlannedStep(
            row.kind,
            row.role,
            row.minutes,
            row.agency,
            row.field_id,
            tuple(PlannedTask(task.agency, task.task, task.minutes) for task in tasks),
        )
        found[row.route.version_id] = (*found.get(row.route.version_id, ()), step)
    return found


def write_template(
    version: ProcedureVersion,
    steps: Sequence[PlannedStep],
    at: datetime,
    *,
    by_id: int | None = None,
    decision: str = "",
) -> Route:
    """A new template, whole; the one in use ends, and dossiers that run keep it."""
    of_version = Route.objects.filter(version=version, unit=None)
    of_version.filter(ended_at=None).update(ended_at=at)
    number = max(of_version.values_list("number", flat=True), default=0) + 1
    route = Route.objects.create(version=version, number=number, made_by_id=by_id, decision=decision[:200])
    for position, step in enumerate(steps, start=1):
        row = RouteStep.objects.create(
            route=route,
            position=position,
            kind=step.kind,
            role=step.role,
            minutes=step.minutes,
            agency=step.agency,
            field_id=step.field_id,
        )
        RouteTask.objects.bulk_create(RouteTask(step=row, **task._asdict()) for task in step.tasks)
    return route


def carry_over(
    old: ProcedureVersion | None, new: ProcedureVersion, at: datetime, *, by_id: int | None
) -> None:
    """Give a new version the template of the one before it, drawn out or in to its own limit (R13).

    Where there is none, or nothing to go by, it gets the one of its kind of limit (routes.make_route).
    """
    limit = new.typed_limit
    before = template_of(old) if old is not None else ()
    if limit is None:
        return
    whole = limit.nominal_minutes
    if old is not None and before and old.limit == new.limit:
        write_template(new, before, at, by_id=by_id)
    elif sum(step.minutes for step in before):
        write_template(new, stretched(before, whole), at, by_id=by_id)
    else:
        make_route(new)


def stretched(steps: Sequence[PlannedStep], whole: int) -> tuple[PlannedStep, ...]:
    """The same shares of another whole, in minutes that add up to it exactly.

    What does not divide goes to the first processing step, as in routes.make_route.
    """
    before = sum(step.minutes for step in steps)
    minutes = [step.minutes * whole // before for step in steps]
    work = next((place for place, step in enumerate(steps) if step.kind == StepKind.PROCESSING), 0)
    minutes[work] += whole - sum(minutes)
    return tuple(
        step._replace(
            minutes=each,
            tasks=tuple(task._replace(minutes=task.minutes * whole // before) for task in step.tasks),
        )
        for step, each in zip(steps, minutes, strict=True)
    )
