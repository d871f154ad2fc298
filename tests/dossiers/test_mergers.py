"""What becomes of dossiers when their commune merges: nothing of them changes, and others act for the unit.

Guardianship, received on Friday 20/11/2026 at 09:00, is due on Thursday 26/11 (the 24th is Culture Day); from Monday
23/11 on Phường Trường An answers for Phường Phước Vĩnh. The neighbour's own officers do everything here, as those
who were in neither unit when it came.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from motcua.cash import actions as cash
from motcua.cash import books
from motcua.cash import queries as till
from motcua.cash.models import DayBook
from motcua.catalog import queries as catalog
from motcua.catalog.errors import NotReady
from motcua.catalog.models import Offering
from motcua.dossiers import actions, mergers, orphans, queries, scans
from motcua.dossiers.actions import Question
from motcua.dossiers.clock import aware, explain
from motcua.dossiers.errors import NotAllowed, NotFound
from motcua.dossiers.models import Consultation, Dossier, Supplement
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal import seals, worker
from motcua.people import actions as people
from motcua.people.calendar import calendar_of
from motcua.people.errors import MergerRefused
from motcua.people.models import DayKind, Grant, Role, Unit
from motcua.people.queries import agency_for, available
from motcua.results import actions as results
from motcua.rules.workflow import State
from tests.cash.till import taking, with_copies
from tests.cast import BIRTH, MONDAY, Played, played, reception, version
from tests.dossiers.communes import (
    AFTER,
    BEFORE,
    DAY,
    NEIGHBOUR,
    ON,
    neighbour,
    neighbours,
    planned,
    unit_of,
    wanted,
)
from tests.dossiers.lives import HERSELF, HOUR, PAPER, Desk, stored
from tests.dossiers.test_supplement import WHY, brought
from tests.dossiers.test_supplement import wanted as lacking

FRIDAY = MONDAY + 4 * DAY


@pytest.fixture(autouse=True)
def clock(db) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY + 8 * HOUR, tick=False) as traveller:
        neighbours()
        yield traveller


@pytest.fixture
def merge(administrator: Played, clock: time_machine.Traveller) -> Any:
    """Plan it, and let the day come; `late`: the worker has not run yet."""

    def merge(*, late: bool = False, **facts: Any) -> None:
        planned(administrator, wanted(**facts), FRIDAY + 8 * HOUR)
        clock.move_to(AFTER)
        if not late:
            mergers.carry_out_due(AFTER)

    return merge


def whole() -> None:
    for chain in (BEFORE, NEIGHBOUR):
        assert journal.first_break(chain) is None
        assert list(disagreements(chain)) == []
        assert list(till.disagreements(chain)) == []


def listed(who: Played) -> set[str]:
    unit_id = who.officer.desk.unit_id
    return set(queries.work(who.officer, unit_id, queries.everything(), AFTER).values_list("code", flat=True))


# -- the work goes on -----------------------------------------------------------------------------
@pytest.mark.parametrize("late", [True, False])
def test_a_dossier_at_any_point_of_its_way_goes_on_with_the_successor(desk: Desk, merge, late: bool) -> None:
    """From reception to the hand-over by officers of the neighbour; codes and dates stay; both chains hold."""
    reception, processing, approval, back, done = (
        make(FRIDAY)
        for make in (desk.at_reception, desk.at_processing, desk.at_approval, desk.at_return, desk.done)
    )
    before = {one.pk: (one.code, one.due_at) for one in Dossier.objects.all()}
    merge(late=late)
    clerk, specialist, leader = (neighbour(role) for role in ("clerk", "specialist", "leader"))
    assert listed(clerk) == {one.code for one in (reception, processing, approval, back)}
    counts = queries.desk_counts(unit_of(NEIGHBOUR).pk, AFTER)
    assert (counts["reception"], counts["processing"], counts["approval"], counts["done"]) == (1, 1, 1, 1)
    assert list(queries.ready(unit_of(NEIGHBOUR).pk)) == [done]

    actions.forward(clerk.act(AFTER), reception.pk)
    for one in (reception, processing):
        actions.take(specialist.act(AFTER + HOUR), one.pk) if stored(one).assignee is None else None
    moving = [one for one in (reception, processing) if stored(one).assignee in (None, specialist.user)]
    assert reception in moving
    for one in moving:
        actions.forward(specialist.act(AFTER + HOUR), one.pk)
    for one in (*moving, approval):
        actions.approve(leader.act(AFTER + 2 * HOUR), one.pk)
    for one in (*moving, approval, back):
        results.record(clerk.act(AFTER + 3 * HOUR), one.pk, PAPER)
    for one in (*moving, approval, back, done):
        results.hand_over(clerk.act(AFTER + 4 * HOUR), one.pk, HERSELF)
        now = stored(one)
        assert (now.state, now.unit.code, now.holder_unit.code) == (State.RETURNED, BEFORE, BEFORE)
        assert (now.code, now.due_at) == before[now.pk]
    whole()


def test_nobody_else_gains_anything(desk: Desk, outsider: Played, merge) -> None:
    dossier = desk.at_processing(FRIDAY)
    merge()
    with pytest.raises(NotFound):
        queries.get(outsider.officer, dossier.code)
    with pytest.raises(NotFound):
        actions.note(outsider.act(AFTER), dossier.pk, words="x")
    assert queries.get(neighbour("clerk").officer, dossier.code) == dossier


def test_until_the_day_the_neighbour_sees_nothing(desk: Desk, administrator: Played) -> None:
    dossier = desk.at_processing(FRIDAY)
    planned(administrator, at=FRIDAY)
    with pytest.raises(NotFound):
        queries.get(neighbour("clerk").officer, dossier.code)
    assert queries.get(desk.clerk.officer, dossier.code) == dossier


def test_who_moved_keeps_his_dossiers_and_new_work_is_shared_among_all(desk: Desk, merge) -> None:
    dossier = desk.at_processing(FRIDAY)
    assert stored(dossier).assignee == desk.specialist.user
    merge()
    moved = played("tuphap.phuocvinh")
    assert dossier.code in listed(moved)
    assert dossier.code not in queries.work(
        neighbour("specialist").officer,
        unit_of(NEIGHBOUR).pk,
        queries.WorkFilter(queries.ROUTE, mine=True),
        AFTER,
    ).values_list("code", flat=True)
    there = available(unit_of(BEFORE).pk, Role.SPECIALIST, AFTER, [stored(dossier).field_id])
    assert set(there) == {moved.user, neighbour("specialist").user}


def test_nothing_is_orphaned_by_it_nor_foreseen_to_be(desk: Desk, administrator: Played, clock) -> None:
    """And the supervisor's page says the same: the day before, and the day itself."""
    for make in (desk.at_reception, desk.at_processing, desk.at_approval, desk.done):
        make(FRIDAY)
    planned(administrator, at=FRIDAY)
    now = FRIDAY + 8 * HOUR
    for ask in (orphans.now, orphans.soon):
        assert ask(now, unit_id=desk.unit_id)[0].count() == 0
        assert ask(now, path="46.")[0].count() == 0
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    assert orphans.now(AFTER, unit_id=unit_of(NEIGHBOUR).pk)[0].count() == 0
    assert orphans.now(AFTER, path="46.474.")[0].count() == 0
    Grant.objects.filter(unit__code=NEIGHBOUR, role=Role.LEADER).update(valid_to=ON - DAY)
    assert orphans.now(AFTER, unit_id=unit_of(NEIGHBOUR).pk)[0].count() == 1  # the one at approval


def test_a_question_to_the_merged_commune_is_answered_by_the_successor(
    outsider: Played, desk: Desk, merge
) -> None:
    asks = Desk(*(played(f"{name}.ango") for name in ("tiepnhan", "tuphap", "vanhoa", "lanhdao")))
    dossier = asks.at_processing(FRIDAY)
    Unit.objects.filter(code=BEFORE).update(parent=unit_of("20068").parent)
    actions.consult(
        asks.specialist.act(FRIDAY + HOUR), dossier.pk, Question(desk.unit_id, "Có đúng không?", 3)
    )
    Unit.objects.filter(code=BEFORE).update(parent=unit_of("474"))
    merge()
    clerk = neighbour("clerk")
    assert [q.question for q in queries.questions_to(unit_of(NEIGHBOUR).pk)] == ["Có đúng không?"]
    actions.answer(clerk.act(AFTER), dossier.pk, 1, words="Đúng.")
    assert Consultation.objects.get(dossier=dossier).answered_by == clerk.user


def test_an_interlinked_route_goes_through_the_agencies_of_the_new_district(desk: Desk, merge) -> None:
    old = unit_of(BEFORE)
    assert agency_for(old, "district").code == "474"
    merge(successor_id=unit_of("19891").pk)
    assert agency_for(unit_of(BEFORE), "district").code == "477"


# -- reception ------------------------------------------------------------------------------------
def test_the_old_desk_receives_until_its_last_day_and_not_after(desk: Desk, merge) -> None:
    """Also what was handed in on the last day, entered later: in the old unit's book, under its identifier."""
    merge()
    clerk = played("tiepnhan.phuocvinh")
    old = unit_of(BEFORE).pk
    with pytest.raises(NotAllowed, match=r"đã kết thúc ngày 22/11/2026.*Nộp ở Phường"):
        actions.receive(clerk.act(AFTER), old, reception())
    late = actions.receive(clerk.act(AFTER), old, reception(presented_at=FRIDAY))
    assert late.code.endswith("-261120-0001")
    assert late.unit.code == BEFORE
    new = actions.receive(clerk.act(AFTER), clerk.officer.desk.unit_id, reception())
    assert new.unit.code == NEIGHBOUR
    whole()


def test_a_new_unit_receives_from_its_first_day_on(administrator: Played, clock) -> None:
    from tests.dossiers.communes import into_a_new_one

    merger = planned(administrator, into_a_new_one(), FRIDAY)
    clock.move_to(AFTER)
    clerk = neighbour("clerk")
    with pytest.raises(NotAllowed, match="bắt đầu từ ngày 23/11/2026"):
        actions.receive(clerk.act(AFTER), merger.successor.pk, reception(presented_at=FRIDAY))
    dossier = actions.receive(clerk.act(AFTER), merger.successor.pk, reception())
    assert dossier.code == "000.99.21.H57-261123-0001"
    assert (dossier.register_year, dossier.register_number) == (2026, 1)


def test_the_successor_offers_what_any_of_them_offered(desk: Desk, merge) -> None:
    """On the day before anybody did anything, and on its own list once the merger is carried out."""
    neighbouring = Offering.objects.filter(unit__code=NEIGHBOUR)
    one = version()
    neighbouring.filter(procedure=one.procedure).delete()
    with pytest.raises(NotReady):
        catalog.offered_version(unit_of(NEIGHBOUR).pk, one.pk)
    merge(late=True)
    assert catalog.offered_version(unit_of(NEIGHBOUR).pk, one.pk) == one
    mergers.carry_out_due(AFTER)
    assert neighbouring.filter(procedure=one.procedure).exists()
    told = next(e for e in journal.entries(NEIGHBOUR) if e.kind == "unit.succeeded").read_facts()
    assert told["procedures"] == 1
    neighbouring.filter(procedure=one.procedure).delete()  # and it can be taken off again
    with pytest.raises(NotReady):
        catalog.offered_version(unit_of(NEIGHBOUR).pk, one.pk)


@pytest.mark.parametrize("on", [FRIDAY.date(), FRIDAY.date() - DAY])
def test_no_unit_ends_before_its_last_reception(desk: Desk, administrator: Played, on: date) -> None:
    """R04: else the successor's officers would answer for a desk that was still open."""
    desk.at_reception(FRIDAY)
    with pytest.raises(
        MergerRefused, match="đã tiếp nhận 1 hồ sơ, gần nhất ở Phường Phước Vĩnh ngày 20/11"
    ) as no:
        planned(administrator, wanted(on=on), FRIDAY)
    assert no.value.field == "on"
    planned(administrator, wanted(on=FRIDAY.date() + DAY), FRIDAY)


# -- the clock ------------------------------------------------------------------------------------
def test_a_promised_date_does_not_move(desk: Desk, administrator: Played, merge) -> None:
    """The old desk worked on Saturdays, the new one does not: what was promised by the old hours stays (R10, R15),
    is explained by them (R16), and a holiday declared later moves it by them.
    """
    people.set_hours(unit_of(BEFORE), range(6), [(time(7, 30), time(11, 30))])
    people.set_hours(unit_of(NEIGHBOUR), range(3), [(time(8), time(10))])
    dossier = desk.at_processing(FRIDAY)
    due = dossier.due_at
    assert due == aware(datetime(2026, 11, 25, 11, 30))  # Saturday, Monday; Tuesday is a holiday; Wednesday
    merge()
    now = stored(dossier)
    assert explain(version(), now.unit, now.received_at).due_at == due.replace(tzinfo=None)
    people.correct_calendar(administrator.officer, date(2026, 11, 25), DayKind.OFF, "QĐ 99")
    worker.drain()
    assert stored(dossier).due_at == aware(datetime(2026, 11, 26, 11, 30))
    whole()


def test_a_preview_after_the_merger_foretells_by_the_promised_hours(
    desk: Desk, administrator: Played, merge
) -> None:
    """R10: what a change would move is what it moves, also of a unit that has ended."""
    people.set_hours(unit_of(BEFORE), range(6), [(time(7, 30), time(11, 30))])
    people.set_hours(unit_of(NEIGHBOUR), range(3), [(time(8), time(10))])
    dossier = desk.at_processing(FRIDAY)
    merge()

    def change() -> None:
        people.correct_calendar(administrator.officer, date(2026, 11, 25), DayKind.OFF, "QĐ 99")

    foretold = actions.foretell(change, AFTER - DAY, AFTER + 9 * DAY, at=AFTER)
    change()
    worker.drain()
    assert [(one.code, one.after) for one in foretold.first] == [(dossier.code, stored(dossier).due_at)]


def test_what_begins_to_count_after_the_day_counts_by_the_new_desks_hours(desk: Desk, merge) -> None:
    """R14: the complete dossier comes to the successor; it works on Mondays to Wednesdays only."""
    people.set_hours(unit_of(NEIGHBOUR), range(3), [(time(8), time(10))])
    dossier = desk.at_processing(FRIDAY)
    actions.ask_supplement(desk.specialist.act(FRIDAY + HOUR), dossier.pk, lacking(), reason=WHY)
    merge()
    actions.resume(neighbour("clerk").act(AFTER), dossier.pk, brought())
    now = stored(dossier)
    assert now.due_at == aware(datetime(2026, 12, 1, 10))  # Wednesday, Monday, Tuesday
    assert Supplement.objects.get(dossier=dossier).answered_at == AFTER
    whole()


def test_the_new_desks_closed_doors_count_for_all(desk: Desk, administrator: Played, merge) -> None:
    """A flood at the successor: the citizen of the old commune stands before the same door."""
    dossier = desk.at_processing(FRIDAY)
    merge()
    starts = aware(datetime(2026, 11, 26, 0))
    people.close_office(administrator.officer, unit_of(NEIGHBOUR), starts, starts + DAY, "lụt")
    worker.drain()
    assert stored(dossier).due_at == aware(datetime(2026, 11, 27, 17))


def test_working_time_is_the_old_units_until_its_last_day(administrator: Played) -> None:
    people.set_hours(unit_of(BEFORE), range(7), [(time(9), time(10))])
    people.set_hours(unit_of(NEIGHBOUR), range(5), [(time(14), time(16))])
    planned(administrator, at=FRIDAY)
    old = calendar_of(unit_of(BEFORE))
    spans = [old.spans(ON + timedelta(days=day)) for day in (-1, 0)]
    assert spans == [((540, 600),), ((840, 960),)]
    for promised in (FRIDAY.date(), ON):
        kept = calendar_of(unit_of(BEFORE), promised).spans(ON)
        assert kept == (((540, 600),) if promised < ON else ((840, 960),))


# -- books ----------------------------------------------------------------------------------------
def test_money_goes_through_the_drawer_of_the_day(desk: Desk, merge) -> None:
    """R33: taken or given back after the day, it stands in the successor's book, under the successor's numbers."""
    dossier, paid_before = with_copies(desk, FRIDAY), with_copies(desk, FRIDAY)
    charge = taking_of(dossier)
    old = cash.pay(desk.clerk.act(FRIDAY + HOUR), paid_before.pk, charge)
    merge()
    clerk = neighbour("clerk")
    new = cash.pay(clerk.act(AFTER), dossier.pk, charge)
    assert (old.unit.code, old.number, new.unit.code, new.number) == (BEFORE, 1, NEIGHBOUR, 1)
    cash.void(clerk.act(AFTER + HOUR), old.pk, reason="Thu nhầm.")
    sums = books.sums(unit_of(NEIGHBOUR).pk, ON)
    assert (sums.cash, sums.receipts, sums.voided) == (new.amount - old.amount, 1, 1)
    assert books.sums(unit_of(BEFORE).pk, FRIDAY.date()).cash == old.amount
    month = till.entries_of_month(unit_of(NEIGHBOUR).pk, 2026, 11)
    assert set(month) == {old, new}
    cash.close_day(clerk.act(AFTER + 8 * HOUR), unit_of(NEIGHBOUR).pk, ON, counted=sums.cash)
    assert DayBook.objects.get(unit__code=NEIGHBOUR, day=ON).difference == 0
    whole()


def taking_of(dossier: Dossier) -> cash.Taking:
    from tests.cash.till import charge

    return taking(charge(dossier.version, units=2))


def test_what_is_still_to_be_scanned_is_the_successors_debt(desk: Desk, merge) -> None:
    """R07."""
    desk.at_processing(FRIDAY, BIRTH)
    before = scans.how_many(desk.unit_id)
    merge()
    assert scans.how_many(unit_of(NEIGHBOUR).pk) == before == 1


def test_each_register_stays_its_own(desk: Desk, merge) -> None:
    """R41: nothing is renumbered; the old book ends with its last number, the new one goes on with its own."""
    first = desk.at_processing(FRIDAY)
    merge()
    clerk = neighbour("clerk")
    second = actions.receive(clerk.act(AFTER), unit_of(NEIGHBOUR).pk, reception())
    assert (first.register_number, second.register_number) == (1, 1)
    assert list(queries.register(unit_of(BEFORE).pk, 2026)) == [first]
    assert list(queries.register(unit_of(NEIGHBOUR).pk, 2026)) == [second]


def test_seals_go_on_over_both_chains(desk: Desk, merge, clock) -> None:
    """R27: the last entry of the old unit names its successor; what follows is of its dossiers, and is sealed too."""
    dossier = desk.done(FRIDAY)
    seals.seal_days(FRIDAY + DAY)
    merge()
    results.hand_over(neighbour("clerk").act(AFTER), dossier.pk, HERSELF)
    clock.move_to(AFTER + DAY)
    seals.seal_days(AFTER + DAY)
    assert seals.first_false(None) is None
    kinds = [entry.kind for entry in journal.entries(BEFORE)]
    assert kinds[-2:] == ["unit.ended", "dossier.hand_over"]
    whole()
