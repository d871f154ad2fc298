"""Dossiers that nobody can do in the units below, now or in the days to come (R20), without the names of applicants."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.dossiers import orphans
from motcua.dossiers.choices import STEPS
from motcua.oversight.access import officer_of, unit_within, watching
from motcua.ui.paging import page

LATER = "sap-toi"


@watching
@require_safe
def unit_orphans(request: HttpRequest, unit: str) -> HttpResponse:
    """Nearest due first, in key-set pages. Who mends it is the unit's leader; here one sees that somebody must."""
    place, later = unit_within(officer_of(request), unit), request.GET.get("muc", "") == LATER
    look = orphans.soon if later else orphans.now
    found, there = look(timezone.now(), path=place.path)
    rows = found.select_related("version", "holder_unit", "assignee", "step__field")
    shown = page(rows, request.GET, ("step_due_at", "id"), kept={"muc": LATER} if later else None)
    context = {
        "unit": place,
        "page": shown,
        "troubles": orphans.troubles(shown.rows, there),
        "is_later": later,
        "tabs": [
            {"label": _("Bây giờ"), "url": "?", "current": not later},
            {"label": _("Trong 14 ngày tới"), "url": f"?muc={LATER}", "current": later},
        ],
        "STEPS": STEPS,
        "now": timezone.now(),
    }
    return render(request, "oversight/unit_orphans.html", context)
