"""Who is away and who stands in: the officer enters his own, the leader anybody's of the unit (R20)."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.desk.access import DESK, in_unit, officer_of, unit_of
from motcua.desk.people_forms import AbsenceForm, UntilForm
from motcua.desk.sections import sections
from motcua.people import absences as people
from motcua.people.errors import AbsenceRefused
from motcua.people.models import Absence, AbsenceKind, Role
from motcua.ui.paging import page


@in_unit(*DESK, Role.UNIT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Absences that run or come, and the form for one more."""
    officer, unit_id, now = officer_of(request), unit_of(request).unit_id, timezone.now()
    directs = bool(people.DIRECTING & officer.roles_in(unit_id))
    own = 0 if directs else officer.user_id
    form = AbsenceForm(request.POST if request.method == "POST" else None, unit_id=unit_id, of=own)
    if form.is_valid() and _recorded(request, form, own):
        return redirect("absences")
    rows = people.of_unit(unit_id, now, of=own or None).select_related("officer", "substitute")
    context = {
        "now": now,
        "form": form,
        "directs": directs,
        "page": page(rows.annotate(begins_at=F("starts")), request.GET, ("begins_at", "id")),
        "sections": sections(request),
        "me": officer.user_id,
    }
    return render(request, "desk/absences.html", context, status=422 if form.errors else 200)


@in_unit(*DESK, Role.UNIT_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, absence: int) -> HttpResponse:
    """End it now, extend it, let somebody else stand in."""
    officer, now = officer_of(request), timezone.now()
    row = get_object_or_404(Absence.objects.select_related("officer", "substitute"), pk=absence)
    if not people.may_record(officer, row.unit_id, row.officer_id):
        raise Http404
    if "end" in request.POST:
        return _ended(request, row)
    form = UntilForm(
        request.POST if request.method == "POST" else None,
        unit_id=row.unit_id,
        of=row.officer_id,
        initial=UntilForm.shown(row.ends, row.substitute_id),
    )
    if form.is_valid() and _changed(request, form, row):
        return redirect("absences")
    context = {
        "now": now,
        "absence": row,
        "form": form,
        "sections": sections(request),
        "has_begun": row.starts <= now,
        "is_over": row.cancelled_at is not None or row.ends <= now,
    }
    return render(request, "desk/absence.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, form: AbsenceForm, own: int) -> bool:
    facts = form.cleaned_data
    plan = people.Plan(
        own or facts["officer"], form.starts, form.ends, AbsenceKind(facts["kind"]), facts["substitute"]
    )
    try:
        row = people.record(officer_of(request), unit_of(request).unit_id, plan, timezone.now())
    except AbsenceRefused as refusal:
        _put(form, refusal)
        return False
    _said(request, row)
    return True


def _changed(request: HttpRequest, form: UntilForm, row: Absence) -> bool:
    try:
        changed = people.change(
            officer_of(request),
            row.pk,
            ends=form.ends,
            substitute_id=form.cleaned_data["substitute"],
            now=timezone.now(),
        )
    except AbsenceRefused as refusal:
        _put(form, refusal)
        return False
    _said(request, changed)
    return True


def _ended(request: HttpRequest, row: Absence) -> HttpResponse:
    try:
        people.end(officer_of(request), row.pk, timezone.now())
        messages.success(request, _("Đã kết thúc lần vắng mặt."))
    except AbsenceRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("absences")


def _put(form: UntilForm, refusal: AbsenceRefused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _said(request: HttpRequest, row: Absence) -> None:
    if row.substitute_id:
        messages.success(request, _("Đã ghi. Hồ sơ của người vắng hiện ở việc cần làm của người thay."))
    else:
        messages.warning(
            request, _("Đã ghi, nhưng chưa có người thay: hồ sơ của người vắng sẽ không ai làm.")
        )
