"""The acts on a dossier's page: a form, one action, back to the page. A refusal stands in its form; nothing typed is lost."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.cash import queries as cash
from motcua.desk.access import DESK, at_desk, officer_of
from motcua.desk.forms import (
    AttachForm,
    HandOverForm,
    NoteForm,
    ReasonForm,
    ResultForm,
    WordsForm,
)
from motcua.desk.letters import LetterForm, approve_form
from motcua.desk.people_forms import AssignForm
from motcua.desk.views.attempt import attempt as try_act
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act
from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Dossier
from motcua.people.models import Role
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from motcua.rules.workflow import State, StepKind


@at_desk(Role.CLERK, Role.SPECIALIST)
@require_POST
def forward(request: HttpRequest, code: str) -> HttpResponse:
    form = WordsForm(request.POST, prefix="forward")
    return try_act(
        request,
        code,
        "forward",
        form,
        lambda act, pk: dossiers.forward(act, pk, words=words_of(form)),
        _("Đã chuyển."),
    )


@at_desk(*DESK)
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="send_back")
    return try_act(
        request,
        code,
        "send_back",
        form,
        lambda act, pk: dossiers.send_back(act, pk, words=words_of(form)),
        _("Đã chuyển lại bước trước."),
    )


@at_desk(Role.LEADER)
@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    form = approve_form(load(request, code), timezone.now(), request.POST)

    def do(act: Act, pk: int) -> None:
        letter = form.letter if isinstance(form, LetterForm) else None
        results.approve(act, pk, words=words_of(form), letter=letter)

    return try_act(request, code, "approve", form, do, _("Đã duyệt."))


@at_desk(Role.SPECIALIST)
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    return try_act(request, code, "take", WordsForm(request.POST), dossiers.take, _("Bạn đã nhận hồ sơ này."))


@at_desk(Role.LEADER)
@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponse:
    form = AssignForm(request.POST, prefix="assign", unit_id=load(request, code).holder_unit_id)
    return try_act(
        request,
        code,
        "assign",
        form,
        lambda act, pk: dossiers.assign(act, pk, form.cleaned_data["assignee"], words=words_of(form)),
        _("Đã giao hồ sơ."),
    )


@at_desk(*DESK)
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    form = NoteForm(request.POST, prefix="note")
    return try_act(
        request,
        code,
        "note",
        form,
        lambda act, pk: dossiers.note(act, pk, words=words_of(form)),
        _("Đã ghi chú."),
    )


@at_desk(*DESK)
@require_POST
def attach(request: HttpRequest, code: str) -> HttpResponse:
    form = AttachForm(request.POST, request.FILES, prefix="attach", officer_id=officer_of(request).user_id)

    def do(act: Act, pk: int) -> None:
        if form.stored is not None:
            dossiers.attach(act, pk, form.stored, words=words_of(form))

    return try_act(request, code, "attach", form, do, _("Đã đính kèm tệp."))


@at_desk(*DESK)
@require_POST
def result(request: HttpRequest, code: str) -> HttpResponse:
    form = ResultForm(request.POST, request.FILES, prefix="result", officer_id=officer_of(request).user_id)

    def do(act: Act, pk: int) -> None:
        facts = {name: form.cleaned_data[name] for name in ("number", "signed_on", "signer", "refusal")}
        dossier = results.record(act, pk, ResultFacts(file=form.stored, **facts))
        if dossier.state == State.PROCESSING and dossier.step_kind == StepKind.RETURN:
            messages.warning(
                request, _("Hồ sơ đã quá hạn: lãnh đạo ký thư xin lỗi thì kết quả này mới xong.")
            )

    return try_act(request, code, "result", form, do, _("Đã ghi kết quả."))


@at_desk(Role.CLERK)
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    form = HandOverForm(request.POST, prefix="hand_over")

    def do(act: Act, pk: int) -> None:
        facts = form.cleaned_data | {"method": ReturnMethod(form.cleaned_data["method"])}
        words = _said_unpaid(pk, facts.pop("unpaid_reason"))
        results.hand_over(act, pk, Collected(**facts), words=words)

    return try_act(request, code, "hand_over", form, do, _("Đã trả kết quả. Hồ sơ đã đóng."))


def _said_unpaid(pk: int, reason: str) -> str:
    """Why a result goes although its fee is unpaid: asked for, never refused (docs/law.md). Raises Incomplete."""
    if not cash.owed(Dossier.objects.select_related("version").get(pk=pk)):
        return ""
    if not reason.strip():
        raise Incomplete(
            _("Hồ sơ chưa thu phí. Thu trước, hoặc ghi lý do nếu vẫn trả kết quả."), field="unpaid_reason"
        )
    return _("Trả khi chưa thu phí: %(reason)s") % {"reason": reason.strip()}


def words_of(form: forms.Form) -> str:
    words: str = form.cleaned_data["words"]
    return words
