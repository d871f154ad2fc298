"""What the checker knows: units, crews, published procedures, routes and lists, read once and held as plain data."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from motcua.catalog.models import Change, ChangeKind, Offering, Route
from motcua.catalog.queries import current
from motcua.catalog.stages import stages_of
from motcua.people.models import Role, Unit
from motcua.people.queries import in_force
from motcua.people.staffing import Staff, midnight, staff
from motcua.rules.limits import Limit
from motcua.rules.routes import Stage
from motcua.rules.setup import Crew


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as routes are concerned."""

    unit_id: int
    code: str
    name: str
    path: str
    level: str

    @property
    def codes(self) -> list[str]:
        """From the province down to itself."""
        return self.path.rstrip(".").split(".")


@dataclass(frozen=True, slots=True)
class Known:
    """What is published of a procedure."""

    version_id: int
    code: str
    name: str
    limit: Limit | None
    is_confirmed: bool
    online_level: str
    field_id: int
    """The desk's field."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A route that has not ended, without its steps."""

    pk: int
    version_id: int
    unit_id: int | None
    base_id: int | None


@dataclass(slots=True)
class Facts:
    """At one moment; lists only of the units below a path, the rest of the whole province."""

    places: dict[int, Place] = field(default_factory=dict)
    by_code: dict[str, Place] = field(default_factory=dict)
    agencies: dict[int, dict[str, int]] = field(default_factory=dict)
    """By the unit above: kind of agency → agency."""
    known: dict[int, Known] = field(default_factory=dict)
    """By procedure."""
    templates: dict[int, Drawn] = field(default_factory=dict)
    """By version."""
    owns: dict[int, dict[int, Drawn]] = field(default_factory=dict)
    """By procedure, then by unit: the last that it has drawn and not ended, of whichever version."""
    stages: dict[int, tuple[Stage, ...]] = field(default_factory=dict)
    crews: dict[int, Crew] = field(default_factory=dict)
    specialists: set[tuple[int, int, int]] = field(default_factory=set)
    """(unit, officer, field)"""
    offers: list[tuple[int, int, str]] = field(default_factory=list)
    """(unit, procedure, why it does not arise), by the codes of both."""


def read_facts(path: str, on: date) -> Facts:
    """All that is needed to check the units below a path, at the end of a day or, today, now. Eleven queries at most.

    Roles, absences, versions, routes and lists are those of that moment; whether an account is open, and what does not
    arise, is not kept and taken as it is now.
    """
    at, facts = moment_of(on), Facts()
    _read_units(facts, on)
    _read_procedures(facts, on)
    _read_routes(facts, on, at)
    _read_crews(facts, staff(at, path=""))
    _read_lists(facts, path, at)
    return facts


def moment_of(on: date) -> datetime:
    """The last moment of a day that is over; today: now."""
    return min(timezone.now(), midnight(on + timedelta(days=1)) - timedelta(microseconds=1))


def _read_units(facts: Facts, on: date) -> None:
    columns = ("pk", "code", "name", "path", "level", "parent", "agency_kind")
    for pk, code, name, path, level, parent_id, kind in Unit.objects.filter(in_force(on)).values_list(
        *columns
    ):
        facts.places[pk] = facts.by_code[code] = Place(pk, code, name, path, level)
        if kind:
            facts.agencies.setdefault(parent_id, {})[kind] = pk


def _read_procedures(facts: Facts, on: date) -> None:
    columns = ("procedure", "pk", "procedure__code", "name", "limit", "limit_confirmed", "online_level")
    rows = current(on).order_by().values_list(*columns, "field__group", "field")
    for procedure_id, pk, code, name, limit, is_confirmed, level, group_id, field_id in rows:
        typed = Limit.parse(limit) if limit else None
        facts.known[procedure_id] = Known(pk, code, name, typed, is_confirmed, level, group_id or field_id)


def _read_routes(facts: Facts, on: date, at: datetime) -> None:
    """A version's first template is as old as the version, whenever it was written down."""
    there = Q(ended_at=None) | Q(ended_at__gt=at)
    begun = Q(made_at__lte=at) | Q(unit=None, number=1)
    routes = Route.objects.filter(there, begun)
    now = {known.version_id for known in facts.known.values()}
    columns = ("pk", "version", "unit", "base", "version__procedure")
    rows = routes.order_by("version__number", "number", "pk").values_list(*columns)
    for pk, version_id, unit_id, base_id, procedure_id in rows:
        drawn = Drawn(pk, version_id, unit_id, base_id)
        if unit_id is not None:
            facts.owns.setdefault(procedure_id, {})[unit_id] = drawn
        elif version_id in now:
            facts.templates[version_id] = drawn
    facts.stages = stages_of(routes.filter(version__in=current(on).order_by().values("pk")))


def _read_crews(facts: Facts, there: Staff) -> None:
    """Who holds what; and what of it somebody does who is there or for whom somebody stands in."""
    at, day = there.since, timezone.localdate(there.since)
    for unit_id, posts in there.posts.items():
        held: set[tuple[str, int]] = set()
        manned: set[tuple[str, int]] = set()
        for post in (post for post in posts if post.holds(day)):
            works = post.role == Role.SPECIALIST
            roles = {(post.role.value, field_id) for field_id in (post.field_ids if works else (0,))}
            held |= roles
            if there.is_able(unit_id, post.user_id, at):
                manned |= roles
            if works:
                facts.specialists |= {(unit_id, post.user_id, field_id) for field_id in post.field_ids}
        facts.crews[unit_id] = Crew(frozenset(held), frozenset(manned))


def _read_lists(facts: Facts, path: str, at: datetime) -> None:
    rows = Offering.objects.filter(unit__path__startswith=path).values_list(
        "unit", "procedure", "not_arising"
    )
    listed = {(unit_id, procedure_id): why for unit_id, procedure_id, why in rows}
    if at < timezone.now() - timedelta(days=1):
        _as_then(listed, path, at)
    facts.offers = _in_order(facts, listed)


def _as_then(listed: dict[tuple[int, int], str], path: str, at: datetime) -> None:
    """Undo what was offered and withdrawn since, latest first."""
    since = Change.objects.filter(at__gt=at, units__path__startswith=path).order_by("-pk")
    for kind, unit_id, procedure_id in since.values_list("kind", "units", "procedure"):
        if kind == ChangeKind.OFFERED:
            listed.pop((unit_id, procedure_id), None)
        elif kind == ChangeKind.WITHDRAWN:
            listed.setdefault((unit_id, procedure_id), "")


def _in_order(facts: Facts, listed: dict[tuple[int, int], str]) -> list[tuple[int, int, str]]:
    """Of units and procedures that there are, by unit and then by procedure, in the order of their codes."""
    by_unit: dict[int, list[int]] = {}
    for unit_id, procedure_id in listed:
        if unit_id in facts.places and procedure_id in facts.known:
            by_unit.setdefault(unit_id, []).append(procedure_id)
    in_order = sorted(facts.known, key=lambda pk: facts.known[pk].code)
    place_of = {procedure_id: place for place, procedure_id in enumerate(in_order)}
    return [
        (unit_id, procedure_id, listed[unit_id, procedure_id])
        for unit_id in sorted(by_unit, key=lambda pk: facts.places[pk].code)
        for procedure_id in sorted(by_unit[unit_id], key=place_of.__getitem__)
    ]
