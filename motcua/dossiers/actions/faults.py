"""The agency's own faults, on record (NĐ 61/2018 Đ.21, R32): a wrong result is made anew, a lost paper answered for.

What was decided at the finish (result time, punctuality, outcome) stays as it was: no fault makes a dossier better or
worse in the figures. `returned_at` is empty again, because the citizen has no valid result until the next hand-over.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog.models import RouteStep
from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.actions.steps import Planned, close_step, held, last_step, open_step
from motcua.dossiers.choices import LateReason
from motcua.dossiers.clock import aware, explain, local
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Apology, Dossier, LostPaper, Step
from motcua.people import queries as people
from motcua.people.calendar import calendar_of
from motcua.people.models import Role, Unit, User
from motcua.rules.workflow import Action, State, StepKind


@dataclass(frozen=True, slots=True)
class Loss:
    """Which paper, who answers for it, and what is done about it at the agency's cost."""

    what: str
    answers_id: int
    remedy: str


@transaction.atomic
def recall(act: Act, dossier_id: int | Dossier, *, words: str) -> Dossier:
    """Call a wrong result back, with the reason; whoever decided it has to decide it anew.

    Raises NotAllowed, Incomplete (no reason), NotReady (no time can be counted), Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.RECALL, words)
    left = dossier.step
    if left is not None:
        close_step(left, act.at, done_at=dossier.finished_at)
    due_at = aware(explain(dossier.version, dossier.unit, act.at).due_at)
    step = open_step(dossier, _decision(dossier), act.at, None, due_at=due_at)
    write(
        act,
        dossier,
        Action.RECALL,
        from_step=left,
        to_step=step,
        words=words,
        facts={"apology": Apology.Cause.WRONG_RESULT},
        state=State.CORRECTING,
        returned_at=None,
        **held(step),
    )
    owe_apology(act, dossier, Apology.Cause.WRONG_RESULT, step.unit, words)
    return dossier


def _decision(dossier: Dossier) -> Planned:
    """The last approval of the route: who decided wrongly decides again, in whichever agency."""
    rows = RouteStep.objects.filter(route=dossier.route_id, kind=StepKind.APPROVAL).order_by("-position")
    row = rows.values_list(*Planned._fields).first()
    if row is None:
        return Planned(last_step(dossier.route_id).position, StepKind.APPROVAL, Role.LEADER, 0)
    return Planned(row[0], StepKind(row[1]), Role(row[2]), *row[3:])


@transaction.atomic
def reissue(act: Act, dossier_id: int | Dossier, *, words: str = "") -> Dossier:
    """The corrected result is there: back to the desk that received the dossier, to be handed over again."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.REISSUE)
    left = dossier.step
    if left is not None:
        close_step(left, act.at)
    step = open_step(dossier, last_step(dossier.route_id), act.at, None)
    write(
        act,
        dossier,
        Action.REISSUE,
        from_step=left,
        to_step=step,
        words=words,
        state=State.DONE,
        **held(step),
    )
    return dossier


@transaction.atomic
def record_loss(act: Act, dossier_id: int, loss: Loss) -> Dossier:
    """A paper of the dossier was lost: what it was, who answers for it, what is done about it.

    Raises Incomplete, NotAllowed (also for an answerable officer who is none of the agencies'), Stale.
    """
    dossier = load(act, dossier_id)
    what, remedy = loss.what.strip(), loss.remedy.strip()
    permit(act, dossier, Action.RECORD_LOSS, what or "–")
    if not what:
        raise Incomplete(_("Hãy ghi giấy tờ nào bị mất."), field="what")
    answers = next((user for user in answerable(dossier) if user.pk == loss.answers_id), None)
    if answers is None:
        raise Incomplete(_("Hãy chọn người chịu trách nhiệm, trong số cán bộ đã giữ hồ sơ."), field="answers")
    if not remedy:
        raise Incomplete(_("Hãy ghi cách khắc phục."), field="remedy")
    lost = LostPaper.objects.create(
        dossier=dossier, what=what, answers=answers, remedy=remedy, by_id=act.officer.user_id, at=act.at
    )
    step = dossier.step
    words = _("%(what)s. Người chịu trách nhiệm: %(name)s. Khắc phục: %(remedy)s")
    write(
        act,
        dossier,
        Action.RECORD_LOSS,
        from_step=step,
        to_step=step,
        words=words % {"what": what, "name": answers.full_name, "remedy": remedy},
        facts={"lost": lost.pk, "answers": answers.pk, "apology": Apology.Cause.LOST_PAPER},
    )
    owe_apology(act, dossier, Apology.Cause.LOST_PAPER, dossier.holder_unit, what)
    return dossier


def answerable(dossier: Dossier) -> list[User]:
    """Who may have lost a paper: officers of the agencies through which the dossier went."""
    units = {dossier.unit_id, *Step.objects.filter(dossier=dossier).values_list("unit", flat=True)}
    return people.desk_officers(units)


def owe_apology(act: Act, dossier: Dossier, cause: str, unit: Unit, text: str) -> None:
    """A draft for the leader's signature. The law gives it no day: by the end of the next working day is our choice."""
    calendar = calendar_of(unit)
    day = calendar.next_working_day(local(act.at).date())
    Apology.objects.create(
        dossier=dossier,
        cause=cause,
        unit=unit,
        reason=LateReason.OTHER,
        text=text.strip()[:500],
        drafted_by_id=act.officer.user_id,
        drafted_at=act.at,
        sign_by=aware(calendar.last_minute(day)),
        old_due_at=dossier.due_at,
    )
