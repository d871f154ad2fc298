"""`signals`, `signal`, `signal_answer`, `signal_solve`: what was noticed, answered and concluded."""

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
from motcua.journal.models import Entry
from motcua.journal.queries import Break, doubt, first_break
from motcua.oversight import looking
from motcua.oversight.models import Signal, SignalKind, SignalState
from motcua.papers.models import IssuedPaper
from motcua.people.models import Unit
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.signals import Kind
from motcua.rules.workflow import Action, State
from tests.cast import MONDAY, Played, played, received
from tests.oversight.conftest import HUE, NOW, PHUOC_VINH, queries

SIGNALS = reverse("signals")
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


# -- what is noticed ------------------------------------------------------------------------------
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


# -- the list -------------------------------------------------------------------------------------
@pytest.fixture
def some_signals(clerk, outsider) -> list[Signal]:
    ward, commune = received(clerk), received(outsider)
    facts = [
        (Kind.NO_APOLOGY, ward, NOW),
        (Kind.SUPPLEMENT_AGAIN, ward, NOW - 40 * DAY),
        (Kind.NO_APOLOGY, commune, NOW - HOUR),
    ]
    return [
        Signal.objects.create(
            kind=kind, key=f"{n}", unit=dossier.unit, dossier=dossier, at=when, found_at=NOW, measure=2
        )
        for n, (kind, dossier, when) in enumerate(facts)
    ]


def keys(response) -> list[str]:
    assert response.status_code == 200
    return [row.key for row in response.context["page"].rows]


def test_a_supervisor_sees_the_subtree_latest_first(province, some_signals, district_supervisor):
    assert keys(province.get(SIGNALS)) == ["0", "2", "1"]
    assert keys(province.get(SIGNALS, {"unit": HUE})) == ["0", "1"]
    assert keys(district_supervisor.client().get(SIGNALS)) == []
    assert district_supervisor.client().get(SIGNALS, {"unit": HUE}).status_code == 404


def test_a_leader_sees_the_own_unit_only(leader, some_signals):
    client = leader.client()
    assert keys(client.get(SIGNALS)) == keys(client.get(SIGNALS, {"unit": PHUOC_VINH})) == ["0", "1"]
    assert client.get(SIGNALS, {"unit": "20068"}).status_code == 404
    assert f'href="{SIGNALS}"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("who", ["clerk", "specialist", "outsider"])
def test_nobody_else_sees_any(request, who, some_signals):
    client = request.getfixturevalue(who).client()
    assert client.get(SIGNALS).status_code == 403
    assert client.get(reverse("signal", args=[some_signals[0].pk])).status_code == 404


def test_each_leads_to_its_dossier(province, some_signals):
    page = province.get(SIGNALS).content.decode()
    for one in some_signals:
        assert f'href="{reverse("dossier", args=[one.dossier.code])}"' in page
    assert "Nguyễn Thị Thử" not in page  # R27: who looks at signals has no reason to read a citizen's name


def test_by_kind_and_period(province, some_signals):
    assert keys(province.get(SIGNALS, {"loai": "no_apology"})) == ["0", "2"]
    assert keys(province.get(SIGNALS, {"ky": "30"})) == ["0", "2"]
    assert keys(province.get(SIGNALS, {"ky": "90", "loai": "supplement_again"})) == ["1"]
    assert keys(province.get(SIGNALS, {"ky": "x", "loai": "x", "muc": "x", "after": "x"})) == ["0", "2", "1"]


def test_pages_by_key_and_keeps_its_filter(province, some_signals):
    first = some_signals[0]
    Signal.objects.bulk_create(
        Signal(kind=first.kind, key=f"x{n}", unit=first.unit, at=NOW - n * HOUR, found_at=NOW)
        for n in range(120)
    )
    before = queries(province, SIGNALS)
    page = province.get(SIGNALS, {"loai": "no_apology"})
    found = keys(page)
    while on := page.context["page"].on:
        assert "loai=no_apology" in on
        page = province.get(SIGNALS + on)
        found += keys(page)
    assert len(found) == len(set(found)) == 122
    Signal.objects.filter(key__startswith="x", pk__gt=first.pk + 20).update(state=SignalState.SOLVED)
    assert queries(province, SIGNALS) == before <= 10


@pytest.mark.parametrize("kind", SignalKind)
def test_every_kind_has_its_sentence(province, some_signals, kind):
    Signal.objects.update(kind=kind, measure=600, whole=700)
    page = province.get(reverse("signal", args=[some_signals[0].pk])).content.decode()
    assert str(kind.label) in page
    assert "%" not in page.partition("<main")[2]


def test_stands_as_a_number_on_the_overview(province, some_signals):
    response = province.get(reverse("overview"))
    assert response.context["whole"].signals == 3
    assert f'href="{SIGNALS}?unit={HUE}"' in response.content.decode()
    Signal.objects.filter(key="0").update(state=SignalState.ANSWERED)
    assert province.get(reverse("overview")).context["whole"].signals == 2


# -- answered and concluded -----------------------------------------------------------------------
def post(client, name: str, signal: Signal, words: str):
    prefix = name.removeprefix("signal_")
    return client.post(reverse(name, args=[signal.pk]), {f"{prefix}-words": words})


def test_the_leader_answers_and_the_supervisor_concludes(leader, province, some_signals):
    signal = some_signals[0]
    assert post(leader.client(), "signal_answer", signal, "Mất điện cả ngày.").status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.answer, signal.answered_by) == ("answered", "Mất điện cả ngày.", leader.user)
    page = province.get(reverse("signal", args=[signal.pk])).content.decode()
    assert "Mất điện cả ngày." in page
    assert post(province, "signal_solve", signal, "Chấp nhận.").status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.conclusion) == ("solved", "Chấp nhận.")
    assert keys(province.get(SIGNALS, {"muc": "da-ket-luan"})) == ["0"]


def test_both_are_on_record_without_their_words(leader, province, some_signals):
    """R27."""
    post(leader.client(), "signal_answer", some_signals[0], "Mất điện cả ngày.")
    post(province, "signal_solve", some_signals[0], "Chấp nhận.")
    entries = list(Entry.objects.filter(subject=f"signal:{some_signals[0].pk}").order_by("number"))
    assert [(one.chain, one.kind) for one in entries] == [
        (PHUOC_VINH, "signal.answered"),
        (PHUOC_VINH, "signal.solved"),
    ]
    assert not [one for one in entries if "Mất điện" in one.facts or "Chấp nhận" in one.facts]
    assert first_break(PHUOC_VINH) is None


def test_what_was_concluded_is_not_answered_any_more(leader, province, some_signals):
    post(province, "signal_solve", some_signals[0], "Chấp nhận.")
    response = post(leader.client(), "signal_answer", some_signals[0], "Nhưng mà")
    assert response.status_code == 422
    page = response.content.decode()
    assert "đã được kết luận" in page
    some_signals[0].refresh_from_db()
    assert some_signals[0].answer == ""


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_what_is_wrong_is_said_and_what_was_typed_stays(leader, some_signals, words):
    response = post(leader.client(), "signal_answer", some_signals[0], words)
    assert response.status_code == 422
    assert words.strip() in response.content.decode()
    assert not Entry.objects.filter(kind="signal.answered").exists()


def test_a_supervisor_does_not_answer_and_a_leader_does_not_conclude(leader, province, some_signals):
    assert post(province, "signal_answer", some_signals[0], "x").status_code == 422
    assert post(leader.client(), "signal_solve", some_signals[0], "x").status_code == 422
    assert Signal.objects.filter(state=SignalState.OPEN).count() == 3


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_a_signal_that_there_is_not(province, some_signals, number):
    for name in ("signal", "signal_answer", "signal_solve"):
        path = reverse(name, args=[number])
        assert (province.get if name == "signal" else province.post)(path).status_code == 404


def test_another_units_leader_is_told_that_there_is_none(some_signals):
    other = played("lanhdao.ango").client()
    assert other.get(reverse("signal", args=[some_signals[0].pk])).status_code == 404
    assert post(other, "signal_answer", some_signals[0], "x").status_code == 404
    assert other.get(reverse("signal", args=[some_signals[2].pk])).status_code == 200
