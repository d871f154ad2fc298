"""Preparing, issuing and handing over a result."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import actions as dossiers
from motcua.dossiers import apologies
from motcua.dossiers.actions.act import Act, load, permit
from motcua.dossiers.actions.apology import Letter
from motcua.dossiers.actions.steps import neighbour
from motcua.dossiers.choices import Outcome, ReturnMethod
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.results.models import HandOver, Result, ResultKind
from motcua.rules.workflow import Action, State, StepKind


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A file, or a paper with number, date and signer; or the reasons why it is refused (Đ.19.8)."""

    file: StoredFile | None = None
    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    refusal: str = ""

    @property
    def kind(self) -> ResultKind:
        if self.refusal.strip():
            return ResultKind.REFUSAL
        return ResultKind.FILE if self.file else ResultKind.PAPER


@dataclass(frozen=True, slots=True)
class Collected:
    to_name: str
    to_id_number: str = ""
    is_proxy: bool = False
    method: ReturnMethod = ReturnMethod.DESK
    originals: str = ""


_MAY_RECORD = {
    StepKind.PROCESSING: Action.FORWARD,
    StepKind.APPROVAL: Action.APPROVE,
    StepKind.RETURN: Action.FINISH,
    StepKind.RECEPTION: Action.FINISH,
}
"""Who may record a result at a step: whoever may bring the dossier on from there; at the reception, who answers it
while the citizen waits (R05)."""


@transaction.atomic
def record(act: Act, dossier_id: int | Dossier, facts: ResultFacts, *, words: str = "") -> Dossier:
    """Record the result. Before approval it is prepared; at the return step it finishes the dossier, and at the
    reception, where the leader answers it at once. `words`: what the move says beside the result's number.

    A late dossier is not finished without its apology (R26): the result is kept as prepared, the draft of the apology
    lies before the leader, and his signature issues it. Who calls sees it by the state, which is still PROCESSING.
    Raises Incomplete (neither file nor number), NotAllowed (too early, or already issued).
    """
    dossier = load(act, dossier_id)
    if dossier.state != State.PROCESSING:
        raise NotAllowed(_("Hồ sơ chưa được xử lý hoặc đã có kết quả nên không ghi kết quả được."))
    permit(act, dossier, _MAY_RECORD[StepKind(dossier.step_kind)])
    check(act, dossier, facts)
    result = keep(act, dossier, facts)
    onward = Act(act.officer, act.at)
    words = f"{named(facts)}. {words}".removesuffix(". ")
    at_the_end, is_owed = dossier.step_kind == StepKind.RETURN, apologies.is_owed(dossier, act.at)
    if dossier.step_kind == StepKind.RECEPTION or (at_the_end and not is_owed):
        return issue(onward, dossier, result, words=words)
    dossiers.note(onward, dossier, words=_("Đã chuẩn bị: %(words)s") % {"words": words})
    if at_the_end:
        dossiers.draft_by_itself(dossier, act.at)
    return dossier


def check(act: Act, dossier: Dossier, facts: ResultFacts) -> None:
    """A result is a file or a number, or a reasoned refusal; nobody signed it tomorrow, or before it was asked for.

    Raises Incomplete; NotAllowed for a refusal that the leader has not decided.
    """
    if facts.kind is ResultKind.REFUSAL:
        _check_refusal(dossier, facts)
    elif facts.file is None and not facts.number.strip():
        raise Incomplete(_("Chọn tệp kết quả, hoặc ghi số văn bản của kết quả giấy."), field="number")
    if facts.signed_on and facts.signed_on > local(act.at).date():
        raise Incomplete(_("Ngày ký ở tương lai. Kiểm tra lại ngày, tháng, năm."), field="signed_on")
    received = local(dossier.received_at).date()
    if facts.signed_on and facts.signed_on < received:
        raise Incomplete(
            _("Ngày ký trước ngày nhận hồ sơ (%(day)s). Kiểm tra lại ngày, tháng, năm.")
            % {"day": f"{received:%d/%m/%Y}"},
            field="signed_on",
        )


def _check_refusal(dossier: Dossier, facts: ResultFacts) -> None:
    if dossier.step_kind == StepKind.RETURN:
        raise NotAllowed(
            _("Từ chối giải quyết phải được lãnh đạo duyệt: chuyển lại bước trước, ghi lý do rồi trình.")
        )
    if facts.file or facts.number.strip():
        raise Incomplete(_("Hồ sơ hoặc có kết quả, hoặc bị từ chối: bỏ một trong hai."), field="refusal")


def named(facts: ResultFacts | Result) -> str:
    """How a move calls the result."""
    if facts.kind == ResultKind.REFUSAL:
        reason = facts.refusal if isinstance(facts, ResultFacts) else facts.reason
        return _("từ chối giải quyết: %(reason)s") % {"reason": reason.strip()}
    number = facts.number.strip()
    return _("Kết quả số %(number)s") % {"number": number} if number else _("Kết quả điện tử")


def keep(act: Act, dossier: Dossier, facts: ResultFacts) -> Result:
    """Write the result down, not issued yet; a draft before it is replaced."""
    result, _made = Result.objects.update_or_create(
        dossier=dossier,
        defaults={
            "kind": facts.kind,
            "reason": facts.refusal.strip(),
            "file": facts.file,
            "number": facts.number.strip(),
            "signed_on": facts.signed_on,
            "signer": facts.signer.strip(),
            "recorded_by_id": act.officer.user_id,
            "recorded_at": act.at,
        },
    )
    return result


def issue(
    act: Act, dossier: Dossier, result: Result, *, words: str = "", by_approval: bool = False
) -> Dossier:
    """Finish a dossier, which its caller has locked, with the result that was prepared; a refusal says why."""
    Result.objects.filter(pk=result.pk).update(issued_at=act.at)
    outcome = Outcome.REFUSED if result.kind == ResultKind.REFUSAL else Outcome.GRANTED
    return dossiers.finish(
        act, dossier, words=result.reason or words, outcome=outcome, by_approval=by_approval
    )


@transaction.atomic
def approve(
    act: Act, dossier_id: int, *, words: str = "", letter: Letter | None = None, waiver: str = ""
) -> Dossier:
    """The leader's approval; where the specialist has prepared the result, it is issued in the same act.

    A late one is issued with its apology only (R26): with a `letter`, which is signed here, or a `waiver`, the reason
    for going on without. With neither it raises ApologyOwed, and nothing is approved.
    """
    dossier = load(act, dossier_id)
    if apologies.is_owed(dossier, act.at):
        _answer_for_lateness(act, dossier, letter, waiver)
    result = Result.objects.filter(dossier=dossier).first()
    is_refusal = result is not None and result.kind == ResultKind.REFUSAL
    dossiers.approve(act, dossier, words=words, is_refusal=is_refusal)
    if result is None or dossier.step_kind != StepKind.RETURN:
        return dossier
    return issue(act, dossier, result, by_approval=True)


def _answer_for_lateness(act: Act, dossier: Dossier, letter: Letter | None, waiver: str) -> None:
    """Before the dossier leaves the agency whose leader approves: it is this agency that apologises."""
    if letter is not None:
        dossiers.apologise(act, dossier, letter, dated=not is_issued_by_approval(dossier))
    elif waiver:
        dossiers.waive(act, dossier, words=waiver)


def is_issued_by_approval(dossier: Dossier) -> bool:
    """Whether the approval of this dossier is its finish: the result is prepared, and the return comes next."""
    result = Result.objects.filter(dossier=dossier).first()
    if dossier.step_kind != StepKind.APPROVAL or result is None:
        return False
    return result.kind == ResultKind.REFUSAL or neighbour(dossier, +1).kind is StepKind.RETURN


@transaction.atomic
def hand_over(act: Act, dossier_id: int | Dossier, collected: Collected, *, words: str = "") -> Dossier:
    """Hand the result over and close the dossier; `words` stand with the move. Raises Incomplete, NotAllowed, Stale."""
    if not collected.to_name.strip():
        raise Incomplete(_("Hãy ghi họ tên người nhận kết quả."), field="to_name")
    dossier = dossiers.hand_over(act, dossier_id, words=words)
    HandOver.objects.create(
        dossier=dossier,
        to_name=collected.to_name.strip(),
        to_id_number=collected.to_id_number.strip(),
        is_proxy=collected.is_proxy,
        method=collected.method,
        originals=collected.originals.strip(),
        by_id=act.officer.user_id,
        at=act.at,
    )
    return dossier
