"""Fees taken in a month by the desks of a unit: sums, without persons and without receipts."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.oversight.access import is_within, officer_of, unit_within, watching
from motcua.oversight.cash_totals import table
from motcua.people.calendar import FIRST


@watching
@require_safe
def cash_totals(request: HttpRequest, unit: str) -> HttpResponse:
    """This month's unless another is asked for."""
    officer = officer_of(request)
    place = unit_within(officer, unit)
    month = _month(request.GET.get("thang", ""))
    rows, whole = table(place, month.year, month.month)
    before, after = (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=32)).replace(day=1)
    context = {
        "unit": place,
        "above": place.parent if place.parent and is_within(officer, place.parent) else None,
        "month": month,
        "thang": f"{month:%Y-%m}",
        "newer": f"?thang={after:%Y-%m}" if after <= timezone.localdate() else "",
        "older": f"?thang={before:%Y-%m}" if before >= FIRST else "",
        "rows": rows,
        "whole": whole,
    }
    return render(request, "oversight/cash_totals.html", context)


def _month(text: str) -> date:
    """The first day of the month that an address names; of this one for anything else."""
    today = timezone.localdate()
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return month if FIRST <= month <= today else today.replace(day=1)
