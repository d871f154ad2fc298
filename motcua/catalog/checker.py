"""Whether each procedure is set up at each unit, and why not (formats.md, `setup`).

A route is judged once for each kind of place (which roles and fields are held at the unit and at the agencies on the
way), and most communes are one kind: so the whole province takes little longer than reading its lists.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from motcua.catalog.models import OnlineLevel
from motcua.catalog.setup_facts import Drawn, Facts, Known, Place, moment_of, read_facts
from motcua.catalog.taking_over import behind
from motcua.people.models import UnitLevel
from motcua.rules import setup
from motcua.rules.setup import Crew, Fault, Finding, Findings, Tally

ONLINE_3_4 = frozenset({OnlineLevel.THREE, OnlineLevel.FOUR, OnlineLevel.WHOLE})
"""Levels 3 and 4, and what came after them: done online altogether (toàn trình)."""
Crews = dict[str, Crew | None]
_EMPTY = Crew()


class Judged(NamedTuple):
    """What is to be said of a procedure at a unit."""

    findings: Findings
    is_set_up: bool
    is_correct: bool
    is_own: bool = False
    """The unit's own way holds."""


_NOTHING = Judged((), is_set_up=True, is_correct=True)
"""Of what does not arise there is nothing to be said."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A procedure on a unit's list, and what is to be said of it."""

    place: Place
    procedure_id: int
    known: Known
    judged: Judged
    not_arising: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.place.code, self.known.code)

    @property
    def findings(self) -> Findings:
        return self.judged.findings

    @property
    def is_lapsed(self) -> bool:
        return any(finding.fault is Fault.TEMPLATE_CHANGED for finding in self.judged.findings)


class Checker:
    """Judges the pairs of some facts; asks no data base."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._around: dict[int, tuple[int, Crews]] = {}
        self._kinds: dict[tuple[tuple[str, Crew | None], ...], int] = {}
        self._judged: dict[tuple[int, int], Judged] = {}

    def pairs(self) -> Iterator[Pair]:
        """Every procedure on every unit's list, by their codes."""
        places, known = self.facts.places, self.facts.known
        for unit_id, procedure_id, not_arising in self.facts.offers:
            judged = _NOTHING if not_arising else self.judge(unit_id, procedure_id)
            yield Pair(places[unit_id], procedure_id, known[procedure_id], judged, not_arising)

    def findings(self, unit_id: int, procedure_id: int) -> Findings:
        """What is to be said of a procedure at a unit, whether on its list or not."""
        return self.judge(unit_id, procedure_id).findings

    def is_lapsed(self, unit_id: int, procedure_id: int) -> bool:
        """Whether a unit's own way of a procedure holds no more; of one that is not in force none does."""
        known = self.facts.known.get(procedure_id)
        return known is None or self._route(unit_id, procedure_id, known.version_id)[1]

    def for_all_below(self, unit_id: int) -> Iterator[Pair]:
        """What a district can draw a way of its own for: whatever is on a list below it. Only of ways is there anything
        to be said.
        """
        place = self.facts.places[unit_id]
        for procedure_id in dict.fromkeys(
            pk for _unit_id, pk, not_arising in self.facts.offers if not not_arising
        ):
            known = self.facts.known[procedure_id]
            route, is_lapsed = self._route(unit_id, procedure_id, known.version_id)
            said = (Finding(Fault.TEMPLATE_CHANGED),) if is_lapsed else ()
            is_own = route is not None and route.unit_id == unit_id
            judged = Judged(said, is_set_up=route is not None, is_correct=True, is_own=is_own)
            yield Pair(place, procedure_id, known, judged)

    def judge(self, unit_id: int, procedure_id: int) -> Judged:
        """Once for each route and each kind of place; what only this unit has is added."""
        known = self.facts.known[procedure_id]
        route, is_lapsed = self._route(unit_id, procedure_id, known.version_id)
        kind, crews = self._around.get(unit_id) or self._look_around(unit_id)
        key = (route.pk if route else -procedure_id, kind)
        judged = self._judged.get(key)
        if judged is None:
            judged = self._judged[key] = _judged(self._check(route, known, crews))
        is_own = route is not None and route.unit_id == unit_id
        if not (is_lapsed or is_own):
            return judged
        lapsed = (Finding(Fault.TEMPLATE_CHANGED),) if is_lapsed else ()
        gone = tuple(self._gone(route, known)) if route is not None and is_own else ()
        return _judged((*judged.findings, *lapsed, *gone), is_own=is_own)

    def _check(self, route: Drawn | None, known: Known, crews: Crews) -> Findings:
        stages = self.facts.stages.get(route.pk, ()) if route else None
        found = setup.check_setup(known.limit, stages, crews, known.field_id)
        if known.limit is not None and not known.is_confirmed:
            found = (*found, Finding(Fault.LIMIT_UNCONFIRMED))
        return found

    def _gone(self, route: Drawn, known: Known) -> Iterator[Finding]:
        """Officers named in a unit's own route who answer for the field no more."""
        for stage in self.facts.stages.get(route.pk, ()):
            field_id, named = stage.field_id or known.field_id, stage.officer_id
            if named is not None and (route.unit_id, named, field_id) not in self.facts.specialists:
                yield Finding(Fault.OFFICER_GONE, stage.role, field_id=field_id, officer_id=named)

    def _route(self, unit_id: int, procedure_id: int, version_id: int) -> tuple[Drawn | None, bool]:
        """The route that holds at a unit (as queries.in_use), and whether its own has lapsed."""
        used = self.facts.templates.get(version_id)
        owns = self.facts.owns.get(procedure_id)
        if not owns:
            return used, False
        is_lapsed = False
        for code in self.facts.places[unit_id].codes:
            place = self.facts.by_code.get(code)
            own = owns.get(place.unit_id) if place else None
            if own is None:
                continue
            holds = own.version_id == version_id and own.base_id == (used.pk if used else None)
            used = own if holds else used
            is_lapsed = not holds and own.unit_id == unit_id
        return used, is_lapsed

    def _look_around(self, unit_id: int) -> tuple[int, Crews]:
        """Of which kind a unit is: equal crews at it, and at each agency that a route can mean there."""
        crews = self._crews_around(self.facts.places[unit_id])
        key = tuple(sorted(crews.items(), key=lambda item: item[0]))
        self._around[unit_id] = (self._kinds.setdefault(key, len(self._kinds)), crews)
        return self._around[unit_id]

    def _crews_around(self, place: Place) -> Crews:
        """By RouteStep.agency; the nearest of a kind is meant (people.queries.agency_for)."""
        found: Crews = {}
        for code in place.codes:
            above = self.facts.by_code.get(code)
            if above is None:
                continue
            if above.level in (UnitLevel.DISTRICT, UnitLevel.PROVINCE):
                found[above.level] = self._crew(above.unit_id)
            for kind, agency_id in self.facts.agencies.get(above.unit_id, {}).items():
                found[kind] = self._crew(agency_id)
        return found | {"": self._crew(place.unit_id)}

    def _crew(self, unit_id: int) -> Crew:
        return self.facts.crews.get(unit_id, _EMPTY)


def _judged(findings: Findings, *, is_own: bool = False) -> Judged:
    return Judged(findings, setup.is_set_up(findings), setup.is_correct(findings), is_own)


def checker(path: str, on: date) -> Checker:
    """Of the units below a path, at the end of a day or, today, now."""
    return Checker(read_facts(path, on))


def tallies(made: Checker) -> dict[int, Tally]:
    """By unit: how many procedures it has, and how many are in order. What does not arise there is not counted."""
    facts, counts = made.facts, defaultdict[int, list[int]](lambda: [0, 0, 0, 0])
    online = {pk for pk, known in facts.known.items() if known.online_level in ONLINE_3_4}
    for unit_id, procedure_id, not_arising in facts.offers:
        if not not_arising:
            judged, row = made.judge(unit_id, procedure_id), counts[unit_id]
            row[0] += 1
            row[1] += judged.is_set_up
            row[2] += judged.is_correct
            row[3] += procedure_id in online
    return {unit_id: Tally(*row) for unit_id, row in counts.items()}


def setup_counts(path: str, on: date) -> dict[str, int]:
    """The report's `setup` block for the units below a path, as of the end of a day (today: now).

    - `offerings`: pairs of a unit and a procedure in force on its list, at whichever level; one that does not arise
      there is none. `set_up`, `set_up_correctly`: of these; a limit that is not confirmed, an absence, and a unit's own
      way that has lapsed do not count against them. `online_level_3_4`: level 3, 4 or "toàn trình".
    - `units_…` count communes. *All*: every procedure of its list; *half*: at least half, but not all; *under half*:
      less. A commune with nothing on its list is none of these.
    - `units_synced`: communes whose administrator has taken over every change that concerns them up to that moment; one
      that no change ever concerned is synced.
    """
    made = checker(path, on)
    return block(made, tallies(made), behind(path, moment_of(on)), path)


def block(made: Checker, by_unit: dict[int, Tally], not_synced: set[int], path: str) -> dict[str, int]:
    """The `setup` block out of what is known already, of the units below a path."""
    places = {pk: place for pk, place in made.facts.places.items() if place.path.startswith(path)}
    rows = {pk: tally for pk, tally in by_unit.items() if pk in places}
    communes = [pk for pk, place in places.items() if place.level == UnitLevel.COMMUNE]
    there = [rows.get(pk, Tally()) for pk in communes]
    set_up = [setup.share(row.set_up, row.offerings) for row in there]
    correct = [setup.share(row.set_up_correctly, row.offerings) for row in there]
    return {
        "offerings": sum(row.offerings for row in rows.values()),
        "set_up": sum(row.set_up for row in rows.values()),
        "set_up_correctly": sum(row.set_up_correctly for row in rows.values()),
        "online_level_3_4": sum(row.online_level_3_4 for row in rows.values()),
        "units_all_set_up": set_up.count("all"),
        "units_half_set_up": set_up.count("half"),
        "units_all_correct": correct.count("all"),
        "units_half_correct": correct.count("half"),
        "units_under_half_correct": correct.count("under"),
        "units_synced": sum(pk not in not_synced for pk in communes),
    }
