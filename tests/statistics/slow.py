"""The same figures, slowly: every dossier looked at in Python, one by one. Shares nothing with what it checks."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.people.models import Unit, UnitPeriod, UnitSuccession

NAMES = [
    "carried_over",
    "received",
    "received_online",
    "received_post",
    "finished_on_time",
    "finished_late",
    "refused",
    "withdrawn",
    "open",
    "open_overdue",
    "digitised",
    "apologised",
]


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def everything() -> list[Dossier]:
    """All dossiers there are."""
    rows = Dossier.objects.select_related("unit", "field", "version__procedure").prefetch_related("asked")
    return list(rows)


def figures(
    rows: list[Dossier], first: date, last: date, key: Callable[[Dossier], Any]
) -> dict[Any, dict[str, int]]:
    """Key → the twelve figures; dossiers whose key is None are left out."""
    found: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for dossier in rows:
        where = key(dossier)
        if where is not None:
            for name in _counts_as(dossier, first, last):
                found[where][name] += 1
    return {where: row for where, row in found.items() if any(row.values())}


def _counts_as(dossier: Dossier, first: date, last: date) -> list[str]:
    came = day_of(dossier.received_at)
    went = day_of(dossier.finished_at) if dossier.finished_at else None
    if came > last or (went is not None and went < first):
        return []
    names = []
    if came < first:
        names.append("carried_over")
    else:
        names.append("received")
        if dossier.channel != "direct":
            names.append(f"received_{dossier.channel}")
        if not dossier.unscanned:
            names.append("digitised")
    if went is None or went > last:
        names.append("open")
        if _is_overdue(dossier, last):
            names.append("open_overdue")
        return names
    names.append("finished_late" if dossier.punctuality == "late" else "finished_on_time")
    if dossier.outcome == "refused":
        names.append("refused")
    if dossier.outcome in ("withdrawn", "lapsed"):
        names.append("withdrawn")
    if dossier.punctuality == "late" and dossier.apologised_at:
        names.append("apologised")
    return names


def _is_overdue(dossier: Dossier, last: date) -> bool:
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    end = min(end, timezone.now())
    for row in dossier.asked.all():
        if row.asked_at and row.asked_at < end and (row.answered_at is None or row.answered_at >= end):
            return False
    return dossier.due_at < end


def unit_on(code: str, day: date) -> str:
    """With whom a unit is counted on a day."""
    unit = Unit.objects.get(code=code)
    while unit.valid_to is not None and unit.valid_to < day:
        row = UnitSuccession.objects.filter(predecessor=unit, on__lte=day).order_by("on")[0]
        unit = row.successor
    return unit.code


def district_on(code: str, day: date) -> str:
    for period in UnitPeriod.objects.filter(unit__code=code).select_related("parent"):
        began = period.valid_from is None or period.valid_from <= day
        if began and (period.valid_to is None or period.valid_to >= day) and period.parent:
            return period.parent.code
    raise LookupError(code)
