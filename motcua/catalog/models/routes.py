"""The internal process (quy trình nội bộ) of a procedure version: the province's template, and what units made of it."""

from django.db import models

from motcua.catalog.models.procedures import ProcedureVersion
from motcua.people.models import Field, Role, Unit, User
from motcua.rules.workflow import StepKind


class Route(models.Model):
    """The way of a version's dossiers: the province's template, or what a district or a commune made of it.

    A route never changes: another one takes its place, and the dossiers that run keep theirs.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="routes")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="routes")
    """Whose own it is, and of all below it that have none; null: the province's template."""
    number = models.PositiveSmallIntegerField(default=1)
    """1, 2, 3 … among those of one version and unit."""
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="adaptations")
    """The route it was made from; when another takes that one's place this one has lapsed (queries.in_use), until its
    unit makes it anew or ends it. Null: a template."""
    decision = models.CharField(max_length=200, default="")
    """By which decision, or why."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """When another took its place, or the unit went back to the one above; null: in use, or lapsed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "number"],
                nulls_distinct=False,
                name="catalog_route_number_once",
            ),
            models.UniqueConstraint(
                fields=["version", "unit"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="catalog_one_route_now",
            ),
        ]

    def __str__(self) -> str:
        return f"route {self.number} of version {self.version_id}, unit {self.unit_id}"


class RouteStep(models.Model):
    """A step of the internal process: who, and how many working minutes of the whole (R13)."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in StepKind])
    role = models.CharField(max_length=20, choices=Role)
    minutes = models.PositiveIntegerField()
    agency = models.CharField(max_length=30, default="")
    """Where the step is done: empty, at the unit that received it; `district`, `province`: at the unit above it of
    that level; else the kind of agency (people.Unit.agency_kind) nearest above the receiving unit."""
    field = models.ForeignKey(Field, models.PROTECT, null=True)
    """The desk's field whose specialists do it; null: the procedure's own."""
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Who of those who hold the role does it here; null: as the unit shares out its work."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="catalog_route_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.kind}"


class RouteTask(models.Model):
    """Work that a step asks of another agency at the same time (NĐ 61/2018 Đ.19.6): its task and its own time."""

    step = models.ForeignKey(RouteStep, models.CASCADE, related_name="tasks")
    agency = models.CharField(max_length=30)
    """As RouteStep.agency."""
    task = models.CharField(max_length=300)
    minutes = models.PositiveIntegerField()
    """Working minutes from the opening of the step."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "agency"], name="catalog_route_task_once")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.agency}"
