"""Who may open a page of the desk, and what a view knows of its officer."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.dossiers.actions import Act
from motcua.people.models import Role
from motcua.people.officer import Held, Officer
from motcua.ui.paging import whole

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
DESK = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


def officer_of(request: HttpRequest) -> Officer:
    """Who is logged in, with today's roles (people.middleware)."""
    return cast("Officer", request.officer)  # type: ignore[attr-defined]


def desk_of(request: HttpRequest) -> Held:
    """The desk at which the officer sits. Raises PermissionDenied for one who sits at none."""
    held = officer_of(request).desk
    if held is None:
        raise PermissionDenied
    return held


def unit_of(request: HttpRequest) -> Held:
    """The unit among whose people the officer is: where he has a desk, else the one he administers."""
    held = officer_of(request).desk or officer_of(request).first(Role.UNIT_ADMIN)
    if held is None:
        raise PermissionDenied
    return held


def books_of(request: HttpRequest) -> list[Held]:
    """The desk at which the officer sits, and the units whose work it has taken over: whose books lie there."""
    desk = desk_of(request)
    held = (one for one in officer_of(request).held if one.role in DESK and one.on_behalf_of is None)
    return list({one.unit_id: one for one in (desk, *held)}.values())


def book_of(request: HttpRequest) -> Held:
    """Of which unit a book is asked for (`don-vi`): the officer's own desk, unless another is named. Raises Http404."""
    code = (request.POST or request.GET).get("don-vi", "")
    found = [one for one in books_of(request) if code in ("", one.unit_code)]
    if not found:
        raise Http404
    return found[0]


def act_of(request: HttpRequest) -> Act:
    """Who acts, now, and which revision of the dossier the page had shown."""
    return Act(officer_of(request), timezone.now(), whole(request.POST.get("revision", "")))


def at_desk(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A page for officers with one of these roles at their own desk; others meet 403."""
    return _for(desk_of, roles)


def in_unit(*roles: Role) -> Callable[[View[P]], View[P]]:
    """The same for pages about a unit's people, which its administrator has too."""
    return _for(unit_of, roles)


def _for(seat: Callable[[HttpRequest], Held], roles: tuple[Role, ...]) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not officer_of(request).roles_in(seat(request).unit_id) & set(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P]", guarded)

    return decorate
