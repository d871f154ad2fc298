"""What waits for the leader: approve one or many at once, the late ones with their apology (R26)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.desk.forms import ReasonForm
from motcua.desk.letters import LetterForm, OwnReasonForm
from motcua.dossiers import queries
from motcua.dossiers.actions import Act, Letter
from motcua.dossiers.choices import LateReason
from motcua.dossiers.errors import ApologyOwed, Incomplete
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
Approve = Callable[[Act, int], object]


@dataclass(frozen=True, slots=True)
class Late:
    """A ticked dossier that is late, with the form of its own reason."""

    dossier: Dossier
    seen: int
    form: OwnReasonForm


class LateOnes:
    """The late ones of those ticked: one reason for all, or a reason of its own; or let pass, with a reason."""

    def __init__(self, data: QueryDict) -> None:
        self.is_answer = data.get("do") in ("sign", "waive")
        self.waives = data.get("do") == "waive"
        bound = data if self.is_answer else None
        self.for_all = LetterForm(bound if not self.waives else None, prefix="all")
        self.waiver = ReasonForm(bound if self.waives else None, prefix="waiver")
        self.rows: list[Late] = []
        self._bound = bound

    def form_of(self, pk: int) -> OwnReasonForm:
        return OwnReasonForm(self._bound, prefix=f"d{pk}")

    def approve(self, pk: int, form: OwnReasonForm) -> Approve:
        """How a ticked dossier is approved: as ever, or with what was answered."""
        if not self.is_answer:
            return results.approve
        if self.waives:
            words = self.waiver.cleaned_data["words"] if self.waiver.is_valid() else ""
            return lambda act, pk: results.approve(act, pk, waiver=words)
        letter = self._letter(form)
        return lambda act, pk: results.approve(act, pk, letter=letter)

    def _letter(self, form: OwnReasonForm) -> Letter | None:
        if not (self.for_all.is_valid() and form.is_valid()):
            return None
        for_all, own = self.for_all.letter, form.cleaned_data
        reason = LateReason(own["reason"]) if own["reason"] else for_all.reason
        return Letter(reason, own["text"] or ("" if own["reason"] else for_all.text))

    @property
    def forms(self) -> list[object]:
        """Those with mistakes, for the summary."""
        return [self.for_all, self.waiver, *(row.form for row in self.rows)]


@at_desk(Role.LEADER)
@require_http_methods(["GET", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    late = LateOnes(request.POST)
    if request.method == "POST":
        _approve_ticked(request, late)
        if not late.rows:
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
        "late": late,
        "correcting": list(wrong[:MOST_CORRECTIONS]),
    }
    return render(request, "desk/approvals.html", context, status=422 if late.rows else 200)


def _approve_ticked(request: HttpRequest, late: LateOnes) -> None:
    """Each ticked dossier in a transaction of its own, as the leader saw it: one that changed stops only itself.

    Late ones that lack their apology are kept in `late`, to be asked for.
    """
    ticked = [pair.partition(":") for pair in request.POST.getlist("dossier")]
    read = [(whole(pk), whole(seen)) for pk, _colon, seen in ticked]
    wanted = {pk: seen for pk, seen in read if pk is not None and seen is not None}
    seen_ones = Dossier.objects.filter(queries.visible_to(officer_of(request)), pk__in=wanted)
    known = {dossier.pk: dossier for dossier in seen_ones.select_related("version")}
    done = sum(_approve_one(request, pk, seen, known.get(pk), late) for pk, seen in wanted.items())
    if done:
        words = ngettext("Đã duyệt %(n)d hồ sơ.", "Đã duyệt %(n)d hồ sơ.", done) % {"n": done}
        messages.success(request, words)
    elif not wanted:
        messages.warning(request, _("Chưa chọn hồ sơ nào."))


def _approve_one(request: HttpRequest, pk: int, seen: int, known: Dossier | None, late: LateOnes) -> bool:
    form = late.form_of(pk)
    try:
        late.approve(pk, form)(Act(officer_of(request), timezone.now(), seen), pk)
    except (ApologyOwed, Incomplete) as refusal:
        if known is not None:
            late.rows.append(Late(known, seen, form))
        if isinstance(refusal, Incomplete) and form.is_bound:
            form.add_error("text", str(refusal))
    except Refused as refusal:
        messages.error(request, f"{known.code if known else ''}: {refusal}")
    else:
        return True
    return False
