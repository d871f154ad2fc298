"""The daily seals of the journal, for anyone who wants to keep a copy. Public; there is nothing personal in them."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.journal.chain import GENESIS
from motcua.journal.models import SealedDay
from motcua.journal.seals import day_seal
from motcua.people.models import Unit
from motcua.ui.paging import page


@login_not_required
@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """Latest first, in key-set pages."""
    days = SealedDay.objects.annotate(units=Count("seals"))
    return render(request, "portal/seals.html", {"page": page(days, request.GET, ("id",), falling=True)})


@login_not_required
@require_safe
def seal(request: HttpRequest, day: str) -> HttpResponse:
    """One day: the root, and where each unit stood, in the order of their codes."""
    row = _sealed(day)
    listed = page(row.seals.all(), request.GET, ("id",))
    names = dict(Unit.objects.filter(code__in=[one.chain for one in listed.rows]).values_list("code", "name"))
    context = {
        "sealed": row,
        "is_first": row.previous_root == GENESIS,
        "page": listed,
        "opened": row.readings.aggregate(all=Sum("count"))["all"],
        "rows": [(one, names.get(one.chain, one.chain)) for one in listed.rows],
    }
    return render(request, "portal/seal.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def seal_file(request: HttpRequest, day: str) -> HttpResponse:
    """The day's file, the same to the byte for ever: its SHA-256 is the root."""
    row = _sealed(day)
    name = f"motcua-{row.day.isoformat()}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "ETag": f'"{row.root}"'}
    return HttpResponse(day_seal(row).text, content_type="text/plain; charset=utf-8", headers=headers)


def _sealed(day: str) -> SealedDay:
    try:
        found = SealedDay.objects.filter(day=date.fromisoformat(day)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
