"""The unit's officers, the departure of one, and the unit's own ways of working."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.access import act_of, at_desk, desk_of, in_unit, officer_of, unit_of
from motcua.desk.people_forms import DepartureForm, UnitForm
from motcua.desk.sections import sections
from motcua.dossiers import departures, orphans
from motcua.dossiers.actions.sharing import by_load
from motcua.dossiers.departures import Leaving, LeftBehind
from motcua.journal.errors import Refused
from motcua.people import absences
from motcua.people import queries as people
from motcua.people.actions import arrange_unit
from motcua.people.errors import OfficerRefused
from motcua.people.models import Assignment, Grant, Role, Unit, User
from motcua.ui.paging import page


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here: what they hold, how much lies with them, who is away. A unit's staff is short."""
    held, now = unit_of(request), timezone.now()
    grants: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(
        people.in_force(timezone.localdate(now)), unit=held.unit_id, role__in=people.HANDED_TO_A_SUBSTITUTE
    ).order_by("pk"):
        grants.setdefault(grant.user_id, []).append(grant)
    away = {
        row.officer_id: row
        for row in absences.of_unit(held.unit_id, now).filter(starts__lte=now).select_related("substitute")
    }
    users = by_load(people.colleagues(held.unit_id), held.unit_id).order_by("full_name", "pk")
    context = {
        "rows": [{"user": u, "grants": grants.get(u.pk, []), "away": away.get(u.pk)} for u in users],
        "sections": sections(request),
        "leads": Role.LEADER in officer_of(request).roles_in(held.unit_id),
    }
    return render(request, "desk/staff.html", context)


@at_desk(Role.LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def departure(request: HttpRequest, officer: int) -> HttpResponse:
    """Everything of one who leaves: first what would go to whom, then, with a second press, the act."""
    unit_id = desk_of(request).unit_id
    user = people.colleagues(unit_id).filter(pk=officer).first()
    if user is None:
        raise Http404
    form = _departure_form(request, unit_id, officer)
    if request.method == "POST" and form.is_valid():
        left = _left(request, form, _leaving(form, user, unit_id))
        if left is None:
            return redirect("staff")
    else:
        left = []
    context = {
        "officer": user,
        "form": form,
        "sections": sections(request),
        "left_behind": left,
        "number": departures.held_by(officer, unit_id).count(),
    }
    if form.is_bound and form.is_valid():
        context |= _preview(request, form, _leaving(form, user, unit_id))
    return render(request, "desk/departure.html", context, status=422 if form.errors or left else 200)


def _departure_form(request: HttpRequest, unit_id: int, officer: int) -> DepartureForm:
    data = request.POST if request.method == "POST" else request.GET
    known: dict[str, Any] = {
        "cach": DepartureForm.SPREAD,
        "last_day": timezone.localdate(),
        "close": True,
    }
    return DepartureForm(data if "cach" in data else None, unit_id=unit_id, of=officer, initial=known)


def _leaving(form: DepartureForm, user: User, unit_id: int) -> Leaving:
    facts = form.cleaned_data
    successor = facts["successor"] if facts["cach"] == DepartureForm.ONE else None
    return Leaving(user.pk, unit_id, facts["last_day"], successor, facts["close"])


def _left(request: HttpRequest, form: DepartureForm, leaving: Leaving) -> list[str] | None:
    """Do it; None: done. Else what stands in the way: in the form, or the codes of what would be left."""
    try:
        outcome = departures.leave(act_of(request), leaving, words=_("Bàn giao công việc."))
    except LeftBehind as refusal:
        form.add_error(None, str(refusal))
        return refusal.codes
    except Refused as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return []
    for line in outcome.refused:
        messages.error(request, line)
    given = ", ".join(f"{name}: {number}" for name, number in outcome.given.items())
    done = _("Đã bàn giao xong và kết thúc vai trò ở đơn vị.")
    messages.success(request, f"{done} {given}." if given else done)
    return None


def _preview(request: HttpRequest, form: DepartureForm, leaving: Leaving) -> dict[str, Any]:
    """What goes to whom, and what would still lie with nobody."""
    going = departures.plan(leaving, act_of(request))
    to = {one.dossier_id: one.to for one in going}
    rows = departures.held_by(leaving.user_id, leaving.unit_id).select_related("version")
    kept = {name: str(form[name].value()) for name in form.fields if form[name].value()}
    shown = page(rows, request.GET, ("step_due_at", "id"), kept=kept)
    others = orphans.left_by(leaving.user_id, leaving.unit_id, leaving.last_day, timezone.now())
    others = others.exclude(assignee=leaving.user_id)
    return {
        "page": shown,
        "going": [(row, to.get(row.pk)) for row in shown.rows],
        "sums": Counter(one.to.full_name for one in going if one.to).most_common(),
        "nobodys": sum(one.to is None for one in going),
        "others": [] if leaving.successor_id else list(others.order_by("step_due_at", "pk")[:20]),
    }


@in_unit(Role.LEADER, Role.UNIT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_settings(request: HttpRequest) -> HttpResponse:
    """How the unit shares its work out, and how long it waits for a supplement; each change is on record."""
    unit = Unit.objects.get(pk=unit_of(request).unit_id)
    known = {"assignment": unit.assignment, "supplement_days": unit.supplement_days}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            arrange_unit(
                officer_of(request),
                unit.pk,
                Assignment(facts["assignment"]),
                facts["supplement_days"],
                timezone.now(),
            )
        except OfficerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu cách làm việc của đơn vị."))
            return redirect("unit_settings")
    context = {"form": form, "unit": unit, "sections": sections(request)}
    return render(request, "desk/unit_settings.html", context, status=422 if form.errors else 200)
