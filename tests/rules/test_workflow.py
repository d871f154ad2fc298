"""The table of a dossier's life: complete, unambiguous, and with a way out of every place in it."""

import pytest

from motcua.rules.workflow import TABLE, Action, Direction, Rule, State, StepKind, allowed, rule_for

ROUTE = [StepKind.RECEPTION, StepKind.PROCESSING, StepKind.APPROVAL, StepKind.RETURN]
START = (State.PROCESSING, StepKind.RECEPTION)
Place = tuple[State, StepKind | None]

SUPPLEMENT = StepKind.SUPPLEMENT
ALL = "reception processing approval return"

LIVES = {
    (Action.FORWARD, "processing", "reception"): "clerk",
    (Action.FORWARD, "processing", "processing"): "specialist",
    (Action.SEND_BACK, "processing", "reception"): "clerk",
    (Action.SEND_BACK, "processing", "processing"): "specialist",
    (Action.SEND_BACK, "processing", "approval"): "leader",
    (Action.SEND_BACK, "processing", "return"): "clerk",
    (Action.TAKE, "processing", "processing"): "specialist",
    (Action.APPROVE, "processing", "approval"): "leader",
    (Action.FINISH, "processing", "return"): "clerk leader specialist",
    (Action.FINISH, "processing", "reception"): "leader",
    (Action.HAND_OVER, "done", "return"): "clerk",
    (Action.ASK_SUPPLEMENT, "processing", "reception"): "clerk",
    (Action.ASK_SUPPLEMENT, "processing", "processing"): "specialist",
    (Action.PROPOSE_SUPPLEMENT, "processing", "processing"): "specialist",
    (Action.PERMIT_SUPPLEMENT, "processing", "processing"): "leader",
    (Action.DECLINE_SUPPLEMENT, "processing", "processing"): "leader",
    (Action.RESUME, "waiting", "supplement"): "clerk",
    (Action.REJECT_SUBMISSION, "waiting", "supplement"): "clerk",
    (Action.WITHDRAW, "waiting", "supplement"): "clerk",
    (Action.DRAFT_APOLOGY, "processing", "processing"): "specialist",
    (Action.REAPPOINT, "done", "return"): "leader",
    (Action.REAPPOINT, "waiting", "supplement"): "leader",
    (Action.REAPPOINT, "correcting", "approval"): "leader",
    (Action.WAIVE_APOLOGY, "processing", "approval"): "leader",
    (Action.WAIVE_APOLOGY, "processing", "return"): "leader",
    (Action.ASSIGN, "processing", "processing"): "leader",
    (Action.CONSULT, "processing", "processing"): "specialist",
    (Action.VERIFY, "processing", "processing"): "specialist",
    (Action.SCAN, "waiting", "supplement"): "clerk",
    (Action.SCAN, "done", "return"): "clerk",
    (Action.SCAN, "returned", None): "clerk",
    (Action.RECALL, "done", "return"): "leader",
    (Action.RECALL, "returned", None): "leader",
    (Action.REISSUE, "correcting", "approval"): "leader",
    **{
        (action, state, step): roles
        for state, steps in (("processing", ALL), ("waiting", "supplement"), ("done", "return"))
        for step in steps.split()
        for action, roles in (
            (Action.RECORD_LOSS, "clerk leader specialist"),
            (Action.PAY, "clerk"),
            (Action.VOID_PAYMENT, "clerk leader"),
        )
    },
    (Action.PAY, "returned", None): "clerk",
    (Action.VOID_PAYMENT, "returned", None): "clerk leader",
    **{
        (action, "processing", step): roles
        for step in ALL.split()
        for action, roles in (
            (Action.WITHDRAW, "clerk"),
            (Action.REAPPOINT, "leader"),
            (Action.ACKNOWLEDGE, "clerk leader specialist"),
            (Action.ANSWER, "clerk leader specialist"),
            (Action.SCAN, "clerk specialist"),
        )
    },
    (Action.ANSWER, "waiting", "supplement"): "clerk leader specialist",
}
"""All that is done to a dossier; beside it, everybody at the desk may note and attach."""

NOBODYS = {
    Action.RECOUNT,
    Action.WARN_LAPSE,
    Action.LAPSE,
    Action.LATE_ANSWER,
    Action.SUBMIT_SUPPLEMENT,
}
"""What the software does by itself, and what the applicant does."""

WITH_A_REASON = {
    Action.SEND_BACK,
    Action.PERMIT_SUPPLEMENT,
    Action.DECLINE_SUPPLEMENT,
    Action.REJECT_SUBMISSION,
    Action.WITHDRAW,
    Action.WAIVE_APOLOGY,
    Action.RECALL,
    Action.RECORD_LOSS,
    Action.VOID_PAYMENT,
}

CHANGES = {
    Action.FINISH: State.DONE,
    Action.HAND_OVER: State.RETURNED,
    Action.ASK_SUPPLEMENT: State.WAITING,
    Action.PERMIT_SUPPLEMENT: State.WAITING,
    Action.RESUME: State.PROCESSING,
    Action.WITHDRAW: State.DONE,
    Action.RECALL: State.CORRECTING,
    Action.REISSUE: State.DONE,
}


ELSEWHERE: dict[Direction, set[StepKind | None]] = {
    Direction.ASIDE: {SUPPLEMENT},
    Direction.AGAIN: {StepKind.RECEPTION, StepKind.PROCESSING},
    Direction.HOME: {StepKind.RETURN},
    Direction.END: {None},
}
"""Where an act leads that does not go along the route."""


def after(place: Place, rule: Rule) -> set[Place]:
    """Where an act may lead on the route of four steps; nowhere when there is no such step."""
    step = place[1]
    if rule.direction in ELSEWHERE:
        return {(rule.to_state, to_step) for to_step in ELSEWHERE[rule.direction]}
    if rule.action is Action.RECALL:
        return {(rule.to_state, StepKind.APPROVAL)}
    if rule.direction is Direction.STAY:
        return {(rule.to_state, step)}
    index = ROUTE.index(step) + (1 if rule.direction is Direction.ON else -1)
    return {(rule.to_state, ROUTE[index])} if 0 <= index < len(ROUTE) else set()


def neighbours(place: Place) -> set[Place]:
    state, step = place
    found = (after(place, rule) for rule in TABLE if rule.state is state and step in rule.steps)
    return set().union(*found) - {place}


def reachable(start: Place) -> set[Place]:
    seen, open_ends = {start}, [start]
    while open_ends:
        for place in neighbours(open_ends.pop()) - seen:
            seen.add(place)
            open_ends.append(place)
    return seen


PLACES = sorted(reachable(START), key=str)


def test_the_life_of_a_dossier_goes_through_eight_places():
    """NĐ61 Đ.17-21: four steps while it is resolved, with the citizen, done, returned, and a wrong result made anew."""
    others = {
        (State.WAITING, SUPPLEMENT),
        (State.DONE, StepKind.RETURN),
        (State.RETURNED, None),
        (State.CORRECTING, StepKind.APPROVAL),
    }
    assert {(State.PROCESSING, step) for step in ROUTE} | others == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_from_every_place_a_dossier_can_still_reach_the_citizen(place):
    assert any(state is State.RETURNED for state, _step in reachable(place))


def test_what_was_returned_can_be_recalled_digitised_and_its_fee_settled():
    """R32; R07: what was answered on the spot is closed before anybody can scan; R33: no result waits for a fee."""
    closed = {rule.action: rule.to_state for rule in TABLE if rule.state is State.RETURNED}
    stays = dict.fromkeys((Action.SCAN, Action.PAY, Action.VOID_PAYMENT), State.RETURNED)
    assert closed == {Action.RECALL: State.CORRECTING} | stays


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", [*StepKind, None])
def test_who_may_do_what_is_exactly_this(state, step):
    """R20; a line more, or a role more, is a change of law and is made here too."""
    found = {
        rule.action: " ".join(sorted(rule.roles))
        for rule in TABLE
        if rule.state is state and step in rule.steps and rule.action not in (Action.NOTE, Action.ATTACH)
    }
    assert found == {act: roles for (act, s, k), roles in LIVES.items() if (s, k) == (state, step)}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", [*StepKind, None])
@pytest.mark.parametrize("action", Action)
def test_no_act_has_two_lines_for_one_place(state, step, action):
    lines = [rule for rule in TABLE if rule.action is action and rule.state is state and step in rule.steps]
    assert len(lines) <= 1
    assert rule_for(action, state, step) is (lines[0] if lines else None)


def test_every_act_of_an_officer_has_its_line():
    """The desk makes a dossier; what the software does by itself is nobody's act."""
    assert {rule.action for rule in TABLE} == set(Action) - {Action.RECEIVE} - NOBODYS


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_what_goes_back_or_departs_from_the_rule_needs_a_reason(rule):
    assert rule.needs_reason == (rule.action in WITH_A_REASON)
    assert (rule.direction is Direction.BACK) == (rule.action is Action.SEND_BACK)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_the_state_changes_by_these_acts_only(rule):
    """R15: nothing leads from a dossier that is done back to one whose clock runs."""
    assert rule.to_state is CHANGES.get(rule.action, rule.state)
    if rule.state in (State.DONE, State.RETURNED, State.CORRECTING):
        assert rule.to_state not in (State.PROCESSING, State.WAITING)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_every_line_names_steps_and_roles_of_the_desk(rule):
    assert rule.steps
    assert rule.roles
    assert rule.roles <= {"clerk", "specialist", "leader"}


def test_a_place_without_a_line_is_not_possible():
    assert rule_for(Action.APPROVE, State.PROCESSING, StepKind.RECEPTION) is None
    assert rule_for(Action.HAND_OVER, State.PROCESSING, StepKind.RETURN) is None


def may(step: StepKind, *roles: str, at_receiver: tuple[str, ...] = ()) -> frozenset[Action]:
    return allowed(State.PROCESSING, step, frozenset(roles), at_receiver=frozenset(at_receiver))


def test_what_somebody_may_do_is_the_union_of_the_roles():
    clerk, leader = may(StepKind.RETURN, "clerk"), may(StepKind.RETURN, "leader")
    assert clerk >= {Action.SEND_BACK, Action.FINISH, Action.NOTE, Action.ATTACH}
    assert may(StepKind.RETURN, "clerk", "leader") == clerk | leader


def test_what_belongs_to_the_receiving_desk_is_not_the_holders():
    """R24, R33: wherever the dossier is, the citizen's own desk takes it back or takes the money."""
    assert not may(StepKind.PROCESSING, "clerk") & {Action.WITHDRAW, Action.PAY}
    assert may(StepKind.PROCESSING, at_receiver=("clerk",)) == {
        Action.WITHDRAW,
        Action.PAY,
        Action.VOID_PAYMENT,
    }


def test_who_only_watches_may_do_nothing():
    """R27: reading is not writing."""
    watcher = frozenset({"supervisor", "administrator", "unit_admin"})
    assert not any(
        allowed(state, step, watcher, at_receiver=watcher) for state in State for step in [*StepKind, None]
    )
