"""Recording who is away and who stands in (R20). Nothing here touches a dossier or a clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people.errors import AbsenceRefused
from motcua.people.models import Absence, AbsenceKind, Grant, Role, Unit
from motcua.people.officer import Officer
from motcua.people.queries import HANDED_TO_A_SUBSTITUTE, in_force

LONGEST = timedelta(days=366)
"""Beyond it, it is a slip of the keyboard or somebody who has left."""
DIRECTING = frozenset({Role.LEADER, Role.UNIT_ADMIN})


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is away from when until when (the first moment back), why, and who stands in (None: nobody)."""

    officer_id: int
    starts: datetime
    ends: datetime
    kind: AbsenceKind
    substitute_id: int | None


@transaction.atomic
def record(officer: Officer, unit_id: int, plan: Plan, now: datetime) -> Absence:
    """Enter an absence: one's own, or as leader or unit administrator anybody's of the unit.

    Raises AbsenceRefused: not a colleague, over already, overlapping, or with a substitute who cannot stand in.
    """
    unit = _locked(unit_id)
    _check_recorder(officer, unit_id, plan.officer_id)
    _check_time(plan, now)
    _check_colleague(unit_id, plan.officer_id, plan)
    _check_free(unit_id, plan)
    _check_substitute(unit_id, plan)
    row = Absence.objects.create(
        officer_id=plan.officer_id,
        unit=unit,
        starts=plan.starts,
        ends=plan.ends,
        substitute_id=plan.substitute_id,
        kind=plan.kind,
        recorded_by_id=officer.user_id,
        recorded_at=now,
    )
    _tell(officer, "absence.recorded", row, unit, now)
    return row


@transaction.atomic
def change(
    officer: Officer, absence_id: int, *, ends: datetime, substitute_id: int | None, now: datetime
) -> Absence:
    """End an absence early, extend it, or let somebody else stand in. Raises AbsenceRefused."""
    row, unit = _standing(officer, absence_id, now)
    plan = Plan(row.officer_id, row.starts, ends, AbsenceKind(row.kind), substitute_id)
    if ends <= row.starts:
        raise AbsenceRefused(_("Lúc trở lại phải sau lúc bắt đầu vắng."), field="last")
    if ends > row.ends:
        _check_time(plan, now)
        _check_colleague(unit.pk, row.officer_id, plan)
        _check_free(unit.pk, plan, but=row.pk)
    if ends > row.ends or substitute_id != row.substitute_id:
        _check_substitute(unit.pk, plan, since=now)
    row.ends, row.substitute_id = ends, substitute_id
    row.save(update_fields=["ends", "substitute_id"])
    _tell(officer, "absence.changed", row, unit, now)
    return row


@transaction.atomic
def end(officer: Officer, absence_id: int, now: datetime) -> Absence:
    """The officer is back, or does not go: what has not begun is cancelled. Raises AbsenceRefused."""
    row, unit = _standing(officer, absence_id, now)
    if row.starts < now:
        row.ends = now
    else:
        row.cancelled_at = now
    row.save(update_fields=["ends", "cancelled_at"])
    _tell(officer, "absence.ended", row, unit, now)
    return row


def may_record(officer: Officer, unit_id: int, of: int) -> bool:
    """Whether this officer may enter or change an absence of that one."""
    roles = officer.roles_in(unit_id)
    return bool(roles & DIRECTING) or (of == officer.user_id and bool(roles))


def of_unit(unit_id: int, since: datetime, *, of: int | None = None) -> QuerySet[Absence]:
    """Absences that run or come, to be ordered by (starts, id); only one officer's, or where he stands in."""
    rows = Absence.objects.filter(unit=unit_id, cancelled_at=None, ends__gt=since)
    return rows if of is None else rows.filter(Q(officer=of) | Q(substitute=of))


def _locked(unit_id: int) -> Unit:
    """The unit, held until the end of the transaction: its absences are written one after another."""
    return Unit.objects.select_for_update(no_key=True).get(pk=unit_id)


def _standing(officer: Officer, absence_id: int, now: datetime) -> tuple[Absence, Unit]:
    """An absence that is not over, and its unit, locked."""
    row = Absence.objects.filter(pk=absence_id).first()
    if row is None or not may_record(officer, row.unit_id, row.officer_id):
        raise AbsenceRefused(_("Không có lần vắng mặt này ở đơn vị của bạn."))
    unit = _locked(row.unit_id)
    row.refresh_from_db()  # somebody may have ended it while we waited
    if row.cancelled_at is not None or row.ends <= now:
        raise AbsenceRefused(_("Lần vắng mặt này đã kết thúc. Tải lại trang."))
    return row, unit


def _check_recorder(officer: Officer, unit_id: int, of: int) -> None:
    if not may_record(officer, unit_id, of):
        raise AbsenceRefused(
            _("Bạn chỉ ghi được lần vắng của chính mình; của người khác thì lãnh đạo ghi."), field="officer"
        )


def _check_time(plan: Plan, now: datetime) -> None:
    if plan.ends <= plan.starts:
        raise AbsenceRefused(_("Lúc trở lại phải sau lúc bắt đầu vắng."), field="last")
    if plan.ends <= now:
        raise AbsenceRefused(_("Thời gian này đã qua, không còn gì để người khác làm thay."), field="last")
    if plan.ends - plan.starts > LONGEST:
        raise AbsenceRefused(
            _("Vắng quá một năm thì bàn giao công việc, không ghi vắng mặt. Kiểm tra lại ngày."), field="last"
        )


def _check_colleague(unit_id: int, user_id: int, plan: Plan, *, field: str = "officer") -> None:
    """Of the unit from the first day of the absence to its last, with an account that is open."""
    days = [_day(plan.starts), _day(plan.ends - timedelta(minutes=1))]
    held = Grant.objects.filter(
        unit=unit_id, user=user_id, user__is_active=True, role__in=HANDED_TO_A_SUBSTITUTE
    )
    if not all(held.filter(in_force(day)).exists() for day in days):
        raise AbsenceRefused(
            _("Người này không làm việc ở đơn vị trong suốt thời gian ấy. Chọn người khác hoặc ngày khác."),
            field=field,
        )


def _overlapping(unit_id: int, starts: datetime, ends: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(unit=unit_id, cancelled_at=None, starts__lt=ends, ends__gt=starts)


def _check_free(unit_id: int, plan: Plan, *, but: int | None = None) -> None:
    """Not away already, and not needed for somebody else: then that one's substitute is chosen anew first."""
    others = _overlapping(unit_id, plan.starts, plan.ends).exclude(pk=but or 0).select_related("officer")
    for other in others:
        words = {"name": other.officer.full_name} | _span(other)
        if other.officer_id == plan.officer_id:
            raise AbsenceRefused(_("Đã ghi vắng từ %(first)s đến %(last)s.") % words, field="first")
        if other.substitute_id == plan.officer_id:
            raise AbsenceRefused(
                _(
                    "Người này đang thay %(name)s từ %(first)s đến %(last)s: chọn người khác thay %(name)s trước."
                )
                % words,
                field="officer",
            )


def _check_substitute(unit_id: int, plan: Plan, *, since: datetime | None = None) -> None:
    """A colleague, another one, and there all the time (from `since` on). So no two can stand in for each other."""
    if plan.substitute_id is None:
        return
    if plan.substitute_id == plan.officer_id:
        raise AbsenceRefused(_("Người thay phải là người khác."), field="substitute")
    starts = max(plan.starts, since) if since else plan.starts
    if starts >= plan.ends:
        return
    still = Plan(plan.officer_id, starts, plan.ends, plan.kind, plan.substitute_id)
    _check_colleague(unit_id, plan.substitute_id, still, field="substitute")
    away = _overlapping(unit_id, starts, plan.ends).filter(officer=plan.substitute_id)
    other = away.select_related("officer").first()
    if other is None:
        return
    words = {"name": other.officer.full_name} | _span(other)
    raise AbsenceRefused(
        _("%(name)s cũng vắng từ %(first)s đến %(last)s. Chọn người khác.") % words, field="substitute"
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _span(row: Absence) -> dict[str, str]:
    last = _day(row.ends - timedelta(minutes=1))
    return {"first": f"{_day(row.starts):%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}


def _tell(officer: Officer, kind: str, row: Absence, unit: Unit, now: datetime) -> None:
    facts: dict[str, Any] = {
        "unit": unit.pk,
        "officer": row.officer_id,
        "starts": row.starts,
        "ends": row.ends,
        "substitute": row.substitute_id,
        "why": row.kind,
        "cancelled": row.cancelled_at is not None,
    }
    journal.record(
        chain=unit.code,
        kind=kind,
        subject=f"user:{row.officer_id}",
        facts=facts,
        actor_id=officer.user_id or None,
        at=now,
    )
