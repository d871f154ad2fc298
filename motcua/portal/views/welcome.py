"""The first page: one box for procedures, life events and dossiers; what is announced; an officer goes to the log-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.notices.announced import shown_to_citizens
from motcua.people.models import Unit, UnitLevel
from motcua.portal import places, publication

MOST_EVENTS = 8


@login_not_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    unit = places.remembered(request)
    province = unit or Unit.objects.filter(level=UnitLevel.PROVINCE).first()
    events = publication.events(publication.listed(unit))
    context = {
        "unit": unit,
        "announced": shown_to_citizens(province, timezone.now()) if province else [],
        "events": events[:MOST_EVENTS],
        "of_unit": f"{places.PARAMETER}={unit.code}" if unit else "",
    }
    return render(request, "portal/welcome.html", context)
