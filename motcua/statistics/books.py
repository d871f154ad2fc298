"""Counting the dossiers of a period (R70, R71): one aggregate over stored columns, folded into every table of the report.

Units are those of the period's last day: what a commune received that was merged until then is counted with its
successor; a report that ends before the day gives the old units, to the figure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.models import ProcedureVersion
from motcua.dossiers.choices import Channel, Outcome
from motcua.dossiers.models import Dossier, Supplement
from motcua.people.models import Field, Unit, UnitLevel
from motcua.people.staffing import midnight
from motcua.rules.counting import Counts, check_sums
from motcua.rules.punctuality import Punctuality
from motcua.statistics.errors import ReportRefused
from motcua.statistics.tree import Place, Tree, tree

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Line(Generic[Key]):
    """The figures of one unit, field or procedure."""

    key: Key
    counts: Counts


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Books:
    """All figures of a period. Made by `counts`, which has checked that they balance."""

    first: date
    last: date
    root: Place
    tree: Tree
    totals: Counts
    by_district: list[Line[Place]]
    by_unit: list[Line[Place]]
    by_field: list[Line[str]]
    by_procedure: list[Line[Procedure]]
    merged: list[tuple[Unit, Place]]
    """Units that had ended by the last day, and with whom what they received is counted."""


def counts(unit: Unit, first: date, last: date) -> Books:
    """The figures of a unit and all below it, from one day to another, both included; a constant number of queries.

    Raises ReportRefused: the period is reversed or not over, the unit did not exist; OutOfBalance never, if we are right.
    """
    _check_period(first, last)
    places = tree(last)
    root = _root(places, unit, last)
    units = places.below(root.unit_id)
    rows = _count(places.counted_in(units), first, last)
    totals = _folded(rows, lambda row: None).get(None, Counts())
    books = Books(
        first=first,
        last=last,
        root=root,
        tree=places,
        totals=totals,
        by_district=_by_district(places, root, units, rows),
        by_unit=_by_unit(places, units, rows),
        by_field=_by_field(rows),
        by_procedure=_by_procedure(rows),
        merged=_merged(places, rows),
    )
    _check(books)
    return books


def _check_period(first: date, last: date) -> None:
    if first > last:
        raise ReportRefused(_("Kỳ báo cáo ngược: ngày bắt đầu sau ngày kết thúc."))
    if last > timezone.localdate():
        raise ReportRefused(_("Kỳ báo cáo chưa hết: ngày kết thúc ở tương lai."))


def _root(places: Tree, unit: Unit, last: date) -> Place:
    if unit.pk in places.places:
        return places.places[unit.pk]
    words = {"name": unit.name, "day": f"{last:%d/%m/%Y}"}
    if unit.pk in places.heirs:
        heir = places.places[places.heirs[unit.pk].unit_id]
        raise ReportRefused(
            _("Ngày %(day)s %(name)s đã kết thúc; số liệu tính vào %(heir)s.") % (words | {"heir": heir.name})
        )
    raise ReportRefused(_("Ngày %(day)s chưa có hoặc không còn %(name)s.") % words)


@dataclass(frozen=True, slots=True)
class _Row:
    unit_id: int
    field_id: int
    procedure_id: int
    counts: Counts


def _count(unit_ids: list[int], first: date, last: date) -> list[_Row]:
    """One query. What is in a period was received before its end and not finished before its beginning."""
    start, end = midnight(first), midnight(last + timedelta(days=1))
    in_it = Q(received_at__lt=end) & (Q(finished_at=None) | Q(finished_at__gte=start))
    columns = {name: Count("pk", filter=rule) for name, rule in _rules(start, end).items()}
    rows = (
        Dossier.objects.filter(in_it, unit__in=unit_ids)
        .order_by()
        .values_list("unit", "field", "version__procedure")
        .annotate(**columns)
    )
    names = [column.name for column in fields(Counts)]
    return [
        _Row(unit_id, field_id, procedure_id, Counts(**dict(zip(names, figures, strict=True))))
        for unit_id, field_id, procedure_id, *figures in rows
    ]


def _rules(start: datetime, end: datetime) -> dict[str, Q]:
    """Column → which of the dossiers of the period. In the order of Counts."""
    received, finished = Q(received_at__gte=start), Q(finished_at__lt=end)
    is_open = Q(finished_at=None) | Q(finished_at__gte=end)
    late = Q(punctuality=Punctuality.LATE)
    moment = min(end, timezone.now())
    rules = {
        "carried_over": Q(received_at__lt=start),
        "received": received,
        "received_online": received & Q(channel=Channel.ONLINE),
        "received_post": received & Q(channel=Channel.POST),
        "finished_on_time": finished & Q(punctuality__in=[Punctuality.EARLY, Punctuality.ON_TIME]),
        "finished_late": finished & late,
        "refused": finished & Q(outcome=Outcome.REFUSED),
        "withdrawn": finished & Q(outcome__in=[Outcome.WITHDRAWN, Outcome.LAPSED]),
        "open": is_open,
        "open_overdue": is_open & Q(due_at__lt=moment) & ~Q(_with_the_citizen(moment)),
        "digitised": received & Q(unscanned=0),
        "apologised": finished & late & Q(apologised_at__isnull=False),
    }
    return {column.name: rules[column.name] for column in fields(Counts)}


def _with_the_citizen(moment: datetime) -> Exists:
    """Whether a supplement was being waited for: nobody is late then (R14). By the record, so it holds of the past too."""
    asked = Supplement.objects.filter(dossier=OuterRef("pk"), asked_at__lt=moment)
    return Exists(asked.filter(Q(answered_at=None) | Q(answered_at__gte=moment)))


def _folded(rows: list[_Row], key: Callable[[_Row], Key]) -> dict[Key, Counts]:
    found: dict[Key, Counts] = {}
    for row in rows:
        found.setdefault(key(row), Counts()).add(row.counts)
    return found


def _by_unit(places: Tree, units: list[Place], rows: list[_Row]) -> list[Line[Place]]:
    """Every commune, and whatever else received something."""
    found = _folded(rows, lambda row: places.home(row.unit_id))
    return [
        Line(place, found.get(place.unit_id, Counts()))
        for place in units
        if place.is_commune or place.unit_id in found
    ]


def _by_district(places: Tree, root: Place, units: list[Place], rows: list[_Row]) -> list[Line[Place]]:
    """Every district, and the province for what its own desks received; a commune's own report has none."""
    if root.is_commune:
        return []
    found = _folded(rows, lambda row: places.district_of(places.home(row.unit_id)).unit_id)
    return [
        Line(place, found.get(place.unit_id, Counts()))
        for place in units
        if place.level == UnitLevel.DISTRICT or place.unit_id in found
    ]


def _by_field(rows: list[_Row]) -> list[Line[str]]:
    found = _folded(rows, lambda row: row.field_id)
    names = Field.objects.filter(pk__in=found).order_by("name").values_list("pk", "name")
    return [Line(name, found[pk]) for pk, name in names]


def _by_procedure(rows: list[_Row]) -> list[Line[Procedure]]:
    """By national code, with the name of the last version."""
    found = _folded(rows, lambda row: row.procedure_id)
    versions = ProcedureVersion.objects.filter(procedure__in=found).order_by("number")
    named = {
        pk: Procedure(code, name)
        for pk, code, name in versions.values_list("procedure", "procedure__code", "name")
    }
    return sorted((Line(named[pk], found[pk]) for pk in found), key=lambda line: line.key.code)


def _merged(places: Tree, rows: list[_Row]) -> list[tuple[Unit, Place]]:
    old = {row.unit_id for row in rows} - places.places.keys()
    ended = Unit.objects.filter(pk__in=old).order_by("code")
    return [(unit, places.places[places.home(unit.pk)]) for unit in ended]


def _check(books: Books) -> None:
    tables: dict[str, Sequence[Line[Any]]] = {
        "by_unit": books.by_unit,
        "by_field": books.by_field,
        "by_procedure": books.by_procedure,
    }
    if not books.root.is_commune:
        tables["by_district"] = books.by_district
    books.totals.check("totals")
    for name, table in tables.items():
        for row in table:
            row.counts.check(f"{name} {row.key}")
    check_sums(books.totals, {name: [row.counts for row in table] for name, table in tables.items()})
