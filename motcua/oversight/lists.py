"""The lists behind the numbers of the overview: which dossiers of a unit and of those below it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import overdue
from motcua.people.models import Unit
from motcua.people.queries import below
from motcua.rules.workflow import State


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the lists: its name in the address, its words, and what it is ordered by."""

    name: str
    label: Promise
    order: str

    def narrowed(self, now: datetime) -> Q:
        if self is DONE:
            return Q(state=State.DONE)
        return overdue(now) if self is OVERDUE else Q(finished_at=None)


OPEN = Listing("", _("Đang giải quyết"), "due_at")
OVERDUE = Listing("qua-han", _("Quá hạn"), "due_at")
DONE = Listing("cho-tra", _("Có kết quả, chờ trả"), "finished_at")
LISTINGS = (OPEN, OVERDUE, DONE)


def listing_called(name: str) -> Listing:
    """The first for a name that there is not."""
    return next((listing for listing in LISTINGS if listing.name == name), OPEN)


def listed(unit: Unit, listing: Listing, now: datetime) -> QuerySet[Dossier]:
    return Dossier.objects.filter(listing.narrowed(now), unit__in=below(unit.path))


def how_many(unit: Unit, now: datetime) -> dict[str, int]:
    """Of each list, by its name in the address, in one query."""
    columns = {f"n{place}": Count("pk", filter=each.narrowed(now)) for place, each in enumerate(LISTINGS)}
    live = Dossier.objects.filter(
        state__in=[State.PROCESSING, State.WAITING, State.DONE], unit__in=below(unit.path)
    )
    counted = live.aggregate(**columns)
    return {each.name: counted[f"n{place}"] for place, each in enumerate(LISTINGS)}
