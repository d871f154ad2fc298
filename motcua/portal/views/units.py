"""Where citizens are served: choosing a commune, which the browser remembers, and one unit's desk and list (R50)."""

import re
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.notices.announced import shown_to_citizens
from motcua.people.models import Unit, UnitLevel
from motcua.people.on_show import on_show
from motcua.portal import lists, places, publication
from motcua.portal.answering import page, same_for_all

MOST_WORDS = 60
_CODE = re.compile(r"[A-Z0-9.]{1,30}")
"""What a procedure's code can look like; nothing else is carried on in an address."""


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
def units_public(request: HttpRequest) -> HttpResponseBase:
    """Communes by district; `nho` remembers one in a cookie, `quen` forgets it. One answer only is gone to at once."""
    asked = request.GET.get("thu-tuc", "")
    procedure = asked if _CODE.fullmatch(asked) else ""
    if "nho" in request.GET:
        return _chosen(places.public_unit(request.GET["nho"]), procedure)
    if "quen" in request.GET:
        answer = redirect("units_public")
        answer.delete_cookie(places.COOKIE, samesite="Lax")
        return answer
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    found = places.units_called(words)
    if words and len(found) == 1:
        return _chosen(found[0], procedure)
    context = {
        "words": words,
        "procedure": procedure,
        "remembered": places.remembered(request),
        "districts": _by_district(found),
    }
    return render(request, "portal/units_public.html", context)


@same_for_all
def unit_public(request: HttpRequest, unit: str) -> HttpResponseBase:
    """One unit: address, telephone, hours of the week, what is announced, and its list."""
    found = places.public_unit(unit)
    now = timezone.now()
    desk = publication.desk_of(found, timezone.localdate(now))
    context = {
        "unit": found,
        "desk": desk,
        "of_unit": f"{places.PARAMETER}={found.code}",
        "successors": places.succeeded_by(found),
        "units": list(found.children.filter(valid_to=None, level__in=places.SERVING).order_by("name")),
        "announced": shown_to_citizens(found, now),
        "officers": on_show(found.pk),
        "groups": publication.fields(publication.listed(found)),
        "listed": lists.listed({**request.GET.dict(), "q": "", "tat-ca": "1"}, found),
    }
    return page(request, "portal/unit_public.html", context)


def _chosen(unit: Unit, procedure: str) -> HttpResponseBase:
    """On to the page that was asked from, or to the unit's own."""
    if procedure:
        query = urlencode({places.PARAMETER: unit.code})
        answer = redirect(f"{reverse('procedure_public', args=[procedure])}?{query}")
    else:
        answer = redirect("unit_public", unit=unit.code)
    places.remember(answer, unit)
    return answer


def _by_district(units: list[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Communes under their districts, in the districts' order; a district found by itself stands under itself."""
    rows = [(unit if unit.level == UnitLevel.DISTRICT else unit.parent or unit, unit) for unit in units]
    rows.sort(key=lambda row: (row[0].name, row[0].code, row[1].level != UnitLevel.DISTRICT))
    return [(district, [unit for _, unit in same]) for district, same in groupby(rows, lambda row: row[0])]
