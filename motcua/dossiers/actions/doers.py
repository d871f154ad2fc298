"""Who does a step: the unit's own route, its way of sharing out the work, or who had it before (R20)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers.actions.sharing import by_the_units_way
from motcua.dossiers.actions.steps import Planned, unit_of
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.people import queries as people
from motcua.people import staffing
from motcua.people.models import Assignment, Role, Unit, User
from motcua.rules.workflow import StepKind


def specialists(dossier: Dossier, planned: Planned | None = None) -> Sequence[User]:
    """Who answers for the field of a step (None: the open one) in the unit that does it, there or away."""
    unit, field_id = _where(dossier, planned)
    return people.holders(unit.pk, Role.SPECIALIST, [field_id])


def specialist_for(
    dossier: Dossier,
    assignee_id: int | None = None,
    planned: Planned | None = None,
    *,
    at: datetime | None = None,
) -> User | None:
    """Who resolves it: the one asked for, else whom the unit's own route names, else whom its way of sharing out the
    work gives it (R20).

    None: all of the field see it, or the leader assigns. `at`: when; None: now.
    """
    unit, field_id = _where(dossier, planned)
    at = at or timezone.now()
    if assignee_id is None:
        return _named(unit, field_id, planned, at) or by_the_units_way(unit, field_id, at)
    if unit.assignment == Assignment.LEADER:
        raise NotAllowed(_("Ở đơn vị này lãnh đạo phân công người xử lý."))
    chosen = people.available(unit.pk, Role.SPECIALIST, at, [field_id]).filter(pk=assignee_id).first()
    if chosen is None:
        raise NotAllowed(_("Người được chọn không phụ trách lĩnh vực này ở đơn vị, hoặc đang vắng mặt."))
    return chosen


def _named(unit: Unit, field_id: int, planned: Planned | None, at: datetime) -> User | None:
    """The officer of the unit's own route, who still holds role and field and is there, or has somebody who stands in.

    Nobody else: then the unit's way decides, as if the route named no one, and no dossier lies with who cannot do it.
    """
    if planned is None or planned.officer_id is None:
        return None
    holders = people.holders(unit.pk, Role.SPECIALIST, [field_id])
    named = next((user for user in holders if user.pk == planned.officer_id), None)
    if named is None or named.closes_on is not None:
        return None
    return named if staffing.staff(at, unit_id=unit.pk).is_able(unit.pk, named.pk, at) else None


def _where(dossier: Dossier, planned: Planned | None) -> tuple[Unit, int]:
    """Which unit does a step (None: the open one), and of which field it is."""
    if planned is not None:
        return unit_of(dossier, planned), planned.field_id or dossier.field_id
    return dossier.holder_unit, dossier.step.field_id if dossier.step else dossier.field_id


def who_had(dossier: Dossier, planned: Planned, at: datetime) -> User | None:
    """Who had the step last, unless that officer has left, lost the field, or is away without a substitute: then
    nobody could move it (R20).
    """
    steps = Step.objects.filter(dossier=dossier, position=planned.position).exclude(kind=StepKind.SUPPLEMENT)
    step = steps.order_by("-pk").first()
    if step is None or step.assignee_id is None or planned.kind is not StepKind.PROCESSING:
        return None
    there = staffing.staff(at, unit_id=step.unit_id)
    still = next((user for user in specialists(dossier, planned) if user.pk == step.assignee_id), None)
    return still if still and there.is_able(step.unit_id, still.pk, at) else None
