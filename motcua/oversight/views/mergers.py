"""Merging communes with a date: what is planned and done, a plan seen before it is written, and taken back (R10, R41)."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import mergers as actions
from motcua.journal.errors import Refused
from motcua.oversight import merger_preview
from motcua.oversight.access import administering, officer_of, whole_number
from motcua.oversight.merger_forms import MergerForm
from motcua.oversight.merger_preview import Change
from motcua.people.errors import MergerRefused
from motcua.people.merging import Parts
from motcua.people.models import Grant, Merger, Unit, UnitLevel
from motcua.people.succession import exists_on
from motcua.ui.paging import page


@administering
@require_safe
def mergers(request: HttpRequest) -> HttpResponse:
    """Latest first, in key-set pages."""
    rows = Merger.objects.select_related("successor")
    context = {"page": page(rows, request.GET, ("id",), falling=True), "today": timezone.localdate()}
    return render(request, "oversight/mergers.html", context)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def merger_plan(request: HttpRequest) -> HttpResponse:
    """The form; what the plan would do; and, at the second press, the plan."""
    district, tabs = _district(request)
    form = MergerForm(request.POST if request.method == "POST" else None, district=district)
    parts = _checked(request, form) if form.is_valid() else None
    if parts is not None and "ghi" in request.POST and (merger := _plan(request, form)):
        return redirect("merger", merger=merger.pk)
    if parts is None or form.errors or "sua" in request.POST:
        context = {"form": form, "district": district, "tabs": tabs, "staying": _staying(request)}
        return render(request, "oversight/merger_plan.html", context, status=422 if form.errors else 200)
    context = {"form": form, "district": district, "title": parts.title, "is_plan": True}
    context |= _preview(merger_preview.of_parts(parts), _staying(request))
    return render(request, "oversight/merger_preview.html", context)


def _checked(request: HttpRequest, form: MergerForm) -> Parts | None:
    """The plan if it can be; else the form says at which field it cannot."""
    try:
        return actions.check(officer_of(request), form.plan(_staying(request)))
    except Refused as refusal:
        _say(form, refusal)
        return None


def _plan(request: HttpRequest, form: MergerForm) -> Merger | None:
    try:
        merger = actions.plan(officer_of(request), form.plan(_staying(request)), timezone.now())
    except Refused as refusal:  # somebody was quicker
        _say(form, refusal)
        return None
    messages.success(request, _("Đã ghi kế hoạch: %(title)s.") % {"title": merger.title})
    return merger


def _say(form: MergerForm, refusal: Refused) -> None:
    field = refusal.field if isinstance(refusal, MergerRefused) and refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def _staying(request: HttpRequest) -> frozenset[int]:
    """Grants that were shown and not ticked; who came since then moves with the others."""
    shown, ticked = (
        {whole_number(text, 0) for text in request.POST.getlist(name)} for name in ("hien", "chuyen")
    )
    return frozenset(shown - ticked - {0})


def _district(request: HttpRequest) -> tuple[Unit, list[dict[str, Any]]]:
    """Of which district the communes are to choose from, and the others as tabs."""
    there = Unit.objects.filter(level=UnitLevel.DISTRICT).filter(exists_on(timezone.localdate()))
    districts = list(there.order_by("code"))
    if not districts:
        raise Http404
    asked = request.GET.get("huyen", "")
    chosen = next((one for one in districts if one.code == asked), districts[0])
    return chosen, [
        {"label": one.name, "url": f"?huyen={one.code}", "current": one == chosen} for one in districts
    ]


def _preview(change: Change, staying: frozenset[int]) -> dict[str, Any]:
    hours, shut = merger_preview.hours(change), merger_preview.behind_closed_doors(change)
    return {
        "change": change,
        "last_day": change.on - timedelta(days=1),
        "lying": merger_preview.lying(change, timezone.now()),
        "hours": hours,
        "hours_differ": merger_preview.hours_differ(hours),
        "shut": shut[: merger_preview.MOST],
        "shut_number": len(shut),
        "closures": merger_preview.closures(change),
        "staff": merger_preview.staff(change),
        "staying": staying,
        "missing": merger_preview.missing(change, staying),
        "added": merger_preview.added(change),
    }


@administering
@require_safe
def merger(request: HttpRequest, merger: int) -> HttpResponse:
    """One plan: as it will be, or what became of it."""
    found = _load(merger)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "merger": found,
        "title": found.title,
        "can_cancel": found.cancelled_at is None and found.on > today,
    }
    change = merger_preview.of_merger(found)
    if change is None:
        return render(request, "oversight/merger_ended.html", context)
    if found.on <= today:
        context |= {"change": change, "staff": _moved(found)}
        return render(request, "oversight/merger_ended.html", context)
    context |= _preview(change, frozenset()) | {"staff": _moved(found)}
    return render(request, "oversight/merger_preview.html", context)


def _moved(found: Merger) -> list[Grant]:
    """The roles in the successor that the plan made."""
    made = found.before.get("made", {}).get("grants", [])
    rows = Grant.objects.filter(pk__in=made).select_related("user", "unit").prefetch_related("fields")
    return list(rows.order_by("user__full_name", "user", "role"))


def _load(pk: int) -> Merger:
    rows = Merger.objects.filter(pk=pk).select_related("successor__parent", "planned_by")
    found = rows.first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@administering
@require_POST
def merger_cancel(request: HttpRequest, merger: int) -> HttpResponse:
    """Take a plan back before its day."""
    found = _load(merger)
    try:
        actions.cancel(officer_of(request), found.pk, timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã hủy kế hoạch; mọi thứ như trước."))
    return redirect("merger", merger=found.pk)
