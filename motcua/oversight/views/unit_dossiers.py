"""The dossiers behind a number of the overview, without the names of the persons whose they are.

A supervisor sees what waits and where. Whose it is stands in the dossier, and opening it is a reading of its own
(NĐ 61/2018 Đ.5; R27).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.choices import STEPS
from motcua.oversight import lists
from motcua.oversight.access import is_within, officer_of, unit_within, watching
from motcua.people.models import Unit, UnitLevel
from motcua.people.officer import Officer
from motcua.ui.paging import page


@watching
@require_safe
def unit_dossiers(request: HttpRequest, unit: str) -> HttpResponse:
    """Nearest due first, in key-set pages; of results, longest waiting first."""
    officer, now = officer_of(request), timezone.now()
    place = unit_within(officer, unit)
    listing = lists.listing_called(request.GET.get("loc", ""))
    found = lists.listed(place, listing, now).select_related("version", "unit", "holder_unit")
    counts = lists.how_many(place, now)
    context = {
        "unit": place,
        "back": _back(officer, place),
        "tabs": [
            {
                "label": each.label,
                "url": f"?loc={each.name}" if each.name else ".",
                "current": each is listing,
                "count": counts[each.name],
            }
            for each in lists.LISTINGS
        ],
        "is_done": listing is lists.DONE,
        "page": page(
            found, request.GET, (listing.order, "id"), kept={"loc": listing.name} if listing.name else None
        ),
        "STEPS": STEPS,
        "now": now,
    }
    return render(request, "oversight/unit_dossiers.html", context)


def _back(officer: Officer, unit: Unit) -> str:
    """The overview that this unit stands in; empty for one who watches over this commune only."""
    above = unit.parent if unit.level == UnitLevel.COMMUNE else unit
    if above is None or not is_within(officer, above):
        return ""
    return f"{reverse('overview')}?unit={above.code}"
