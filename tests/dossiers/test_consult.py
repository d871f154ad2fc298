"""A question to another agency (R22, Đ.19.5): its own deadline, its answer on record, and who hears when none comes."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Question
from motcua.dossiers.clock import aware
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.queries import disagreements
from motcua.people import actions as people
from motcua.people.models import DayKind, Unit
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY, Played, played
from tests.dossiers.lives import HOUR, Desk, stored, trace
from tests.dossiers.test_supplement import WHY, wanted

DAY = timedelta(days=1)
DUE = aware(datetime(2026, 11, 18, 17))
"""Two working days from Monday."""


@pytest.fixture
def police(db) -> Played:
    return played("conganhuyen.hue")


def question(days: int = 2, words: str = "Người này có tiền án không?", code: str = "474-CA") -> Question:
    return Question(Unit.objects.get(code=code).pk, words, days)


def consulted(desk: Desk) -> Dossier:
    dossier = desk.at_processing()
    return actions.consult(desk.specialist.act(MONDAY + HOUR), dossier.pk, question())


def test_the_dossier_stays_and_its_clock_runs_on(desk: Desk, police: Played) -> None:
    dossier = consulted(desk)
    row = Consultation.objects.get(dossier=dossier)
    assert (row.number, row.by_route, row.due_at) == (1, False, DUE)
    assert (row.from_unit_id, row.to_unit.code) == (desk.unit_id, "474-CA")
    now = stored(dossier)
    assert (now.state, now.due_at, now.assignee) == (State.PROCESSING, dossier.due_at, desk.specialist.user)
    assert queries.get(police.officer, dossier.code) == dossier
    assert [one.pk for one in queries.questions_to(row.to_unit_id)] == [row.pk]
    assert [one.pk for one in queries.questions_from(desk.unit_id)] == [row.pk]
    assert list(disagreements("19798")) == []


@pytest.mark.parametrize(("at", "verdict"), [(DUE - DAY, "early"), (DUE, "on_time"), (DUE + HOUR, "late")])
def test_the_answer_is_recorded_with_its_punctuality(
    desk: Desk, police: Played, at: datetime, verdict: str
) -> None:
    dossier = consulted(desk)
    actions.answer(police.act(at), dossier.pk, 1, words="Không có.")
    row = Consultation.objects.get(dossier=dossier)
    assert (row.answer, row.answered_by, row.answered_at, row.punctuality) == (
        "Không có.",
        police.user,
        at,
        verdict,
    )
    assert stored(dossier).moves.latest("number").action == Action.ANSWER
    with pytest.raises(NotAllowed, match="đã được trả lời"):
        actions.answer(police.act(at), dossier.pk, 1, words="Có.")


def test_only_the_agency_that_was_asked_answers(desk: Desk, outsider: Played) -> None:
    dossier = consulted(desk)
    with pytest.raises(NotAllowed):
        actions.answer(desk.specialist.act(MONDAY + DAY), dossier.pk, 1, words="Không có.")
    with pytest.raises(NotFound):
        actions.answer(outsider.act(MONDAY + DAY), dossier.pk, 1, words="Không có.")
    with pytest.raises(NotAllowed):
        actions.answer(played("conganhuyen.hue").act(MONDAY + DAY), dossier.pk, 9, words="Không có.")


def test_it_is_answered_while_the_dossier_waits_for_the_citizen(desk: Desk, police: Played) -> None:
    """R22: the asked agency's own deadline runs on; it must be able to keep it."""
    dossier = consulted(desk)
    actions.ask_supplement(desk.specialist.act(MONDAY + 2 * HOUR), dossier.pk, wanted(), reason=WHY)
    assert actions.watch_consultations(DUE + HOUR) == 1
    actions.answer(police.act(DUE + 2 * HOUR), dossier.pk, 1, words="Không có.")
    now = stored(dossier)
    assert (now.state, now.step_kind) == (State.WAITING, StepKind.SUPPLEMENT)
    assert Consultation.objects.get(dossier=dossier).punctuality == "late"
    assert list(disagreements("19798")) == []


def test_the_asked_agency_reads_and_does_nothing_else(desk: Desk, police: Played) -> None:
    """R27."""
    dossier = consulted(desk)
    with pytest.raises(NotAllowed):
        actions.forward(police.act(MONDAY + DAY), dossier.pk)
    with pytest.raises(Incomplete):
        actions.answer(police.act(MONDAY + DAY), dossier.pk, 1, words="  ")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"words": " "}, "words"),
        ({"days": 0}, "working_days"),
        ({"days": 31}, "working_days"),
        ({"code": "19798"}, "to_unit"),
    ],
)
def test_a_question_says_what_it_lacks(desk: Desk, facts: dict, field: str) -> None:
    dossier = desk.at_processing()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        actions.consult(desk.specialist.act(MONDAY + HOUR), dossier.pk, question(**facts))
    assert refusal.value.field == field
    assert trace(dossier) == before


def test_when_no_answer_comes_in_time_it_is_recorded_once(desk: Desk) -> None:
    """R22: the head of the desk is told; config/wiring knows how."""
    dossier = consulted(desk)
    assert actions.watch_consultations(DUE) == 0
    assert actions.watch_consultations(DUE + HOUR) == 1
    assert actions.watch_consultations(DUE + DAY) == 0
    move = stored(dossier).moves.latest("number")
    assert (move.action, move.by) == (Action.LATE_ANSWER, None)
    assert "chưa trả lời" in move.words
    assert list(disagreements("19798")) == []


def test_what_is_over_is_not_waited_for(desk: Desk) -> None:
    dossier = consulted(desk)
    actions.withdraw(desk.clerk.act(MONDAY + DAY), dossier.pk, words="Đổi ý.")
    assert actions.watch_consultations(DUE + HOUR) == 0
    assert not queries.questions_to(Unit.objects.get(code="474-CA").pk).exists()


def test_an_answer_due_on_what_became_a_day_off_is_due_on_the_next(desk: Desk) -> None:
    """R10."""
    dossier = consulted(desk)
    off = datetime(2026, 11, 18)
    people.correct_calendar(desk.leader.officer, off.date(), DayKind.OFF, "QĐ 1/QĐ-UBND")
    actions.recount(aware(off), aware(off) + DAY, at=MONDAY + 2 * HOUR, why="QĐ 1/QĐ-UBND")
    assert Consultation.objects.get(dossier=dossier).due_at == DUE + DAY
