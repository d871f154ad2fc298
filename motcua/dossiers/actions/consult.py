"""Other agencies: a dossier that came is acknowledged, a question is asked and answered (NĐ 61/2018 Đ.19.5-7; R22-R24)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, read_anew, write
from motcua.dossiers.clock import aware, local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Consultation, Dossier, Leg
from motcua.people.calendar import calendar_of
from motcua.people.models import Unit
from motcua.people.officer import NOBODY
from motcua.people.succession import acting, exists_on
from motcua.rules.punctuality import punctuality
from motcua.rules.workflow import Action, State

MOST_DAYS = 30
RUNNING = (State.PROCESSING, State.WAITING)
"""While the dossier is so, a question to another agency can be answered and be late."""


@dataclass(frozen=True, slots=True)
class Question:
    """To whom, what, and how many working days it may take."""

    to_unit_id: int
    words: str
    working_days: int


@transaction.atomic
def acknowledge(act: Act, dossier_id: int) -> Dossier:
    """The agency says that it has what another one sent. Raises NotAllowed when that was said before."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.ACKNOWLEDGE)
    if not Leg.objects.filter(dossier=dossier, closed_at=None, acknowledged_at=None).exists():
        raise NotAllowed(_("Hồ sơ này không chờ xác nhận."))
    step = dossier.step
    write(act, dossier, Action.ACKNOWLEDGE, from_step=step, to_step=step)  # the writing of it is the receipt
    return dossier


@transaction.atomic
def consult(act: Act, dossier_id: int, question: Question) -> Dossier:
    """Ask another agency, with a deadline of its own; the dossier stays where it is and its clock runs on (Đ.19.5)."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.CONSULT)
    to_unit = _asked(dossier, question)
    calendar = calendar_of(to_unit)
    due = calendar.last_minute(calendar.add_working_days(local(act.at), question.working_days))
    row = Consultation.objects.create(
        dossier=dossier,
        number=Consultation.objects.filter(dossier=dossier).count() + 1,
        from_unit=dossier.holder_unit,
        to_unit=to_unit,
        question=question.words.strip(),
        asked_by_id=act.officer.user_id,
        asked_at=act.at,
        due_at=aware(due),
    )
    step = dossier.step
    facts = {"consultation": row.number, "to": to_unit.code, "answer_by": row.due_at}
    write(act, dossier, Action.CONSULT, from_step=step, to_step=step, words=row.question, facts=facts)
    return dossier


def _asked(dossier: Dossier, question: Question) -> Unit:
    if not question.words.strip():
        raise Incomplete(_("Hãy ghi nội dung cần hỏi."), field="words")
    if not 1 <= question.working_days <= MOST_DAYS:
        raise Incomplete(
            _("Thời hạn trả lời từ 1 đến %(n)d ngày làm việc.") % {"n": MOST_DAYS}, field="working_days"
        )
    unit = Unit.objects.filter(exists_on(timezone.localdate()), pk=question.to_unit_id).first()
    if unit is None:
        raise Incomplete(_("Chọn cơ quan cần hỏi."), field="to_unit")
    if unit.pk == acting(dossier.holder_unit).pk:
        raise Incomplete(_("Hồ sơ đang ở chính cơ quan này."), field="to_unit")
    return unit


@transaction.atomic
def answer(act: Act, dossier_id: int, number: int, *, words: str) -> Dossier:
    """The asked agency answers, once; early, on time or late is decided now. Raises NotAllowed, Incomplete."""
    dossier = load(act, dossier_id)
    row = Consultation.objects.select_related("to_unit").filter(dossier=dossier, number=number).first()
    if row is None:
        raise NotAllowed(_("Không có câu hỏi này trong hồ sơ."))
    permit(act, dossier, Action.ANSWER, asked=row.to_unit)
    if row.answered_at is not None:
        raise NotAllowed(_("Câu hỏi này đã được trả lời."))
    if not words.strip():
        raise Incomplete(_("Câu trả lời còn trống."), field="words")
    verdict = punctuality(local(row.due_at), local(act.at))
    Consultation.objects.filter(pk=row.pk).update(
        answer=words.strip(),
        answered_by=act.officer.user_id,
        answered_at=act.at,
        acknowledged_at=row.acknowledged_at or act.at,
        punctuality=verdict,
    )
    step = dossier.step
    facts = {"consultation": row.number, "from": row.to_unit.code, "verdict": verdict}
    write(act, dossier, Action.ANSWER, from_step=step, to_step=step, words=words, facts=facts)
    return dossier


def watch_consultations(now: datetime) -> int:
    """Record that an answer did not come in time, so that the head of the desk hears of it (Đ.19.5); how many.

    Once for each question, each in a transaction of its own.
    """
    late = Consultation.objects.filter(
        answered_at=None, late_told_at=None, due_at__lt=now, dossier__state__in=RUNNING
    )
    return sum(_tell(pk, now) for pk in late.order_by("due_at").values_list("pk", flat=True).iterator())


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    row = Consultation.objects.select_related("to_unit").get(pk=pk)
    dossier = (
        Dossier.objects.filter(pk=row.dossier_id, state__in=RUNNING)
        .select_related("unit", "holder_unit", "step__unit")
        .select_for_update(of=("self",))
        .first()
    )
    told = Consultation.objects.filter(pk=pk, answered_at=None, late_told_at=None)
    if dossier is None or not told.update(late_told_at=now):
        return False
    read_anew(dossier)
    step = dossier.step
    facts = {"consultation": row.number, "from": row.to_unit.code}
    write(
        Act(NOBODY, now),
        dossier,
        Action.LATE_ANSWER,
        from_step=step,
        to_step=step,
        words=_("%(unit)s chưa trả lời: %(question)s") % {"unit": row.to_unit.name, "question": row.question},
        facts=facts,
    )
    return True
