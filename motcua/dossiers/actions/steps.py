"""Opening and closing the steps of a dossier's way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from motcua.catalog.errors import NotReady
from motcua.catalog.models import RouteStep
from motcua.dossiers.clock import aware, local
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.people import queries as people
from motcua.people.calendar import calendar_of
from motcua.people.models import Role, User
from motcua.rules import deadline, shares
from motcua.rules.limits import Limit
from motcua.rules.punctuality import punctuality
from motcua.rules.workflow import StepKind


class Planned(NamedTuple):
    """A step as the route plans it."""

    position: int
    kind: StepKind
    role: Role
    minutes: int


def planned_step(version_id: int, position: int) -> Planned | None:
    """A step of a published version's route; None past either end."""
    rows = RouteStep.objects.filter(version=version_id, position=position)
    for number, kind, role, minutes in rows.values_list("position", "kind", "role", "minutes"):
        return Planned(number, StepKind(kind), Role(role), minutes)
    return None


def first_step(version_id: int) -> Planned:
    """Where a dossier begins. Raises NotReady for a procedure without a route."""
    first = planned_step(version_id, 1)
    if first is None:
        raise NotReady(_("Thủ tục này chưa có quy trình nội bộ. Báo quản trị tỉnh thiết lập."))
    return first


def neighbour(dossier: Dossier, distance: int) -> Planned:
    """The step before (-1) or after (+1) the open one. Raises NotAllowed at either end."""
    found = planned_step(dossier.version_id, (dossier.step.position if dossier.step else 0) + distance)
    if found is None:
        raise NotAllowed(_("Không còn bước nào theo hướng này."))
    return found


def open_step(dossier: Dossier, planned: Planned, at: datetime, assignee: User | None) -> Step:
    return Step.objects.create(
        dossier=dossier,
        position=planned.position,
        kind=planned.kind,
        role=planned.role,
        unit=dossier.holder_unit,
        assignee=assignee,
        minutes=planned.minutes,
        opened_at=at,
        due_at=step_due(dossier, planned, at),
    )


def step_due(dossier: Dossier, planned: Planned, at: datetime) -> datetime:
    """When the step is due: the transfer of what was received by R06, any other by its share (R13)."""
    calendar = calendar_of(dossier.holder_unit)
    if planned.kind is StepKind.RECEPTION:
        return min(aware(deadline.transfer_due(local(at), calendar)), dossier.due_at)
    if planned.kind is StepKind.RETURN and not planned.minutes:
        return dossier.due_at  # its time is not counted, so it cannot be late before the dossier is
    due = shares.step_due(
        opened=local(at),
        share_minutes=planned.minutes,
        nominal_total=Limit.parse(dossier.limit).nominal_minutes,
        received=local(dossier.received_at),
        due=local(dossier.due_at),
        calendar=calendar,
    )
    return aware(due)


def close_step(step: Step, at: datetime, *, done_at: datetime | None = None) -> None:
    """Close a step; its own punctuality is decided now, once, by when its work was done (None: as it is closed)."""
    step.closed_at = at
    step.punctuality = punctuality(local(step.due_at), local(done_at or at))
    step.save(update_fields=["closed_at", "punctuality"])


def held(step: Step) -> dict[str, Any]:
    """The dossier's columns that say where it is."""
    return {
        "step": step,
        "step_kind": step.kind,
        "step_due_at": step.due_at,
        "assignee": step.assignee,
        "holder_unit": step.unit,
    }


def specialists(dossier: Dossier) -> Sequence[User]:
    """Who answers for the dossier's field in the unit that has it."""
    return people.holders(dossier.holder_unit_id, Role.SPECIALIST, [dossier.field_id])


def specialist_for(dossier: Dossier, assignee_id: int | None = None) -> User | None:
    """Who resolves it: the one asked for, else the only one who holds the field; None: all of the field see it."""
    candidates = specialists(dossier)
    if assignee_id is not None:
        chosen = next((user for user in candidates if user.pk == assignee_id), None)
        if chosen is None:
            raise NotAllowed(_("Người được chọn không phụ trách lĩnh vực này ở đơn vị."))
        return chosen
    return candidates[0] if len(candidates) == 1 else None
