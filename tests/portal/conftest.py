"""The citizen's door on the tests' Monday, and dossiers at every stage of their life."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from tests.cast import MONDAY, Played, received

NOW = MONDAY + timedelta(hours=5)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Two o'clock on the tests' Monday, standing still; `clock.shift(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dossier_at(clerk: Played, specialist: Played, leader: Played) -> Callable[..., Dossier]:
    """A dossier of that morning, brought as far as asked, an act every half hour."""

    def brought(stage: str, **facts) -> Dossier:
        dossier = received(clerk, forward=stage != "reception", **facts)
        acts = {
            "approval": lambda at: actions.forward(specialist.act(at), dossier.pk),
            "approved": lambda at: actions.approve(leader.act(at), dossier.pk),
            "done": lambda at: results.record(clerk.act(at), dossier.pk, ResultFacts(number="12/TL")),
            "returned": lambda at: results.hand_over(
                clerk.act(at), dossier.pk, Collected(to_name="Lê Thị Nhận")
            ),
        }
        reached = [*acts].index(stage) + 1 if stage in acts else 0
        for half_hours, act in enumerate([*acts.values()][:reached], start=1):
            act(MONDAY + timedelta(minutes=30 * half_hours))
        return Dossier.objects.get(pk=dossier.pk)

    return brought
