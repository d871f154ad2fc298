"""Not granted after examination (R25, Đ.19.8): the specialist says why, the leader decides, the desk gives it back."""

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.queries import disagreements
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.results.models import Result, ResultKind
from motcua.rules.workflow import State, StepKind
from tests.cast import MONDAY
from tests.dossiers.lives import HERSELF, HOUR, Desk, stored, trace

WHY = "Người được đề nghị không đủ điều kiện theo Điều 49 Bộ luật Dân sự."
REFUSAL = ResultFacts(refusal=WHY)


def prepared(desk: Desk):
    dossier = desk.at_processing()
    results.record(desk.specialist.act(MONDAY + HOUR), dossier.pk, REFUSAL)
    return dossiers.forward(desk.specialist.act(MONDAY + HOUR), dossier.pk)


def test_the_leaders_word_makes_it_a_refusal(desk: Desk) -> None:
    """R25."""
    dossier = prepared(desk)
    results.approve(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk)
    now, result = stored(dossier), Result.objects.get(dossier=dossier)
    assert (now.state, now.step_kind, now.outcome) == (State.DONE, StepKind.RETURN, "refused")
    assert (result.kind, result.reason) == (ResultKind.REFUSAL, WHY)
    assert result.issued_at == MONDAY + 2 * HOUR
    assert now.moves.latest("number").words == WHY
    results.hand_over(desk.clerk.act(MONDAY + 3 * HOUR), dossier.pk, HERSELF)
    assert stored(dossier).outcome == "refused"
    assert list(disagreements("19798")) == []


def test_a_leader_who_sends_it_back_has_refused_nothing(desk: Desk) -> None:
    dossier = prepared(desk)
    dossiers.send_back(desk.leader.act(MONDAY + 2 * HOUR), dossier.pk, words="Xem lại Điều 49.")
    results.record(desk.specialist.act(MONDAY + 3 * HOUR), dossier.pk, ResultFacts(number="7/QĐ-UBND"))
    dossiers.forward(desk.specialist.act(MONDAY + 3 * HOUR), dossier.pk)
    results.approve(desk.leader.act(MONDAY + 4 * HOUR), dossier.pk)
    assert stored(dossier).outcome == "granted"
    assert Result.objects.get(dossier=dossier).reason == ""


def test_nobody_refuses_past_the_leader(desk: Desk) -> None:
    dossier = desk.at_return()
    before = trace(dossier)
    with pytest.raises(NotAllowed, match="phải được lãnh đạo duyệt"):
        results.record(desk.clerk.act(MONDAY + 3 * HOUR), dossier.pk, REFUSAL)
    assert trace(dossier) == before


def test_a_result_and_a_refusal_exclude_each_other(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(Incomplete) as refusal:
        results.record(
            desk.specialist.act(MONDAY + HOUR), dossier.pk, ResultFacts(number="7/QĐ", refusal=WHY)
        )
    assert refusal.value.field == "refusal"
    assert not Result.objects.exists()
