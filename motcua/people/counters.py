"""A desk's counters and who sits at which: a plan by weekdays, and dates that differ from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority, queries
from motcua.people.errors import StaffRefused
from motcua.people.models import Absence, CounterDuty, DeskCounter, Field, Unit, User
from motcua.people.officer import Officer

MOST_NUMBER = 99
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter at a moment, and the officer there (None: nobody). Name and title stand on his badge, so all may see them.

    TT 01/2018/TT-VPCP and NĐ 61/2018 Đ.11: an officer of the desk wears a name tag.
    """

    counter: DeskCounter
    officer: User | None
    instead_of: User | None = None
    """Who is away and would sit there."""


def seats(unit_id: int, at: datetime) -> list[Seat]:
    """Who sits at each counter in use at a moment, in the order of numbers; five queries, whatever the number of counters.

    One who is away gives the seat to the substitute; one without a role in the unit or with a closed account sits nowhere.
    """
    day = timezone.localdate(at)
    counters = list(
        DeskCounter.objects.filter(unit=unit_id, is_active=True).prefetch_related("fields").order_by("number")
    )
    if not counters:
        return []
    duties = CounterDuty.objects.filter(Q(day=day) | Q(weekday=day.weekday()), counter__in=counters)
    planned: dict[int, int | None] = {}
    for duty in duties.order_by("day"):  # nulls first or last: a date wins either way
        if duty.day is not None or duty.counter_id not in planned:
            planned[duty.counter_id] = duty.officer_id
    there = {user.pk: user for user in queries.colleagues(unit_id)}
    rows = Absence.objects.filter(queries.running(at), unit=unit_id)
    away = dict(rows.values_list("officer", "substitute"))
    return [_seat(counter, planned.get(counter.pk), there, away) for counter in counters]


def _seat(
    counter: DeskCounter, user_id: int | None, there: Mapping[int, User], away: Mapping[int, int | None]
) -> Seat:
    officer = there.get(user_id or 0)
    if officer is None or officer.pk not in away:
        return Seat(counter, officer)
    substitute = there.get(away[officer.pk] or 0)
    return Seat(counter, None if substitute and substitute.pk in away else substitute, instead_of=officer)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a counter is: its number, name, fields (none: all), and whether it is in use."""

    number: int
    name: str
    field_ids: frozenset[int]
    is_active: bool = True


@transaction.atomic
def save_counter(
    officer: Officer, unit: Unit, plan: Plan, at: datetime, counter_id: int | None = None
) -> DeskCounter:
    """A new counter, or another number, name or fields for one; recorded. Raises StaffRefused."""
    authority.check_manages(officer, unit)
    if not 1 <= plan.number <= MOST_NUMBER:
        raise StaffRefused(_("Số quầy từ 1 đến 99."), field="number")
    if Field.objects.filter(pk__in=plan.field_ids, group=None).count() != len(plan.field_ids):
        raise StaffRefused(_("Có lĩnh vực không còn trong danh mục. Chọn lại."), field="fields")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if DeskCounter.objects.filter(unit=unit, number=plan.number).exclude(pk=counter_id or 0).exists():
        raise StaffRefused(_("Quầy số %(n)d đã có.") % {"n": plan.number}, field="number")
    row = _counter(unit, counter_id) if counter_id else DeskCounter(unit=unit)
    row.number, row.name, row.is_active = plan.number, " ".join(plan.name.split()), plan.is_active
    row.save()
    row.fields.set(plan.field_ids)
    facts = {"number": row.number, "fields": sorted(plan.field_ids), "active": row.is_active}
    _tell(officer, "counter.saved", row, unit, facts, at)
    return row


@transaction.atomic
def plan_week(
    officer: Officer, unit: Unit, counter_id: int, week: Sequence[int | None], at: datetime
) -> None:
    """Who sits at a counter on each weekday, Monday first (None: nobody). Raises StaffRefused."""
    authority.check_manages(officer, unit)
    counter = _counter(unit, counter_id)
    for weekday, user_id in enumerate(week):
        _check_colleague(unit, user_id, str(weekday))
        _check_elsewhere(counter, user_id, str(weekday), weekday=weekday)
    before = dict(counter.duties.filter(day=None).values_list("weekday", "officer"))
    after = {weekday: user_id for weekday, user_id in enumerate(week) if user_id is not None}
    if before == after:
        return
    counter.duties.filter(day=None).delete()
    CounterDuty.objects.bulk_create(
        CounterDuty(counter=counter, weekday=weekday, officer_id=user_id)
        for weekday, user_id in after.items()
    )
    _tell(officer, "counter.week_planned", counter, unit, {"week": list(week)}, at)


@transaction.atomic
def plan_day(
    officer: Officer, unit: Unit, counter_id: int, day: date, user_id: int | None, at: datetime
) -> None:
    """Somebody else on one date, or nobody (None: the counter is shut). Raises StaffRefused."""
    authority.check_manages(officer, unit)
    if day < timezone.localdate(at):
        raise StaffRefused(_("Ngày này đã qua."), field="day")
    counter = _counter(unit, counter_id)
    _check_colleague(unit, user_id, "officer")
    _check_elsewhere(counter, user_id, "officer", day=day)
    CounterDuty.objects.update_or_create(counter=counter, day=day, defaults={"officer_id": user_id})
    _tell(officer, "counter.day_planned", counter, unit, {"day": day, "officer": user_id}, at)


@transaction.atomic
def forget_day(officer: Officer, unit: Unit, counter_id: int, day: date, at: datetime) -> None:
    """The week's plan counts again on a date. Raises StaffRefused."""
    authority.check_manages(officer, unit)
    counter = _counter(unit, counter_id)
    deleted, _rows = counter.duties.filter(day=day).delete()
    if deleted:
        _tell(officer, "counter.day_forgotten", counter, unit, {"day": day}, at)


def _counter(unit: Unit, counter_id: int) -> DeskCounter:
    """The counter, locked; its unit's only."""
    row = DeskCounter.objects.filter(unit=unit, pk=counter_id).select_for_update().first()
    if row is None:
        raise StaffRefused(_("Không có quầy này ở đơn vị."))
    return row


def _check_colleague(unit: Unit, user_id: int | None, field: str) -> None:
    if user_id is not None and not queries.colleagues(unit.pk).filter(pk=user_id).exists():
        raise StaffRefused(_("Chọn cán bộ đang làm việc ở đơn vị."), field=field)


def _check_elsewhere(counter: DeskCounter, user_id: int | None, field: str, **when: object) -> None:
    """Nobody sits at two counters at once."""
    if user_id is None:
        return
    other = CounterDuty.objects.filter(
        counter__unit=counter.unit_id, counter__is_active=True, officer=user_id, **when
    )
    row = other.exclude(counter=counter).select_related("counter").first()
    if row is not None:
        raise StaffRefused(
            _("Người này đã ngồi quầy %(n)d trong ngày ấy.") % {"n": row.counter.number}, field=field
        )


def _tell(
    officer: Officer, kind: str, counter: DeskCounter, unit: Unit, facts: Mapping[str, object], at: datetime
) -> None:
    journal.record(
        chain=unit.code,
        kind=kind,
        subject=f"counter:{counter.pk}",
        facts={"unit": unit.pk, **facts},
        actor_id=officer.user_id or None,
        at=at,
    )
