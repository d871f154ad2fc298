"""What a supervisor should look at: by unit, kind and period; each leads to its dossier, to an answer, to a conclusion."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers.models import Dossier
from motcua.journal.errors import Refused
from motcua.oversight import actions
from motcua.oversight.access import is_within, officer_of, unit_within, watched
from motcua.oversight.forms import SignalFilter, WordsForm
from motcua.oversight.models import Signal, SignalKind, SignalState
from motcua.oversight.wording import STATES, sentence
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer
from motcua.ui.paging import Page, page

Do = Callable[[Officer, int, str, datetime], object]
TABS = {"": SignalState.OPEN, "da-giai-trinh": SignalState.ANSWERED, "da-ket-luan": SignalState.SOLVED}


@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """Latest first, in key-set pages. A leader sees those of the own unit, a supervisor those of a subtree."""
    officer = officer_of(request)
    place, reach = _place(officer, request.GET.get("unit", ""))
    form = SignalFilter(request.GET)
    found = Signal.objects.filter(reach, _narrowed(form))
    tab = request.GET.get("muc", "") if request.GET.get("muc", "") in TABS else ""
    kept = {name: request.GET[name] for name in ("unit", "loai", "ky") if request.GET.get(name)}
    rows = found.filter(state=TABS[tab]).select_related("unit", "dossier", "officer")
    listed = page(rows, request.GET, ("at", "id"), kept=kept | ({"muc": tab} if tab else {}), falling=True)
    context = {
        "place": place,
        "back": _back(officer, place),
        "form": form,
        "tabs": _tabs(found, tab, kept),
        "tab": tab,
        "page": listed,
        "rows": [(row, sentence(row)) for row in listed.rows],
        "is_open": TABS[tab] == SignalState.OPEN,
    }
    return render(request, "oversight/signals.html", context)


def _place(officer: Officer, code: str) -> tuple[Unit | None, Q]:
    """The unit that was asked for, or the officer's own, and which signals lie within reach; others meet 403 or 404."""
    tops = watched(officer)
    if tops:
        unit = unit_within(officer, code or tops[0].unit_code)
        return unit, Q(unit__path__startswith=unit.path)
    led = [held for held in officer.held if held.role == Role.LEADER]
    if not led:
        raise PermissionDenied
    if code and code not in {held.unit_code for held in led}:
        raise Http404
    return None, Q(unit__in=[held.unit_id for held in led if code in ("", held.unit_code)])


def _back(officer: Officer, unit: Unit | None) -> str:
    """The overview in which the unit stands."""
    above = unit.parent if unit and unit.parent and is_within(officer, unit.parent) else unit
    return f"{reverse('overview')}?unit={above.code}" if above else ""


def _narrowed(form: SignalFilter) -> Q:
    """What cannot be read narrows nothing."""
    form.is_valid()
    facts = form.cleaned_data
    narrowed = Q(kind=facts["loai"]) if facts.get("loai") else Q()
    if facts.get("ky"):
        narrowed &= Q(at__gte=timezone.now() - timedelta(days=int(facts["ky"])))
    return narrowed


def _tabs(found: QuerySet[Signal], tab: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    counts = found.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in SignalState})
    return [
        {
            "label": state.label,
            "url": reverse("signals", query=kept | ({"muc": name} if name else {})),
            "current": name == tab,
            "count": counts[state.value],
        }
        for name, state in TABS.items()
    ]


@require_safe
def signal(request: HttpRequest, signal: int) -> HttpResponse:
    return _page(request, _load(request, signal))


def _load(request: HttpRequest, pk: int) -> Signal:
    """Load and authorise in one: whoever may neither answer nor conclude it is told that there is none."""
    related = ("unit", "dossier", "officer", "answered_by", "solved_by")
    found = Signal.objects.filter(pk=pk).select_related(*related).first() if pk < 2**63 else None
    officer = officer_of(request)
    if found is None or not (actions.may_answer(officer, found) or actions.may_solve(officer, found)):
        raise Http404
    return found


def _page(request: HttpRequest, found: Signal, bound: dict[str, WordsForm] | None = None) -> HttpResponse:
    officer, is_open = officer_of(request), found.state != SignalState.SOLVED
    shown = bound or {}
    context = {
        "signal": found,
        "sentence": sentence(found),
        "closed": _closed(request, found),
        "can_answer": is_open and actions.may_answer(officer, found),
        "can_solve": is_open and actions.may_solve(officer, found),
        "answer": shown.get("answer") or WordsForm(prefix="answer", initial={"words": found.answer}),
        "solve": shown.get("solve") or WordsForm(prefix="solve"),
        "failed": next(iter(shown.values()), None),
        "STATES": STATES,
    }
    return render(request, "oversight/signal.html", context, status=422 if bound else 200)


def _closed(request: HttpRequest, found: Signal) -> Page[Dossier] | None:
    """Of a mass closing: the dossiers that were finished on that day."""
    if found.kind != SignalKind.MASS_CLOSING:
        return None
    day = timezone.localtime(found.at).replace(hour=0, minute=0)
    finished = Dossier.objects.filter(
        unit=found.unit_id, finished_at__gte=day, finished_at__lt=day + timedelta(days=1)
    )
    return page(finished, request.GET, ("finished_at", "id"))


@require_POST
def signal_answer(request: HttpRequest, signal: int) -> HttpResponse:
    return _try(request, signal, "answer", actions.answer, _("Đã ghi giải trình."))


@require_POST
def signal_solve(request: HttpRequest, signal: int) -> HttpResponse:
    return _try(request, signal, "solve", actions.solve, _("Đã ghi kết luận."))


def _try(request: HttpRequest, pk: int, name: str, do: Do, done: str) -> HttpResponse:
    """Do it if the form is right; else, or if it is refused, the page again with what was typed."""
    found = _load(request, pk)
    form = WordsForm(request.POST, prefix=name)
    if form.is_valid():
        try:
            do(officer_of(request), found.pk, form.cleaned_data["words"], timezone.now())
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, done)
            return redirect("signal", signal=found.pk)
    return _page(request, _load(request, pk), {name: form})
