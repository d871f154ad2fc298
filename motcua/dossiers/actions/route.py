"""Moving a dossier along its route: on, back, approved."""

from django.db import transaction

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.actions.steps import (
    Planned,
    close_step,
    held,
    neighbour,
    open_step,
    specialist_for,
    specialists,
)
from motcua.dossiers.models import Dossier, Step
from motcua.people.models import User
from motcua.rules.workflow import Action, StepKind


@transaction.atomic
def forward(
    act: Act, dossier_id: int | Dossier, *, words: str = "", assignee_id: int | None = None
) -> Dossier:
    """Hand the dossier to the next step (NĐ 61/2018 Đ.18). Raises NotAllowed, Stale, NotFound."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.FORWARD)
    return _move(act, dossier, Action.FORWARD, neighbour(dossier, +1), words, assignee_id=assignee_id)


@transaction.atomic
def approve(act: Act, dossier_id: int | Dossier, *, words: str = "") -> Dossier:
    """The leader approves what was prepared; the dossier goes to the desk for its result."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.APPROVE)
    return _move(act, dossier, Action.APPROVE, neighbour(dossier, +1), words)


@transaction.atomic
def send_back(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """Back by one step, to whoever had it then and is still there, with a reason."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.SEND_BACK, words)
    planned = neighbour(dossier, -1)
    return _move(act, dossier, Action.SEND_BACK, planned, words, assignee=_who_had(dossier, planned))


def _who_had(dossier: Dossier, planned: Planned) -> User | None:
    """Who had the step last, unless that officer has left or lost the field: then nobody could move it (R20)."""
    step = Step.objects.filter(dossier=dossier, position=planned.position).order_by("-pk").first()
    still_there = specialists(dossier, planned) if planned.kind is StepKind.PROCESSING else ()
    return next((user for user in still_there if step and user.pk == step.assignee_id), None)


@transaction.atomic
def take(act: Act, dossier_id: int) -> Dossier:
    """A specialist takes what lies with the whole field."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.TAKE)
    taker = specialist_for(dossier, act.officer.user_id)
    step = dossier.step
    if step is not None:
        Step.objects.filter(pk=step.pk).update(assignee=taker)
    write(act, dossier, Action.TAKE, from_step=step, to_step=step, assignee=taker)
    return dossier


def _move(
    act: Act,
    dossier: Dossier,
    action: Action,
    planned: Planned,
    words: str,
    *,
    assignee: User | None = None,
    assignee_id: int | None = None,
) -> Dossier:
    if planned.kind is StepKind.PROCESSING and assignee is None:
        assignee = specialist_for(dossier, assignee_id, planned)
    left = dossier.step
    if left is not None:
        close_step(left, act.at)
    step = open_step(dossier, planned, act.at, assignee)
    write(act, dossier, action, from_step=left, to_step=step, words=words, **held(step))
    return dossier
