"""Verification on record, and the agency's own faults: a wrong result recalled and issued anew, a lost paper."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.desk.access import DESK, at_desk, officer_of
from motcua.desk.fault_forms import LossForm, RecallForm, VerifyForm
from motcua.desk.forms import ResultForm
from motcua.desk.views.attempt import attempt
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act, Facts, Loss
from motcua.dossiers.actions.faults import answerable
from motcua.people.models import Role
from motcua.results import faults
from motcua.results.actions import ResultFacts
from motcua.results.faults import Recall


@at_desk(Role.SPECIALIST)
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    form = VerifyForm(request.POST, prefix="verify")

    def do(act: Act, pk: int) -> None:
        words = {name: form.cleaned_data[name] for name in ("place", "people", "content")}
        dossiers.verify(act, pk, Facts(at=form.moment, **words))

    return attempt(request, code, "verify", form, do, _("Đã ghi xác minh."))


@at_desk(Role.LEADER)
@require_POST
def recall(request: HttpRequest, code: str) -> HttpResponse:
    form = RecallForm(request.POST, prefix="recall")

    def do(act: Act, pk: int) -> None:
        faults.recall(act, pk, Recall(form.cleaned_data["words"], form.cleaned_data["came_back"]))

    done = _("Đã thu hồi kết quả. Thư xin lỗi đã soạn, chờ ký; kết quả mới chờ cấp lại.")
    return attempt(request, code, "recall", form, do, done)


@at_desk(Role.LEADER)
@require_POST
def reissue(request: HttpRequest, code: str) -> HttpResponse:
    form = ResultForm(request.POST, request.FILES, prefix="reissue", officer_id=officer_of(request).user_id)

    def do(act: Act, pk: int) -> None:
        facts = {name: form.cleaned_data[name] for name in ("number", "signed_on", "signer")}
        faults.reissue(act, pk, ResultFacts(file=form.stored, **facts))

    return attempt(request, code, "reissue", form, do, _("Đã cấp lại kết quả, chờ trả cho dân."))


@at_desk(*DESK)
@require_POST
def record_loss(request: HttpRequest, code: str) -> HttpResponse:
    officers = answerable(load(request, code))
    form = LossForm(request.POST, prefix="record_loss", officers=officers)

    def do(act: Act, pk: int) -> None:
        facts = form.cleaned_data
        dossiers.record_loss(act, pk, Loss(facts["what"], facts["answers"], facts["remedy"]))

    return attempt(request, code, "record_loss", form, do, _("Đã ghi nhận. Thư xin lỗi đã soạn, chờ ký."))
