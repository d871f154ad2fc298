"""Who apologised and who still owes it, for anybody to read."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.people.models import Unit, UnitLevel
from motcua.portal.apologies import months_until, table

MINUTES_KEPT = 10


@login_not_required
@require_safe
@cache_control(public=True, max_age=MINUTES_KEPT * 60)
def apologies_public(request: HttpRequest) -> HttpResponse:
    """The province with its districts; each unit's own page by its statistical code, each month by its number."""
    now = timezone.now()
    code = request.GET.get("don-vi", "")
    units = Unit.objects.select_related("parent")
    unit = units.filter(code=code).first() if code else units.filter(level=UnitLevel.PROVINCE).first()
    if unit is None:
        raise Http404(_("Không có đơn vị này."))
    month = _month(request.GET.get("thang", ""), months_until(now))
    context = {"unit": unit, "month": month, "table": table(unit, month, now), "now": now}
    return render(request, "portal/apologies_public.html", context)


def _month(text: str, known: list[date]) -> date:
    """One of the months that are shown; anything else is the present one."""
    return next((month for month in known if f"{month:%Y-%m}" == text), known[0])
