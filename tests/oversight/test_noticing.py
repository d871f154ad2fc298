"""What is noticed, and what honest work must not look like (R14, R26, R27)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.actions.act import write
from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.models import Consultation, Dossier, Supplement
from motcua.dossiers.reading import note_reading
from motcua.files import actions as files
from motcua.journal.queries import Break, doubt
from motcua.oversight import looking
from motcua.oversight.models import Signal, SignalState
from motcua.papers.models import IssuedPaper
from motcua.people.models import Unit
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.signals import Kind
from motcua.rules.workflow import Action, State
from tests.cast import MONDAY, Played, received
from tests.oversight.conftest import NOW, PHUOC_VINH

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def noticed(kind: Kind | None = None) -> list[Signal]:
    """All that is known after a look."""
    looking.look(timezone.now())
    found = Signal.objects.order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


def acted(by: Played, dossier: Dossier, action: Action, when: datetime, **changes: Any) -> None:
    write(by.act(when), dossier, action, from_step=dossier.step, to_step=dossier.step, **changes)


def test_ordinary_work_is_no_signal(dossiers):
    """But the one of Friday, which came into the system on Monday afternoon."""
    assert [(one.kind, one.dossier) for one in noticed()] == [(Kind.ENTERED_LATE, dossiers["overdue"])]


def test_looking_twice_notices_nothing_twice(clerk, clock):
    clock.move_to(MONDAY + 9 * DAY)
    received(clerk, at=MONDAY)
    assert looking.look(timezone.now()) == 1
    Signal.objects.update(state=SignalState.SOLVED)
    received(clerk, at=timezone.now())
    assert looking.look(timezone.now()) == 0
    assert Signal.objects.get().state == SignalState.SOLVED  # what was concluded stays so


def test_entered_long_after_the_date_on_the_paper(clerk, clock):
    clock.move_to(at("2026-11-18T09:01"))
    late = received(clerk, at=MONDAY)
    (signal,) = noticed()
    assert (signal.kind, signal.dossier, signal.unit) == (Kind.ENTERED_LATE, late, late.unit)
    assert signal.measure == 2 * 480 + 1  # working minutes


def test_a_weekend_between_paper_and_entry_is_no_delay(clerk, clock):
    clock.move_to(at("2026-11-16T08:00"))
    received(clerk, at=at("2026-11-13T16:00"))
    assert noticed() == []


@pytest.fixture
def in_steps(clerk, specialist, leader, clock) -> Callable[[timedelta], Dossier]:
    """A dossier through its whole life, so much from one act to the next."""

    def brought(apart: timedelta) -> Dossier:
        dossier = received(clerk, at=timezone.now())
        acts = (
            lambda: actions.forward(specialist.act(), dossier.pk),
            lambda: actions.approve(leader.act(), dossier.pk),
            lambda: results.record(clerk.act(), dossier.pk, ResultFacts(number="1/TL")),
        )
        for act in acts:
            clock.shift(apart)
            act()
        return dossier

    return brought


def test_a_dossier_that_runs_through_its_steps_within_a_minute(in_steps):
    dossier = in_steps(timedelta(seconds=15))
    (signal,) = noticed()
    assert (signal.kind, signal.dossier, signal.measure) == (Kind.HASTE_DOSSIER, dossier, 4)


def test_a_dossier_in_minutes_is_no_haste(in_steps):
    in_steps(timedelta(seconds=40))
    assert noticed() == []


def test_an_officer_who_moves_one_dossier_after_another_in_seconds(clerk, clock):
    for _ in range(10):
        clock.shift(timedelta(seconds=5))
        received(clerk, at=timezone.now())
    (signal,) = noticed()
    assert (signal.kind, signal.officer, signal.measure) == (Kind.HASTE_OFFICER, clerk.user, 10)


def test_many_approved_with_one_press_is_no_haste(clerk, specialist, leader, clock):
    """The page of approvals offers it."""
    made = [received(clerk, at=timezone.now()) for _ in range(12)]
    for dossier in made:
        actions.forward(specialist.act(), dossier.pk)
    clock.shift(HOUR)
    for dossier in made:
        actions.approve(leader.act(), dossier.pk)
    assert noticed() == []


def asked(specialist: Played, dossier: Dossier, when: datetime, number: int = 1) -> Supplement:
    acted(
        specialist, dossier, Action.ASK_SUPPLEMENT, when,
        state=State.WAITING, paused_at=when, supplements=number,
    )  # fmt: skip
    return Supplement.objects.create(
        dossier=dossier, number=number, reason="Thiếu", proposed_by=specialist.user, proposed_at=when,
        asked_at=when, policy=SupplementPolicy.RESTART, position=2, unit=dossier.unit,
    )  # fmt: skip


@pytest.mark.parametrize(("when", "found"), [("2026-11-18T16:00", False), ("2026-11-19T08:00", True)])
def test_supplement_asked_on_the_last_day(clerk, specialist, clock, when, found):
    """R14: the limit as it was then, though the restart has moved it since."""
    dossier = received(clerk)
    clock.move_to(at(when))
    asked(specialist, dossier, at(when))
    moved = {"due_at": at("2026-12-30T17:00"), "state": State.PROCESSING, "paused_at": None}
    acted(clerk, dossier, Action.RESUME, at(when), **moved)
    assert len(noticed(Kind.SUPPLEMENT_LAST_DAY)) is int(found)


def test_supplement_asked_again(clerk, specialist):
    dossier = received(clerk)
    asked(specialist, dossier, NOW, number=2)
    (signal,) = noticed()
    assert (signal.kind, signal.measure, signal.unit) == (Kind.SUPPLEMENT_AGAIN, 2, dossier.unit)


def test_waiting_without_the_paper(clerk, specialist, clock):
    with_paper, without = received(clerk), received(clerk)
    for dossier in (with_paper, without):
        asked(specialist, dossier, NOW)
    stored = files.keep(b"%PDF-", name="x.pdf", content_type="application/pdf", uploaded_by_id=None)
    for dossier, form in ((with_paper, "02"), (without, "01")):
        IssuedPaper.objects.create(dossier=dossier, unit=dossier.unit, form=form, file=stored)
    clock.shift(DAY)
    assert noticed() == []
    clock.shift(HOUR)
    (signal,) = noticed()
    assert (signal.kind, signal.dossier) == (Kind.WAITING_NO_PAPER, without)


def test_finished_late_without_an_apology(leader, dossiers):
    """R26."""
    late = Dossier.objects.get(pk=dossiers["done"].pk)
    acted(leader, late, Action.WAIVE_APOLOGY, NOW, apology_waived=True)
    assert [one.dossier for one in noticed(Kind.NO_APOLOGY)] == [late]


def test_an_act_that_claims_an_earlier_moment(clerk, specialist, clock):
    dossier = received(clerk, at=NOW)
    clock.shift(3 * HOUR)
    actions.forward(specialist.act(NOW + HOUR), dossier.pk)
    (signal,) = noticed()
    assert (signal.kind, signal.officer, signal.measure) == (Kind.CLOCK_BACK, specialist.user, 120)


def test_reading_from_outside(clerk, outsider, supervisor):
    """R27: a unit that is asked has a reason; after its answer it has none; who watches has one."""
    dossier = received(clerk)
    question = Consultation.objects.create(
        dossier=dossier, number=1, from_unit=dossier.unit, to_unit=Unit.objects.get(code="20068"),
        question="?", asked_at=MONDAY, due_at=NOW + DAY,
    )  # fmt: skip
    note_reading(supervisor.officer, dossier, "dossier", NOW)
    note_reading(outsider.officer, dossier, "dossier", NOW)
    assert noticed() == []
    Consultation.objects.filter(pk=question.pk).update(answered_at=NOW)
    for hours in (1, 2):
        note_reading(outsider.officer, dossier, "file", NOW + hours * HOUR)
    (signal,) = noticed()
    assert (signal.kind, signal.officer, signal.unit.code) == (Kind.READ_OUTSIDE, outsider.user, "20068")


def test_a_journal_that_does_not_hold(clerk):
    dossier = received(clerk)
    doubt(Break(PHUOC_VINH, 2, "entry was altered"), f"dossier:{dossier.pk}")
    doubt(Break("no unit", 1, "entry was altered"))
    ours, nobodys = noticed()
    assert (ours.kind, ours.dossier, ours.unit.code) == (Kind.BROKEN, dossier, PHUOC_VINH)
    assert (nobodys.dossier, nobodys.unit.code) == (None, "46")


def closed(of: Dossier, days: dict[str, int]) -> None:
    """As many finished on each day, written at once: they have no history."""
    rows: list[Dossier] = []
    for day, number in days.items():
        for _ in range(number):
            row = Dossier.objects.get(pk=of.pk)
            row.pk, row._state.adding = None, True
            row.register_number = 9000 + len(rows)
            row.code = f"{of.code[:-4]}{row.register_number}"
            row.finished_at, row.punctuality, row.state = at(f"{day}T15:00"), "on_time", State.DONE
            rows.append(row)
    Dossier.objects.bulk_create(rows)


def test_mass_closing_on_the_last_working_day_of_a_week(clerk, clock):
    early = received(clerk, at=at("2026-11-02T09:00"))
    clock.move_to(at("2026-11-24T09:00"))
    closed(early, {"2026-11-10": 3, "2026-11-13": 12, "2026-11-17": 20, "2026-11-20": 8})
    found = noticed(Kind.MASS_CLOSING)
    assert [(one.measure, one.whole, timezone.localdate(one.at).isoformat()) for one in found] == [
        (12, 15, "2026-11-13")
    ]


def test_a_mass_closing_leads_to_its_dossiers(clerk, clock, supervisor):
    early = received(clerk, at=at("2026-11-02T09:00"))
    clock.move_to(at("2026-11-24T09:00"))
    province = supervisor.client()
    closed(early, {"2026-11-13": 60, "2026-11-12": 1})
    (week,) = [one for one in noticed(Kind.MASS_CLOSING) if "week" in one.key]
    path = reverse("signal", args=[week.pk])
    first = province.get(path)
    found = [row.code for row in first.context["closed"].rows]
    found += [row.code for row in province.get(path + first.context["closed"].on).context["closed"].rows]
    assert len(set(found)) == 60
    assert f'href="{reverse("dossier", args=[found[0]])}"' in first.content.decode()


def test_a_week_that_is_not_over_is_not_judged(clerk, clock):
    early = received(clerk, at=at("2026-11-16T08:00"))
    clock.move_to(at("2026-11-20T16:00"))
    closed(early, {"2026-11-20": 12})
    assert noticed(Kind.MASS_CLOSING) == []
    clock.move_to(at("2026-11-23T08:00"))
    assert len(noticed(Kind.MASS_CLOSING)) == 1


def test_looking_costs_the_same_for_many_as_for_one(clerk, clock):
    received(clerk)
    looking.look(NOW)
    costs = []
    for number in (1, 15):
        for _ in range(number):
            clock.shift(timedelta(minutes=2))
            received(clerk, at=timezone.now())
        with CaptureQueriesContext(connection) as counted:
            looking.look(timezone.now())
        costs.append(len(counted))
    assert costs[0] == costs[1]
