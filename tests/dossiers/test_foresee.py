"""R26: the software sees lateness coming, drafts in time, follows the clock, and takes back what is not needed."""

import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions, apologies
from motcua.dossiers.actions import Letter, foresee
from motcua.dossiers.choices import LateReason, Outcome
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries import disagreements
from motcua.journal import periodic, worker
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.people import actions as people
from motcua.people.models import DayKind, Unit
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State
from tests.cast import BIRTH, MONDAY, Played
from tests.desk.conftest import copies
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

DAY = timedelta(days=1)
DUE = MONDAY.replace(day=19, hour=17)
OVERDUE = MONDAY.replace(day=18, hour=12)
"""Wednesday noon: the specialist's two days and a bit are used up since 10:18."""
LATE = DUE + timedelta(days=1, hours=-7)
PLAIN = Letter(LateReason.WORKLOAD)


def draft_of(dossier: Dossier) -> Apology:
    return Apology.objects.get(dossier=dossier, dropped_at=None)


def test_a_step_overdue_is_drafted_by_nobody(desk: Desk) -> None:
    """R26: in time, one working day before the limit ends, with the agency that holds it."""
    dossier = desk.at_processing()
    assert foresee(OVERDUE - 3 * HOUR) == 0
    assert foresee(OVERDUE) == 1
    apology = draft_of(dossier)
    assert (apology.drafted_by, apology.drafted_at, apology.unit_id) == (None, OVERDUE, desk.unit_id)
    assert (apology.sign_by, apology.old_due_at, apology.new_due_at) == (DUE - DAY, DUE, DUE + DAY)
    assert apology.drafted_at < apology.sign_by
    now = stored(dossier)
    move = now.moves.latest("number")
    assert (move.action, move.by) == (Action.DRAFT_APOLOGY, None)
    assert entries_of(dossier)[-1].read_facts()["foreseen"] == "step_overdue"
    assert (now.due_at, now.step_due_at, now.appointment_at) == (DUE, dossier.step_due_at, None)
    assert list(disagreements("19798")) == []


def test_the_second_turn_finds_nothing_to_do(desk: Desk) -> None:
    dossier = desk.at_processing()
    foresee(OVERDUE)
    before, row = trace(dossier), Apology.objects.values().get()
    assert foresee(OVERDUE) == foresee(OVERDUE + HOUR) == 0
    assert trace(dossier) == before
    assert Apology.objects.values().get() == row


def test_shares_that_no_longer_fit_are_seen_before_the_step_is_overdue(desk: Desk) -> None:
    """Returned by the leader on the last morning: the specialist's share and his own do not fit any more."""
    dossier = desk.at_approval()
    actions.send_back(desk.leader.act(DUE.replace(hour=8)), dossier.pk, words="Thiếu dự thảo.")
    assert foresee(DUE.replace(hour=9)) == 1
    assert entries_of(dossier)[-1].read_facts()["foreseen"] == "shares"


@pytest.mark.parametrize("stage", ["at_reception", "at_processing", "at_approval", "at_return"])
def test_a_late_one_is_drafted_wherever_it_lies(desk: Desk, stage: str) -> None:
    dossier = getattr(desk, stage)()
    assert foresee(LATE) == 1
    assert entries_of(dossier)[-1].read_facts()["foreseen"] == "late"


def test_a_same_day_one_is_drafted_that_day(desk: Desk) -> None:
    """R26: the limit is shorter than the working day before its end."""
    dossier = desk.at_processing(code=BIRTH)
    assert foresee(MONDAY.replace(hour=16, minute=30)) == 1
    apology = draft_of(dossier)
    assert apology.sign_by == MONDAY.replace(hour=15, minute=23)
    assert apology.new_due_at > dossier.due_at == MONDAY.replace(hour=17)


def test_one_that_goes_well_is_left_alone(desk: Desk) -> None:
    desk.at_processing(), desk.at_approval(), desk.at_return(), desk.done(), desk.returned()
    assert foresee(MONDAY + 5 * HOUR) == 0
    assert not Apology.objects.exists()


def test_a_specialists_own_draft_is_enough(desk: Desk) -> None:
    dossier = desk.at_processing()
    actions.draft(desk.specialist.act(MONDAY + HOUR), dossier.pk, PLAIN)
    assert foresee(MONDAY + 2 * HOUR) == foresee(OVERDUE) == foresee(LATE) == 0
    assert draft_of(dossier).drafted_by == desk.specialist.user


# -- taken back -----------------------------------------------------------------------------------
def test_finished_in_time_after_all_drops_the_draft_in_the_same_act(desk: Desk) -> None:
    dossier = desk.at_processing()
    foresee(OVERDUE)
    actions.forward(desk.specialist.act(OVERDUE), dossier.pk)
    actions.approve(desk.leader.act(OVERDUE), dossier.pk)
    actions.finish(desk.clerk.act(DUE), dossier.pk)
    assert Apology.objects.get().dropped_at == DUE
    assert stored(dossier).punctuality == Punctuality.ON_TIME
    assert Entry.objects.get(kind="apology.dropped").read_facts()["why"] == "in time"


def test_what_was_caught_up_is_dropped_and_drafted_again_when_it_comes_back(desk: Desk) -> None:
    """Only the software's own idea: what a person drafted stays."""
    dossier, other = desk.at_processing(), desk.at_processing()
    foresee(OVERDUE)
    actions.draft(desk.specialist.act(OVERDUE), other.pk, PLAIN)
    for one in (dossier, other):
        actions.forward(desk.specialist.act(OVERDUE), one.pk)
    foresee(OVERDUE + HOUR)
    assert [draft.dossier_id for draft in Apology.objects.filter(dropped_at=None)] == [other.pk]
    assert foresee(DUE + HOUR) == 1
    assert Apology.objects.filter(dossier=dossier).count() == 2
    assert journal.first_break("19798") is None


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"state": State.WAITING, "paused_at": LATE}, "waiting"),
        ({"state": State.DONE, "outcome": Outcome.WITHDRAWN}, "withdrawn"),
        ({"apology_waived": True}, "waived"),
    ],
)
def test_what_has_nobody_waiting_is_dropped(desk: Desk, columns: dict[str, Any], why: str) -> None:
    """R14, R26: the clock stands still while the citizen brings what is missing; a withdrawn one ends."""
    dossier = desk.at_processing()
    foresee(LATE)
    Dossier.objects.filter(pk=dossier.pk).update(**columns)
    assert foresee(LATE + HOUR) == 0
    assert Apology.objects.get().dropped_at == LATE + HOUR
    assert Entry.objects.get(kind="apology.dropped").read_facts()["why"] == why


# -- followed -------------------------------------------------------------------------------------
def test_a_holiday_declared_moves_the_proposal_while_it_is_unsigned(
    desk: Desk, administrator: Played
) -> None:
    """R10, R26: the law's date moved; the letter that was signed before stays as it was."""
    running, signed = desk.at_processing(), desk.at_processing()
    actions.draft(desk.specialist.act(MONDAY + HOUR), running.pk, PLAIN)
    actions.draft(desk.specialist.act(MONDAY + HOUR), signed.pk, PLAIN)
    actions.sign(desk.leader.act(MONDAY + HOUR), signed.pk, draft_of(signed).pk, PLAIN)
    people.correct_calendar(administrator.officer, date(2026, 11, 19), DayKind.OFF, "QĐ 99/QĐ-UBND")
    worker.drain()
    foresee(MONDAY + 2 * HOUR)
    moved, kept = draft_of(running), draft_of(signed)
    assert (moved.old_due_at, moved.sign_by) == (DUE + DAY, DUE - DAY)
    assert moved.new_due_at == MONDAY.replace(day=23, hour=17)  # the Monday after that Friday
    assert (kept.old_due_at, kept.new_due_at) == (DUE, DUE + DAY)
    assert stored(signed).appointment_at == DUE + DAY
    assert list(disagreements("19798")) == []


def test_a_proposal_that_can_no_longer_be_kept_is_counted_anew(desk: Desk) -> None:
    dossier = desk.at_processing()
    foresee(OVERDUE)
    foresee(DUE + DAY + HOUR)
    assert draft_of(dossier).new_due_at > DUE + DAY + HOUR


def test_the_draft_goes_with_the_dossier_to_the_agency_that_holds_it(desk: Desk) -> None:
    dossier = desk.at_processing()
    foresee(OVERDUE)
    Dossier.objects.filter(pk=dossier.pk).update(holder_unit=Unit.objects.get(code="474"))
    foresee(OVERDUE + HOUR)
    assert draft_of(dossier).unit.code == "474"


def test_one_finished_late_before_this_was_kept_is_drafted_too(desk: Desk) -> None:
    """R26: it can still be apologised for, without a new date, while the result waits for its citizen."""
    dossier = desk.at_return()
    actions.waive(desk.leader.act(LATE), dossier.pk, words="Thử")
    actions.finish(desk.clerk.act(LATE), dossier.pk)
    Dossier.objects.filter(pk=dossier.pk).update(apology_waived=False)
    assert foresee(LATE + HOUR) == 1
    apology = draft_of(dossier)
    assert apology.new_due_at is None
    actions.sign(desk.leader.act(LATE + HOUR), dossier.pk, apology.pk, PLAIN)
    now = stored(dossier)
    assert (now.apologised_at, now.appointment_at) == (LATE + HOUR, None)
    assert now.punctuality == Punctuality.LATE


# -- many -----------------------------------------------------------------------------------------
def test_looking_at_hundreds_costs_as_few_queries_as_at_one(desk: Desk) -> None:
    """Index, batches by key, routes and calendars once: what is not late is only looked at."""
    first = desk.at_approval()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert foresee(MONDAY + 3 * HOUR) == 0
        return len(captured)

    few = queries()
    copies(first, 300)
    assert queries() == few <= 7


def test_more_than_a_batch_and_more_than_a_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The most urgent first; the rest comes with the next turn."""
    module = sys.modules[foresee.__module__]
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "MOST", 5)
    made = [desk.at_processing(at=MONDAY + timedelta(minutes=n)) for n in range(7)]
    urgent = desk.at_processing(at=MONDAY - 3 * DAY)
    assert foresee(LATE) == 5
    assert Apology.objects.filter(dossier=urgent).exists()
    assert foresee(LATE) == 3
    assert foresee(LATE) == 0
    assert {one.pk for one in made} < set(Apology.objects.values_list("dossier", flat=True))


def test_the_worker_does_it_by_itself(desk: Desk) -> None:
    """R26: nobody presses anything."""
    known = periodic._known["dossiers.foresee"]
    assert known.every <= timedelta(minutes=15)
    assert known.handler is foresee


def test_what_is_owed_counts_each_late_one_once(desk: Desk) -> None:
    open_late, waived, apologised = desk.at_processing(), desk.at_return(), desk.at_return()
    actions.waive(desk.leader.act(LATE), waived.pk, words="Thử")
    actions.finish(desk.clerk.act(LATE), waived.pk)
    foresee(LATE)
    actions.sign(desk.leader.act(LATE), apologised.pk, draft_of(apologised).pk, PLAIN)
    owed = Dossier.objects.filter(apologies.owed(LATE)).order_by("pk")
    assert list(owed) == [open_late, waived]
    assert list(Dossier.objects.filter(apologies.missed(LATE))) == [open_late]
