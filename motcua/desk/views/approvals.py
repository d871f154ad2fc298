"""What waits for the leader: approve one or many at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.dossiers import queries
from motcua.dossiers.actions import Act
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import WorkFilter
from motcua.journal.errors import Refused
from motcua.people.models import Role
from motcua.results import actions as results
from motcua.rules.workflow import StepKind
from motcua.ui.paging import page, whole

MOST_CORRECTIONS = 20
"""Wrong results shown above the list, most pressing first; who has more of them has another trouble than paging."""
KEYS = ("step_due_at", "id")
MOST_PROPOSALS = 50


@at_desk(Role.LEADER)
@require_http_methods(["GET", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _approve_ticked(request)
        return redirect("approvals")
    officer, seat, now = officer_of(request), desk_of(request), timezone.now()
    waiting = queries.work(officer, seat.unit_id, WorkFilter((StepKind.APPROVAL,)), now)
    asked_again = queries.proposals(seat.unit_id).select_related("dossier__version", "proposed_by")
    leads = [held for held in officer.held if held.role is Role.LEADER and held.unit_id == seat.unit_id]
    for_whom = "" if any(held.on_behalf_of is None for held in leads) else leads[0].on_behalf_name
    wrong = queries.correcting(seat.unit_id).select_related("version").order_by(*KEYS)
    context = {
        "now": now,
        "for_whom": for_whom,
        "page": page(waiting.select_related("version", "result"), request.GET, KEYS),
        "proposals": asked_again.order_by("proposed_at", "id")[:MOST_PROPOSALS],
        "correcting": list(wrong[:MOST_CORRECTIONS]),
    }
    return render(request, "desk/approvals.html", context)


def _approve_ticked(request: HttpRequest) -> None:
    """Each ticked dossier in a transaction of its own, as the leader saw it: one that changed stops only itself."""
    ticked = [pair.partition(":") for pair in request.POST.getlist("dossier")]
    read = [(whole(pk), whole(seen)) for pk, _colon, seen in ticked]
    wanted = {pk: seen for pk, seen in read if pk is not None and seen is not None}
    codes = dict(
        Dossier.objects.filter(queries.visible_to(officer_of(request)), pk__in=wanted).values_list(
            "pk", "code"
        )
    )
    done = 0
    for pk, seen in wanted.items():
        try:
            results.approve(Act(officer_of(request), timezone.now(), seen), pk)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{codes.get(pk, '')}: {refusal}")
    if done:
        words = ngettext("Đã duyệt %(n)d hồ sơ.", "Đã duyệt %(n)d hồ sơ.", done) % {"n": done}
        messages.success(request, words)
    elif not wanted:
        messages.warning(request, _("Chưa chọn hồ sơ nào."))
