"""Apology and new appointment (R26, NĐ 61/2018 Đ.19.9): drafted, signed, let pass. The law's due time never moves by it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import apologies
from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.choices import LateReason
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.outlook import Outlook, outlook
from motcua.dossiers.queries import clock
from motcua.journal import actions as journal
from motcua.people.officer import NOBODY
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State

LONGEST = 500
"""Characters of the explanation that goes with the reason."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person puts into Mẫu 04."""

    reason: LateReason
    text: str = ""
    new_due_at: datetime | None = None
    """None: the date that the clock proposes."""


@transaction.atomic
def draft(act: Act, dossier_id: int, letter: Letter) -> Dossier:
    """The specialist prepares the letter, or fills in the one that the software drafted.

    Raises NotAllowed when the one apology that the law allows is signed already.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.DRAFT_APOLOGY)
    text = _checked_text(letter)
    apology = apologies.live(dossier)
    if apology is not None and apology.signed_at:
        raise NotAllowed(_once(apology))
    look = _outlook(dossier, act.at)
    if apology is None:
        apology = _new(dossier, look, act.at)
    apology.reason, apology.text, apology.drafted_by_id = letter.reason, text, act.officer.user_id
    apology.save(update_fields=["reason", "text", "drafted_by"])
    _write_draft(act, dossier, apology, look, words=_words(apology))
    return dossier


def draft_by_itself(dossier: Dossier, at: datetime) -> bool:
    """The software drafts for a dossier that its caller has locked; False when there is one, signed or not."""
    if apologies.live(dossier) is not None:
        return False
    look = outlook(dossier, at)
    if look is None:
        return False
    _write_draft(Act(NOBODY, at), dossier, _new(dossier, look, at), look)
    return True


def drop(apology: Apology, dossier: Dossier, at: datetime, why: str) -> None:
    """A draft that is not needed any more; the journal keeps that it was there. `why`: in time, waiting, waived …"""
    apology.dropped_at = at
    apology.save(update_fields=["dropped_at"])
    facts = {"dossier": dossier.pk, "code": dossier.code, "why": why}
    journal.record(
        chain=dossier.unit.code,
        kind="apology.dropped",
        subject=f"apology:{apology.pk}",
        facts=facts,
        actor_id=None,
        at=at,
    )


def drop_draft(dossier: Dossier, at: datetime, why: str) -> None:
    """Drop the unsigned draft of a dossier that its caller has locked, if it has one."""
    apology = apologies.live(dossier)
    if apology is not None and apology.signed_at is None:
        drop(apology, dossier, at, why)


@transaction.atomic
def sign(
    act: Act, dossier_id: int | Dossier, apology_id: int, letter: Letter, *, dated: bool = True
) -> Dossier:
    """The leader of the agency that apologises signs. For lateness it is once, and the citizen gets a new date.

    `dated`: False when the result is issued in the same transaction, so that no new date is needed. Raises NotFound,
    NotAllowed (signed, dropped, in time after all), Incomplete (a date that the clock does not offer; no reason).
    """
    dossier = load(act, dossier_id)
    apology = (
        Apology.objects.filter(pk=apology_id, dossier=dossier).select_related("unit", "signed_by").first()
    )
    if apology is None:
        raise NotFound(_("Không tìm thấy thư xin lỗi này."))
    _check_unsigned(apology)
    for_lateness = apology.cause == Apology.Cause.LATE
    if for_lateness:
        _check_late(dossier)
        apology.unit = dossier.holder_unit
    permit(act, dossier, Action.REAPPOINT, asked=apology.unit)
    apology.reason, apology.text = letter.reason, _checked_text(letter)
    dated = dated and for_lateness and dossier.finished_at is None
    apology.new_due_at = _new_date(dossier, apology, letter, act.at) if dated else None
    apology.signed_by_id, apology.signed_at = act.officer.user_id, act.at
    apology.old_due_at = dossier.due_at
    apology.save()
    _write_signed(act, dossier, apology, for_lateness=for_lateness)
    return dossier


def apologise(act: Act, dossier: Dossier, letter: Letter, *, dated: bool) -> Dossier:
    """Sign the apology of a late dossier that its caller has locked, whether or not it was drafted before."""
    draft_by_itself(dossier, act.at)
    apology = apologies.live(dossier)
    if apology is None:
        raise NotAllowed(_beyond_the_calendar())
    return sign(act, dossier, apology.pk, letter, dated=dated)


@transaction.atomic
def waive(act: Act, dossier_id: int | Dossier, *, words: str) -> Dossier:
    """The leader lets a late dossier go on without an apology, with a reason; it shows as a fault for ever."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.WAIVE_APOLOGY, words)
    if not apologies.is_owed(dossier, act.at):
        raise NotAllowed(_("Hồ sơ chưa trễ hạn hoặc đã có thư xin lỗi nên không có gì để bỏ qua."))
    drop_draft(dossier, act.at, "waived")
    step = dossier.step
    write(act, dossier, Action.WAIVE_APOLOGY, from_step=step, to_step=step, words=words, apology_waived=True)
    return dossier


# -- what is checked ------------------------------------------------------------------------------
def _check_unsigned(apology: Apology) -> None:
    if apology.signed_at:
        raise NotAllowed(_once(apology))
    if apology.dropped_at:
        raise NotAllowed(
            _("Dự thảo này đã được bỏ lúc %(time)s vì không còn cần.") % {"time": _time(apology.dropped_at)}
        )


def _check_late(dossier: Dossier) -> None:
    """There is something to apologise for."""
    if dossier.state == State.WAITING:
        raise NotAllowed(_("Hồ sơ đang chờ người nộp bổ sung, thời hạn đang dừng nên chưa xin lỗi."))
    if dossier.outcome in apologies.RETURNED_UNANSWERED:
        raise NotAllowed(_("Hồ sơ đã được rút hoặc đã đóng nên không còn cần thư xin lỗi."))
    if dossier.finished_at is not None and dossier.punctuality != Punctuality.LATE:
        raise NotAllowed(
            _("Hồ sơ vừa có kết quả lúc %(time)s, không trễ hạn nên không cần xin lỗi.")
            % {"time": _time(dossier.finished_at)}
        )


def _once(apology: Apology) -> str:
    words = _("%(name)s đã ký thư xin lỗi này lúc %(time)s. Mỗi hồ sơ chỉ được hẹn lại một lần.")
    name = apology.signed_by.full_name if apology.signed_by else ""
    return words % {"name": name, "time": _time(apology.signed_at)}


def _checked_text(letter: Letter) -> str:
    text = letter.text.strip()
    if letter.reason == LateReason.OTHER and not text:
        raise Incomplete(_("Chọn “Lý do khác” thì phải ghi rõ lý do."), field="text")
    if len(text) > LONGEST:
        raise Incomplete(_("Lời giải thích quá dài: nhiều nhất %(n)d chữ.") % {"n": LONGEST}, field="text")
    return text


def _new_date(dossier: Dossier, apology: Apology, letter: Letter, at: datetime) -> datetime:
    """The date that the leader gives: one that the clock offers now, or the one that it had proposed on the page."""
    look = _outlook(dossier, at)
    first, last = look.dates[0], look.dates[-1]
    wanted = letter.new_due_at or first
    if wanted <= at:
        raise _wrong_date(_("Ngày hẹn mới %(day)s đã qua. Chọn một ngày sau hôm nay."), wanted)
    if wanted <= dossier.due_at:
        raise _wrong_date(_("Ngày hẹn mới %(day)s không sau hạn trả của hồ sơ."), wanted)
    if wanted in (first, apology.new_due_at):
        return wanted
    if wanted < first:
        raise _wrong_date(
            _("Các bước còn lại không kịp trước %(day)s: hẹn sớm nhất là %(edge)s."), wanted, first
        )
    if wanted > last:
        raise _wrong_date(_("Không hẹn xa đến %(day)s: muộn nhất là %(edge)s."), wanted, last)
    if wanted not in look.dates:
        raise _wrong_date(_("%(day)s không phải giờ cuối của một ngày làm việc."), wanted)
    if not letter.text.strip():
        raise Incomplete(_("Hẹn muộn hơn ngày phần mềm đề nghị thì phải ghi rõ vì sao."), field="text")
    return wanted


def _wrong_date(words: str, wanted: datetime, edge: datetime | None = None) -> Incomplete:
    return Incomplete(words % {"day": _time(wanted), "edge": _time(edge)}, field="new_due_at")


def _time(moment: datetime | None) -> str:
    return f"{clock(moment):%H:%M, %d/%m/%Y}" if moment else ""


def _outlook(dossier: Dossier, at: datetime) -> Outlook:
    look = outlook(dossier, at)
    if look is None:
        raise NotAllowed(_beyond_the_calendar())
    return look


def _beyond_the_calendar() -> str:
    return _("Lịch làm việc của đơn vị chưa đủ để hẹn ngày mới. Báo quản trị tỉnh xem lại lịch.")


# -- what is written ------------------------------------------------------------------------------
def _new(dossier: Dossier, look: Outlook, at: datetime) -> Apology:
    return Apology.objects.create(
        dossier=dossier,
        cause=Apology.Cause.LATE,
        unit=dossier.holder_unit,
        drafted_at=at,
        sign_by=look.sign_by,
        old_due_at=dossier.due_at,
        new_due_at=look.proposed,
    )


def _words(apology: Apology) -> str:
    """The reason as it will stand on the paper and in the time line."""
    label = str(LateReason(apology.reason).label)
    return f"{label}. {apology.text}" if apology.text else f"{label}."


def _write_draft(act: Act, dossier: Dossier, apology: Apology, look: Outlook, words: str = "") -> None:
    facts = {
        "apology": apology.pk,
        "foreseen": look.why.value if look.why else "",
        "sign_by": apology.sign_by,
        "proposed": apology.new_due_at,
    }
    step = dossier.step
    write(act, dossier, Action.DRAFT_APOLOGY, from_step=step, to_step=step, words=words, facts=facts)


def _write_signed(act: Act, dossier: Dossier, apology: Apology, *, for_lateness: bool) -> None:
    facts = {
        "apology": apology.pk,
        "cause": apology.cause,
        "reason": apology.reason,
        "in_time": act.at <= apology.sign_by,
    }
    changes: dict[str, Any] = {}
    if for_lateness:
        changes = {"apologised_at": act.at, "appointment_at": apology.new_due_at}
    step, words = dossier.step, _words(apology)
    write(act, dossier, Action.REAPPOINT, from_step=step, to_step=step, words=words, facts=facts, **changes)
