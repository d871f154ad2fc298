"""Moving a dossier along its route: on, back, approved."""

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.actions.doers import specialist_for, specialists, who_had
from motcua.dossiers.actions.steps import (
    Planned,
    close_step,
    held,
    last_step,
    neighbour,
    open_step,
)
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Consultation, Dossier, Step
from motcua.people.models import User
from motcua.rules.workflow import Action, StepKind


@transaction.atomic
def forward(
    act: Act, dossier_id: int | Dossier, *, words: str = "", assignee_id: int | None = None
) -> Dossier:
    """Hand the dossier to the next step (NĐ 61/2018 Đ.18). Raises NotAllowed, Stale, NotFound."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.FORWARD)
    _check_tasks(dossier)
    return _move(act, dossier, Action.FORWARD, neighbour(dossier, +1), words, assignee_id=assignee_id)


def _check_tasks(dossier: Dossier) -> None:
    """What the route asked of other agencies must be answered before the lead agency goes on (Đ.19.6)."""
    if not dossier.local_due_at:
        return
    still = Consultation.objects.filter(dossier=dossier, by_route=True, answered_at=None)
    names = list(still.order_by("number").values_list("to_unit__name", flat=True))
    if names:
        raise NotAllowed(_("Còn chờ kết quả của: %(names)s.") % {"names": "; ".join(names)})


@transaction.atomic
def approve(act: Act, dossier_id: int | Dossier, *, words: str = "", is_refusal: bool = False) -> Dossier:
    """The leader approves what was prepared; the dossier goes on, to the next agency or to the desk for its result.

    A refusal goes straight to the desk that received it, whichever agency of the way refuses.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.APPROVE)
    onward = last_step(dossier.route_id) if is_refusal else neighbour(dossier, +1)
    return _move(act, dossier, Action.APPROVE, onward, words)


@transaction.atomic
def send_back(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """Back by one step, to whoever had it then and is still there, with a reason."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.SEND_BACK, words)
    planned = neighbour(dossier, -1)
    return _move(act, dossier, Action.SEND_BACK, planned, words, assignee=who_had(dossier, planned, act.at))


@transaction.atomic
def take(act: Act, dossier_id: int) -> Dossier:
    """A specialist takes what lies with the whole field; a substitute takes it for the one who is away."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.TAKE)
    taker_id = dossier.on_behalf_of or act.officer.user_id
    taker = next((user for user in specialists(dossier) if user.pk == taker_id), None)
    if taker is None:
        raise NotAllowed(_("Bạn không phụ trách lĩnh vực này ở đơn vị."))
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
        assignee = specialist_for(dossier, assignee_id, planned, at=act.at)
    left = dossier.step
    if left is not None:
        close_step(left, act.at)
    step = open_step(dossier, planned, act.at, assignee)
    write(act, dossier, action, from_step=left, to_step=step, words=words, **held(step))
    return dossier
