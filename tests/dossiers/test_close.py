"""Finish and hand over: punctuality is decided once, at the finish (R15, R31)."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.clock import step_sentence
from motcua.dossiers.errors import NotAllowed
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, stored, trace

DUE = MONDAY.replace(day=19, hour=17)


@pytest.mark.parametrize(
    ("finished", "verdict"),
    [
        (DUE - timedelta(days=1), Punctuality.EARLY),
        (DUE.replace(hour=0), Punctuality.ON_TIME),
        (DUE, Punctuality.ON_TIME),
        (DUE + timedelta(seconds=59), Punctuality.ON_TIME),
        (DUE + timedelta(minutes=1), Punctuality.LATE),
        (DUE + timedelta(days=90), Punctuality.LATE),
    ],
)
def test_early_on_time_or_late_by_the_limit_of_the_law(
    desk: Desk, finished: datetime, verdict: Punctuality
) -> None:
    """R15."""
    dossier = desk.at_return()
    assert dossier.due_at == DUE
    if verdict is Punctuality.LATE:
        actions.waive(desk.leader.act(finished), dossier.pk, words="Đã xin lỗi qua điện thoại.")
    actions.finish(desk.clerk.act(finished), dossier.pk)
    now = stored(dossier)
    assert (now.punctuality, now.finished_at, now.state) == (verdict, finished, State.DONE)


def test_the_day_of_the_finish_is_that_of_the_counter(desk: Desk) -> None:
    """R15: half past midnight in Huế is still the day before in Greenwich."""
    dossier = desk.at_return()
    actions.finish(desk.clerk.act(DUE.replace(hour=0, minute=30).astimezone(UTC)), dossier.pk)
    assert stored(dossier).punctuality == Punctuality.ON_TIME


def test_it_is_finished_once(desk: Desk) -> None:
    """R15."""
    dossier = desk.done()
    before = trace(dossier)
    with pytest.raises(NotAllowed):
        actions.finish(desk.clerk.act(DUE + timedelta(days=1)), dossier.pk)
    assert trace(dossier) == before


def test_handing_over_late_does_not_make_it_late(desk: Desk) -> None:
    """R15: done and returned are two moments."""
    dossier = desk.done()
    actions.hand_over(desk.clerk.act(DUE + timedelta(days=30)), dossier.pk)
    now = stored(dossier)
    assert now.punctuality == Punctuality.EARLY
    assert (now.finished_at, now.returned_at) == (MONDAY + 3 * HOUR, DUE + timedelta(days=30))


def test_nothing_is_finished_before_it_is_approved(desk: Desk) -> None:
    for dossier in (desk.at_reception(), desk.at_processing(), desk.at_approval()):
        with pytest.raises(NotAllowed):
            actions.finish(desk.clerk.act(MONDAY + 5 * HOUR), dossier.pk)


def test_nothing_is_handed_over_before_it_is_done(desk: Desk) -> None:
    dossier = desk.at_return()
    with pytest.raises(NotAllowed, match="Đang giải quyết"):
        actions.hand_over(desk.clerk.act(MONDAY + 5 * HOUR), dossier.pk)


def test_only_the_counter_hands_over(desk: Desk) -> None:
    """R31."""
    dossier = desk.done()
    for officer in (desk.leader, desk.specialist):
        with pytest.raises(NotAllowed, match="vai trò"):
            actions.hand_over(officer.act(MONDAY + 5 * HOUR), dossier.pk)


def test_a_returned_dossier_is_closed(desk: Desk) -> None:
    """R31: in nobody's hands, on no work list, no step open."""
    dossier = stored(desk.returned())
    assert dossier.state == State.RETURNED
    assert (dossier.step_id, dossier.step_kind, dossier.step_due_at, dossier.assignee_id) == (
        None,
        "",
        None,
        None,
    )
    assert not dossier.steps.filter(closed_at=None).exists()
    last = dossier.moves.latest("number")
    assert last.from_step is not None
    assert (last.from_step.kind, last.to_step_id) == (StepKind.RETURN, None)


def test_nobody_hands_over_before_the_result_was_there(desk: Desk) -> None:
    """R31: a clock that runs behind is found out, in words."""
    dossier = desk.done()
    with pytest.raises(NotAllowed, match="đồng hồ"):
        actions.hand_over(desk.clerk.act(MONDAY + 3 * HOUR - timedelta(minutes=1)), dossier.pk)


# -- the step of the return -----------------------------------------------------------------------
def test_the_return_has_no_time_of_its_own_and_is_due_with_the_dossier(desk: Desk) -> None:
    """R13: in limits of days "trả kết quả: không tính thời gian"; it is not late the moment it opens."""
    dossier = stored(desk.at_return())
    assert dossier.step is not None
    assert dossier.step.minutes == 0
    assert dossier.step_due_at == dossier.step.due_at == dossier.due_at
    assert "cùng hạn với hồ sơ" in step_sentence(dossier)


def test_a_citizen_who_comes_late_does_not_make_the_counter_late(desk: Desk) -> None:
    """R15, R42: the counter's part was done when the result was there."""
    early, late = desk.done(), desk.at_return()
    actions.waive(desk.leader.act(DUE + timedelta(days=1)), late.pk, words="Đã xin lỗi qua điện thoại.")
    actions.finish(desk.clerk.act(DUE + timedelta(days=1)), late.pk)
    for dossier in (early, late):
        actions.hand_over(desk.clerk.act(DUE + timedelta(days=30)), dossier.pk)
    verdicts = [dossier.steps.latest("pk").punctuality for dossier in (early, late)]
    assert verdicts == [Punctuality.EARLY, Punctuality.LATE]
