"""Reading procedures: a unit's list, found by code or by name without accents."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.errors import NotReady, ProcedureUnknown
from motcua.catalog.models import Offering, ProcedureVersion, Route
from motcua.people.models import Unit
from motcua.people.queries import in_force
from motcua.people.succession import lists_of
from motcua.rules.text import unaccent


def current(day: date | None = None) -> QuerySet[ProcedureVersion]:
    """The published versions in force on a day (None: today), with procedure and field; one a procedure at most.

    Of two that share a day, the later one holds: what is published at noon holds from noon.
    """
    day = day or timezone.localdate()
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    later = ProcedureVersion.objects.filter(
        begun, procedure=OuterRef("procedure"), number__gt=OuterRef("number")
    )
    published = ProcedureVersion.objects.filter(in_force(day), number__isnull=False)
    return published.exclude(Exists(later)).select_related("procedure", "field__group")


def offered(unit_id: int) -> QuerySet[ProcedureVersion]:
    """What a unit takes in now: on its list, and arising there; on the day on which communes merge, on any of theirs."""
    offer = Offering.objects.filter(
        unit__in=lists_of(unit_id), procedure=OuterRef("procedure"), not_arising=""
    )
    return current().filter(Exists(offer))


def route_for(unit: Unit, version_id: int) -> Route | None:
    """The way of a version's dossiers at a unit: its own, else its district's, else the province's template.

    None: there is none, so nothing can be received.
    """
    codes = unit.path.rstrip(".").split(".")
    whose = Q(unit=None) | Q(unit__code__in=codes)
    return in_use(Route.objects.filter(whose, version=version_id, ended_at=None).select_related("unit"))


def in_use(found: Iterable[Route]) -> Route | None:
    """Of a version's routes on the way from the province down to a unit, the one that holds there.

    A unit's own holds as long as the one that it was made from does: when another takes that one's place, the new
    one holds below it from that moment.
    """
    used: Route | None = None
    for route in sorted(found, key=lambda route: len(route.unit.path) if route.unit else 0):
        if route.base_id == (used.pk if used else None):
            used = route
    return used


def find(versions: QuerySet[ProcedureVersion], words: str) -> QuerySet[ProcedureVersion]:
    """Those whose code or name has every word, accents and case aside."""
    for word in unaccent(words).split():
        versions = versions.filter(Q(name_search__contains=word) | Q(procedure__code__icontains=word))
    return versions


def offered_version(unit_id: int, version_id: int) -> ProcedureVersion:
    """A version that the unit may receive dossiers for now. Raises NotReady."""
    version = offered(unit_id).prefetch_related("papers").filter(pk=version_id).first()
    if version is None:
        raise NotReady(_("Thủ tục này không còn trong danh mục của đơn vị. Chọn lại thủ tục."))
    return version


def version_called(code: str) -> ProcedureVersion:
    """The version in force of the procedure with this code. Raises ProcedureUnknown."""
    version = current().filter(procedure__code__iexact=code.strip()).first()
    if version is None:
        raise ProcedureUnknown(_("Không có thủ tục nào mang mã %(code)s.") % {"code": code})
    return version
