"""How many officers a unit has, which role nobody holds there, and how many know the software: three queries for all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from motcua.people import training
from motcua.people.models import Grant, Role, Unit, UnitLevel
from motcua.people.queries import in_force

_DESK = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
ESSENTIAL = {
    UnitLevel.COMMUNE: _DESK,
    UnitLevel.AGENCY: _DESK,
    UnitLevel.DISTRICT: (Role.LEADER,),
    UnitLevel.PROVINCE: (Role.ADMINISTRATOR,),
}
"""Without these a dossier stands still, or nobody can give a role at all."""


@dataclass(slots=True)
class Line:
    """A unit with its officers of today."""

    unit: Unit
    officers: set[int] = field(default_factory=set)
    desk: set[int] = field(default_factory=set)
    """Those who work with dossiers."""
    held: set[str] = field(default_factory=set)
    trained: int = 0
    """Of the desk's, who was trained on the software."""
    below: int = 0
    """Units below it."""
    short_below: int = 0
    """Of those, in which a role is missing."""

    @property
    def missing(self) -> list[Role]:
        if self.unit.valid_to is not None:
            return []
        return [role for role in ESSENTIAL[UnitLevel(self.unit.level)] if role not in self.held]


def lines(paths: Iterable[str]) -> list[Line]:
    """Every unit below these paths, in the order of the tree."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(path__startswith=path)
    units = Unit.objects.filter(wanted).select_related("parent").order_by("path")
    found = {unit.pk: Line(unit) for unit in units}
    grants = Grant.objects.filter(
        in_force(timezone.localdate()), unit__in=Unit.objects.filter(wanted), user__is_active=True
    )
    for unit_id, role, user_id in grants.values_list("unit", "role", "user"):
        line = found[unit_id]
        line.officers.add(user_id)
        line.held.add(role)
        if role in _DESK:
            line.desk.add(user_id)
    _count_trained(found.values())
    _count_below(found.values())
    return list(found.values())


def _count_trained(rows: Iterable[Line]) -> None:
    rows = list(rows)
    trained = training.know_the_software(set().union(*(row.desk for row in rows)))
    for row in rows:
        row.trained = len(row.desk & trained)


def _count_below(rows: Iterable[Line]) -> None:
    by_path = {row.unit.path: row for row in rows}
    for row in by_path.values():
        if row.unit.valid_to is not None:
            continue
        above = row.unit.path
        while above := above.rstrip(".").rpartition(".")[0]:
            above += "."
            if above in by_path:
                by_path[above].below += 1
                by_path[above].short_below += bool(row.missing)
