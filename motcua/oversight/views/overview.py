"""What lies where: the units below, with their numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.oversight.access import is_within, officer_of, unit_within, watched, watching
from motcua.oversight.counts import table
from motcua.people.models import Role, UnitLevel


@watching
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Districts of the province, communes of a district; a commune has nothing below it but its dossiers."""
    officer, now = officer_of(request), timezone.now()
    tops = watched(officer)
    unit = unit_within(officer, request.GET.get("unit") or tops[0].unit_code)
    if unit.level == UnitLevel.COMMUNE:
        return redirect("unit_dossiers", unit=unit.code)
    rows, whole = table(unit, now)
    context = {
        "unit": unit,
        "above": unit.parent if unit.parent and is_within(officer, unit.parent) else None,
        "tops": [
            {"label": top.unit_name, "url": f"?unit={top.unit_code}", "current": top.unit_id == unit.pk}
            for top in tops
        ],
        "rows": rows,
        "whole": whole,
        "year": timezone.localtime(now).year,
        "now": now,
        "today": timezone.localdate(now),
        "is_administrator": officer.has(Role.ADMINISTRATOR),
    }
    return render(request, "oversight/overview.html", context)
