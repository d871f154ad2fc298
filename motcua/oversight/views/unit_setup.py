"""How procedures are set up below a unit: the report's figures, unit by unit, down to each procedure and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.catalog import setup_list
from motcua.catalog.checker import Checker, Pair, block, checker, tallies
from motcua.catalog.errors import OfferRefused
from motcua.catalog.finding_words import names
from motcua.catalog.offering import say_arising
from motcua.catalog.setup_list import Row
from motcua.catalog.taking_over import behind
from motcua.oversight.access import is_within, officer_of, unit_within, watching
from motcua.oversight.setup_tabs import mended_by, setup_tabs
from motcua.people.models import Unit, UnitLevel
from motcua.people.officer import Officer


@dataclass(frozen=True, slots=True)
class Child:
    """A unit right below, with the figures of all under it."""

    code: str
    name: str
    counts: dict[str, int]


@watching
@require_safe
def unit_setup(request: HttpRequest, unit: str) -> HttpResponse:
    """Figures and the units below; with a reason or of a commune, the procedures themselves, in key-set pages."""
    officer = officer_of(request)
    place = unit_within(officer, unit)
    made = checker(place.path, timezone.localdate())
    is_list = place.level == UnitLevel.COMMUNE or bool({"muc", "loi"} & set(request.GET))
    pairs = list(made.pairs())
    not_synced = behind(place.path, timezone.now())
    by_unit = tallies(made)
    context: dict[str, Any] = {
        "unit": place,
        "above": place.parent if place.parent and is_within(officer, place.parent) else None,
        "tabs": setup_tabs(officer, place, "unit_setup"),
        "counts": block(made, by_unit, not_synced, place.path),
        "faults": setup_list.fault_choices(pairs),
        "is_list": is_list,
        "is_commune": place.level == UnitLevel.COMMUNE,
    }
    if is_list:
        context |= _listed(request, officer, pairs)
    else:
        context["children"] = [
            Child(child.code, child.name, block(made, by_unit, not_synced, child.path))
            for child in _below(made, place)
        ]
    return render(request, "oversight/unit_setup.html", context)


def _below(made: Checker, place: Unit) -> list[Any]:
    """Units right below that there are now, but no agencies."""
    depth = place.path.count(".") + 1
    there = made.facts.places.values()
    children = [
        one
        for one in there
        if one.path.startswith(place.path) and one.path.count(".") == depth and one.level != UnitLevel.AGENCY
    ]
    return sorted(children, key=lambda one: one.code)


def _listed(request: HttpRequest, officer: Officer, pairs: list[Pair]) -> dict[str, Any]:
    tab = setup_list.tab_called(request.GET.get("muc", ""))
    fault = setup_list.fault_called(request.GET.get("loi", ""))
    kept = {"loi": str(fault)} if fault else {"muc": tab.name}
    page = setup_list.cut(setup_list.narrowed(pairs, tab, fault), request.GET.get("sau", ""), kept)
    found = setup_list.rows(page.pairs, names(setup_list.officers_of(page.pairs)))
    narrow = setup_list.tabs(pairs, tab, fault)
    for each in narrow:
        each["url"] = each["url"] if each["url"] != "?" else "?muc="
    return {
        "page": page,
        "narrow": narrow,
        "fault": str(fault or ""),
        "rows": [{"pair": row.pair, "lines": list(_lines(row, officer))} for row in found],
    }


def _lines(row: Row, officer: Officer) -> Iterable[dict[str, Any]]:
    seen = set()
    for said in row.said:
        link = mended_by(said.finding, row.pair, officer)
        yield {
            "words": said.words,
            "is_soft": said.finding.is_soft,
            "link": link if link not in seen else None,
        }
        seen.add(link)


@watching
@require_POST
def arising_again(request: HttpRequest, unit: str, procedure: int) -> HttpResponse:
    """Somebody above says that it does arise there."""
    officer = officer_of(request)
    place = unit_within(officer, unit)
    try:
        say_arising(officer, place.pk, procedure, timezone.now())
    except OfferRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(unit)s lại tiếp nhận thủ tục này.") % {"unit": place.name})
    return redirect("unit_setup", unit=unit)
