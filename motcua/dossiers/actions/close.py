"""The two ends of a dossier: the result exists (the clock stops), and the citizen has it."""

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import apologies
from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.actions.apology import drop_draft
from motcua.dossiers.actions.counter import straight_home
from motcua.dossiers.actions.steps import close_legs, close_step, held, last_step, open_step
from motcua.dossiers.choices import Outcome
from motcua.dossiers.clock import local
from motcua.dossiers.errors import ApologyOwed
from motcua.dossiers.models import Dossier
from motcua.rules.punctuality import Punctuality, punctuality
from motcua.rules.workflow import Action, State


@transaction.atomic
def finish(
    act: Act,
    dossier_id: int | Dossier,
    *,
    words: str = "",
    outcome: Outcome = Outcome.GRANTED,
    by_approval: bool = False,
) -> Dossier:
    """The result is there. Punctuality is decided here, once, against the law's limit (R15).

    Raises ApologyOwed for a late one whose apology nobody has signed or let pass (R26).
    `by_approval`: in the same transaction the officer approved it, which brought it here from wherever the leader sits.
    """
    dossier = load(act, dossier_id)
    if not by_approval:
        permit(act, dossier, Action.FINISH)
    if apologies.is_owed(dossier, act.at):
        raise ApologyOwed(
            _(
                "Hồ sơ đã quá hạn trả lúc %(due)s: lãnh đạo ký thư xin lỗi, hoặc ghi lý do trả không kèm thư, rồi mới xong."
            )
            % {"due": f"{local(dossier.due_at):%H:%M, %d/%m/%Y}"}
        )
    how = punctuality(local(dossier.due_at), local(act.at))
    if how is not Punctuality.LATE:
        drop_draft(dossier, act.at, "in time")
    close_legs(dossier, act.at)
    left = dossier.step
    moved = straight_home(act, dossier)
    write(
        act,
        dossier,
        Action.FINISH,
        from_step=left,
        to_step=moved.get("step", left),
        words=words,
        state=State.DONE,
        outcome=outcome,
        finished_at=act.at,
        punctuality=how,
        **moved,
    )
    return dossier


def close_without_result(act: Act, dossier: Dossier, action: Action, outcome: Outcome, words: str) -> None:
    """End a locked dossier that gets no result: withdrawn, or never made complete. Its papers wait at the desk.

    Punctuality is decided by when the clock stood still, if it did: nobody is late while the citizen has it.
    """
    left = dossier.step
    stopped = dossier.paused_at or act.at
    if left is not None:
        close_step(left, act.at)
    step = open_step(dossier, last_step(dossier.route_id), act.at, None, due_at=max(dossier.due_at, act.at))
    close_legs(dossier, act.at, done_at=stopped)
    write(
        act,
        dossier,
        action,
        from_step=left,
        to_step=step,
        words=words,
        state=State.DONE,
        outcome=outcome,
        finished_at=act.at,
        paused_at=None,
        punctuality=punctuality(local(dossier.due_at), local(stopped)),
        **held(step),
    )


@transaction.atomic
def hand_over(act: Act, dossier_id: int | Dossier, *, words: str = "") -> Dossier:
    """The citizen has the result (NĐ 61/2018 Đ.20); the dossier is closed."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.HAND_OVER)
    left = dossier.step
    if left is not None:
        close_step(left, act.at, done_at=dossier.finished_at)
    write(
        act,
        dossier,
        Action.HAND_OVER,
        from_step=left,
        words=words,
        state=State.RETURNED,
        returned_at=act.at,
        step=None,
        step_kind="",
        step_due_at=None,
        assignee=None,
    )
    return dossier
