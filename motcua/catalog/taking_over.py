"""What a unit has to take note of, and that its administrator did. A change holds from its moment, confirmed or not."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.errors import TakeOverRefused
from motcua.catalog.models import Change, Offering, TakenOver
from motcua.journal import actions as journal
from motcua.people.models import Role, Unit, UnitLevel
from motcua.people.officer import Officer
from motcua.people.queries import in_force


def pending(unit_id: int) -> QuerySet[Change]:
    """What concerns a unit and has not been taken over; to be ordered by key."""
    return Change.objects.filter(_concerns(unit_id), pk__gt=_last(unit_id)).select_related(
        "procedure", "version"
    )


def _concerns(unit_id: int) -> Q:
    """Changes that name the unit, or that name none and are about something on its list."""
    named = Change.units.through.objects.filter(change=OuterRef("pk"))
    listed = Offering.objects.filter(unit=unit_id, procedure=OuterRef("procedure"))
    return Q(Exists(named.filter(unit=unit_id))) | (~Q(Exists(named)) & Q(Exists(listed)))


def _last(unit_id: int) -> int:
    return TakenOver.objects.filter(unit=unit_id).aggregate(last=Max("last"))["last"] or 0


@transaction.atomic
def take_over(officer: Officer, unit_id: int, shown_last: int, at: datetime) -> int:
    """The unit's administrator has seen all up to the last change that the page showed; how many those were.

    What came after the page was opened stays to be taken over. The same again is nothing. Raises TakeOverRefused.
    """
    if Role.UNIT_ADMIN not in officer.roles_in(unit_id):
        raise TakeOverRefused(_("Chỉ quản trị của đơn vị mới xác nhận được thay đổi."))
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    seen = list(pending(unit_id).filter(pk__lte=shown_last).order_by("pk").values_list("pk", flat=True))
    if not seen:
        return 0
    TakenOver.objects.create(unit=unit, last_id=seen[-1], at=at, by_id=officer.user_id)
    journal.record(
        chain=unit.code,
        kind="catalog.taken_over",
        subject=f"unit:{unit.pk}",
        facts={"changes": seen},
        actor_id=officer.user_id or None,
        at=at,
    )
    return len(seen)


def waiting(path: str) -> QuerySet[Unit]:
    """Communes below a path with changes that they have not taken over; to be ordered by (first_id, pk).

    With `first_id` and `first_at`, the change that has waited longest, and `number`, how many there are.
    """
    since = _since(timezone.now())
    number = since.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return (
        _communes(path, timezone.now())
        .annotate(
            first_id=Subquery(since.values("pk")[:1]),
            first_at=Subquery(since.values("at")[:1]),
            number=Subquery(number.values("number")),
        )
        .filter(first_id__isnull=False)
    )


def behind(path: str, at: datetime) -> set[int]:
    """Communes below a path that at a moment had not taken over all that concerned them."""
    return set(_communes(path, at).filter(Exists(_since(at))).values_list("pk", flat=True))


def _communes(path: str, at: datetime) -> QuerySet[Unit]:
    """With the last change that each had taken over by a moment."""
    taken = TakenOver.objects.filter(unit=OuterRef("pk"), at__lte=at).order_by()
    last = taken.values("unit").annotate(last=Max("last")).values("last")
    there = Unit.objects.filter(
        in_force(timezone.localdate(at)), level=UnitLevel.COMMUNE, path__startswith=path
    )
    return there.annotate(last_id=Coalesce(Subquery(last), 0))


def _since(at: datetime) -> QuerySet[Change]:
    """What came by a moment after the last that a unit of `_communes` had taken over, and concerns it."""
    named = Change.units.through.objects.filter(change=OuterRef("pk"))
    here = named.filter(unit=OuterRef(OuterRef("pk")))
    listed = Offering.objects.filter(unit=OuterRef(OuterRef("pk")), procedure=OuterRef("procedure"))
    concerns = Q(Exists(here)) | (~Q(Exists(named)) & Q(Exists(listed)))
    return Change.objects.filter(concerns, pk__gt=OuterRef("last_id"), at__lte=at).order_by("pk")


def latest(unit_id: int) -> TakenOver | None:
    """When the unit confirmed last, and who did."""
    return TakenOver.objects.filter(unit=unit_id).select_related("by").order_by("-last").first()
