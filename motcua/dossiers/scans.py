"""What is still to be digitised (R07): a unit's debt, by dossier and by the officer who received it."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum

from motcua.dossiers.models import Dossier, Move
from motcua.people.succession import answered_by
from motcua.rules.workflow import Action

_RECEPTION = Move.objects.filter(action=Action.RECEIVE)


class Debt(NamedTuple):
    """What one officer's receptions still owe."""

    officer_id: int
    name: str
    dossiers: int
    papers: int


def to_scan(unit_id: int, officer_id: int | None = None) -> QuerySet[Dossier]:
    """Dossiers of a unit with papers to be digitised, to be ordered by id: as they came in.

    `officer_id`: only what this officer received. Each row has the receiving officer's name as `received_by`.
    """
    receptions = _RECEPTION.filter(dossier=OuterRef("pk"))
    found = Dossier.objects.filter(unit__in=answered_by(unit_id), unscanned__gt=0)
    if officer_id is not None:
        found = found.filter(Exists(receptions.filter(by=officer_id)))
    return found.annotate(received_by=Subquery(receptions.values("by__full_name")[:1]))


def debts(unit_id: int) -> list[Debt]:
    """Who owes how much, most first, in one query."""
    rows = (
        _RECEPTION.filter(dossier__unit__in=answered_by(unit_id), dossier__unscanned__gt=0, by__isnull=False)
        .values_list("by", "by__full_name")
        .annotate(dossiers=Count("pk"), papers=Sum("dossier__unscanned"))
        .order_by("-papers", "by__full_name", "by")
    )
    return [Debt(*row) for row in rows]


def how_many(unit_id: int) -> int:
    """Dossiers of a unit with papers still to be digitised."""
    return Dossier.objects.filter(unit__in=answered_by(unit_id), unscanned__gt=0).count()
