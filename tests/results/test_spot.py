"""Answered on the spot: by whose right, and all or nothing (Đ.17.4-5, R05)."""

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.results import actions as results
from motcua.results import spot
from motcua.results.actions import Collected, ResultFacts
from motcua.results.models import Authorisation
from motcua.results.spot import Answer
from motcua.rules.workflow import State
from tests.cast import COPIES, GUARDIANSHIP, MONDAY, Played, reception, version
from tests.dossiers.lives import PAPER, Desk, stored

LAST_DAY = MONDAY.date() + timedelta(days=30)
ANSWER = Answer(ResultFacts(number="125/SCT"), Collected("Nguyễn Thị Thử"))


def given(desk: Desk, **facts: Any) -> Authorisation:
    wanted = {
        "officer_id": desk.clerk.user.pk,
        "version_id": version(COPIES).pk,
        "decision": "05/UQ-UBND",
        "valid_to": LAST_DAY,
    }
    return spot.authorise(desk.leader.act(MONDAY), desk.unit_id, **(wanted | facts))


def answered(desk: Desk, code: str = COPIES, answer: Answer = ANSWER, at=MONDAY) -> Dossier:
    return spot.on_the_spot(desk.clerk.act(at), desk.unit_id, reception(code), answer)


def test_three_acts_by_the_officer_who_did_them(desk: Desk) -> None:
    """R05, R27."""
    given(desk)
    dossier = answered(desk)
    now = stored(dossier)
    assert (now.state, now.finished_at, now.returned_at) == (State.RETURNED, MONDAY, MONDAY)
    assert set(now.moves.values_list("by", flat=True)) == {desk.clerk.user.pk}
    assert [step.kind for step in now.steps.order_by("pk")] == ["reception", "return"]
    assert list(disagreements("19798")) == []
    assert journal.first_break("19798") is None


def test_without_a_right_to_decide_nothing_is_received(desk: Desk) -> None:
    """R05: receiving is the clerk's, deciding the leader's."""
    with pytest.raises(NotAllowed, match="ủy quyền"):
        answered(desk)
    given(desk)
    with pytest.raises(NotAllowed, match="ủy quyền"):
        answered(desk, GUARDIANSHIP)
    with pytest.raises(NotAllowed, match="ủy quyền"):
        answered(desk, at=MONDAY + timedelta(days=31))
    assert not Dossier.objects.exists()


def test_what_fails_at_the_end_leaves_nothing(desk: Desk) -> None:
    """R05: all or nothing; the number goes to the next one (R04)."""
    given(desk)
    with pytest.raises(Incomplete):
        answered(desk, answer=Answer(ResultFacts(), Collected("Ai")))
    with pytest.raises(Incomplete):
        answered(desk, answer=Answer(ResultFacts(number="1"), Collected(" ")))
    assert not Dossier.objects.exists()
    assert answered(desk).code[-4:] == "0001"


def test_the_authorisation_gives_no_role_beyond_the_act(desk: Desk) -> None:
    given(desk)
    waiting = desk.at_reception(code=COPIES)
    with pytest.raises(NotAllowed, match="vai trò"):
        results.record(desk.clerk.act(MONDAY), waiting.pk, PAPER)
    with pytest.raises(NotAllowed, match="vai trò"):
        dossiers.recall(desk.clerk.act(MONDAY), answered(desk).pk, words="x")


def test_the_leader_answers_what_waits_at_the_reception(desk: Desk) -> None:
    """R05: two pairs of hands; received by the clerk, decided by the leader, given out by the clerk."""
    dossier = desk.at_reception(code=COPIES)
    results.record(desk.leader.act(MONDAY), dossier.pk, PAPER)
    assert stored(dossier).state == State.DONE
    results.hand_over(desk.clerk.act(MONDAY), dossier.pk, Collected("Nguyễn Thị Thử"))
    assert stored(dossier).state == State.RETURNED


def test_what_takes_days_takes_its_route(desk: Desk) -> None:
    dossier = desk.at_reception()
    with pytest.raises(NotAllowed, match="trong ngày"):
        results.record(desk.leader.act(MONDAY), dossier.pk, PAPER)
    assert stored(dossier).state == State.PROCESSING


# -- giving and taking back ---------------------------------------------------------------------
def test_it_is_given_on_record_and_replaced_by_the_next(desk: Desk) -> None:
    """R05, R27: in the unit's chain, without a name."""
    first, second = given(desk), given(desk, decision="06/UQ-UBND")
    assert list(Authorisation.objects.filter(withdrawn_at=None)) == [second]
    kinds = (
        Entry.objects.filter(subject__startswith="authorisation:")
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert list(kinds) == ["authorisation.given", "authorisation.withdrawn", "authorisation.given"]
    spot.withdraw(desk.leader.act(MONDAY), desk.unit_id, second.pk)
    spot.withdraw(desk.leader.act(MONDAY), desk.unit_id, first.pk)
    with pytest.raises(NotAllowed):
        answered(desk)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decision": " "}, "decision"),
        ({"valid_to": date(2026, 11, 15)}, "valid_to"),
        ({"officer_id": 0}, "officer"),
        ({"version_id": 0}, "procedure"),
    ],
)
def test_what_cannot_be_authorised(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Incomplete) as refusal:
        given(desk, **wrong)
    assert refusal.value.field == field
    with pytest.raises(Incomplete, match="trong ngày"):
        given(desk, version_id=version(GUARDIANSHIP).pk)
    with pytest.raises(Incomplete, match="tiếp nhận"):
        given(desk, officer_id=desk.specialist.user.pk)


def test_only_the_leader_of_the_unit_gives_and_takes_it(desk: Desk, outsider: Played) -> None:
    one = given(desk)
    for who in (desk.clerk, outsider):
        with pytest.raises(NotAllowed, match="lãnh đạo"):
            spot.withdraw(who.act(MONDAY), desk.unit_id, one.pk)
        with pytest.raises(NotAllowed, match="lãnh đạo"):
            spot.authorise(
                who.act(MONDAY),
                desk.unit_id,
                officer_id=who.user.pk,
                version_id=version(COPIES).pk,
                decision="x",
                valid_to=LAST_DAY,
            )
