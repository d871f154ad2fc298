"""Who may answer which procedure on the spot: the leader's authorisations (NĐ 61/2018 Đ.17.5, R05)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalog import queries as catalog
from motcua.desk.access import act_of, at_desk, desk_of
from motcua.desk.authorise_form import AuthoriseForm
from motcua.dossiers.actions.counter import AT_ONCE
from motcua.dossiers.errors import Incomplete
from motcua.journal.errors import Refused
from motcua.people import queries as people
from motcua.people.models import Role
from motcua.results import spot
from motcua.results.models import Authorisation
from motcua.ui.paging import page, whole


@at_desk(Role.LEADER)
@require_http_methods(["GET", "POST"])
def authorisations(request: HttpRequest) -> HttpResponse:
    """Those in force, latest first, and the form for another."""
    unit_id = desk_of(request).unit_id
    at_once = catalog.offered(unit_id).filter(limit__in=[str(kind) for kind in AT_ONCE]).order_by("name")
    form = AuthoriseForm(
        request.POST or None,
        officers=people.holders(unit_id, Role.CLERK),
        procedures=list(at_once.values_list("pk", "name")),
    )
    if request.method == "POST" and form.is_valid() and _give(request, unit_id, form):
        return redirect("authorisations")
    found = Authorisation.objects.filter(unit=unit_id, withdrawn_at=None)
    rows = page(found.select_related("officer", "procedure", "given_by"), request.GET, ("id",), falling=True)
    names = dict(
        catalog.current()
        .filter(procedure__in=[row.procedure_id for row in rows.rows])
        .values_list("procedure", "name")
    )
    context = {
        "form": form,
        "page": rows,
        "rows": [(row, names.get(row.procedure_id, row.procedure.code)) for row in rows.rows],
        "today": timezone.localdate(),
    }
    return render(request, "desk/authorisations.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, unit_id: int, form: AuthoriseForm) -> bool:
    facts = form.cleaned_data
    try:
        spot.authorise(
            act_of(request),
            unit_id,
            officer_id=facts["officer"],
            version_id=facts["procedure"],
            decision=facts["decision"],
            valid_to=facts["valid_to"],
        )
    except Refused as refusal:
        form.add_error(refusal.field if isinstance(refusal, Incomplete) else None, str(refusal))
        return False
    messages.success(request, _("Đã ghi ủy quyền."))
    return True


@at_desk(Role.LEADER)
@require_POST
def authorisation_withdraw(request: HttpRequest) -> HttpResponse:
    pk = whole(request.POST.get("authorisation", ""))
    if pk is not None:
        spot.withdraw(act_of(request), desk_of(request).unit_id, pk)
        messages.success(request, _("Đã rút ủy quyền."))
    return redirect("authorisations")
