"""Dossiers whose open step nobody who is there can do, now or soon; and whose they would be if somebody left (R20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.people.models import Assignment, Role
from motcua.people.staffing import Staff, midnight, staff
from motcua.people.succession import answered_by
from motcua.rules.workflow import StepKind

SOON = timedelta(days=14)
"""How far ahead absences and ends of roles are looked at."""
_DESK = (StepKind.RECEPTION, StepKind.RETURN, StepKind.SUPPLEMENT)
_PAIR = 10**9
"""More than there are officers or fields: two numbers as one, for which one list of pairs can be asked."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A dossier that nobody can move: since or from when, and why, in words."""

    dossier: Dossier
    at: datetime
    why: str
    can_assign: bool
    """Whether giving it to somebody mends it; else somebody must be found for the role."""


def open_ones(*, unit_id: int | None = None, path: str = "") -> QuerySet[Dossier]:
    """All that lies with somebody, at one unit or below a path; to be ordered by (step_due_at, id)."""
    found = Dossier.objects.filter(step_due_at__isnull=False)
    if unit_id is not None:
        found = found.filter(holder_unit__in=answered_by(unit_id))
    else:
        found = found.filter(holder_unit__path__startswith=path)
    return found.annotate(
        _lies_with=F("holder_unit_id") * _PAIR + F("assignee_id"),
        _lies_in=F("holder_unit_id") * _PAIR + F("step__field_id"),
    )


def uncovered(there: Staff) -> Q:
    """Of `open_ones`: those that at some moment of the staff's stretch of time nobody can do."""
    no_clerk = ~Q(holder_unit__in=there.units(Role.CLERK))
    no_leader = ~Q(holder_unit__in=there.units(Role.LEADER))
    work = Q(step_kind=StepKind.PROCESSING)
    nobodys = work & Q(assignee=None)
    by_leader = Q(holder_unit__assignment=Assignment.LEADER)
    return (
        Q(step_kind__in=_DESK) & no_clerk
        | Q(step_kind=StepKind.APPROVAL) & no_leader
        | work & Q(assignee__isnull=False) & ~Q(_lies_with__in=_pairs(there.specialists()))
        | nobodys & ~by_leader & ~Q(_lies_in__in=_pairs(there.fields()))
        | nobodys & by_leader & no_leader
    )


def _pairs(pairs: Iterable[tuple[int, int]]) -> list[int]:
    return [first * _PAIR + second for first, second in pairs]


def now(at: datetime, *, unit_id: int | None = None, path: str = "") -> tuple[QuerySet[Dossier], Staff]:
    """What nobody can do at this moment, and the staff that says so."""
    there = staff(at, unit_id=unit_id, path=path)
    return open_ones(unit_id=unit_id, path=path).filter(uncovered(there)), there


def soon(at: datetime, *, unit_id: int | None = None, path: str = "") -> tuple[QuerySet[Dossier], Staff]:
    """What somebody can do now and nobody at some moment of the days to come, as absences and roles are recorded."""
    there = staff(at, unit_id=unit_id, path=path)
    later = staff(at, at + SOON, unit_id=unit_id, path=path)
    found = open_ones(unit_id=unit_id, path=path).filter(uncovered(later)).exclude(uncovered(there))
    return found, later


def left_by(user_id: int, unit_id: int, last_day: date, at: datetime) -> QuerySet[Dossier]:
    """What would lie with nobody in a unit once an officer's roles there have ended."""
    moment = at if last_day <= timezone.localdate(at) else midnight(last_day + timedelta(days=1))
    without = uncovered(staff(moment, unit_id=unit_id, without=[user_id]))
    as_it_is = uncovered(staff(moment, unit_id=unit_id))
    return open_ones(unit_id=unit_id).filter(without).filter(Q(assignee=user_id) | ~as_it_is)


def troubles(rows: Iterable[Dossier], there: Staff) -> list[Trouble]:
    """Rows of a page with their reasons; `holder_unit`, `assignee` and `step__field` are wanted with them."""
    return [_trouble(dossier, there) for dossier in rows]


def _trouble(dossier: Dossier, there: Staff) -> Trouble:
    unit_id, kind = dossier.holder_unit_id, dossier.step_kind
    if kind in _DESK:
        at = there.gap(unit_id, Role.CLERK)
        return _told(dossier, at, there, _("Không có công chức tiếp nhận nào có mặt"), can_assign=False)
    if kind == StepKind.APPROVAL:
        at = there.gap(unit_id, Role.LEADER)
        return _told(dossier, at, there, _("Không có lãnh đạo nào có mặt"), can_assign=False)
    if dossier.assignee is not None:
        at = there.gap(unit_id, Role.SPECIALIST, user_id=dossier.assignee_id)
        return _told(dossier, at, there, _of_officer(dossier, at or there.since, there), can_assign=True)
    if dossier.holder_unit.assignment == Assignment.LEADER:
        at = there.gap(unit_id, Role.LEADER)
        return _told(
            dossier, at, there, _("Chưa phân công, và không có lãnh đạo nào có mặt"), can_assign=True
        )
    field = dossier.step.field if dossier.step else dossier.field
    at = there.gap(unit_id, Role.SPECIALIST, field_id=field.pk)
    words = _("Không có ai phụ trách lĩnh vực %(field)s") % {"field": field.name}
    return _told(dossier, at, there, words, can_assign=True)


def _told(dossier: Dossier, at: datetime | None, there: Staff, why: str, *, can_assign: bool) -> Trouble:
    return Trouble(dossier, at or there.since, why, can_assign)


def _of_officer(dossier: Dossier, at: datetime, there: Staff) -> str:
    """What is the matter with the one who has it."""
    name = {"name": dossier.assignee.full_name if dossier.assignee else ""}
    away = there.away(dossier.holder_unit_id, dossier.assignee_id or 0, at)
    if away is None:
        return _("%(name)s không còn làm việc chuyên môn ở đơn vị") % name
    if away.substitute_id is None:
        return _("%(name)s vắng mặt, chưa có người thay") % name
    return _("%(name)s vắng mặt, người thay cũng không làm được") % name
