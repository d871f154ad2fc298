"""Finding a unit that the officer may read about, and the tabs of its pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.oversight.access import officer_of
from motcua.people import authority
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
READERS = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.UNIT_ADMIN, Role.LEADER)
_PAGES = (
    ("unit", "Đơn vị"),
    ("unit_hours", "Giờ làm việc"),
    ("unit_closures", "Đóng cửa"),
    ("unit_counters", "Quầy"),
    ("unit_staff", "Cán bộ"),
)
_UNDER = {"unit_counter": "unit_counters", "unit_officer": "unit_staff"}


def reading(view: View[P]) -> View[P]:
    """A page about units for those who administer, watch or lead; others meet 403."""
    return _for(view, *READERS)


def keeping(view: View[P]) -> View[P]:
    """A page for those who administer a unit or the province; others meet 403."""
    return _for(view, Role.ADMINISTRATOR, Role.UNIT_ADMIN)


def _for(view: View[P], *roles: Role) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not officer_of(request).has(*roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def unit_read(officer: Officer, code: str) -> Unit:
    """Load and authorise in one: a unit of which the officer may read nothing is not there (404)."""
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None or not authority.may_read(officer, unit):
        raise Http404
    return unit


def frame(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """What all pages of a unit show: itself, its tabs, the way up, and whether this officer may change anything."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    here = _UNDER.get(here or "", here)
    return {
        "unit": unit,
        "manages": authority.may_manage(officer_of(request), unit),
        "is_provinces": authority.is_provinces(officer_of(request), unit),
        "back": back(officer_of(request), unit),
        "tabs": [
            {"label": _(label), "url": reverse(name, args=[unit.code]), "current": name == here}
            for name, label in _PAGES
        ],
    }


def back(officer: Officer, unit: Unit) -> str:
    """The list in which this unit stands; empty for one who reads about this unit only."""
    if unit.parent is None or not authority.may_read(officer, unit.parent):
        return reverse("units") if unit.parent is None else ""
    return f"{reverse('units')}?unit={unit.parent.code}"
