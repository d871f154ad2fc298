"""The acts about a dossier's apology: drafted by who resolves it, signed or let pass by the leader (R26)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.desk.access import at_desk
from motcua.desk.forms import ReasonForm
from motcua.desk.letters import LetterForm, dates_for, letters_of
from motcua.desk.views.attempt import attempt as try_act
from motcua.desk.views.dossier import load
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act
from motcua.dossiers.models import Dossier
from motcua.dossiers.outlook import Outlooks
from motcua.people.models import Role
from motcua.results import apologies as results
from motcua.rules.workflow import State
from motcua.ui.paging import whole


@at_desk(Role.SPECIALIST)
@require_POST
def draft_apology(request: HttpRequest, code: str) -> HttpResponse:
    form = LetterForm(request.POST, prefix="draft_apology")
    return try_act(
        request,
        code,
        "draft_apology",
        form,
        lambda act, pk: dossiers.draft(act, pk, form.letter),
        _("Đã lưu thư xin lỗi, chờ lãnh đạo ký."),
    )


@at_desk(Role.LEADER)
@require_POST
def reappoint(request: HttpRequest, code: str) -> HttpResponse:
    found, now = load(request, code), timezone.now()
    letters, apology_id = letters_of(found, now), whole(request.POST.get("apology", "")) or 0
    draft = next((row for row in letters.rows if row.pk == apology_id), None)
    dates = dates_for(draft, now, Outlooks()) if draft and not letters.is_kept_back else ()
    form = LetterForm(request.POST, prefix="reappoint", dates=dates)

    def do(act: Act, _pk: int) -> None:
        _tell_if_issued(request, results.sign(act, apology_id, form.letter))

    return try_act(request, code, "reappoint", form, do, _("Đã ký thư xin lỗi."))


@at_desk(Role.LEADER)
@require_POST
def waive_apology(request: HttpRequest, code: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="waive_apology")

    def do(act: Act, pk: int) -> None:
        _tell_if_issued(request, results.waive(act, pk, words=form.cleaned_data["words"]))

    return try_act(request, code, "waive_apology", form, do, _("Đã ghi lý do không kèm thư xin lỗi."))


def _tell_if_issued(request: HttpRequest, dossier: Dossier) -> None:
    if dossier.state == State.DONE and dossier.step_kind:
        messages.success(request, _("Kết quả đã chuẩn bị nay đã xong, chờ trả cho dân."))
