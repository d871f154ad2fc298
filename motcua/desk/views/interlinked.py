"""Dossiers between agencies: what came and waits to be acknowledged, what is elsewhere, what is asked (R22-R24)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from motcua.desk.access import DESK, at_desk, desk_of, officer_of
from motcua.desk.interlinked_forms import AcknowledgeForm, AnswerForm, ConsultForm
from motcua.desk.views.actions import words_of
from motcua.desk.views.attempt import attempt as try_act
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries
from motcua.dossiers.actions import Act, Question
from motcua.dossiers.models import Dossier
from motcua.journal.errors import Refused
from motcua.people import queries as people
from motcua.people.models import Role
from motcua.ui.paging import page, whole


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise
    keys: tuple[str, ...]

    def rows(self, unit_id: int) -> QuerySet[Any]:
        if self is ARRIVING:
            return queries.arriving(unit_id).select_related("dossier__version", "dossier__unit", "sent_by")
        if self is ELSEWHERE:
            return queries.elsewhere(unit_id).select_related("dossier__version", "unit")
        found = queries.questions_to(unit_id) if self is ASKED else queries.questions_from(unit_id)
        return found.select_related("dossier__version", "from_unit", "to_unit")


ARRIVING = Tab("den", gettext_lazy("Mới chuyển đến"), ("opened_at", "id"))
ELSEWHERE = Tab("noi-khac", gettext_lazy("Đang ở nơi khác"), ("due_at", "id"))
ASKED = Tab("can-tra-loi", gettext_lazy("Cần trả lời"), ("due_at", "id"))
ASKING = Tab("da-hoi", gettext_lazy("Đã hỏi, chờ trả lời"), ("due_at", "id"))
TABS = (ARRIVING, ELSEWHERE, ASKED, ASKING)


@at_desk(*DESK)
@require_http_methods(["GET", "POST"])
def interlinked(request: HttpRequest) -> HttpResponse:
    """One list at a time; what came can be acknowledged many at once."""
    if request.method == "POST":
        _acknowledge_ticked(request)
        return redirect("interlinked")
    unit_id = desk_of(request).unit_id
    tab = next((tab for tab in TABS if tab.name == request.GET.get("muc")), ARRIVING)
    context = {
        "now": timezone.now(),
        "tab": tab.name,
        "tabs": [{"label": t.label, "url": f"?muc={t.name}", "current": t is tab} for t in TABS],
        "page": page(tab.rows(unit_id), request.GET, tab.keys, kept={"muc": tab.name}),
    }
    return render(request, "desk/interlinked.html", context)


def _acknowledge_ticked(request: HttpRequest) -> None:
    """Each in a transaction of its own: one that was acknowledged a second ago stops only itself."""
    wanted = {pk for pk in (whole(text) for text in request.POST.getlist("dossier")) if pk is not None}
    officer, done = officer_of(request), 0
    codes = dict(Dossier.objects.filter(queries.visible_to(officer), pk__in=wanted).values_list("pk", "code"))
    for pk in sorted(wanted):
        try:
            dossiers.acknowledge(Act(officer, timezone.now()), pk)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{codes.get(pk, '')}: {refusal}")
    if done:
        words = ngettext("Đã xác nhận %(n)d hồ sơ.", "Đã xác nhận %(n)d hồ sơ.", done) % {"n": done}
        messages.success(request, words)
    elif not wanted:
        messages.warning(request, _("Chưa chọn hồ sơ nào."))


def consult_form(request: HttpRequest | None, found: Dossier) -> ConsultForm:
    data = request.POST if request else None
    return ConsultForm(data, prefix="consult", units=people.askable(found.holder_unit))


@at_desk(*DESK)
@require_POST
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    form = AcknowledgeForm(request.POST)
    return try_act(request, code, "acknowledge", form, dossiers.acknowledge, _("Đã xác nhận nhận hồ sơ."))


@at_desk(Role.SPECIALIST)
@require_POST
def consult(request: HttpRequest, code: str) -> HttpResponse:
    """A question to another agency."""
    form = consult_form(request, load(request, code))

    def do(act: Act, pk: int) -> None:
        facts = form.cleaned_data
        dossiers.consult(act, pk, Question(facts["to_unit"], facts["words"], facts["working_days"]))

    return try_act(request, code, "consult", form, do, _("Đã gửi câu hỏi. Thời hạn hồ sơ vẫn chạy."))


@at_desk(*DESK)
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    form = AnswerForm(request.POST, prefix="answer")
    return try_act(
        request,
        code,
        "answer",
        form,
        lambda act, pk: dossiers.answer(act, pk, form.cleaned_data["number"], words=words_of(form)),
        _("Đã trả lời."),
    )
