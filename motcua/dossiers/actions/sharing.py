"""How a unit shares its work out among those of a field (R20). Decided in the transaction that opens the step."""

from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.dossiers.models import Dossier, Step
from motcua.people import queries as people
from motcua.people.models import Assignment, Role, Unit, User
from motcua.people.succession import acting, answered_by
from motcua.rules.workflow import State, StepKind


def by_the_units_way(unit: Unit, field_id: int, at: datetime) -> User | None:
    """Who gets a dossier of a field that comes in at a moment; None: the pool has it, or the leader assigns."""
    unit = acting(unit, timezone.localdate(at))
    if unit.assignment == Assignment.LEADER:
        return None
    there = people.available(unit.pk, Role.SPECIALIST, at, [field_id])
    if unit.assignment == Assignment.LEAST_LOADED:
        return by_load(there, unit.pk).first()
    some = list(there[:2])
    return some[0] if len(some) == 1 else None


def by_load(officers: QuerySet[User], unit_id: int) -> QuerySet[User]:
    """Those with the fewest dossiers to work on in the unit first (`load`), then who has waited longest for a new one.

    Receptions of one unit wait for each other at its numbers, so each of them sees what the one before it gave.
    """
    lying = (
        Dossier.objects.filter(
            assignee=OuterRef("pk"),
            holder_unit__in=answered_by(unit_id),
            state=State.PROCESSING,
            step_kind=StepKind.PROCESSING,
            step_due_at__isnull=False,
        )
        .order_by()
        .values("assignee")
        .annotate(number=Count("pk"))
        .values("number")
    )
    latest = Step.objects.filter(assignee=OuterRef("pk"), unit__in=answered_by(unit_id))
    latest = latest.order_by("-opened_at")
    return officers.annotate(
        load=Coalesce(Subquery(lying), 0), last=Subquery(latest.values("opened_at")[:1])
    ).order_by("load", F("last").asc(nulls_first=True), "pk")
