"""On a dossier's page: what is missing is asked for, permitted, brought; or the dossier is taken back."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.desk.access import DESK, at_desk
from motcua.desk.forms import ReasonForm
from motcua.desk.supplement_forms import ResumeForm, SupplementForm
from motcua.desk.views.actions import words_of
from motcua.desk.views.attempt import attempt as try_act
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.people.models import Role


def supplement_form(request: HttpRequest | None, found: Dossier) -> SupplementForm:
    data = request.POST if request else None
    return SupplementForm(data, prefix="supplement", papers=queries.listed_papers(found))


def resume_form(request: HttpRequest | None, found: Dossier) -> ResumeForm:
    data = request.POST if request else None
    return ResumeForm(data, prefix="resume", items=queries.wanted_items(found))


@at_desk(Role.CLERK, Role.SPECIALIST)
@require_POST
def ask_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """The first request; the citizen gets Mẫu số 02."""
    form = supplement_form(request, load(request, code))
    return try_act(
        request,
        code,
        "ask_supplement",
        form,
        lambda act, pk: dossiers.ask_supplement(act, pk, form.wanted(), reason=form.cleaned_data["reason"]),
        _("Đã yêu cầu bổ sung. Thời hạn tạm dừng; in phiếu và báo người nộp."),
    )


@at_desk(Role.SPECIALIST)
@require_POST
def propose_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """One more request, to the leader."""
    form = supplement_form(request, load(request, code))
    return try_act(
        request,
        code,
        "propose_supplement",
        form,
        lambda act, pk: dossiers.propose_supplement(
            act, pk, form.wanted(), reason=form.cleaned_data["reason"]
        ),
        _("Đã trình lãnh đạo. Thời hạn vẫn chạy trong khi chờ."),
    )


@at_desk(Role.LEADER)
@require_POST
def permit_supplement(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="again")
    return try_act(
        request,
        code,
        "permit_supplement",
        form,
        lambda act, pk: dossiers.permit_supplement(act, pk, words=words_of(form)),
        _("Đã cho yêu cầu bổ sung lần nữa. Đơn vị phải xin lỗi người nộp."),
    )


@at_desk(Role.LEADER)
@require_POST
def decline_supplement(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="again")
    return try_act(
        request,
        code,
        "decline_supplement",
        form,
        lambda act, pk: dossiers.decline_supplement(act, pk, words=words_of(form)),
        _("Đã từ chối. Hồ sơ được giải quyết với giấy tờ đang có."),
    )


@at_desk(Role.CLERK)
@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """What was missing is there."""
    form = resume_form(request, load(request, code))
    return try_act(
        request,
        code,
        "resume",
        form,
        lambda act, pk: dossiers.resume(act, pk, form.brought(), words=words_of(form)),
        _("Đã nhận đủ giấy tờ bổ sung. Ngày hẹn trả được tính lại."),
    )


@at_desk(*DESK)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="withdraw")
    return try_act(
        request,
        code,
        "withdraw",
        form,
        lambda act, pk: dossiers.withdraw(act, pk, words=words_of(form)),
        _("Đã rút hồ sơ. Trả lại giấy tờ cho người nộp."),
    )


@at_desk(Role.CLERK)
@require_POST
def reject_submission(request: HttpRequest, code: str) -> HttpResponse:
    """What was sent online is not what was asked for; the applicant reads why and sends again."""
    form = ReasonForm(request.POST, prefix="reject_submission")
    return try_act(
        request,
        code,
        "reject_submission",
        form,
        lambda act, pk: dossiers.reject_submission(act, pk, words=words_of(form)),
        _("Đã gửi lại cho người nộp kèm lý do. Yêu cầu bổ sung vẫn là lần này."),
    )
