"""The life of a dossier as one table: which act is allowed in which state, at which step, to which role.

States are law, the same for all dossiers; the steps between them are local custom and come as data (a route).
Sources: NĐ 61/2018 Đ.17 (reception), Đ.18 (transfer), Đ.19 (resolution), Đ.20 (return).
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PROCESSING = "processing"
    """Received, on its way through the route."""
    DONE = "done"
    """The result is there; punctuality is decided; the citizen has not got it yet."""
    RETURNED = "returned"
    """Handed over; closed."""


class StepKind(StrEnum):
    RECEPTION = "reception"
    PROCESSING = "processing"
    APPROVAL = "approval"
    RETURN = "return"


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


class Direction(StrEnum):
    """Where an act moves the dossier in its route."""

    ON = "on"
    BACK = "back"
    STAY = "stay"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. Roles are the names of people's roles."""

    action: Action
    state: State
    steps: frozenset[StepKind]
    roles: frozenset[str]
    direction: Direction
    to_state: State
    needs_reason: bool = False


def _rule(
    action: Action,
    state: State,
    steps: str,
    roles: str,
    direction: Direction,
    to_state: State | None = None,
    *,
    needs_reason: bool = False,
) -> Rule:
    kinds = frozenset(StepKind(word) for word in steps.split())
    return Rule(action, state, kinds, frozenset(roles.split()), direction, to_state or state, needs_reason)


_ALL = "reception processing approval return"
_DESK = "clerk specialist leader"

TABLE: tuple[Rule, ...] = (
    # Đ.18: the desk hands the dossier to who resolves it; the specialist passes on what is ready to be decided.
    _rule(Action.FORWARD, State.PROCESSING, "reception", "clerk", Direction.ON),
    _rule(Action.FORWARD, State.PROCESSING, "processing", "specialist", Direction.ON),
    # One step back, never more, and always with a reason.
    _rule(Action.SEND_BACK, State.PROCESSING, "processing", "specialist", Direction.BACK, needs_reason=True),
    _rule(Action.SEND_BACK, State.PROCESSING, "approval", "leader", Direction.BACK, needs_reason=True),
    _rule(Action.SEND_BACK, State.PROCESSING, "return", "clerk", Direction.BACK, needs_reason=True),
    _rule(Action.APPROVE, State.PROCESSING, "approval", "leader", Direction.ON),
    _rule(Action.TAKE, State.PROCESSING, "processing", "specialist", Direction.STAY),
    # Đ.19: the result exists; from here the clock stands still.
    _rule(Action.FINISH, State.PROCESSING, "return", "clerk specialist leader", Direction.STAY, State.DONE),
    # Đ.20: handed over to the citizen.
    _rule(Action.HAND_OVER, State.DONE, "return", "clerk", Direction.END, State.RETURNED),
    _rule(Action.NOTE, State.PROCESSING, _ALL, _DESK, Direction.STAY),
    _rule(Action.NOTE, State.DONE, _ALL, _DESK, Direction.STAY),
    _rule(Action.ATTACH, State.PROCESSING, _ALL, _DESK, Direction.STAY),
    _rule(Action.ATTACH, State.DONE, _ALL, _DESK, Direction.STAY),
)


def rule_for(action: Action, state: State, step: StepKind) -> Rule | None:
    """The line of the table for an act at this point of a dossier's life; None: it is not possible now."""
    return next(
        (rule for rule in TABLE if rule.action is action and rule.state is state and step in rule.steps), None
    )


def allowed(state: State, step: StepKind, roles: frozenset[str]) -> frozenset[Action]:
    """Acts that somebody with these roles can do to a dossier in this state at this step."""
    return frozenset(
        rule.action for rule in TABLE if rule.state is state and step in rule.steps and rule.roles & roles
    )
