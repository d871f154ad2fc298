"""Who may open these pages, and which units an officer sees from here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from motcua.people.models import Role, Unit
from motcua.people.officer import Held, Officer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_TOO_LARGE = 2**63


def officer_of(request: HttpRequest) -> Officer:
    """Who is logged in, with today's roles (people.middleware)."""
    return cast("Officer", request.officer)  # type: ignore[attr-defined]


def watching(view: View[P]) -> View[P]:
    """A page for supervisors and administrators; others meet 403."""
    return _for_roles(view, Role.SUPERVISOR, Role.ADMINISTRATOR)


def administering(view: View[P]) -> View[P]:
    """A page for administrators of the province; others meet 403."""
    return _for_roles(view, Role.ADMINISTRATOR)


def _for_roles(view: View[P], *roles: Role) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not officer_of(request).has(*roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def watched(officer: Officer) -> list[Held]:
    """The units over whose subtrees the officer watches, each once."""
    held = [held for held in officer.held if held.role in (Role.SUPERVISOR, Role.ADMINISTRATOR)]
    return list({one.unit_id: one for one in held}.values())


def unit_within(officer: Officer, code: str) -> Unit:
    """Load and authorise in one: a unit that the officer does not watch over is not there (404)."""
    unit = Unit.objects.select_related("parent").filter(code=code).first()
    if unit is None or not is_within(officer, unit):
        raise Http404
    return unit


def is_within(officer: Officer, unit: Unit) -> bool:
    return any(unit.path.startswith(held.unit_path) for held in watched(officer))


def whole_number(text: str, otherwise: int) -> int:
    """A number out of an address or a hidden field; anything else, and what no data base holds, is `otherwise`."""
    try:
        number = int(text)
    except ValueError:
        return otherwise
    return number if abs(number) < _TOO_LARGE else otherwise
