"""One procedure: its history, any version as the citizen sees it, any two compared, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalog import actions as catalog
from motcua.catalog.actions.repeal import Repeal
from motcua.catalog.content import content_of, with_content
from motcua.catalog.described import compare as compare_contents
from motcua.catalog.errors import DraftRefused
from motcua.catalog.models import ProcedureVersion
from motcua.catalog.template_route import templates_of
from motcua.oversight.access import administering, officer_of
from motcua.oversight.decision_forms import RepealForm
from motcua.oversight.procedures import Known, procedure_called, reach, standing
from motcua.ui.formats import vn_date
from motcua.ui.paging import whole


@administering
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Its versions, the newest first, and what can be done."""
    known = procedure_called(code)
    context = {
        "known": known,
        "rows": [(version, *standing(version, known.now)) for version in known.versions],
        "can_repeal": known.newest is not None
        and known.newest == known.now
        and not known.newest.repeal_decision,
        "events": known.procedure.life_events.order_by("position", "name"),
    } | reach(known.procedure)
    return render(request, "oversight/procedure.html", context)


@administering
@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A published version as the citizen sees it, and who published it."""
    known = procedure_called(code)
    shown = known.numbered(number)
    with_content([shown])
    words, tone = standing(shown, known.now)
    context = {"known": known, "said": shown, "words": words, "tone": tone} | public_parts(shown)
    return render(request, "oversight/version.html", context)


def public_parts(shown: ProcedureVersion) -> dict[str, Any]:
    """What `oversight/procedure_public.html` shows of a version read with its content."""
    return {
        "papers": sorted(shown.papers.all(), key=lambda paper: paper.position),
        "fees": sorted(shown.fees.all(), key=lambda fee: fee.position),
        "steps": shown.steps_text.splitlines(),
        "basis": shown.legal_basis.splitlines(),
    }


@administering
@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two published versions, word by word; the last two unless others are chosen."""
    known = procedure_called(code)
    numbers = [version.number or 0 for version in known.versions]
    new = _chosen(request, "moi", numbers, numbers[0] if numbers else 0)
    old = _chosen(request, "cu", numbers, numbers[1] if len(numbers) > 1 else new)
    context: dict[str, Any] = {"known": known, "old": old, "new": new, "changes": None}
    if numbers:
        context["changes"] = _changes(known, old, new)
    return render(request, "oversight/compare.html", context)


def _chosen(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    number = whole(request.GET.get(name, ""))
    return number if number in numbers else otherwise


def _changes(known: Known, old: int, new: int) -> list[Any]:
    before, after = known.numbered(old), known.numbered(new)
    with_content([before, after])
    routes = templates_of([before.pk, after.pk])
    pair = (routes.get(before.pk, ()), routes.get(after.pk, ()))
    return compare_contents(content_of(before), content_of(after), routes=pair)


@administering
@require_POST
def draft_start(request: HttpRequest, code: str) -> HttpResponse:
    """A draft after the last version, or the one that there is."""
    catalog.start_draft(procedure_called(code).procedure.pk)
    return redirect("draft", code)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def repeal(request: HttpRequest, code: str) -> HttpResponse:
    """By which decision and when it ends."""
    known = procedure_called(code)
    form = RepealForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = Repeal(form.cleaned_data["decision"], form.cleaned_data["last_day"])
        try:
            catalog.repeal(officer_of(request), known.procedure.pk, asked, timezone.now())
        except DraftRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            told = {"name": known.title, "day": vn_date(asked.last_day)}
            messages.success(request, _("Đã bãi bỏ “%(name)s”; còn tiếp nhận đến hết %(day)s.") % told)
            return redirect("procedure", code)
    context = {"known": known, "form": form} | reach(known.procedure)
    return render(request, "oversight/repeal.html", context, status=422 if form.errors else 200)
