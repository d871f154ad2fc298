"""Who answers for a unit that has ended, and for whom a unit answers (merged communes).

Nothing is moved when communes merge: a dossier stays the unit's that received it, and from the day on the successor's
officers act in that unit with the roles they hold in their own. So it does not matter whether anybody pressed a button
that day, or whether the worker ran.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.people.models import Unit, UnitSuccession


def answered_by(unit_id: int, day: date | None = None) -> QuerySet[Unit]:
    """The unit and all whose work it has by a day (None: today): ids, for `…__in`. No query of its own."""
    inherited = UnitSuccession.objects.filter(successor=unit_id, on__lte=day or timezone.localdate())
    return _together(unit_id, inherited.values_list("predecessor_id"))


def answering(unit_id: int, day: date | None = None) -> QuerySet[Unit]:
    """The unit and whoever has its work by a day: where its officers are found. Ids, for `…__in`."""
    passed_on = UnitSuccession.objects.filter(predecessor=unit_id, on__lte=day or timezone.localdate())
    return _together(unit_id, passed_on.values_list("successor_id"))


def lists_of(unit_id: int) -> QuerySet[Unit]:
    """The unit and those whose lists of procedures it still has to take over: until the merger is carried out."""
    today = timezone.localdate()
    to_come = UnitSuccession.objects.filter(
        successor=unit_id, on__lte=today, merger__carried_out_at=None, merger__isnull=False
    )
    return _together(unit_id, to_come.values_list("predecessor_id"))


def _together(unit_id: int, others: QuerySet[UnitSuccession, tuple[int]]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=unit_id).values_list("pk").union(others)  # type: ignore[return-value]


def taken_over(unit_ids: Collection[int], day: date) -> dict[int, list[Unit]]:
    """Of these units: whose work each has by a day. One query, none for no units."""
    if not unit_ids:
        return {}
    rows = UnitSuccession.objects.filter(successor__in=unit_ids, on__lte=day).select_related("predecessor")
    found: dict[int, list[Unit]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.successor_id, []).append(row.predecessor)
    return found


def latest(unit_id: int, day: date | None = None) -> UnitSuccession | None:
    """By which succession somebody else answers for a unit on a day; None: it does so itself."""
    found = UnitSuccession.objects.filter(predecessor=unit_id, on__lte=day or timezone.localdate())
    return found.select_related("successor__parent__parent").order_by("on", "pk").last()


def heir(unit: Unit, day: date | None = None) -> Unit | None:
    """Who answers for a unit on a day in its stead; None: nobody, it does so itself."""
    if unit.valid_to is None:  # most units: no query
        return None
    found = latest(unit.pk, day)
    return found.successor if found else None


def acting(unit: Unit, day: date | None = None) -> Unit:
    """The unit that answers for this one on a day: itself, or who went on with its work."""
    return heir(unit, day) or unit


def exists_on(day: date) -> Q:
    """Units that exist on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def is_there(unit: Unit, day: date) -> bool:
    """Whether a unit exists on a day."""
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
