"""The tree of units as it was on a day, and who answered on it for the units that had ended."""

from dataclasses import dataclass, field
from datetime import date

from motcua.people.models import Unit, UnitLevel, UnitPeriod, UnitSuccession
from motcua.people.succession import exists_on


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it was called and where it belonged on the day."""

    unit_id: int
    code: str
    name: str
    level: str
    parent_id: int | None

    @property
    def is_commune(self) -> bool:
        return self.level == UnitLevel.COMMUNE


@dataclass(frozen=True, slots=True)
class Heir:
    """Who answers on the day for a unit that has ended, since when and by which decision."""

    unit_id: int
    on: date
    decision: str


@dataclass(slots=True)
class Tree:
    """Read in three queries by `tree`."""

    places: dict[int, Place]
    """Units that existed on the day, in the order of their codes."""
    heirs: dict[int, Heir]
    _children: dict[int | None, list[int]] = field(default_factory=dict)

    def home(self, unit_id: int) -> int:
        """With which unit what this one received is counted."""
        return unit_id if unit_id in self.places else self.heirs[unit_id].unit_id

    def below(self, root: int) -> list[Place]:
        """A unit and all under it."""
        found, waiting = {root}, [root]
        while waiting:
            for child in self._children_of(waiting.pop()):
                found.add(child)
                waiting.append(child)
        return [place for pk, place in self.places.items() if pk in found]

    def _children_of(self, unit_id: int) -> list[int]:
        if not self._children:
            for place in self.places.values():
                self._children.setdefault(place.parent_id, []).append(place.unit_id)
        return self._children.get(unit_id, [])

    def counted_in(self, units: list[Place]) -> list[int]:
        """Ids of the units whose dossiers are counted with these: themselves, and those they answer for."""
        own = {place.unit_id for place in units}
        return sorted(own | {old for old, heir in self.heirs.items() if heir.unit_id in own})

    def district_of(self, unit_id: int) -> Place:
        """The district that a unit lies in; for what is in none, the top of its branch."""
        place = self.places[unit_id]
        while place.level != UnitLevel.DISTRICT and place.parent_id in self.places:
            place = self.places[place.parent_id]
        return place


def tree(day: date) -> Tree:
    """The units of a day."""
    periods = {row.unit_id: row for row in UnitPeriod.objects.filter(exists_on(day))}
    places = {}
    for unit in Unit.objects.filter(exists_on(day)).order_by("code"):
        then = periods.get(unit.pk, unit)  # without periods it was always as it is
        places[unit.pk] = Place(unit.pk, unit.code, then.name, unit.level, then.parent_id)
    rows = UnitSuccession.objects.filter(on__lte=day).select_related("merger").order_by("on", "pk")
    heirs = {
        row.predecessor_id: Heir(row.successor_id, row.on, row.merger.decision if row.merger else row.note)
        for row in rows  # the last one stays
    }
    return Tree(places, {old: heir for old, heir in heirs.items() if old not in places})


def top() -> Unit:
    """The whole."""
    return Unit.objects.get(level=UnitLevel.PROVINCE)
