"""The route that a version gets when nobody has drawn another: the province's template for its kind of limit, or the way of
an interlinked procedure through its agencies (NĐ 61/2018 Đ.19.6-7).
"""

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from motcua.catalog.models import ProcedureVersion, Route, RouteStep, RouteTask
from motcua.people.models import Field, Role
from motcua.rules.workflow import StepKind

DATA = Path(__file__).parent / "data"


class Task(NamedTuple):
    """Work of another agency at the same time, and its part of the whole in thousandths."""

    agency: str
    permille: int
    what: str


class Share(NamedTuple):
    """A step of a template, and its part of the whole in thousandths."""

    kind: StepKind
    role: Role
    permille: int
    agency: str = ""
    field: str = ""
    tasks: tuple[Task, ...] = ()


def make_route(version: ProcedureVersion) -> None:
    """Write the route of a new version; without a limit it has none, and cannot be received."""
    limit = version.typed_limit
    if limit is None:
        return
    whole = limit.nominal_minutes
    shares = _interlinked().get(version.procedure.code) or _by_limit()[limit.kind]
    fields = dict(Field.objects.filter(name__in=[one.field for one in shares]).values_list("name", "pk"))
    route = Route.objects.create(version=version)
    for position, (one, minutes) in enumerate(zip(shares, _minutes(shares, whole), strict=True), start=1):
        step = RouteStep.objects.create(
            route=route,
            position=position,
            kind=one.kind,
            role=one.role,
            minutes=minutes,
            agency=one.agency,
            field_id=fields.get(one.field),
        )
        RouteTask.objects.bulk_create(
            RouteTask(step=step, agency=task.agency, task=task.what, minutes=whole * task.permille // 1000)
            for task in one.tasks
        )


def _minutes(shares: Sequence[Share], whole: int) -> list[int]:
    """What the thousandths are in minutes; what is left of them goes to the first processing step."""
    minutes = [whole * one.permille // 1000 for one in shares]
    work = next(place for place, one in enumerate(shares) if one.kind is StepKind.PROCESSING)
    minutes[work] += whole - sum(minutes)
    return minutes


@lru_cache(maxsize=1)
def _by_limit() -> dict[str, list[Share]]:
    """Steps and their thousandths of the whole, by kind of limit (data/routes.csv)."""
    shares: dict[str, list[Share]] = {}
    with (DATA / "routes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            step = Share(StepKind(row["step"]), Role(row["role"]), int(row["permille"]))
            shares.setdefault(row["limit_kind"], []).append(step)
    return shares


@lru_cache(maxsize=1)
def _interlinked() -> dict[str, list[Share]]:
    """The same of procedures that leave the commune, by code (data/interlinked.csv)."""
    shares: dict[str, list[Share]] = {}
    with (DATA / "interlinked.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            step = Share(
                StepKind(row["step"]),
                Role(row["role"]),
                int(row["permille"]),
                row["agency"],
                row["field"],
                tuple(_task(text) for text in row["tasks"].split("|") if text),
            )
            shares.setdefault(row["code"], []).append(step)
    return shares


def _task(text: str) -> Task:
    agency, permille, what = text.split(":", 2)
    return Task(agency, int(permille), what)
