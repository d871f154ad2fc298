"""A procedure at the unit: the route above and its own side by side, its counter, and that it does not arise here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalog import adapting, ways
from motcua.catalog.checker import checker
from motcua.catalog.errors import ProcedureUnknown, RouteRefused
from motcua.catalog.finding_words import Names, sentence
from motcua.catalog.models import Offering
from motcua.catalog.offering import say_arising, say_not_arising, set_counter
from motcua.catalog.route_words import agency_names, stage_words
from motcua.catalog.stages import stages_in
from motcua.catalog.ways import Way
from motcua.desk.access import in_unit, officer_of, unit_of
from motcua.desk.route_forms import CounterForm, NotArisingForm, OwnRouteForm
from motcua.journal.errors import Refused
from motcua.people.models import Field, Role, Unit, UnitLevel
from motcua.rules.routes import Measure
from motcua.rules.setup import Fault
from motcua.ui.paging import whole


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def own_route(request: HttpRequest, procedure: int) -> HttpResponse:
    """The unit's own way within its measure; refused in words beside the step concerned, what was typed stays."""
    unit, way, offering = _load(request, procedure)
    if request.method == "POST":
        form = _form(unit, way, request)
        if form.is_valid() and _adapt(request, unit, procedure, form):
            messages.success(request, _("Đã lưu cách riêng của đơn vị. Hồ sơ nhận từ nay đi theo cách này."))
            return redirect("own_route", procedure=procedure)
        return _page(request, unit, way, offering, {"form": form})
    return _page(request, unit, way, offering, {})


def _adapt(request: HttpRequest, unit: Unit, procedure: int, form: OwnRouteForm) -> bool:
    facts = form.cleaned_data
    try:
        adapting.adapt(
            officer_of(request),
            unit.pk,
            procedure,
            form.drawn,
            facts["reason"],
            timezone.now(),
            shown_id=facts["base"],
        )
    except RouteRefused as refusal:
        form.refuse(refusal)
        return False
    return True


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_POST
def own_route_again(request: HttpRequest, procedure: int) -> HttpResponse:
    """The lapsed split once more, in proportion."""
    unit, _way, _offering = _load(request, procedure)
    shown = whole(request.POST.get("base", ""))

    def act() -> object:
        return adapting.apply_again(officer_of(request), unit.pk, procedure, timezone.now(), shown_id=shown)

    return _done(request, procedure, act, _("Đã áp dụng lại cách riêng theo quy trình mẫu mới."))


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_POST
def own_route_follow(request: HttpRequest, procedure: int) -> HttpResponse:
    """Back to the route above."""
    unit, _way, _offering = _load(request, procedure)

    def act() -> object:
        return adapting.follow(officer_of(request), unit.pk, procedure, timezone.now())

    return _done(
        request, procedure, act, _("Đơn vị theo quy trình mẫu. Hồ sơ đang giải quyết giữ quy trình cũ.")
    )


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_POST
def own_counter(request: HttpRequest, procedure: int) -> HttpResponse:
    """At which counter it is taken in."""
    unit, way, offering = _load(request, procedure)
    form = CounterForm(request.POST)
    if form.is_valid() and _try(form, lambda: set_counter(
        officer_of(request), unit.pk, procedure, form.cleaned_data["counter"], timezone.now()
    )):  # fmt: skip
        messages.success(request, _("Đã lưu quầy tiếp nhận."))
        return redirect("own_route", procedure=procedure)
    return _page(request, unit, way, offering, {"counter": form})


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_POST
def not_arising(request: HttpRequest, procedure: int) -> HttpResponse:
    """It does not arise here, and why; or, with `again`, it does after all."""
    unit, way, offering = _load(request, procedure)
    officer, now = officer_of(request), timezone.now()
    if "again" in request.POST:
        return _done(
            request,
            procedure,
            lambda: say_arising(officer, unit.pk, procedure, now),
            _("Thủ tục lại được tiếp nhận ở đơn vị."),
        )
    form = NotArisingForm(request.POST)
    if form.is_valid() and _try(
        form, lambda: say_not_arising(officer, unit.pk, procedure, form.cleaned_data["why"], now)
    ):
        messages.success(request, _("Đã ghi: thủ tục không phát sinh ở đơn vị, từ nay không tiếp nhận nữa."))
        return redirect("own_route", procedure=procedure)
    return _page(request, unit, way, offering, {"why": form})


def _try(form: forms.Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _done(request: HttpRequest, procedure: int, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("own_route", procedure=procedure)


def _load(request: HttpRequest, procedure: int) -> tuple[Unit, Way, Offering | None]:
    """The unit, how the procedure goes there, and its line of the list; 404 for one that is on no list here."""
    unit = Unit.objects.get(pk=unit_of(request).unit_id)
    listed = Offering.objects.filter(procedure=procedure)
    offering = listed.filter(unit=unit).first()
    below = unit.level == UnitLevel.DISTRICT and listed.filter(unit__path__startswith=unit.path).exists()
    if offering is None and not below:
        raise Http404
    try:
        return unit, ways.way_at(unit, procedure), offering
    except ProcedureUnknown:
        raise Http404 from None


def _form(unit: Unit, way: Way, request: HttpRequest | None = None) -> OwnRouteForm:
    stages = stages_in(way.base) if way.base else ()
    own = stages_in(way.own) if way.own and not way.is_lapsed else stages
    base = way.base.pk if way.base else None
    reason = way.own.decision if way.own and not way.is_lapsed else ""
    data = request.POST if request else None
    return OwnRouteForm(
        data, unit=unit, way=way, stages=stages, own=own, initial={"base": base, "reason": reason}
    )


def _page(
    request: HttpRequest, unit: Unit, way: Way, offering: Offering | None, typed: dict[str, forms.Form]
) -> HttpResponse:
    form = typed.get("form") or _form(unit, way)
    agencies = agency_names()
    measure = ways.measure_of(unit) or Measure.COMMUNE
    again = ways.remade(way, measure)
    stages = stages_in(way.base) if way.base else ()
    context: dict[str, Any] = {
        "unit": unit,
        "way": way,
        "offering": offering,
        "is_commune": measure is Measure.COMMUNE,
        "changes_it": ways.may_adapt(officer_of(request), unit.pk),
        "form": form,
        "rows": form.rows(agencies) if isinstance(form, OwnRouteForm) else [],
        "added": form.added_rows() if isinstance(form, OwnRouteForm) else [],
        "whole": sum(stage.minutes for stage in stages),
        "again": [(stage_words(stage, agencies), stage.minutes) for stage in again] if again else [],
        "was": [(stage_words(s, agencies), s.minutes) for s in stages_in(way.own)] if way.own else [],
        "own_words": _own_words(way, agencies),
        "counter": typed.get("counter") or CounterForm(initial={"counter": offering and offering.counter}),
        "why": typed.get("why") or NotArisingForm(),
        "said": _said(unit, way, agencies) if offering and not offering.not_arising else [],
    }
    return render(request, "desk/own_route.html", context, status=422 if typed else 200)


def _own_words(way: Way, agencies: dict[str, str]) -> list[tuple[str, int, str]]:
    """The unit's own way for one who only reads: step, minutes, and who is named."""
    if way.own is None or way.is_lapsed:
        return []
    steps = way.own.steps.select_related("officer").order_by("position")
    named = [step.officer.full_name if step.officer else "" for step in steps]
    return [
        (stage_words(stage, agencies), stage.minutes, name)
        for stage, name in zip(stages_in(way.own), named, strict=True)
    ]


def _said(unit: Unit, way: Way, agencies: dict[str, str]) -> list[str]:
    """What the checker says of it here; of what has lapsed the page speaks by itself."""
    findings = checker(unit.path, timezone.localdate()).findings(unit.pk, way.version.procedure_id)
    known = Names(agencies, dict(Field.objects.values_list("pk", "name")), _named(way))
    return [sentence(finding, known) for finding in findings if finding.fault is not Fault.TEMPLATE_CHANGED]


def _named(way: Way) -> dict[int, str]:
    if way.own is None:
        return {}
    steps = way.own.steps.filter(officer__isnull=False).select_related("officer")
    return {step.officer.pk: step.officer.full_name for step in steps if step.officer}
