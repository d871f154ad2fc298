"""Putting procedures on many units' lists, or taking them off: chosen or from a file, seen first, then confirmed."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalog.bulk_offer import Line, Plan, carry_out, plan
from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import Procedure
from motcua.catalog.offer_file import read_offers, read_text, text_of
from motcua.catalog.queries import current
from motcua.dossiers.models import Dossier
from motcua.oversight.access import administering, officer_of
from motcua.oversight.setup_tabs import setup_tabs
from motcua.oversight.template_forms import ConfirmForm, OfferingsForm, OffersFileForm
from motcua.people.models import Unit
from motcua.people.table_file import MOST_BYTES

NAMED = 3000
"""Up to so many lines a preview names each unit; beyond it counts them, by procedure."""


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def offerings(request: HttpRequest) -> HttpResponse:
    """Choose what for whom; what would change is shown before anything does."""
    if request.method != "POST":
        return _page(request, {})
    form = OfferingsForm(request.POST)
    if not form.is_valid():
        return _page(request, {"form": form})
    lines = form.lines
    return _preview(request, lines) if lines else _page(request, {"form": form, "none": True})


@administering
@require_POST
def offerings_file(request: HttpRequest) -> HttpResponse:
    """The same from a file; its errors are told by row."""
    form = OffersFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, {"upload": form})
    try:
        lines = read_offers(form.cleaned_data["file"].read(MOST_BYTES + 1))
    except OfferRefused as refusal:
        form.add_error("file", str(refusal))
        return _page(request, {"upload": form, "wrong_rows": refusal.rows})
    return _preview(request, lines)


@administering
@require_POST
def offerings_confirm(request: HttpRequest) -> HttpResponse:
    """Do what was shown, if that is still what would be done."""
    form = ConfirmForm(request.POST)
    try:
        lines = read_text(request.POST.get("rows", ""))
        if not form.is_valid():
            return _preview(request, lines, form)
        facts = form.cleaned_data
        done = carry_out(
            officer_of(request), lines, timezone.now(), decision=facts["decision"], shown=facts["shown"]
        )
    except OfferRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("offerings")
    words = {"added": len(done.added), "removed": len(done.removed)}
    messages.success(
        request, _("Đã đưa vào %(added)d, rút ra %(removed)d. Các đơn vị thấy trong mục Thay đổi.") % words
    )
    return redirect("offerings")


def _page(request: HttpRequest, more: dict[str, Any]) -> HttpResponse:
    context = {
        "form": OfferingsForm(),
        "upload": OffersFileForm(),
        "tabs": setup_tabs(officer_of(request), Unit.objects.get(parent=None), "offerings"),
    } | more
    return render(request, "oversight/offerings.html", context, status=422 if more else 200)


def _preview(request: HttpRequest, lines: list[Line], form: ConfirmForm | None = None) -> HttpResponse:
    planned = plan(lines)
    form = form or ConfirmForm(initial={"rows": text_of(lines), "shown": planned.fingerprint})
    context = {
        "form": form,
        "plan": planned,
        "added": _by_procedure(planned.added),
        "removed": _by_procedure(planned.removed),
        "running": _running(planned),
        "tabs": setup_tabs(officer_of(request), Unit.objects.get(parent=None), "offerings"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "oversight/offerings_preview.html", context, status=status)


def _by_procedure(pairs: tuple[tuple[int, int], ...]) -> list[dict[str, Any]]:
    """Each procedure with how many units, and which; a long list of units is counted only."""
    numbers = Counter(procedure_id for _unit, procedure_id in pairs)
    codes = dict(Procedure.objects.filter(pk__in=numbers).values_list("pk", "code"))
    named = dict(current().filter(procedure__in=numbers).order_by().values_list("procedure", "name"))
    units = dict(Unit.objects.values_list("pk", "name")) if len(pairs) <= NAMED else {}
    found: dict[int, list[str]] = {pk: [] for pk in numbers}
    for unit_id, procedure_id in pairs:
        if unit_id in units:
            found[procedure_id].append(units[unit_id])
    rows = [
        {
            "code": codes[pk],
            "name": named.get(pk, codes[pk]),
            "number": numbers[pk],
            "units": sorted(names),
        }
        for pk, names in found.items()
    ]
    return sorted(rows, key=lambda row: str(row["code"]))


def _running(planned: Plan) -> int:
    """Dossiers that go on though the procedure is taken off the list."""
    removed = set(planned.removed)
    running = Dossier.objects.filter(
        finished_at=None, version__procedure__in={procedure_id for _unit, procedure_id in removed}
    )
    return sum(pair in removed for pair in running.values_list("unit", "version__procedure"))
