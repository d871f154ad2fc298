"""A date promised with an apology that becomes a day off moves to the next working day; lateness stays (R10, R15, R26)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.dossiers import actions, apology_check
from motcua.dossiers.actions import Brought, Wanted
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.notices.actions import tell
from motcua.notices.models import Message
from motcua.people import actions as people
from motcua.people.models import DayKind
from motcua.results import actions as results
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action
from tests.cast import Played
from tests.dossiers.lives import PAPER, Desk, stored
from tests.dossiers.test_apology import DAY, DUE, IN_TIME, drafted, signed

PROMISED = DUE + DAY
"""Friday 20/11 at 17:00."""
FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)
NEXT = aware(datetime(2026, 11, 23, 17, 0))
"""The Monday after it."""
DECLARED = IN_TIME + timedelta(minutes=30)
WHY = "QĐ 99/QĐ-UBND, nghỉ tránh bão"


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Late is foreseen, the letter is signed: Friday instead of Thursday."""
    made, apology = drafted(desk)
    signed(desk, apology)
    made = stored(made)
    assert (made.due_at, made.appointment_at) == (DUE, PROMISED)
    return made


def declared(who: Played, day: date = FRIDAY, at: datetime = DECLARED, kind: DayKind = DayKind.OFF) -> int:
    people.correct_calendar(who.officer, day, kind, WHY)
    since = aware(datetime.combine(day, datetime.min.time()))
    return actions.recount(since, since + timedelta(days=1), at=at, why=WHY)


def facts(dossier: Dossier) -> dict[str, Any]:
    return Entry.objects.filter(subject=f"dossier:{dossier.pk}").latest("number").read_facts()


def test_it_moves_with_its_reason_and_the_law_s_date_does_not(
    dossier: Dossier, administrator: Played
) -> None:
    """R26: the desk is closed on the day that was promised."""
    assert declared(administrator) == 1
    now = stored(dossier)
    assert (now.appointment_at, now.due_at, now.step_due_at) == (NEXT, DUE, dossier.step_due_at)
    move = now.moves.latest("number")
    assert (move.action, move.by, move.words) == (Action.RECOUNT, None, WHY)
    assert Apology.objects.get().new_due_at == PROMISED  # the letter is what was signed
    assert journal.first_break("19798") is None
    assert [*disagreements("19798"), *apology_check.disagreements("19798")] == []


def test_the_citizen_is_told_both_dates(dossier: Dossier, administrator: Played) -> None:
    """R30."""
    declared(administrator)
    entry = Entry.objects.get(kind=f"dossier.{Action.RECOUNT}")
    tell(entry, Dossier.objects.select_related("unit", "version__procedure").get(pk=dossier.pk))
    for message in Message.objects.filter(entry=entry):
        for words in ("17:00, 20/11/2026", "17:00, 23/11/2026"):
            assert words in message.text
    assert Message.objects.filter(entry=entry).exists()


def test_the_dossier_stays_late(dossier: Dossier, desk: Desk, administrator: Played) -> None:
    """R15: finished before the new promise and after the law's time."""
    declared(administrator)
    late = NEXT - timedelta(hours=5)
    actions.forward(desk.specialist.act(late), dossier.pk)
    actions.approve(desk.leader.act(late), dossier.pk)
    results.record(desk.clerk.act(late), dossier.pk, PAPER)
    assert stored(dossier).punctuality == Punctuality.LATE
    assert list(disagreements("19798")) == []


def test_again_it_does_nothing(dossier: Dossier, administrator: Played) -> None:
    declared(administrator)
    since = aware(datetime.combine(FRIDAY, datetime.min.time()))
    assert actions.recount(since, since + timedelta(days=1), at=DECLARED, why=WHY) == 0


def test_a_holiday_before_it_moves_the_law_s_date_only(dossier: Dossier, administrator: Played) -> None:
    """Thursday is off: the law's day is Friday now, and Friday is what was promised."""
    declared(administrator, THURSDAY)
    now = stored(dossier)
    assert (now.due_at, now.appointment_at) == (PROMISED, PROMISED)


def test_one_that_is_past_is_not_moved(dossier: Dossier, administrator: Played) -> None:
    """A promise that was broken is not mended by a calendar."""
    assert declared(administrator, at=PROMISED + timedelta(minutes=1)) == 0
    assert stored(dossier).appointment_at == PROMISED


def test_a_day_worked_again_brings_no_earlier_date(dossier: Dossier, administrator: Played) -> None:
    declared(administrator)
    people.withdraw_correction(administrator.officer, FRIDAY)
    since = aware(datetime.combine(FRIDAY, datetime.min.time()))
    actions.recount(since, since + timedelta(days=1), at=DECLARED, why=WHY)
    assert stored(dossier).appointment_at == NEXT


def test_another_units_closing_is_no_reason(
    dossier: Dossier, outsider: Played, administrator: Played
) -> None:
    starts = aware(datetime.combine(FRIDAY, datetime.min.time()))
    unit = outsider.user.grants.get().unit
    people.close_office(administrator.officer, unit, starts, starts + timedelta(days=1), "ngập nước")
    assert actions.recount(starts, starts + DAY, at=DECLARED, why="ngập nước", path=unit.path) == 0
    assert stored(dossier).appointment_at == PROMISED


def test_verify_finds_a_promise_moved_by_hand(dossier: Dossier, desk: Desk) -> None:
    """R27: by SQL, then told by a lawful act."""
    Dossier.objects.filter(pk=dossier.pk).update(appointment_at=NEXT)
    actions.note(desk.specialist.act(DECLARED), dossier.pk, words="Một ghi chú.")
    [line] = disagreements("19798")
    assert "appointment_at" in line


def test_papers_that_came_after_it_end_the_promise_and_verify_knows(dossier: Dossier, desk: Desk) -> None:
    """R14: the limit starts anew and ends later than what was promised."""
    paper = dossier.version.papers.filter(is_note=False).first()
    actions.ask_supplement(
        desk.specialist.act(DECLARED), dossier.pk, (Wanted(paper.pk, "mờ"),), reason="Thiếu."
    )
    actions.resume(desk.clerk.act(PROMISED), dossier.pk, (Brought(paper.pk, paper.kind, 1),))
    assert stored(dossier).appointment_at is None
    assert list(disagreements("19798")) == []
