"""Who is at the door: a citizen's log-in lasts as long as the browser is open and somebody uses it.

It stands beside the officers' log-in, not in it: a citizen is no user of the house, has no role and no password.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control

from motcua.dossiers.models import Dossier
from motcua.portal.models import Citizen, Claim

P = ParamSpec("P")
_KEY = "citizen"
_PENDING = "citizen_code"

not_stored = cache_control(no_store=True, private=True)
"""A phone may be lent: no browser or proxy keeps what only one may read."""


def citizen_of(request: HttpRequest) -> Citizen | None:
    pk = request.session.get(_KEY)
    return Citizen.objects.filter(pk=pk).first() if pk else None


def let_in(request: HttpRequest, citizen: Citizen) -> None:
    request.session.cycle_key()  # nobody who knew the session before has it now
    request.session.pop(_PENDING, None)
    request.session[_KEY] = citizen.pk


def let_out(request: HttpRequest) -> None:
    for name in (_KEY, _PENDING):
        request.session.pop(name, None)
    request.session.cycle_key()


def remember_code(request: HttpRequest, pk: int, code: str = "") -> None:
    """The code that is on its way, and for which dossier; it stands in no address."""
    request.session[_PENDING] = [pk, code]


def pending_code(request: HttpRequest) -> tuple[int, str] | None:
    found = request.session.get(_PENDING)
    return (int(found[0]), str(found[1])) if found else None


def by_citizen(
    view: Callable[Concatenate[HttpRequest, Citizen, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of the citizen's own; who is not logged in is asked for telephone or mail first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        citizen = citizen_of(request)
        if citizen is None:
            return redirect("citizen_login")
        return view(request, citizen, *args, **kwargs)

    return login_not_required(not_stored(guarded))


def own(citizen: Citizen, code: str) -> Dossier:
    """Load and authorise in one: a dossier that is not claimed by this citizen is not there (404)."""
    claims = Claim.objects.filter(citizen=citizen).values("dossier")
    rows = Dossier.objects.filter(pk__in=claims, code=code)
    found = rows.select_related("unit__parent", "holder_unit", "version__procedure", "field", "step").first()
    if found is None:
        raise Http404
    return found
