"""What the citizen never brings back: announced three working days before, then closed (R14); nobody is late by it."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Dossier, Supplement
from motcua.results import actions as results
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HERSELF, HOUR, Desk, stored
from tests.dossiers.test_supplement import DAY, asked, brought, whole

# Asked on Tuesday 17/11, so it lapses on Thursday 17/12 at 17:00; three working days before is Monday 14/12, 07:30.
ANNOUNCED = aware(datetime(2026, 12, 14, 7, 30))
LAPSES = aware(datetime(2026, 12, 17, 17))
MINUTE = timedelta(minutes=1)


def announced(desk: Desk) -> Dossier:
    dossier = asked(desk)
    assert actions.watch_supplements(ANNOUNCED) == 1
    return dossier


def test_it_is_announced_once_and_not_before_its_time(desk: Desk) -> None:
    dossier = asked(desk)
    assert actions.watch_supplements(ANNOUNCED - MINUTE) == 0
    assert actions.watch_supplements(ANNOUNCED) == 1
    assert actions.watch_supplements(ANNOUNCED + HOUR) == 0
    move = stored(dossier).moves.latest("number")
    assert (move.action, move.by) == (Action.WARN_LAPSE, None)
    assert stored(dossier).state == State.WAITING
    whole()


def test_it_is_closed_after_its_last_minute_and_waits_to_be_given_back(desk: Desk) -> None:
    dossier = announced(desk)
    assert actions.watch_supplements(LAPSES) == 0
    assert actions.watch_supplements(LAPSES + MINUTE) == 1
    now = stored(dossier)
    assert (now.state, now.step_kind, now.outcome) == (State.DONE, StepKind.RETURN, "lapsed")
    assert now.paused_at is None
    assert actions.watch_supplements(LAPSES + DAY) == 0
    results.hand_over(desk.clerk.act(LAPSES + DAY), dossier.pk, HERSELF)
    assert stored(dossier).state == State.RETURNED
    whole()


@pytest.mark.parametrize(
    ("asked_at", "verdict"),
    [
        (MONDAY + DAY, Punctuality.EARLY),
        (aware(datetime(2026, 11, 19, 16)), Punctuality.ON_TIME),
        (aware(datetime(2026, 11, 20, 9)), Punctuality.LATE),
    ],
)
def test_punctuality_is_that_of_the_moment_when_the_clock_stood_still(
    desk: Desk, asked_at: datetime, verdict: Punctuality
) -> None:
    """R15: the office is not late by the citizen's time, and not early by it either."""
    dossier = asked(desk, at=asked_at)
    later = LAPSES + 10 * DAY
    actions.watch_supplements(later)
    actions.watch_supplements(later + 10 * DAY)
    assert stored(dossier).punctuality == verdict


def test_nothing_is_closed_before_its_notice_has_lasted_three_working_days(desk: Desk) -> None:
    """No worker ran for weeks: the citizen still gets the whole notice."""
    dossier = asked(desk)
    late = aware(datetime(2027, 1, 4, 9))
    assert actions.watch_supplements(late) == 1
    assert actions.watch_supplements(late + 2 * DAY) == 0
    assert stored(dossier).state == State.WAITING
    assert actions.watch_supplements(late + 4 * DAY) == 1
    assert stored(dossier).outcome == "lapsed"


def test_who_comes_after_the_notice_is_still_served(desk: Desk) -> None:
    dossier = announced(desk)
    actions.resume(desk.clerk.act(LAPSES - HOUR), dossier.pk, brought())
    assert actions.watch_supplements(LAPSES + DAY) == 0
    assert stored(dossier).state == State.PROCESSING


def test_the_period_is_the_units(desk: Desk) -> None:
    desk.clerk.officer  # noqa: B018
    dossier = desk.at_processing()
    type(dossier.unit).objects.filter(pk=desk.unit_id).update(supplement_days=10)
    dossier = asked(desk)
    assert Supplement.objects.get(dossier=dossier).lapses_at == aware(datetime(2026, 11, 27, 17))
