"""The lists behind the numbers of the overview: which dossiers of a unit and of those below it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import apologies
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import overdue
from motcua.people.models import Unit
from motcua.people.queries import below
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the lists: its name in the address, its words, and what it is ordered by."""

    name: str
    label: Promise
    order: str
    rule: Callable[[datetime], Q]
    is_of_the_past: bool = False
    """It has dossiers in it that were returned long ago."""

    def narrowed(self, now: datetime) -> Q:
        return self.rule(now)


OPEN = Listing("", _("Đang giải quyết"), "due_at", lambda _now: Q(finished_at=None))
OVERDUE = Listing("qua-han", _("Quá hạn"), "due_at", overdue)
DONE = Listing("cho-tra", _("Có kết quả, chờ trả"), "finished_at", lambda _now: Q(state=State.DONE))
UNSIGNED = Listing("chua-ky", _("Thư xin lỗi chưa ai ký đúng lúc"), "due_at", apologies.missed)
OWED = Listing(
    "no-xin-loi",
    _("Trễ, chưa xin lỗi"),
    "due_at",
    lambda now: apologies.owed(now) & Q(apology_waived=False),
    is_of_the_past=True,
)
WAIVED = Listing(
    "khong-xin-loi",
    _("Lãnh đạo cho không xin lỗi"),
    "due_at",
    lambda _now: Q(apology_waived=True, apologised_at=None),
    is_of_the_past=True,
)
LISTINGS = (OPEN, OVERDUE, DONE, UNSIGNED, OWED, WAIVED)


def listing_called(name: str) -> Listing:
    """The first for a name that there is not."""
    return next((listing for listing in LISTINGS if listing.name == name), OPEN)


def listed(unit: Unit, listing: Listing, now: datetime) -> QuerySet[Dossier]:
    return Dossier.objects.filter(listing.narrowed(now), unit__in=below(unit.path))


def how_many(unit: Unit, now: datetime) -> dict[str, int]:
    """Of each list, by its name in the address, in one query; and one for those that reach into the past."""
    live = Q(state__in=[State.PROCESSING, State.WAITING, State.DONE])
    past = Q(apologised_at=None) & (Q(punctuality=Punctuality.LATE) | Q(finished_at=None))
    return _count(unit, live, now, is_of_the_past=False) | _count(unit, past, now, is_of_the_past=True)


def _count(unit: Unit, among: Q, now: datetime, *, is_of_the_past: bool) -> dict[str, int]:
    wanted = [each for each in LISTINGS if each.is_of_the_past is is_of_the_past]
    columns = {f"n{place}": Count("pk", filter=each.narrowed(now)) for place, each in enumerate(wanted)}
    counted = Dossier.objects.filter(among, unit__in=below(unit.path)).aggregate(**columns)
    return {each.name: counted[f"n{place}"] for place, each in enumerate(wanted)}
