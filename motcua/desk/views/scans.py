"""What is still to be digitised (R07): a unit's debt, and the scans that pay it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.access import DESK, at_desk, desk_of, officer_of
from motcua.desk.scan_forms import ScansForm
from motcua.desk.views.attempt import attempt
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers import scans as debts_of
from motcua.dossiers.actions import Act
from motcua.dossiers.models import ReceivedPaper
from motcua.dossiers.reading import note_reading
from motcua.people.models import Role
from motcua.results.kept import reusable
from motcua.ui.paging import page, whole


@at_desk(*DESK)
@require_safe
def scans(request: HttpRequest) -> HttpResponse:
    """Dossiers with papers to be digitised, in the order they came; narrowed to what one officer received."""
    unit_id = desk_of(request).unit_id
    debts = debts_of.debts(unit_id)
    officer_id = whole(request.GET.get("nguoi", ""))
    found = debts_of.to_scan(unit_id, officer_id).select_related("version")
    kept = {"nguoi": str(officer_id)} if officer_id else None
    everybody = {"label": _("Cả đơn vị"), "url": ".", "current": officer_id is None}
    everybody["count"] = sum(debt.dossiers for debt in debts)
    context = {
        "now": timezone.now(),
        "tabs": [
            everybody,
            *(
                {
                    "label": debt.name,
                    "url": f"?nguoi={debt.officer_id}",
                    "current": debt.officer_id == officer_id,
                    "count": debt.dossiers,
                }
                for debt in debts
            ),
        ],
        "papers": sum(debt.papers for debt in debts if officer_id in (None, debt.officer_id)),
        "page": page(found, request.GET, ("id",), kept=kept),
    }
    return render(request, "desk/scans.html", context)


@at_desk(Role.CLERK, Role.SPECIALIST)
@require_POST
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Scans of a dossier's papers, or why there can be none."""
    found = load(request, code)
    papers = ReceivedPaper.objects.filter(dossier=found).select_related("requirement")
    form = ScansForm(
        request.POST,
        request.FILES,
        prefix="scan",
        papers=papers.order_by("requirement__position"),
        officer_id=officer_of(request).user_id,
        results=reusable(found),
    )
    return attempt(request, code, "scan", form, lambda act, pk: _scan(act, pk, form), _("Đã lưu bản quét."))


def _scan(act: Act, pk: int, form: ScansForm) -> None:
    """A result of another dossier that is used here is a reading of that one, and written down as such (R27)."""
    dossiers.scan(act, pk, form.scans)
    for given in form.used:
        note_reading(act.officer, given.dossier, "file", act.at)
