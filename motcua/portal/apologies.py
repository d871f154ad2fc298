"""Apologies made and owed, by unit and month: numbers only, no dossier and no person (R26, TT 01/2018 Đ.16)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from motcua.dossiers.apologies import owed
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Apology, Dossier
from motcua.people.models import Unit, UnitLevel
from motcua.people.queries import below
from motcua.people.succession import is_there

MONTHS = 12


@dataclass(slots=True)
class Numbers:
    """Of a unit and all below it, or of a month."""

    made: int = 0
    """Signed for lateness, by the agency that apologised, in the month of the signature."""
    other: int = 0
    """Signed for another fault."""
    owed: int = 0
    """Late without a signed apology: by the agency that has the dossier, in the month in which it was due."""

    def add(self, other: "Numbers") -> None:
        self.made += other.made
        self.other += other.other
        self.owed += other.owed


@dataclass(frozen=True, slots=True)
class Table:
    """What the page shows: a whole for each of the last months, and one month's units."""

    months: list[tuple[date, Numbers]]
    units: list[tuple[Unit, Numbers]]
    """Those that apologised or owe it."""
    clean: list[Unit]
    """Those with neither."""


def table(root: Unit, month: date, now: datetime) -> Table:
    """Three queries, however many units and dossiers there are."""
    first = months_until(now)[-1]
    by_month: dict[date, Numbers] = defaultdict(Numbers)
    by_unit: dict[str, Numbers] = defaultdict(Numbers)
    for path, of, numbers in _rows(root, first, now):
        by_month[of].add(numbers)
        if of == month:
            by_unit[path.removeprefix(root.path).partition(".")[0] or root.code].add(numbers)
    units = [root, *root.children.order_by("name")]
    return Table(
        months=[(of, by_month[of]) for of in months_until(now)],
        units=[(unit, by_unit[unit.code]) for unit in units if unit.code in by_unit],
        clean=[unit for unit in units[1:] if unit.code not in by_unit and _is_named(unit)],
    )


def _is_named(unit: Unit) -> bool:
    """An agency is named when it owes something, not for having had nothing to do."""
    return is_there(unit, timezone.localdate()) and unit.level != UnitLevel.AGENCY


def months_until(now: datetime) -> list[date]:
    """The first days of the last twelve months, latest first."""
    today = timezone.localdate(now)
    counted = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS)]
    return [date(year, month + 1, 1) for year, month in counted]


def _rows(root: Unit, first: date, now: datetime) -> Iterator[tuple[str, date, Numbers]]:
    since = aware(datetime(first.year, first.month, 1))  # noqa: DTZ001  made aware here
    for_lateness = Q(cause=Apology.Cause.LATE)
    made = Apology.objects.filter(signed_at__gte=since, unit__in=below(root.path))
    by_agency = made.values("unit__path", month=TruncMonth("signed_at"))
    late_ones, others = Count("pk", filter=for_lateness), Count("pk", filter=~for_lateness)
    for row in by_agency.annotate(late=late_ones, other=others).order_by():
        yield row["unit__path"], _month(row["month"]), Numbers(made=row["late"], other=row["other"])
    late = Dossier.objects.filter(owed(now), due_at__gte=since, holder_unit__in=below(root.path))
    by_holder = late.values("holder_unit__path", month=TruncMonth("due_at"))
    for debt in by_holder.annotate(n=Count("pk")).order_by():
        yield debt["holder_unit__path"], _month(debt["month"]), Numbers(owed=debt["n"])


def _month(moment: datetime) -> date:
    return timezone.localtime(moment).date()
