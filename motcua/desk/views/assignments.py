"""Who works on what: the leader gives out what nobody has, moves it from one to another, and sees what nobody can do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.desk.people_forms import AssignForm
from motcua.desk.sections import sections
from motcua.dossiers import actions as dossiers
from motcua.dossiers import orphans as without
from motcua.dossiers import queries
from motcua.dossiers.actions import Act
from motcua.dossiers.choices import STEPS
from motcua.dossiers.models import Dossier
from motcua.journal.errors import Refused
from motcua.people.models import Role
from motcua.ui.paging import page, whole

KEYS = ("step_due_at", "id")
TABS = (("", "Chưa phân công"), ("da-giao", "Đã giao"))
WHEN = (("", "Bây giờ"), ("sap-toi", "Trong 14 ngày tới"))


@at_desk(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest) -> HttpResponse:
    """What specialists work on or should: not assigned yet, or lying with somebody (`can_bo`: with whom)."""
    form = _form(request)
    if request.method == "POST" and assign_ticked(request, form):
        return redirect(request.get_full_path())
    given = request.GET.get("muc", "") == TABS[1][0]
    whose = whole(request.GET.get("can_bo", ""))
    found = queries.being_worked_on(desk_of(request).unit_id).filter(assignee__isnull=not given)
    if whose is not None:
        found = found.filter(assignee=whose)
    rows = found.select_related("version", "assignee", "step__field")
    kept = {"muc": TABS[1][0]} if given else {}
    kept |= {"can_bo": str(whose)} if whose is not None else {}
    context = {
        "page": page(rows, request.GET, KEYS, kept=kept),
        "tabs": _tabs(TABS, TABS[1][0] if given else ""),
        "is_given": given,
    }
    return _shown(request, "desk/assignments.html", form, context)


@at_desk(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def orphans(request: HttpRequest) -> HttpResponse:
    """What nobody who is there can do, now or in the days to come; giving it to somebody mends it (R20)."""
    form = _form(request)
    if request.method == "POST" and assign_ticked(request, form):
        return redirect(request.get_full_path())
    later = request.GET.get("muc", "") == WHEN[1][0]
    look = without.soon if later else without.now
    found, there = look(timezone.now(), unit_id=desk_of(request).unit_id)
    rows = found.select_related("version", "holder_unit", "assignee", "step__field")
    shown = page(rows, request.GET, KEYS, kept={"muc": WHEN[1][0]} if later else None)
    troubles = without.troubles(shown.rows, there)
    context = {
        "page": shown,
        "troubles": troubles,
        "can_assign": any(trouble.can_assign for trouble in troubles),
        "tabs": _tabs(WHEN, WHEN[1][0] if later else ""),
        "is_later": later,
        "STEPS": STEPS,
    }
    return _shown(request, "desk/orphans.html", form, context)


def _form(request: HttpRequest) -> AssignForm:
    return AssignForm(request.POST if request.method == "POST" else None, unit_id=desk_of(request).unit_id)


def _tabs(each: tuple[tuple[str, str], ...], current: str) -> list[dict[str, Any]]:
    return [
        {"label": _(label), "url": f"?muc={name}" if name else "?", "current": name == current}
        for name, label in each
    ]


def _shown(request: HttpRequest, template: str, form: AssignForm, context: dict[str, Any]) -> HttpResponse:
    """The page; after a mistake with what was ticked and typed."""
    frame = {
        "now": timezone.now(),
        "form": form,
        "sections": sections(request),
        "ticked": set(request.POST.getlist("dossier")),
    }
    return render(request, template, frame | context, status=422 if form.errors else 200)


def assign_ticked(request: HttpRequest, form: AssignForm) -> bool:
    """Each ticked dossier in a transaction of its own, as the leader saw it; False: the form has a mistake."""
    if not form.is_valid():
        return False
    read = [
        (whole(pk), whole(seen))
        for pk, _colon, seen in (pair.partition(":") for pair in request.POST.getlist("dossier"))
    ]
    wanted = {pk: seen for pk, seen in read if pk is not None and seen is not None}
    if not wanted:
        form.add_error(None, _("Chưa chọn hồ sơ nào."))
        return False
    codes = dict(
        Dossier.objects.filter(queries.visible_to(officer_of(request)), pk__in=wanted).values_list(
            "pk", "code"
        )
    )
    facts, done = form.cleaned_data, 0
    for pk, seen in wanted.items():
        act = Act(officer_of(request), timezone.now(), seen)
        try:
            dossiers.assign(act, pk, facts["assignee"], words=facts["words"])
            done += 1
        except Refused as refusal:
            messages.error(request, f"{codes.get(pk, '')}: {refusal}")
    if done:
        words = ngettext("Đã giao %(n)d hồ sơ.", "Đã giao %(n)d hồ sơ.", done) % {"n": done}
        messages.success(request, words)
    return True
