"""The tree of units, and one unit: what it is called, how it is reached, and what is missing there."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.oversight.access import officer_of
from motcua.oversight.unit_forms import ContactForm, IdentifierForm, WaysForm
from motcua.oversight.units import frame, reading, unit_read
from motcua.people import authority, census, unit_facts
from motcua.people.actions import arrange_unit
from motcua.people.census import Line
from motcua.people.errors import OfficerRefused, StaffRefused
from motcua.people.models import Assignment, DeskCounter, Unit, UnitSuccession
from motcua.people.officer import Officer
from motcua.rules.text import unaccent
from motcua.ui.fields import put

PAGE = 50
SHORT, ENDED = "thieu", "da-het"
_VIEWS = (("", "Cây đơn vị"), (SHORT, "Thiếu vai trò"), (ENDED, "Đã kết thúc"))


@reading
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units below one, or all that fit some words, or that lack a role, or that have ended."""
    officer = officer_of(request)
    lines = census.lines(authority.readable_paths(officer))
    words, view = request.GET.get("q", "").strip(), request.GET.get("muc", "")
    root = _root(lines, request.GET.get("unit", ""))
    found = _found(lines, root, words, view)
    after = request.GET.get("sau", "")
    rest = [line for line in found if line.unit.path > after]
    rows, more = rest[:PAGE], len(rest) > PAGE
    kept = {"q": words, "muc": view, "unit": root.unit.code}
    context = {
        "root": root,
        "above": _above(lines, root.unit),
        "rows": rows,
        "is_flat": bool(words or view),
        "words": words,
        "view": view,
        "tabs": [
            {
                "label": _(label),
                "url": f"?{urlencode({'muc': name})}" if name else "?",
                "current": name == view,
            }
            for name, label in _VIEWS
        ],
        "older": f"?{urlencode({**kept, 'sau': rows[-1].unit.path})}" if more else "",
        "newer": f"?{urlencode(kept)}" if after else "",
        "count": len(found),
        "sums": _sums(lines),
        "keeps": any(authority.may_manage(officer, line.unit) for line in lines),
    }
    return render(request, "oversight/units.html", context)


def _root(lines: Sequence[Line], code: str) -> Line:
    """The unit whose children are shown; the top for a code that is none of these."""
    return next((line for line in lines if line.unit.code == code), lines[0])


def _above(lines: Sequence[Line], unit: Unit) -> Unit | None:
    return next((line.unit for line in lines if line.unit.pk == unit.parent_id), None)


def _found(lines: Sequence[Line], root: Line, words: str, view: str) -> list[Line]:
    if words:
        plain = unaccent(words)
        return [
            line for line in lines if plain in unaccent(line.unit.name) or line.unit.code.startswith(words)
        ]
    if view == SHORT:
        return [line for line in lines if line.missing]
    if view == ENDED:
        return [line for line in lines if line.unit.valid_to is not None]
    tops = [line for line in lines if line.unit.parent_id is None or _above(lines, line.unit) is None]
    if root in tops and len(tops) > 1:
        return tops
    return [root, *(line for line in lines if line.unit.parent_id == root.unit.pk)]


def _sums(lines: Sequence[Line]) -> dict[str, int]:
    desk: set[int] = set().union(*(line.desk for line in lines))
    return {
        "officers": len(set().union(*(line.officers for line in lines))),
        "short": sum(bool(line.missing) for line in lines),
        "desk": len(desk),
        "trained": sum(line.trained for line in lines),
    }


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """What a unit is known by, its past, and who is missing; with the forms for those who may change it."""
    officer, place = officer_of(request), unit_read(officer_of(request), unit)
    posted = request.POST.get("act", "") if request.method == "POST" else ""
    writes = {"contact": _contact_set, "identifier": _identified, "ways": _arranged}
    if request.method == "POST" and posted not in writes:
        raise Http404
    forms = _forms(request, place, posted)
    if posted and forms[posted].is_valid():
        try:
            messages.success(request, writes[posted](officer, place, forms[posted].cleaned_data))
        except (StaffRefused, OfficerRefused) as refusal:
            put(forms[posted], refusal)
        else:
            return redirect("unit", place.code)
    context = frame(request, place) | _facts(place) | forms
    context["may_read_above"] = place.parent is not None and authority.may_read(officer, place.parent)
    wrong = any(form.errors for form in forms.values())
    return render(request, "oversight/unit.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, place: Unit, posted: str) -> dict[str, Form]:
    """By the name that is sent with each; bound is the one that was sent."""
    kinds: dict[str, tuple[type[Form], dict[str, Any]]] = {
        "contact": (ContactForm, {name: getattr(place, name) for name in unit_facts.CONTACT}),
        "identifier": (IdentifierForm, {"first": timezone.localdate()}),
        "ways": (
            WaysForm,
            {"assignment": place.assignment, "supplement_days": place.supplement_days},
        ),
    }
    return {
        name: kind(request.POST if name == posted else None, initial=known)
        for name, (kind, known) in kinds.items()
    }


def _facts(place: Unit) -> dict[str, Any]:
    """Six queries."""
    line = next(line for line in census.lines([place.path]) if line.unit.pk == place.pk)
    successions = UnitSuccession.objects.select_related("predecessor", "successor")
    return {
        "line": line,
        "identifiers": place.identifiers.order_by("-pk"),
        "periods": place.periods.select_related("parent").order_by("-pk"),
        "before": successions.filter(successor=place),
        "after": successions.filter(predecessor=place),
        "counters": DeskCounter.objects.filter(unit=place, is_active=True).count(),
        "below": f"{reverse('units')}?unit={place.code}",
    }


def _contact_set(officer: Officer, place: Unit, facts: dict[str, Any]) -> str:
    """Each of these three writes, and says what is done."""
    unit_facts.set_contact(officer, place, facts, timezone.now())
    return _("Đã lưu địa chỉ và liên hệ của đơn vị.")


def _identified(officer: Officer, place: Unit, facts: dict[str, Any]) -> str:
    row = unit_facts.set_identifier(
        officer, place, facts["identifier"], facts["scheme"], facts["first"], timezone.now()
    )
    return _("Đã ghi mã định danh %(code)s. Mã hồ sơ đã cấp giữ nguyên.") % {"code": row.identifier}


def _arranged(officer: Officer, place: Unit, facts: dict[str, Any]) -> str:
    arrange_unit(officer, place.pk, Assignment(facts["assignment"]), facts["supplement_days"], timezone.now())
    return _("Đã lưu cách làm việc của đơn vị.")
