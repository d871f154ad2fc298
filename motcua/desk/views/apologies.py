"""What waits to be apologised for: a leader signs many at once, a specialist fills in the reasons (R26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.desk.letters import RowLetterForm, dates_for
from motcua.dossiers import apologies as reading
from motcua.dossiers.actions import Act
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Apology
from motcua.dossiers.outlook import Outlooks
from motcua.journal.errors import Refused
from motcua.people.models import Role
from motcua.people.succession import answered_by
from motcua.results import apologies as results
from motcua.rules.workflow import State, StepKind
from motcua.ui.paging import page, whole

KEYS = ("urgent_at", "id")
Forms = dict[int, RowLetterForm]


@dataclass(frozen=True, slots=True)
class Row:
    """A draft with its form."""

    apology: Apology
    form: RowLetterForm
    ticked: bool
    is_kept_back: bool
    """The result is there: no new date, the signature issues it."""


@at_desk(Role.LEADER, Role.SPECIALIST)
@require_http_methods(["GET", "POST"])
def apologies(request: HttpRequest) -> HttpResponse:
    """Most urgent first. A leader's list has a form in each row; what is wrong in one stays there, typed as it was."""
    unit_id = desk_of(request).unit_id
    is_leader = Role.LEADER in officer_of(request).roles_in(unit_id)
    failed: Forms = {}
    if request.method == "POST" and is_leader:
        failed = _sign_ticked(request, unit_id)
        if not failed:
            return redirect("apologies")
    now, found = timezone.now(), _list(request, unit_id, is_leader=is_leader)
    cut = page(found, request.GET, KEYS)
    context = {
        "now": now,
        "is_leader": is_leader,
        "page": cut,
        "rows": _rows(cut.rows, now, failed),
        "failed": list(failed.values()),
    }
    return render(request, "desk/apologies.html", context, status=422 if failed else 200)


def _list(request: HttpRequest, unit_id: int, *, is_leader: bool) -> QuerySet[Apology]:
    found = reading.to_sign(unit_id)
    if not is_leader:
        found = reading.of_specialist(unit_id, officer_of(request).user_id)
    return found.select_related(
        "dossier__version", "dossier__step", "dossier__unit", "dossier__result", "dossier__assignee"
    )


def _rows(drafts: Sequence[Apology], now: datetime, failed: Forms) -> list[Row]:
    looks = Outlooks(draft.dossier for draft in drafts)
    return [_row(draft, now, looks, failed.get(draft.pk)) for draft in drafts]


def _row(draft: Apology, now: datetime, looks: Outlooks, failed: RowLetterForm | None) -> Row:
    kept_back = _is_kept_back(draft)
    if failed is not None:
        return Row(draft, failed, ticked=True, is_kept_back=kept_back)
    dates = () if kept_back else dates_for(draft, now, looks)
    known = {"reason": draft.reason, "text": draft.text}
    form = RowLetterForm(prefix=f"a{draft.pk}", initial=known, dates=dates)
    return Row(draft, form, ticked=False, is_kept_back=kept_back)


def _is_kept_back(draft: Apology) -> bool:
    dossier = draft.dossier
    at_the_end = dossier.state == State.PROCESSING and dossier.step_kind == StepKind.RETURN
    return at_the_end and draft.cause == Apology.Cause.LATE and hasattr(dossier, "result")


def _sign_ticked(request: HttpRequest, unit_id: int) -> Forms:
    """Each ticked letter in a transaction of its own; forms that lack something come back, by letter."""
    wanted = [pk for pk in map(whole, request.POST.getlist("apology")) if pk is not None]
    drafts = Apology.objects.filter(unit__in=answered_by(unit_id), pk__in=wanted)
    drafts = drafts.select_related("dossier__unit", "dossier__step", "dossier__result")
    known = {draft.pk: draft for draft in drafts}
    now, looks = timezone.now(), Outlooks(draft.dossier for draft in known.values())
    failed: Forms = {}
    done = 0
    for pk in dict.fromkeys(wanted):
        if pk not in known:
            messages.error(request, _("Có thư không còn ở đơn vị của bạn. Tải lại danh sách."))
            continue
        draft = known[pk]
        dates = () if _is_kept_back(draft) else dates_for(draft, now, looks)
        form = RowLetterForm(request.POST, prefix=f"a{pk}", dates=dates)
        if _signed(request, draft, form):
            done += 1
        elif form.errors:
            failed[pk] = form
    _tell(request, done, nothing=not wanted)
    return failed


def _signed(request: HttpRequest, draft: Apology, form: RowLetterForm) -> bool:
    """Sign one; a refusal stands in its form when a field can mend it, else above the list."""
    if not form.is_valid():
        return False
    try:
        results.sign(Act(officer_of(request), timezone.now()), draft.pk, form.letter)
    except Incomplete as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    except Refused as refusal:
        messages.error(request, f"{draft.dossier.code}: {refusal}")
        return False
    return True


def _tell(request: HttpRequest, done: int, *, nothing: bool) -> None:
    if done:
        words = ngettext("Đã ký %(n)d thư xin lỗi.", "Đã ký %(n)d thư xin lỗi.", done) % {"n": done}
        messages.success(request, words)
    elif nothing:
        messages.warning(request, _("Chưa chọn thư nào."))
