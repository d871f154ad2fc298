"""The table of a dossier's life: complete, unambiguous, and with a way out of every place in it."""

import pytest

from motcua.rules.workflow import TABLE, Action, Direction, Rule, State, StepKind, allowed, rule_for

ROUTE = [StepKind.RECEPTION, StepKind.PROCESSING, StepKind.APPROVAL, StepKind.RETURN]
START = (State.PROCESSING, StepKind.RECEPTION)
Place = tuple[State, StepKind]

LIVES = {
    (Action.FORWARD, "processing", "reception"): "clerk",
    (Action.FORWARD, "processing", "processing"): "specialist",
    (Action.SEND_BACK, "processing", "processing"): "specialist",
    (Action.SEND_BACK, "processing", "approval"): "leader",
    (Action.SEND_BACK, "processing", "return"): "clerk",
    (Action.TAKE, "processing", "processing"): "specialist",
    (Action.APPROVE, "processing", "approval"): "leader",
    (Action.FINISH, "processing", "return"): "clerk leader specialist",
    (Action.HAND_OVER, "done", "return"): "clerk",
}
"""All that moves a dossier; beside it, everybody at the desk may note and attach."""


def after(place: Place, rule: Rule) -> Place | None:
    """Where an act leads on the route of four steps; None when there is no such step."""
    step = place[1]
    index = ROUTE.index(step) + {Direction.ON: 1, Direction.BACK: -1}.get(rule.direction, 0)
    return (rule.to_state, ROUTE[index]) if 0 <= index < len(ROUTE) else None


def neighbours(place: Place) -> set[Place]:
    state, step = place
    found = (after(place, rule) for rule in TABLE if rule.state is state and step in rule.steps)
    return {next_place for next_place in found if next_place and next_place != place}


def reachable(start: Place) -> set[Place]:
    seen, open_ends = {start}, [start]
    while open_ends:
        for place in neighbours(open_ends.pop()) - seen:
            seen.add(place)
            open_ends.append(place)
    return seen


PLACES = sorted(reachable(START))


def test_the_life_of_a_dossier_goes_through_six_places():
    """NĐ61 Đ.17-20: four steps while it is resolved, then done, then returned."""
    ends = [(State.DONE, StepKind.RETURN), (State.RETURNED, StepKind.RETURN)]
    assert sorted([(State.PROCESSING, step) for step in ROUTE] + ends) == PLACES


@pytest.mark.parametrize("place", PLACES)
def test_from_every_place_a_dossier_can_still_reach_the_citizen(place):
    assert any(state is State.RETURNED for state, _step in reachable(place))


def test_what_was_returned_stays_as_it_is():
    assert not any(rule.state is State.RETURNED for rule in TABLE)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", StepKind)
def test_who_may_do_what_is_exactly_this(state, step):
    """R20; a line more, or a role more, is a change of law and is made here too."""
    found = {
        rule.action: " ".join(sorted(rule.roles))
        for rule in TABLE
        if rule.state is state and step in rule.steps and rule.action not in (Action.NOTE, Action.ATTACH)
    }
    assert found == {act: roles for (act, s, k), roles in LIVES.items() if (s, k) == (state, step)}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", StepKind)
@pytest.mark.parametrize("action", Action)
def test_no_act_has_two_lines_for_one_place(state, step, action):
    lines = [rule for rule in TABLE if rule.action is action and rule.state is state and step in rule.steps]
    assert len(lines) <= 1
    assert rule_for(action, state, step) is (lines[0] if lines else None)


def test_every_act_but_reception_and_the_recount_has_its_line():
    """The desk makes a dossier; the calendar, which no officer is, counts it anew."""
    assert {rule.action for rule in TABLE} == set(Action) - {Action.RECEIVE, Action.RECOUNT}


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_what_goes_back_needs_a_reason_and_nothing_else_does(rule):
    assert rule.needs_reason == (rule.direction is Direction.BACK) == (rule.action is Action.SEND_BACK)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_the_state_changes_at_the_finish_and_at_the_hand_over_only(rule):
    """R15: nothing leads back from a dossier that is done."""
    changes = {Action.FINISH: State.DONE, Action.HAND_OVER: State.RETURNED}
    assert rule.to_state is changes.get(rule.action, rule.state)


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.action}-{rule.state}")
def test_every_line_names_steps_and_roles_of_the_desk(rule):
    assert rule.steps
    assert rule.roles
    assert rule.roles <= {"clerk", "specialist", "leader"}


def test_a_place_without_a_line_is_not_possible():
    assert rule_for(Action.APPROVE, State.PROCESSING, StepKind.RECEPTION) is None
    assert rule_for(Action.HAND_OVER, State.PROCESSING, StepKind.RETURN) is None


def test_what_somebody_may_do_is_the_union_of_the_roles():
    clerk = allowed(State.PROCESSING, StepKind.RETURN, frozenset({"clerk"}))
    leader = allowed(State.PROCESSING, StepKind.RETURN, frozenset({"leader"}))
    both = allowed(State.PROCESSING, StepKind.RETURN, frozenset({"clerk", "leader"}))
    assert clerk == {Action.SEND_BACK, Action.FINISH, Action.NOTE, Action.ATTACH}
    assert both == clerk | leader


def test_who_only_watches_may_do_nothing():
    """R27: reading is not writing."""
    watcher = frozenset({"supervisor", "administrator", "unit_admin"})
    assert not any(allowed(state, step, watcher) for state in State for step in StepKind)
