"""Routes as the rules read them, and rules' stages as routes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from motcua.catalog.models import ProcedureVersion, Route, RouteStep, RouteTask
from motcua.people.models import Unit
from motcua.rules.routes import Stage, Task
from motcua.rules.workflow import StepKind

_STEP = ("pk", "route", "kind", "role", "minutes", "agency", "field", "officer")


def stages_of(routes: QuerySet[Any, Any] | Iterable[int]) -> dict[int, tuple[Stage, ...]]:
    """The stages of routes, in their order, in two queries."""
    tasks: dict[int, list[Task]] = {}
    works = RouteTask.objects.filter(step__route__in=routes).order_by("pk")
    for step_id, agency, what, minutes in works.values_list("step", "agency", "task", "minutes"):
        tasks.setdefault(step_id, []).append(Task(agency, what, minutes))
    found: dict[int, list[Stage]] = {}
    steps = RouteStep.objects.filter(route__in=routes).order_by("route", "position")
    for pk, route, kind, role, minutes, agency, field, officer in steps.values_list(*_STEP):
        stage = Stage(StepKind(kind), role, minutes, agency, field, officer, tuple(tasks.get(pk, ())))
        found.setdefault(route, []).append(stage)
    return {route: tuple(stages) for route, stages in found.items()}


def stages_in(route: Route) -> tuple[Stage, ...]:
    return stages_of([route.pk]).get(route.pk, ())


def save_route(
    version: ProcedureVersion,
    unit: Unit | None,
    stages: Sequence[Stage],
    at: datetime,
    *,
    base: Route | None = None,
    decision: str = "",
    by_id: int | None = None,
) -> Route:
    """Write the stages as the next route of a version at a unit; the one before it ends."""
    older = Route.objects.filter(version=version, unit=unit)
    older.filter(ended_at=None).update(ended_at=at)
    number = max(older.values_list("number", flat=True), default=0) + 1
    route = Route.objects.create(
        version=version, unit=unit, number=number, base=base, decision=decision[:200], made_by_id=by_id
    )
    for position, stage in enumerate(stages, start=1):
        step = RouteStep.objects.create(
            route=route,
            position=position,
            kind=stage.kind,
            role=stage.role,
            minutes=stage.minutes,
            agency=stage.agency,
            field_id=stage.field_id,
            officer_id=stage.officer_id,
        )
        RouteTask.objects.bulk_create(
            RouteTask(step=step, agency=task.agency, task=task.what, minutes=task.minutes)
            for task in stage.tasks
        )
    return route
