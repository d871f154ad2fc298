"""How many dossiers lie where, for a unit and those right below it: three queries, however many units there are."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import overdue
from motcua.oversight.models import Signal, SignalState
from motcua.people.models import Unit, UnitLevel
from motcua.people.queries import below
from motcua.people.succession import is_there
from motcua.rules.workflow import State


@dataclass(slots=True)
class Counts:
    received: int = 0
    """In this year's book."""
    open: int = 0
    overdue: int = 0
    """Of the open ones, past the law's due time."""
    done: int = 0
    """With a result that nobody has collected."""
    signals: int = 0
    """That wait for the answer of the unit's leader."""
    unscanned: int = 0
    """With papers that are still to be digitised (R07)."""

    def add(self, other: "Counts") -> None:
        for column in fields(self):
            setattr(self, column.name, getattr(self, column.name) + getattr(other, column.name))


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with all that lies at its own desk and at those below it."""

    unit: Unit
    counts: Counts


def table(root: Unit, now: datetime) -> tuple[list[Row], Counts]:
    """A row for each unit right below `root`, in the order of codes, and the whole.

    The desk of `root` itself has a row when it has dossiers; a unit that has ended, too.
    """
    rows = {unit.code: Row(unit, Counts()) for unit in (root, *root.children.order_by("code"))}
    whole = Counts()
    for path, counts in _by_path(root, now):
        whole.add(counts)
        rows[_branch(root, path)].counts.add(counts)
    return [row for row in rows.values() if row.counts != Counts() or _is_shown(root, row.unit)], whole


def _is_shown(root: Unit, unit: Unit) -> bool:
    """Whether a unit has a row even when there is nothing to count."""
    return is_there(unit, timezone.localdate()) and unit.pk != root.pk and unit.level != UnitLevel.AGENCY


def _branch(root: Unit, path: str) -> str:
    """The code of the unit right below `root` on the way to `path`; of `root` itself for its own desk."""
    return path.removeprefix(root.path).partition(".")[0] or root.code


def _by_path(root: Unit, now: datetime) -> Iterator[tuple[str, Counts]]:
    year = timezone.localtime(now).year
    live = Q(state__in=[State.PROCESSING, State.WAITING, State.DONE])
    wanted = Q(register_year=year) | live | Q(unscanned__gt=0)
    rows = (
        Dossier.objects.filter(wanted, unit__in=below(root.path))
        .values("unit__path")
        .annotate(
            received=Count("pk", filter=Q(register_year=year)),
            open=Count("pk", filter=Q(finished_at=None)),
            overdue=Count("pk", filter=overdue(now)),
            done=Count("pk", filter=Q(state=State.DONE)),
            unscanned=Count("pk", filter=Q(unscanned__gt=0)),
        )
        .order_by()
    )
    for row in rows:
        path = row["unit__path"]
        yield (
            path,
            Counts(row["received"], row["open"], row["overdue"], row["done"], unscanned=row["unscanned"]),
        )
    waiting = Signal.objects.filter(state=SignalState.OPEN, unit__path__startswith=root.path)
    for path, number in waiting.values_list("unit__path").annotate(number=Count("pk")).order_by():
        yield path, Counts(signals=number)
