"""The work list: nearest due first, what is overdue marked, with its count."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.desk.forms import WorkForm
from motcua.dossiers import queries
from motcua.dossiers.choices import STEPS
from motcua.dossiers.queries import WorkFilter
from motcua.papers.queries import Wanted
from motcua.people.models import Role
from motcua.people.queries import desk_fields
from motcua.rules.workflow import StepKind
from motcua.ui.paging import page

PRINTED = (Wanted.SLIPS, Wanted.RECEIPTS, Wanted.ALL)
"""What goes with a dossier that is handed on comes first: its control slip (NĐ 61/2018 Đ.18)."""
KEYS = ("step_due_at", "id")


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise | str
    steps: tuple[StepKind, ...]
    roles: frozenset[Role]
    mine: bool = False


TABS = (
    Tab("xu-ly", _("Tôi xử lý"), (StepKind.PROCESSING,), frozenset({Role.SPECIALIST}), mine=True),
    Tab("chuyen", _("Chờ chuyển"), (StepKind.RECEPTION,), frozenset({Role.CLERK})),
    Tab("ket-qua", _("Chờ ghi kết quả"), (StepKind.RETURN,), frozenset({Role.CLERK})),
    Tab("bo-sung", _("Chờ bổ sung"), (StepKind.SUPPLEMENT,), frozenset({Role.CLERK, Role.SPECIALIST})),
    Tab("tat-ca", _("Cả đơn vị"), queries.ROUTE, frozenset({Role.CLERK, Role.SPECIALIST})),
)


@at_desk(Role.CLERK, Role.SPECIALIST)
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """What this officer has to do, in key-set pages. Words (a name, say) come by POST and never stand in an address."""
    officer, seat, now = officer_of(request), desk_of(request), timezone.now()
    tabs = [tab for tab in TABS if tab.roles & officer.roles_in(seat.unit_id)]
    tab = next((tab for tab in tabs if tab.name == (request.POST or request.GET).get("muc")), tabs[0])
    form = WorkForm(request.POST or request.GET, fields=desk_fields())
    form.is_valid()
    asked = form.cleaned_data
    narrowed = WorkFilter(
        steps=tab.steps,
        words=asked.get("q", "") if request.method == "POST" else "",
        field_id=asked.get("field"),
        overdue=asked.get("overdue", False),
        mine=tab.mine,
    )
    found = queries.work(officer, seat.unit_id, narrowed, now).select_related("version", "assignee")
    kept = {"muc": tab.name, "field": narrowed.field_id, "overdue": "on" if narrowed.overdue else None}
    context = {
        "now": now,
        "tabs": [{"label": t.label, "url": f"?muc={t.name}", "current": t is tab} for t in tabs],
        "tab": tab,
        "form": form,
        "page": page(found, request.GET, KEYS, kept=_said(kept), words=narrowed.words),
        "narrowed": bool(narrowed.words or narrowed.field_id or narrowed.overdue),
        "stood_in_for": officer.stands_in_for(seat.unit_id),
        "STEPS": STEPS,
        "WANTED": [(one.value, one.label) for one in PRINTED],
    }
    return render(request, "desk/work.html", context)


def _said(kept: dict[str, str | int | None]) -> dict[str, str]:
    return {name: str(value) for name, value in kept.items() if value}
