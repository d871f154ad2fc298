"""At the counter, before reception: what is missing, or why not at all; and the slips that were given."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalog import queries as catalog
from motcua.catalog.errors import NotReady
from motcua.catalog.models import ProcedureVersion
from motcua.desk.access import act_of, at_desk, desk_of
from motcua.desk.supplement_forms import TurnAwayForm
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Applicant, Refusal
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import TurnedAway
from motcua.files import actions as files
from motcua.papers import actions as papers
from motcua.people.models import Role
from motcua.ui.paging import page


@at_desk(Role.CLERK)
@require_POST
def turn_away(request: HttpRequest, version: int) -> HttpResponse:
    """From the form of reception, with all that was typed there; then its own form, sent."""
    unit_id = desk_of(request).unit_id
    try:
        procedure = catalog.offered_version(unit_id, version)
    except NotReady as refusal:
        messages.error(request, str(refusal))
        return redirect("receive_find")
    if "kind" not in request.POST:
        return _show(request, procedure, _begun(request, procedure))
    form = TurnAwayForm(request.POST, papers=procedure.papers.all())
    if form.is_valid() and _save(request, unit_id, procedure, form):
        messages.success(request, _("Đã lập phiếu. In và giao cho người nộp."))
        return redirect("turned_away")
    return _show(request, procedure, form, status=422)


def _begun(request: HttpRequest, procedure: ProcedureVersion) -> TurnAwayForm:
    """What is not ticked as received is what is missing, until the clerk says otherwise."""
    taken = set(request.POST.getlist("taken"))
    listed = [paper for paper in procedure.papers.all() if not paper.is_note]
    typed = {name: request.POST.get(name, "") for name in TurnAwayForm.APPLICANT}
    return TurnAwayForm(
        initial=typed | {"kind": TurnedAway.Kind.INCOMPLETE},
        papers=listed,
        missing=[paper.pk for paper in listed if str(paper.pk) not in taken] if taken else (),
    )


def _save(request: HttpRequest, unit_id: int, procedure: ProcedureVersion, form: TurnAwayForm) -> bool:
    facts = form.cleaned_data
    kind = TurnedAway.Kind(facts["kind"])
    refusal = Refusal(
        version_id=procedure.pk,
        kind=kind,
        applicant=Applicant(**{name: facts[name] for name in TurnAwayForm.APPLICANT}),
        reason=facts["reason"],
        missing=form.wanted() if kind is TurnedAway.Kind.INCOMPLETE else (),
        is_simulated=getattr(request.user, "is_simulated", False),
    )
    try:
        actions.turn_away(act_of(request), unit_id, refusal)
    except (Incomplete, NotAllowed, NotReady) as wrong:
        field = wrong.field if isinstance(wrong, Incomplete) else ""
        form.add_error(field if field in form.fields else None, str(wrong))
        return False
    return True


def _show(
    request: HttpRequest, procedure: ProcedureVersion, form: TurnAwayForm, status: int = 200
) -> HttpResponse:
    context = {"version": procedure, "form": form, "now": timezone.now()}
    return render(request, "desk/turn_away.html", context, status=status)


@at_desk(Role.CLERK)
@require_http_methods(["GET"])
def turned_away(request: HttpRequest) -> HttpResponse:
    """The slips given at this desk, latest first."""
    rows = queries.turned_away(desk_of(request).unit_id).select_related("version")
    context = {"page": page(rows, request.GET, ("id",), falling=True)}
    return render(request, "desk/turned_away.html", context)


@at_desk(Role.CLERK)
@require_safe
def turned_away_slip(request: HttpRequest, slip: int) -> FileResponse:
    """Mẫu số 02 or 03 of somebody who was turned away here, to the byte as issued (R03, R40)."""
    row = queries.turned_away(desk_of(request).unit_id).filter(pk=slip)
    found = row.select_related("unit__parent", "version__procedure", "by").first()
    if found is None:
        raise Http404(_("Không có phiếu này ở đơn vị của bạn."))
    return files.response(papers.turned_away(found), inline=True)
