"""The acts on a dossier's page: a form, one action, back to the page. A refusal stands in its form; nothing typed is lost."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.desk.access import DESK, act_of, at_desk, officer_of
from motcua.desk.forms import (
    AttachForm,
    HandOverForm,
    NoteForm,
    ReasonForm,
    ResultForm,
    UploadForm,
    WordsForm,
)
from motcua.desk.letters import LetterForm, approve_form
from motcua.desk.views.dossier import load, page
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act
from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.errors import Incomplete, NotFound
from motcua.journal.errors import Refused
from motcua.people.models import Role
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from motcua.rules.workflow import State, StepKind

Do = Callable[[Act, int], object]


@at_desk(Role.CLERK, Role.SPECIALIST)
@require_POST
def forward(request: HttpRequest, code: str) -> HttpResponse:
    form = WordsForm(request.POST, prefix="forward")
    return _try(
        request,
        code,
        "forward",
        form,
        lambda act, pk: dossiers.forward(act, pk, words=_words(form)),
        _("Đã chuyển."),
    )


@at_desk(*DESK)
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="send_back")
    return _try(
        request,
        code,
        "send_back",
        form,
        lambda act, pk: dossiers.send_back(act, pk, words=_words(form)),
        _("Đã chuyển lại bước trước."),
    )


@at_desk(Role.LEADER)
@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    form = approve_form(load(request, code), timezone.now(), request.POST)

    def do(act: Act, pk: int) -> None:
        letter = form.letter if isinstance(form, LetterForm) else None
        results.approve(act, pk, words=_words(form), letter=letter)

    return _try(request, code, "approve", form, do, _("Đã duyệt."))


@at_desk(Role.SPECIALIST)
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    return _try(request, code, "take", WordsForm(request.POST), dossiers.take, _("Bạn đã nhận hồ sơ này."))


@at_desk(*DESK)
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    form = NoteForm(request.POST, prefix="note")
    return _try(
        request,
        code,
        "note",
        form,
        lambda act, pk: dossiers.note(act, pk, words=_words(form)),
        _("Đã ghi chú."),
    )


@at_desk(*DESK)
@require_POST
def attach(request: HttpRequest, code: str) -> HttpResponse:
    form = AttachForm(request.POST, request.FILES, prefix="attach", officer_id=officer_of(request).user_id)

    def do(act: Act, pk: int) -> None:
        if form.stored is not None:
            dossiers.attach(act, pk, form.stored, words=_words(form))

    return _try(request, code, "attach", form, do, _("Đã đính kèm tệp."))


@at_desk(*DESK)
@require_POST
def result(request: HttpRequest, code: str) -> HttpResponse:
    form = ResultForm(request.POST, request.FILES, prefix="result", officer_id=officer_of(request).user_id)

    def do(act: Act, pk: int) -> None:
        facts = {name: form.cleaned_data[name] for name in ("number", "signed_on", "signer")}
        dossier = results.record(act, pk, ResultFacts(file=form.stored, **facts))
        if dossier.state == State.PROCESSING and dossier.step_kind == StepKind.RETURN:
            messages.warning(
                request, _("Hồ sơ đã quá hạn: lãnh đạo ký thư xin lỗi thì kết quả này mới xong.")
            )

    return _try(request, code, "result", form, do, _("Đã ghi kết quả."))


@at_desk(Role.CLERK)
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    form = HandOverForm(request.POST, prefix="hand_over")

    def do(act: Act, pk: int) -> None:
        facts = form.cleaned_data | {"method": ReturnMethod(form.cleaned_data["method"])}
        results.hand_over(act, pk, Collected(**facts))

    return _try(request, code, "hand_over", form, do, _("Đã trả kết quả. Hồ sơ đã đóng."))


def _words(form: forms.Form) -> str:
    words: str = form.cleaned_data["words"]
    return words


def _try(request: HttpRequest, code: str, name: str, form: forms.Form, do: Do, done: str) -> HttpResponse:
    """Do the act if the form is right; else, or if it is refused, the page again with the form as it was typed."""
    found = load(request, code)
    if form.is_valid():
        try:
            do(act_of(request), found.pk)
        except NotFound:
            raise
        except Refused as refusal:
            field = refusal.field if isinstance(refusal, Incomplete) else ""
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("dossier", code=code)
    if isinstance(form, UploadForm):
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data[form.add_prefix("kept")] = form.keeping  # type: ignore[index]
    return page(request, load(request, code), {name: form})
