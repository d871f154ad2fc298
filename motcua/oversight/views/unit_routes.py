"""Whose way differs from the template, in what and why; and who has not taken over what changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.catalog.checker import checker
from motcua.catalog.models import Route
from motcua.catalog.route_words import agency_names, stage_words
from motcua.catalog.stages import stages_of
from motcua.catalog.taking_over import waiting
from motcua.oversight.access import officer_of, unit_within, watching
from motcua.oversight.setup_tabs import setup_tabs
from motcua.people.models import User
from motcua.rules.routes import Stage, align
from motcua.ui.paging import page


@dataclass(frozen=True, slots=True)
class Difference:
    """A step that is otherwise: `was` None: the unit added it; `officer`: who is named for it."""

    name: str
    was: int | None
    now: int
    officer: str


@watching
@require_safe
def unit_routes(request: HttpRequest, unit: str) -> HttpResponse:
    """Own ways of the units below, latest first, in key-set pages; those that have lapsed are marked."""
    officer = officer_of(request)
    place = unit_within(officer, unit)
    found = Route.objects.filter(unit__path__startswith=place.path, ended_at=None)
    found = found.select_related("unit", "version__procedure", "made_by")
    shown = page(found, request.GET, ("id",), falling=True)
    made = checker(place.path, timezone.localdate())
    differences = _differences(list(shown.rows))
    context = {
        "unit": place,
        "tabs": setup_tabs(officer, place, "unit_routes"),
        "page": shown,
        "rows": [
            {
                "route": row,
                "differences": differences[row.pk],
                "is_lapsed": made.is_lapsed(row.unit_id or 0, row.version.procedure_id),
            }
            for row in shown.rows
        ],
    }
    return render(request, "oversight/unit_routes.html", context)


def _differences(routes: list[Route]) -> dict[int, list[Difference]]:
    stages = stages_of({pk for route in routes for pk in (route.pk, route.base_id) if pk})
    named = {stage.officer_id for each in stages.values() for stage in each if stage.officer_id}
    officers = dict(User.objects.filter(pk__in=named).values_list("pk", "full_name"))
    agencies = agency_names()
    return {
        route.pk: [
            Difference(
                stage_words(stage, agencies), was, stage.minutes, officers.get(stage.officer_id or 0, "")
            )
            for stage, was in _changed(stages.get(route.base_id or 0, ()), stages.get(route.pk, ()))
        ]
        for route in routes
    }


def _changed(base: tuple[Stage, ...], own: tuple[Stage, ...]) -> list[tuple[Stage, int | None]]:
    places = align(base, own) or [None] * len(own)
    pairs = [(stage, None if at is None else base[at]) for stage, at in zip(own, places, strict=True)]
    return [(stage, was.minutes if was else None) for stage, was in pairs if stage != was]


@watching
@require_safe
def unconfirmed(request: HttpRequest, unit: str) -> HttpResponse:
    """Communes whose administrator has not confirmed what changed; who has waited longest first."""
    officer = officer_of(request)
    place = unit_within(officer, unit)
    shown, now = page(waiting(place.path), request.GET, ("first_id", "id")), timezone.now()
    context = {
        "unit": place,
        "tabs": setup_tabs(officer, place, "unconfirmed"),
        "page": shown,
        "rows": [
            {"unit": row, "days": (now - row.first_at).days}  # type: ignore[attr-defined]  # annotated
            for row in shown.rows
        ],
    }
    return render(request, "oversight/unconfirmed.html", context)
