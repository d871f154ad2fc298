"""The unit's list of procedures: what is in order, what is not and why; and what changed since last time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalog import adapting, setup_list, taking_over, ways
from motcua.catalog.checker import Pair, checker
from motcua.catalog.errors import RouteRefused, TakeOverRefused
from motcua.catalog.finding_words import names
from motcua.desk.access import in_unit, officer_of, unit_of
from motcua.desk.mending import with_links
from motcua.desk.sections import sections
from motcua.people.models import Role, Unit, UnitLevel
from motcua.ui.paging import whole

CHANGES = 50
"""How many are shown and taken over at once, oldest first."""


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Every procedure of the unit with what is to be said of it; of a district, what it can draw a way of its own for."""
    held = unit_of(request)
    unit = Unit.objects.get(pk=held.unit_id)
    pairs = _pairs(unit)
    tab = setup_list.tab_called(request.GET.get("muc", "" if _is_commune(unit) else "tat-ca"))
    fault = setup_list.fault_called(request.GET.get("loi", ""))
    kept = {"loi": str(fault)} if fault else {"muc": tab.name} if tab.name else {}
    page = setup_list.cut(setup_list.narrowed(pairs, tab, fault), request.GET.get("sau", ""), kept)
    rows = setup_list.rows(page.pairs, names(setup_list.officers_of(page.pairs)))
    context = {
        "unit": unit,
        "is_commune": _is_commune(unit),
        "rows": [{"pair": row.pair, "lines": with_links(row)} for row in rows],
        "page": page,
        "tabs": setup_list.tabs(pairs, tab, fault),
        "faults": setup_list.fault_choices(pairs),
        "fault": str(fault or ""),
        "sections": sections(request),
        "lapsed": sum(pair.is_lapsed for pair in pairs),
        "changes_it": ways.may_adapt(officer_of(request), unit.pk),
        "waiting": taking_over.pending(unit.pk).count(),
    }
    return render(request, "desk/setup.html", context)


def _pairs(unit: Unit) -> list[Pair]:
    made = checker(unit.path, timezone.localdate())
    return list(made.pairs() if _is_commune(unit) else made.for_all_below(unit.pk))


def _is_commune(unit: Unit) -> bool:
    return unit.level == UnitLevel.COMMUNE


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_POST
def own_routes_again(request: HttpRequest) -> HttpResponse:
    """All that have lapsed made again at once, where their steps are still the same."""
    try:
        done, left = adapting.apply_all_again(officer_of(request), unit_of(request).unit_id, timezone.now())
    except RouteRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("setup")
    messages.success(request, _("Đã áp dụng lại %(n)d cách riêng.") % {"n": done})
    if left:
        words = _("%(n)d thủ tục có các bước đã khác: hãy lập lại cách riêng, hoặc theo quy trình mẫu.")
        messages.warning(request, words % {"n": left})
    return redirect("setup")


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """What concerns the unit and has not been taken over, oldest first; confirmed up to the last one shown."""
    held = unit_of(request)
    if request.method == "POST":
        _confirm(request, held.unit_id)
        return redirect("changes")
    waiting = taking_over.pending(held.unit_id)
    rows = list(waiting.select_related("by").order_by("pk")[:CHANGES])
    context = {
        "rows": rows,
        "total": waiting.count(),
        "last": rows[-1].pk if rows else None,
        "taken": taking_over.latest(held.unit_id),
        "confirms": ways.may_adapt(officer_of(request), held.unit_id),
        "sections": sections(request),
        "unit_name": held.unit_name,
    }
    return render(request, "desk/changes.html", context)


def _confirm(request: HttpRequest, unit_id: int) -> None:
    last = whole(request.POST.get("last", "")) or 0
    try:
        number = taking_over.take_over(officer_of(request), unit_id, last, timezone.now())
    except TakeOverRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã xác nhận %(n)d thay đổi.") % {"n": number})
