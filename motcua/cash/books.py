"""The unit's book of a day: which one an entry goes into, and what stands in it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from motcua.cash.models import DayBook, Method, Payment
from motcua.dossiers.clock import local
from motcua.people.calendar import calendar_of
from motcua.people.models import Unit
from motcua.people.succession import acting, answered_by
from motcua.rules.calendar import OutsideCalendar


def locked(unit_id: int, day: date) -> DayBook:
    """The book, made if it is not there yet, and locked until the caller's transaction ends."""
    DayBook.objects.bulk_create([DayBook(unit_id=unit_id, day=day)], ignore_conflicts=True)
    return DayBook.objects.select_for_update().get(unit=unit_id, day=day)


def open_book(unit: Unit, at: datetime) -> DayBook:
    """Where an entry made now goes: today's book, or the next working day's when today's is closed. Locked.

    Of a unit that has ended: into the book of who answers for it, out of whose drawer it is.
    """
    unit = acting(unit, local(at).date())
    book = locked(unit.pk, local(at).date())
    while book.closed_at is not None:
        book = locked(unit.pk, _next_day(unit, book.day))
    return book


def _next_day(unit: Unit, day: date) -> date:
    try:
        return calendar_of(unit).next_working_day(day)
    except OutsideCalendar:
        return day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a book comes to: đồng by method, taken less given back."""

    by_method: dict[str, int] = field(default_factory=dict)
    receipts: int = 0
    exempt: int = 0
    """Entries without a receipt, because nothing was owed."""
    voided: int = 0
    series: str = ""
    first_number: int | None = None
    last_number: int | None = None

    @property
    def total(self) -> int:
        return sum(self.by_method.values())

    @property
    def cash(self) -> int:
        return self.by_method[Method.CASH]


def entries(unit_id: int, day: date) -> QuerySet[Payment]:
    """What was taken on a day, and what was voided on it."""
    return Payment.objects.filter(Q(day=day) | Q(void_day=day), unit__in=answered_by(unit_id, day))


def sums(unit_id: int, day: date) -> Sums:
    """Counted from the entries, in two queries."""
    ours = answered_by(unit_id, day)
    taken = _by_method(Payment.objects.filter(unit__in=ours, day=day))
    given_back = _by_method(Payment.objects.filter(unit__in=ours, void_day=day))
    told = Payment.objects.filter(unit=unit_id, day=day).aggregate(
        receipts=Count("number"),
        exempt=Count("pk", filter=Q(number=None)),
        series=Max("series"),
        first=Min("number"),
        last=Max("number"),
    )
    return Sums(
        by_method={
            method.value: taken.get(method, {}).get("amount", 0) - given_back.get(method, {}).get("amount", 0)
            for method in Method
        },
        receipts=told["receipts"],
        exempt=told["exempt"],
        voided=sum(row["receipts"] for row in given_back.values()),
        series=told["series"] or "",
        first_number=told["first"],
        last_number=told["last"],
    )


def _by_method(found: QuerySet[Payment]) -> dict[str, dict[str, Any]]:
    rows = (
        found.order_by().values("method").annotate(sum=Coalesce(Sum("amount"), 0), receipts=Count("number"))
    )
    return {row["method"]: {"amount": row["sum"], "receipts": row["receipts"]} for row in rows}
