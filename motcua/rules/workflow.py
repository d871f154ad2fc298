"""The life of a dossier as one table: which act is allowed in which state, at which step, to which role.

States are law, the same for all dossiers; the steps between them are local custom and come as data (a route).
Sources: NĐ 61/2018 Đ.17 (reception), Đ.18 (transfer), Đ.19 (resolution, supplement, apology), Đ.20 (return), Đ.21 (faults).
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PROCESSING = "processing"
    """Received, on its way through the route."""
    WAITING = "waiting"
    """A supplement was asked; the dossier lies with the citizen and the clock stands still (Đ.19.4)."""
    DONE = "done"
    """The result is there; punctuality is decided; the citizen has not got it yet."""
    RETURNED = "returned"
    """Handed over; closed."""
    CORRECTING = "correcting"
    """A wrong result was recalled and is being made anew; punctuality stays as it was decided (Đ.21)."""


class StepKind(StrEnum):
    RECEPTION = "reception"
    PROCESSING = "processing"
    APPROVAL = "approval"
    RETURN = "return"
    SUPPLEMENT = "supplement"
    """With the citizen, who brings what is missing; in no route, opened by ASK_SUPPLEMENT."""


class Action(StrEnum):
    RECEIVE = "receive"
    FORWARD = "forward"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    TAKE = "take"
    NOTE = "note"
    ATTACH = "attach"
    FINISH = "finish"
    HAND_OVER = "hand_over"
    RECOUNT = "recount"
    """Nobody's act: the public calendar changed, and the due time follows it."""
    ASK_SUPPLEMENT = "ask_supplement"
    PROPOSE_SUPPLEMENT = "propose_supplement"
    """A second supplement is proposed to the leader: the law gives one (Đ.11.2.c)."""
    PERMIT_SUPPLEMENT = "permit_supplement"
    DECLINE_SUPPLEMENT = "decline_supplement"
    RESUME = "resume"
    """The citizen brought what was missing; the clock runs again."""
    SUBMIT_SUPPLEMENT = "submit_supplement"
    """No officer's act: the applicant sends what was asked for online; the desk looks at it (Đ.17.2)."""
    REJECT_SUBMISSION = "reject_submission"
    """What was sent is not what was asked for: it goes back with the reason. No second request, the same one."""
    WARN_LAPSE = "warn_lapse"
    """Nobody's act: the citizen is told that the dossier will be closed unless the papers come."""
    LAPSE = "lapse"
    """Nobody's act: the papers never came within the unit's period."""
    WITHDRAW = "withdraw"
    DRAFT_APOLOGY = "draft_apology"
    """Nobody's act, or the specialist's: lateness is foreseen, Mẫu 04 lies before the leader (Đ.19.9)."""
    REAPPOINT = "reappoint"
    """The leader signs Mẫu 04: apology and, while it is open, a new date; the law's due time stays."""
    WAIVE_APOLOGY = "waive_apology"
    """The leader lets a late dossier finish without an apology, with a reason; it shows as a fault."""
    ASSIGN = "assign"
    """The leader gives a step to a specialist, or takes it from one to give it to another (Đ.19.1)."""
    ACKNOWLEDGE = "acknowledge"
    """An agency says that it has what another one sent (Đ.19.6-7)."""
    CONSULT = "consult"
    ANSWER = "answer"
    LATE_ANSWER = "late_answer"
    """Nobody's act: a consulted agency has not answered in time; the head of the desk is told (Đ.19.5)."""
    VERIFY = "verify"
    SCAN = "scan"
    """What came on paper is digitised (Đ.17.1)."""
    RECALL = "recall"
    """A wrong result is called back, with a reason (Đ.21)."""
    REISSUE = "reissue"
    RECORD_LOSS = "record_loss"
    """A paper of the dossier was lost; who answers for it stands on record (Đ.21)."""
    PAY = "pay"
    VOID_PAYMENT = "void_payment"


class Direction(StrEnum):
    """Where an act moves the dossier in its route."""

    ON = "on"
    BACK = "back"
    STAY = "stay"
    ASIDE = "aside"
    """To the citizen, out of the route; RESUME comes back to where it was."""
    AGAIN = "again"
    """Back from the citizen."""
    HOME = "home"
    """Straight to the last step of the route, at the desk that received it."""
    END = "end"


class Desk(StrEnum):
    """At whose desk the officer must sit who does it."""

    HOLDER = "holder"
    """Of the unit that has the dossier now."""
    RECEIVER = "receiver"
    """Of the unit that received it, wherever it is now."""
    ASKED = "asked"
    """Of the unit that was consulted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. Roles are the names of people's roles."""

    action: Action
    state: State
    steps: frozenset[StepKind | None]
    """None: no step is open, because the dossier is closed."""
    roles: frozenset[str]
    direction: Direction
    to_state: State
    needs_reason: bool = False
    desk: Desk = Desk.HOLDER


def _rule(
    action: Action,
    state: State,
    steps: str,
    roles: str,
    direction: Direction,
    to_state: State | None = None,
    *,
    needs_reason: bool = False,
    desk: Desk = Desk.HOLDER,
) -> Rule:
    kinds = frozenset(None if word == "closed" else StepKind(word) for word in steps.split())
    return Rule(
        action, state, kinds, frozenset(roles.split()), direction, to_state or state, needs_reason, desk
    )


_ALL = "reception processing approval return"
_DESK = "clerk specialist leader"

TABLE: tuple[Rule, ...] = (
    # Đ.18: the desk hands the dossier to who resolves it; the specialist passes on what is ready to be decided.
    _rule(Action.FORWARD, State.PROCESSING, "reception", "clerk", Direction.ON),
    _rule(Action.FORWARD, State.PROCESSING, "processing", "specialist", Direction.ON),
    # One step back, never more, and always with a reason.
    _rule(Action.SEND_BACK, State.PROCESSING, "reception", "clerk", Direction.BACK, needs_reason=True),
    _rule(Action.SEND_BACK, State.PROCESSING, "processing", "specialist", Direction.BACK, needs_reason=True),
    _rule(Action.SEND_BACK, State.PROCESSING, "approval", "leader", Direction.BACK, needs_reason=True),
    _rule(Action.SEND_BACK, State.PROCESSING, "return", "clerk", Direction.BACK, needs_reason=True),
    _rule(Action.APPROVE, State.PROCESSING, "approval", "leader", Direction.ON),
    _rule(Action.TAKE, State.PROCESSING, "processing", "specialist", Direction.STAY),
    # Đ.19: the result exists; from here the clock stands still.
    _rule(Action.FINISH, State.PROCESSING, "return", "clerk specialist leader", Direction.STAY, State.DONE),
    # Đ.17.4-5: answered while the citizen waits, by the leader or who has the leader's authorisation.
    _rule(Action.FINISH, State.PROCESSING, "reception", "leader", Direction.HOME, State.DONE),
    # Đ.20: handed over to the citizen.
    _rule(Action.HAND_OVER, State.DONE, "return", "clerk", Direction.END, State.RETURNED),
    # Đ.19.4: once, by who examines it; a second time only with the leader's reasoned permission (Đ.11.2.c).
    _rule(
        Action.ASK_SUPPLEMENT, State.PROCESSING, "processing", "specialist", Direction.ASIDE, State.WAITING
    ),
    _rule(Action.ASK_SUPPLEMENT, State.PROCESSING, "reception", "clerk", Direction.ASIDE, State.WAITING),
    _rule(Action.PROPOSE_SUPPLEMENT, State.PROCESSING, "processing", "specialist", Direction.STAY),
    _rule(
        Action.PERMIT_SUPPLEMENT,
        State.PROCESSING,
        "processing",
        "leader",
        Direction.ASIDE,
        State.WAITING,
        needs_reason=True,
    ),
    _rule(
        Action.DECLINE_SUPPLEMENT, State.PROCESSING, "processing", "leader", Direction.STAY, needs_reason=True
    ),
    _rule(
        Action.RESUME,
        State.WAITING,
        "supplement",
        "clerk",
        Direction.AGAIN,
        State.PROCESSING,
        desk=Desk.RECEIVER,
    ),
    _rule(
        Action.REJECT_SUBMISSION,
        State.WAITING,
        "supplement",
        "clerk",
        Direction.STAY,
        needs_reason=True,
        desk=Desk.RECEIVER,
    ),
    # The applicant may take a dossier back as long as there is no result.
    _rule(
        Action.WITHDRAW,
        State.PROCESSING,
        _ALL,
        "clerk",
        Direction.HOME,
        State.DONE,
        needs_reason=True,
        desk=Desk.RECEIVER,
    ),
    _rule(
        Action.WITHDRAW,
        State.WAITING,
        "supplement",
        "clerk",
        Direction.HOME,
        State.DONE,
        needs_reason=True,
        desk=Desk.RECEIVER,
    ),
    # Đ.19.9: the agency that holds it apologises; who examines it may prepare the letter before the software does.
    _rule(Action.DRAFT_APOLOGY, State.PROCESSING, "processing", "specialist", Direction.STAY),
    _rule(Action.REAPPOINT, State.PROCESSING, _ALL, "leader", Direction.STAY),
    _rule(Action.REAPPOINT, State.DONE, "return", "leader", Direction.STAY),
    # For another fault than lateness: asking again, or a wrong result, is apologised for while the dossier lies there.
    _rule(Action.REAPPOINT, State.WAITING, "supplement", "leader", Direction.STAY),
    _rule(Action.REAPPOINT, State.CORRECTING, "approval", "leader", Direction.STAY),
    _rule(
        Action.WAIVE_APOLOGY, State.PROCESSING, "approval return", "leader", Direction.STAY, needs_reason=True
    ),
    # Đ.19.1, 19.3, 19.5, 19.6-7.
    _rule(Action.ASSIGN, State.PROCESSING, "processing", "leader", Direction.STAY),
    _rule(Action.ACKNOWLEDGE, State.PROCESSING, _ALL, _DESK, Direction.STAY),
    _rule(Action.CONSULT, State.PROCESSING, "processing", "specialist", Direction.STAY),
    _rule(Action.ANSWER, State.PROCESSING, _ALL, _DESK, Direction.STAY, desk=Desk.ASKED),
    # Who was asked has a time of his own, which does not stand still with the citizen's papers.
    _rule(Action.ANSWER, State.WAITING, "supplement", _DESK, Direction.STAY, desk=Desk.ASKED),
    _rule(Action.VERIFY, State.PROCESSING, "processing", "specialist", Direction.STAY),
    _rule(Action.SCAN, State.PROCESSING, _ALL, "clerk specialist", Direction.STAY),
    _rule(Action.SCAN, State.WAITING, "supplement", "clerk", Direction.STAY),
    _rule(Action.SCAN, State.DONE, "return", "clerk", Direction.STAY),
    # What was answered on the spot is closed before anybody can scan; the debt must still be payable.
    _rule(Action.SCAN, State.RETURNED, "closed", "clerk", Direction.STAY, desk=Desk.RECEIVER),
    # Đ.21: a wrong result is called back and made anew; a lost paper is answered for.
    _rule(
        Action.RECALL,
        State.DONE,
        "return",
        "leader",
        Direction.STAY,
        State.CORRECTING,
        needs_reason=True,
        desk=Desk.RECEIVER,
    ),
    _rule(
        Action.RECALL,
        State.RETURNED,
        "closed",
        "leader",
        Direction.STAY,
        State.CORRECTING,
        needs_reason=True,
        desk=Desk.RECEIVER,
    ),
    _rule(Action.REISSUE, State.CORRECTING, "approval", "leader", Direction.HOME, State.DONE),
    *(
        _rule(Action.RECORD_LOSS, state, steps, _DESK, Direction.STAY, needs_reason=True)
        for state, steps in ((State.PROCESSING, _ALL), (State.WAITING, "supplement"), (State.DONE, "return"))
    ),
    # Đ.22: at the desk that received it. Also after the return: a result is not kept back for a fee, so it can be
    # paid later, and a wrong receipt is often found when the drawer is counted in the evening.
    *(
        _rule(action, state, steps, roles, Direction.STAY, needs_reason=needs_reason, desk=Desk.RECEIVER)
        for state, steps in (
            (State.PROCESSING, _ALL),
            (State.WAITING, "supplement"),
            (State.DONE, "return"),
            (State.RETURNED, "closed"),
        )
        for action, roles, needs_reason in (
            (Action.PAY, "clerk", False),
            (Action.VOID_PAYMENT, "clerk leader", True),
        )
    ),
    *(
        _rule(action, state, steps, _DESK, Direction.STAY)
        for state, steps in (
            (State.PROCESSING, _ALL),
            (State.WAITING, "supplement"),
            (State.CORRECTING, _ALL),
            (State.DONE, _ALL),
        )
        for action in (Action.NOTE, Action.ATTACH)
    ),
)


def rule_for(action: Action, state: State, step: StepKind | None) -> Rule | None:
    """The line of the table for an act at this point of a dossier's life; None: it is not possible now."""
    return next(
        (rule for rule in TABLE if rule.action is action and rule.state is state and step in rule.steps), None
    )


def allowed(
    state: State, step: StepKind | None, roles: frozenset[str], *, at_receiver: frozenset[str]
) -> frozenset[Action]:
    """Acts that somebody can do to a dossier in this state at this step.

    `roles` are those held in the unit that has the dossier, `at_receiver` those in the one that received it.
    """
    held = {Desk.HOLDER: roles, Desk.RECEIVER: at_receiver, Desk.ASKED: frozenset[str]()}
    return frozenset(
        rule.action
        for rule in TABLE
        if rule.state is state and step in rule.steps and rule.roles & held[rule.desk]
    )
