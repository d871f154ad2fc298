"""What desks took in a month, for a unit and those right below it. Totals only: whose money it was is the desk's."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from motcua.cash.models import Method, Payment
from motcua.people.models import Unit

Figures = tuple[str, int, int, int]
"""Method, đồng, receipts, entries."""


@dataclass(slots=True)
class Totals:
    """Đồng by method, taken less given back; and how many receipts."""

    by_method: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Method.values, 0))
    receipts: int = 0
    exempt: int = 0
    voided: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_method.values())

    @property
    def methods(self) -> list[tuple[str, int]]:
        return [(str(method.label), self.by_method[method]) for method in Method]

    def add(self, figures: Figures, *, is_void: bool) -> None:
        method, amount, receipts, entries = figures
        self.by_method[method] += -amount if is_void else amount
        if is_void:
            self.voided += receipts
        else:
            self.receipts += receipts
            self.exempt += entries - receipts


@dataclass(frozen=True, slots=True)
class Row:
    unit: Unit
    totals: Totals


def table(root: Unit, year: int, month: int) -> tuple[list[Row], Totals]:
    """A row for each unit right below `root` that took anything, in the order of codes, and the whole. Three queries."""
    rows = {unit.code: Row(unit, Totals()) for unit in (root, *root.children.order_by("code"))}
    whole = Totals()
    for column in ("day", "void_day"):
        for path, figures in _sums(root, column, year, month):
            branch = path.removeprefix(root.path).partition(".")[0] or root.code
            for totals in (whole, rows[branch].totals):
                totals.add(figures, is_void=column == "void_day")
    return [row for row in rows.values() if row.totals != Totals()], whole


def _sums(root: Unit, column: str, year: int, month: int) -> Iterator[tuple[str, Figures]]:
    """By path, what stands in the month's books."""
    found = Payment.objects.filter(
        **{f"{column}__year": year, f"{column}__month": month}, unit__path__startswith=root.path
    )
    rows = found.order_by().values("unit__path", "method")
    for row in rows.annotate(sum=Coalesce(Sum("amount"), 0), receipts=Count("number"), entries=Count("pk")):
        yield row["unit__path"], (row["method"], row["sum"], row["receipts"], row["entries"])
