"""The dated rows of a merger: what ends with the day before, what begins, and how a cancellation puts it back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from motcua.people.models import Grant, Merger, Unit, UnitIdentifier, UnitPeriod, UnitSuccession

if TYPE_CHECKING:
    from motcua.people.merging import Parts

_DATED: dict[str, Any] = {
    "units": Unit,
    "periods": UnitPeriod,
    "identifiers": UnitIdentifier,
    "grants": Grant,
}


def last_day(on: date) -> date:
    """The last day of what ends when something else begins."""
    return on - timedelta(days=1)


@dataclass(slots=True)
class Before:
    """What a plan ended, with the end it had, and what it made."""

    ended: dict[str, dict[int, date | None]] = field(default_factory=lambda: defaultdict(dict))
    made: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def end(self, kind: str, found: Iterable[Any], last: date) -> None:
        """End these rows with a day, unless they end before it."""
        for row in found:
            self.ended[kind][row.pk] = row.valid_to
            _DATED[kind].objects.filter(pk=row.pk).update(valid_to=last)

    def as_json(self) -> dict[str, Any]:
        ended = {
            kind: [[pk, day.isoformat() if day else None] for pk, day in found.items()]
            for kind, found in self.ended.items()
        }
        return {"ended": ended, "made": dict(self.made)}


def begin(parts: "Parts") -> Unit:
    """The new unit, from the plan's day on."""
    plan, new = parts.plan, parts.plan.new
    assert new is not None  # noqa: S101  check() has seen to it
    unit = Unit.objects.create(
        code=new.code,
        name=parts.name,
        level=parts.predecessors[0].level,
        parent=parts.parent,
        path=f"{parts.parent.path}{new.code}.",
        valid_from=plan.on,
        assignment=parts.predecessors[0].assignment,
        supplement_days=max(old.supplement_days for old in parts.predecessors),
    )
    UnitPeriod.objects.create(unit=unit, name=parts.name, parent=parts.parent, valid_from=plan.on)
    UnitIdentifier.objects.create(unit=unit, identifier=new.identifier, valid_from=plan.on)
    return unit


def rename(parts: "Parts", before: Before) -> None:
    """A new name or district of one who goes on: a period of its own. The unit's row follows on the day."""
    unit, on = parts.successor, parts.plan.on
    if unit is None or (parts.name == unit.name and not parts.changes_place):
        return
    before.end("periods", _lasting(UnitPeriod, unit, on), last_day(on))
    made = UnitPeriod.objects.create(unit=unit, name=parts.name, parent=parts.parent, valid_from=on)
    before.made["periods"].append(made.pk)


def end(unit: Unit, on: date, before: Before) -> None:
    """The unit, its period and its identifier end with the day before."""
    before.end("units", [unit], last_day(on))
    before.end("periods", _lasting(UnitPeriod, unit, on), last_day(on))
    before.end("identifiers", _lasting(UnitIdentifier, unit, on), last_day(on))


def _lasting(model: Any, unit: Unit, on: date) -> list[Any]:
    to_come = Q(valid_to=None) | Q(valid_to__gte=on)
    return list(model.objects.filter(to_come, unit=unit).order_by("pk"))


def succeed(old: Unit, merger: Merger) -> None:
    """The successor answers for the unit, and for all that the unit answers for."""
    heard = UnitSuccession.objects.filter(successor=old).values_list("predecessor", flat=True)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(predecessor_id=pk, successor=merger.successor, on=merger.on, merger=merger)
        for pk in (old.pk, *heard.order_by("pk"))
    )


# -- who works there ----------------------------------------------------------------------------
def moving(unit_ids: Iterable[int], on: date) -> list[Grant]:
    """Roles held in the units on the day or later: by name, for the eye and for the move."""
    to_come = Q(valid_to=None) | Q(valid_to__gte=on)
    found = Grant.objects.filter(to_come, unit__in=list(unit_ids), user__is_active=True)
    return list(
        found.select_related("user", "unit")
        .prefetch_related("fields")
        .order_by("unit__code", "user__full_name", "user", "role")
    )


def pass_on_roles(parts: "Parts", successor: Unit, before: Before) -> None:
    """Whoever works in a unit that ends works in the successor from the day on, with roles and fields."""
    grants = moving([unit.pk for unit in parts.predecessors], parts.plan.on)
    staying = parts.plan.staying
    hand_on([grant for grant in grants if grant.pk not in staying], successor, parts.plan.on, before)
    before.end("grants", grants, last_day(parts.plan.on))


def hand_on(grants: Iterable[Grant], successor: Unit, on: date, before: Before) -> None:
    """One row for each role and officer, with the fields of all; what is held there already is not doubled."""
    wanted: dict[tuple[int, str, date | None], tuple[set[int], date]] = {}
    for grant in grants:
        key = (grant.user_id, grant.role, grant.valid_to)
        fields, since = wanted.get(key, (set(), date.max))
        begins = max(on, grant.valid_from or on)
        wanted[key] = fields | {one.pk for one in grant.fields.all()}, min(since, begins)
    for (user_id, role, until), (fields, since) in wanted.items():
        held = Grant.objects.filter(user=user_id, unit=successor, role=role, valid_to=None).first()
        if held is not None:
            has = set(held.fields.values_list("pk", flat=True))
            if fields <= has:
                continue
            if held.valid_from and held.valid_from >= on:
                held.fields.add(*fields)
                continue
            if until is None:
                before.end("grants", [held], last_day(on))
                fields.update(has)
        made = Grant.objects.create(
            user_id=user_id, unit=successor, role=role, valid_from=since, valid_to=until
        )
        made.fields.add(*fields)
        before.made["grants"].append(made.pk)


# -- and back -----------------------------------------------------------------------------------
def take_back(merger: Merger) -> None:
    """As if the plan had not been: what it made goes, what it ended has its old end again.

    What somebody gave another end in the meantime keeps that.
    """
    UnitSuccession.objects.filter(merger=merger).delete()
    for kind, made in merger.before.get("made", {}).items():
        _DATED[kind].objects.filter(pk__in=made).delete()
    for kind, ended in merger.before.get("ended", {}).items():
        for pk, day in ended:
            _DATED[kind].objects.filter(pk=pk, valid_to=last_day(merger.on)).update(valid_to=day)
