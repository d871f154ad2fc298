"""Opening and closing the steps of a dossier's way, in whichever agency they lie."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.errors import NotReady
from motcua.catalog.models import RouteStep, RouteTask
from motcua.dossiers.clock import aware, local
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Consultation, Dossier, Leg, Step
from motcua.people import queries as people
from motcua.people.calendar import calendar_of
from motcua.people.errors import UnitUnknown
from motcua.people.models import Role, Unit, User
from motcua.rules import deadline, shares
from motcua.rules.limits import Limit
from motcua.rules.punctuality import punctuality
from motcua.rules.workflow import StepKind

NO_ROUTE = gettext_lazy("Thủ tục này chưa có quy trình nội bộ. Báo quản trị tỉnh thiết lập.")


class Planned(NamedTuple):
    """A step as the route plans it."""

    position: int
    kind: StepKind
    role: Role
    minutes: int
    agency: str = ""
    """Empty: at the unit that received it (catalog.RouteStep.agency)."""
    field_id: int | None = None
    """None: the procedure's own."""
    officer_id: int | None = None
    """Who does it at this unit, by the unit's own route; None: as the unit shares its work out."""


def planned_step(route_id: int, position: int) -> Planned | None:
    """A step of a route; None past either end."""
    rows = RouteStep.objects.filter(route=route_id, position=position)
    for number, kind, role, *rest in rows.values_list(*Planned._fields):
        return Planned(number, StepKind(kind), Role(role), *rest)
    return None


def last_step(route_id: int) -> Planned:
    """The return to the citizen, with which every route ends."""
    row = RouteStep.objects.filter(route=route_id).order_by("-position").values_list(*Planned._fields)[0]
    return Planned(row[0], StepKind(row[1]), Role(row[2]), *row[3:])


def first_step(route_id: int) -> Planned:
    """Where a dossier begins. Raises NotReady for a route without a step."""
    first = planned_step(route_id, 1)
    if first is None:
        raise NotReady(NO_ROUTE)
    return first


def neighbour(dossier: Dossier, distance: int) -> Planned:
    """The step before (-1) or after (+1) the open one. Raises NotAllowed at either end."""
    found = planned_step(dossier.route_id, (dossier.step.position if dossier.step else 0) + distance)
    if found is None:
        raise NotAllowed(_("Không còn bước nào theo hướng này."))
    return found


def open_step(
    dossier: Dossier, planned: Planned, at: datetime, assignee: User | None, *, due_at: datetime | None = None
) -> Step:
    """Open a step where the route has it; into another agency it opens that agency's leg too.

    `due_at`: only for a step that has no share, such as the citizen's own time. Raises NotReady when the agency of
    the route does not exist.
    """
    unit = unit_of(dossier, planned)
    leg = _leg(dossier, planned, unit, at)
    if leg is not None:
        open_tasks(dossier, planned, unit, at)
    return Step.objects.create(
        dossier=dossier,
        position=planned.position,
        kind=planned.kind,
        role=planned.role,
        unit=unit,
        field_id=planned.field_id or dossier.field_id,
        assignee=assignee,
        minutes=planned.minutes,
        opened_at=at,
        due_at=due_at or step_due(dossier, planned, at, unit),
        leg=leg,
    )


def unit_of(dossier: Dossier, planned: Planned) -> Unit:
    """Which unit does a step of this dossier's route."""
    if not planned.agency:
        return dossier.unit
    if dossier.holder_unit.agency_kind == planned.agency and dossier.step is not None:
        return dossier.holder_unit  # it stays where it is
    return agency_of(dossier, planned.agency)


def check_agencies(dossier: Dossier) -> None:
    """Every agency of the route exists for this unit; else nothing is received (NotReady): it would get stuck on the way."""
    route = RouteStep.objects.filter(route=dossier.route_id)
    kinds = set(route.values_list("agency", flat=True)) | set(route.values_list("tasks__agency", flat=True))
    for kind in sorted(kind for kind in kinds if kind):
        agency_of(dossier, kind)


def agency_of(dossier: Dossier, kind: str) -> Unit:
    """The agency that a route means for a dossier. Raises NotReady when there is none."""
    try:
        return people.agency_for(dossier.unit, kind)
    except UnitUnknown as error:
        raise NotReady(str(error)) from error


def _leg(dossier: Dossier, planned: Planned, unit: Unit, at: datetime) -> Leg | None:
    """The open leg if the step lies in its agency, else a new one; None where the route never leaves its unit."""
    begins = dossier.step is None
    if not (is_interlinked(dossier.route_id) if begins else dossier.local_due_at):
        return None
    current = Leg.objects.select_related("unit").filter(dossier=dossier, closed_at=None).first()
    if current is not None and current.unit_id == unit.pk and planned.kind is not StepKind.SUPPLEMENT:
        return current
    if current is not None:
        _close_leg(current, at)
    if planned.kind is StepKind.SUPPLEMENT:
        return None  # the citizen's time is no agency's
    minutes = _leg_minutes(dossier.route_id, planned)
    sender = dossier.step.unit if dossier.step else unit
    return Leg.objects.create(
        dossier=dossier,
        unit=unit,
        position=planned.position,
        minutes=minutes,
        sent_by=None if begins else sender,
        opened_at=at,
        due_at=_leg_due(dossier, planned.kind, minutes, at, unit),
        acknowledged_at=at if sender.pk == unit.pk else None,
    )


def _leg_due(dossier: Dossier, first: StepKind, minutes: int, at: datetime, unit: Unit) -> datetime:
    """When an agency's stretch is due: its share of the time; the last one, the return, with the dossier."""
    if first is StepKind.RETURN:
        return dossier.due_at
    whole = Planned(0, StepKind.PROCESSING, Role.SPECIALIST, minutes)
    return step_due(dossier, whole, at, unit)


def recount_leg(dossier: Dossier) -> Leg | None:
    """The open leg with its due time after the dossier's own was counted anew."""
    leg = Leg.objects.select_related("unit").filter(dossier=dossier, closed_at=None).first()
    if leg is not None:
        kind = StepKind(dossier.step_kind)
        first = StepKind.RETURN if kind is StepKind.RETURN else StepKind.PROCESSING
        leg.due_at = _leg_due(dossier, first, leg.minutes, leg.opened_at, leg.unit)
        leg.save(update_fields=["due_at"])
    return leg


def local_due(dossier: Dossier, leg: Leg | None) -> datetime | None:
    """When the receiving unit's own part is due: with its leg while it has the dossier, and as it was afterwards."""
    if leg is None or not dossier.local_due_at:
        return dossier.local_due_at
    before = RouteStep.objects.filter(route=dossier.route_id, position__lte=leg.position)
    return dossier.local_due_at if before.exclude(agency="").exists() else leg.due_at


def is_interlinked(route_id: int) -> bool:
    """Whether any step of the route lies in another agency, or has a task for one."""
    elsewhere = ~Q(agency="") | Q(tasks__isnull=False)
    return RouteStep.objects.filter(elsewhere, route=route_id).exists()


def _leg_minutes(route_id: int, planned: Planned) -> int:
    """The time of an agency's stretch: its steps from here to the first that lies elsewhere."""
    onward = RouteStep.objects.filter(route=route_id, position__gte=planned.position)
    elsewhere = onward.exclude(agency=planned.agency).order_by("position").values_list("position", flat=True)
    stretch = onward.filter(position__lt=elsewhere[0]) if elsewhere else onward
    return stretch.aggregate(whole=Sum("minutes"))["whole"] or 0


def _close_leg(leg: Leg, at: datetime, done_at: datetime | None = None) -> None:
    leg.closed_at = at
    leg.punctuality = punctuality(local(leg.due_at), local(done_at or at))
    leg.save(update_fields=["closed_at", "punctuality"])


def close_legs(dossier: Dossier, at: datetime, *, done_at: datetime | None = None) -> None:
    """The way is over: whatever leg is open ends, in time or not (as close_step)."""
    if dossier.local_due_at:
        for leg in Leg.objects.filter(dossier=dossier, closed_at=None):
            _close_leg(leg, at, done_at)


def step_due(dossier: Dossier, planned: Planned, at: datetime, unit: Unit) -> datetime:
    """When the step is due: the transfer of what came in by R06, any other by its share (R13)."""
    calendar = calendar_of(unit)
    if planned.kind is StepKind.RECEPTION:
        return min(aware(deadline.transfer_due(local(at), calendar)), dossier.due_at)
    if planned.kind is StepKind.RETURN and not planned.minutes:
        return dossier.due_at  # its time is not counted, so it cannot be late before the dossier is
    due = shares.step_due(
        opened=local(at),
        share_minutes=planned.minutes,
        nominal_total=Limit.parse(dossier.limit).nominal_minutes,
        received=local(dossier.counted_from),
        due=local(dossier.due_at),
        calendar=calendar,
    )
    return aware(due)


def open_tasks(dossier: Dossier, planned: Planned, unit: Unit, at: datetime) -> None:
    """What the route asks of other agencies at the same time (Đ.19.6): each its task and its own time, once."""
    rows = RouteTask.objects.filter(step__route=dossier.route_id, step__position=planned.position)
    number = Consultation.objects.filter(dossier=dossier).count()
    for task in rows.order_by("pk"):
        to_unit = agency_of(dossier, task.agency)
        if Consultation.objects.filter(dossier=dossier, to_unit=to_unit, by_route=True).exists():
            continue  # the step was done before and came back: the answer stands
        number += 1
        whole = Planned(planned.position, StepKind.PROCESSING, planned.role, task.minutes)
        Consultation.objects.create(
            dossier=dossier,
            number=number,
            from_unit=unit,
            to_unit=to_unit,
            by_route=True,
            question=task.task,
            asked_at=at,
            due_at=step_due(dossier, whole, at, to_unit),
        )


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
