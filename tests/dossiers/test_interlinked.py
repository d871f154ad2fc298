"""A dossier that several agencies resolve (R23, R24): each has its list, its clock and its punctuality; it is one dossier.

2.001023 (birth and health insurance): commune, insurance office, back; 15 working days from Monday 16/11.
"""

from datetime import datetime, timedelta

import pytest

from motcua.catalog.errors import NotReady
from motcua.catalog.models import RouteStep
from motcua.dossiers import actions, queries
from motcua.dossiers.clock import aware
from motcua.dossiers.errors import NotAllowed, NotFound
from motcua.dossiers.models import Consultation, Dossier, Leg
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.people import actions as people
from motcua.people.errors import UnitUnknown
from motcua.people.models import DayKind, Unit
from motcua.people.queries import agency_for
from motcua.results import actions as results
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State, StepKind
from tests.cast import MONDAY, Played, played, received, version
from tests.dossiers.lives import HERSELF, HOUR, PAPER, Desk, stored
from tests.dossiers.test_supplement import WHY, Wanted, papers
from tests.journal.tampering import disarm

INSURANCE, TOGETHER, ALLOWANCE = "2.001023", "2.000986", "1.001776"
DAY = timedelta(days=1)


@pytest.fixture
def office(db) -> Played:
    """Receives and works at the insurance office of the city."""
    return played("baohiem.hue")


@pytest.fixture
def head(db) -> Played:
    return played("baohiem-ld.hue")


def sent(desk: Desk, code: str = INSURANCE, at: datetime = MONDAY) -> Dossier:
    """Through the commune's own part, and on to the next agency on Tuesday."""
    dossier = received(desk.clerk, code, at)
    actions.forward(desk.specialist.act(at + HOUR), dossier.pk)
    return actions.approve(desk.leader.act(at + DAY), dossier.pk)


def leg(dossier: Dossier, number: int = -1) -> Leg:
    return list(Leg.objects.filter(dossier=dossier).order_by("pk"))[number]


def whole() -> None:
    assert journal.first_break("19798") is None
    assert list(disagreements("19798")) == []


def test_the_route_goes_on_in_another_agency(desk: Desk, office: Played) -> None:
    """R24: counted once, in the chain and the book of the unit that received it."""
    dossier = sent(desk)
    now = stored(dossier)
    assert (now.holder_unit.agency_kind, now.unit.code) == ("social_insurance", "19798")
    assert (now.step_kind, now.state) == (StepKind.RECEPTION, State.PROCESSING)
    assert Dossier.objects.count() == 1
    first, second = Leg.objects.filter(dossier=dossier).order_by("pk")
    assert (first.unit.code, first.closed_at, first.punctuality) == ("19798", MONDAY + DAY, Punctuality.EARLY)
    assert first.due_at == now.local_due_at
    assert (second.unit, second.sent_by.code) == (now.holder_unit, "19798")
    assert (second.acknowledged_at, second.closed_at) == (None, None)
    assert MONDAY < now.local_due_at < second.due_at <= now.due_at
    whole()


def test_each_agency_has_its_share_of_the_time(desk: Desk) -> None:
    """R13, R23: 30 % of fifteen days for the commune, 70 % for the insurance, on working days."""
    dossier = sent(desk)
    first, second = Leg.objects.filter(dossier=dossier).order_by("pk")
    assert (first.minutes, second.minutes) == (15 * 480 * 3 // 10, 15 * 480 * 7 // 10)
    # From Tuesday 17/11 09:00, ten and a half days of eight hours; 24/11 is a day off.
    assert second.due_at == aware(datetime(2026, 12, 2, 14, 30))


def test_it_is_sent_and_not_yet_acknowledged_until_the_agency_says_so(desk: Desk, office: Played) -> None:
    """R24: since when, and by whom it was acknowledged."""
    dossier = sent(desk)
    insurance = office.officer.desk.unit_id
    assert [row.dossier_id for row in queries.arriving(insurance)] == [dossier.pk]
    assert [row.dossier_id for row in queries.elsewhere(desk.unit_id)] == [dossier.pk]
    at = MONDAY + 2 * DAY
    actions.acknowledge(office.act(at), dossier.pk)
    assert (leg(dossier).acknowledged_at, leg(dossier).acknowledged_by) == (at, office.user)
    assert not queries.arriving(insurance).exists()
    with pytest.raises(NotAllowed, match="không chờ xác nhận"):
        actions.acknowledge(office.act(at), dossier.pk)
    whole()


def test_the_first_act_of_the_agency_says_it_too(desk: Desk, office: Played) -> None:
    dossier = sent(desk)
    actions.forward(office.act(MONDAY + 2 * DAY), dossier.pk)
    assert leg(dossier).acknowledged_at == MONDAY + 2 * DAY


def test_a_note_of_the_sender_acknowledges_nothing(desk: Desk) -> None:
    dossier = sent(desk)
    with pytest.raises(NotAllowed):
        actions.note(desk.clerk.act(MONDAY + 2 * DAY), dossier.pk, words="Đã gọi điện hỏi.")
    assert leg(dossier).acknowledged_at is None


def test_who_gave_it_away_sees_it_and_can_not_move_it(desk: Desk, office: Played, outsider: Played) -> None:
    """R24, R27: each sees what it needs; a commune beside sees nothing."""
    dossier = sent(desk)
    for who in (desk.clerk, desk.specialist, office):
        assert queries.get(who.officer, dossier.code) == dossier
    with pytest.raises(NotFound):
        queries.get(outsider.officer, dossier.code)
    with pytest.raises(NotAllowed):
        actions.forward(desk.clerk.act(MONDAY + 2 * DAY), dossier.pk)


def test_the_agencys_result_comes_home_and_finishes_it(desk: Desk, office: Played, head: Played) -> None:
    """R24: prepared there, approved there, handed over at the desk that received it."""
    dossier = sent(desk)
    at = MONDAY + 2 * DAY
    actions.forward(office.act(at), dossier.pk)
    results.record(office.act(at + HOUR), dossier.pk, PAPER)
    actions.forward(office.act(at + HOUR), dossier.pk)
    results.approve(head.act(at + 2 * HOUR), dossier.pk)
    now = stored(dossier)
    assert (now.state, now.step_kind, now.holder_unit_id) == (State.DONE, StepKind.RETURN, desk.unit_id)
    assert (now.finished_at, now.punctuality) == (at + 2 * HOUR, Punctuality.EARLY)
    assert [row.punctuality for row in Leg.objects.filter(dossier=dossier).order_by("pk")] == ["early"] * 3
    results.hand_over(desk.clerk.act(at + 3 * HOUR), dossier.pk, HERSELF)
    assert stored(dossier).state == State.RETURNED
    assert queries.get(office.officer, dossier.code) == dossier
    whole()


def test_without_a_prepared_result_the_desk_records_it(desk: Desk, office: Played, head: Played) -> None:
    dossier = sent(desk)
    at = MONDAY + 2 * DAY
    actions.forward(office.act(at), dossier.pk)
    actions.forward(office.act(at), dossier.pk)
    results.approve(head.act(at), dossier.pk)
    assert stored(dossier).state == State.PROCESSING
    assert leg(dossier).acknowledged_at is None  # sent home, nobody there has said so
    results.record(desk.clerk.act(at + HOUR), dossier.pk, PAPER)
    assert stored(dossier).state == State.DONE
    assert leg(dossier).acknowledged_at == at + HOUR


def test_one_agency_late_and_the_others_not(desk: Desk, office: Played, head: Played) -> None:
    """R23: whose lateness it was stands in the legs."""
    dossier = sent(desk)
    late = stored(dossier).due_at + HOUR
    actions.forward(office.act(late), dossier.pk)
    actions.forward(office.act(late), dossier.pk)
    results.approve(head.act(late), dossier.pk)
    verdicts = list(
        Leg.objects.filter(dossier=dossier, closed_at__isnull=False).values_list("punctuality", flat=True)
    )
    assert verdicts == ["early", "late"]


def test_the_agency_sends_it_back_with_a_reason(desk: Desk, office: Played) -> None:
    dossier = sent(desk)
    at = MONDAY + 2 * DAY
    actions.send_back(office.act(at), dossier.pk, words="Thiếu bản chụp giấy khai sinh.")
    now = stored(dossier)
    assert (now.step_kind, now.holder_unit_id) == (StepKind.APPROVAL, desk.unit_id)
    assert leg(dossier).unit_id == desk.unit_id
    assert leg(dossier).acknowledged_at is None
    actions.approve(desk.leader.act(at + HOUR), dossier.pk)
    assert stored(dossier).holder_unit == office.user.grants.first().unit
    whole()


def test_the_agency_asks_for_a_supplement_through_the_desk(desk: Desk, office: Played) -> None:
    """R14, Đ.5.1: nobody deals with the citizen past the one-stop desk; the agency's own clock stands still."""
    dossier = sent(desk)
    at = MONDAY + 2 * DAY
    actions.forward(office.act(at), dossier.pk)
    wanted = (Wanted(papers(version(INSURANCE))[0], "Mờ."),)
    actions.ask_supplement(office.act(at + HOUR), dossier.pk, wanted, reason=WHY)
    now = stored(dossier)
    assert (now.state, now.holder_unit_id) == (State.WAITING, desk.unit_id)
    assert not Leg.objects.filter(dossier=dossier, closed_at=None).exists()
    back = MONDAY + 7 * DAY
    brought = (actions.Brought(wanted[0].requirement_id, "original", 1),)
    actions.resume(desk.clerk.act(back), dossier.pk, brought)
    now = stored(dossier)
    assert now.holder_unit.agency_kind == "social_insurance"
    assert now.assignee == office.user
    assert (leg(dossier).opened_at, leg(dossier).acknowledged_at) == (back, None)
    assert now.counted_from == back
    whole()


def test_a_supplement_in_the_first_part_moves_the_time_of_that_part(desk: Desk) -> None:
    """R14, R23: what the receipt says of the receiving unit's own part follows its new beginning."""
    dossier = received(desk.clerk, INSURANCE, MONDAY)
    first = dossier.local_due_at
    listed = papers(version(INSURANCE))[0]
    actions.ask_supplement(
        desk.specialist.act(MONDAY + HOUR), dossier.pk, (Wanted(listed, "Mờ."),), reason=WHY
    )
    back = MONDAY + 7 * DAY
    actions.resume(desk.clerk.act(back), dossier.pk, (actions.Brought(listed, "original", 1),))
    now = stored(dossier)
    assert first < back < now.local_due_at == leg(dossier).due_at < now.due_at
    whole()


def test_a_supplement_for_the_agency_leaves_the_first_part_as_it_was(desk: Desk, office: Played) -> None:
    dossier = sent(desk)
    at = MONDAY + 2 * DAY
    actions.forward(office.act(at), dossier.pk)
    listed = papers(version(INSURANCE))[0]
    actions.ask_supplement(office.act(at + HOUR), dossier.pk, (Wanted(listed, "Mờ."),), reason=WHY)
    actions.resume(desk.clerk.act(MONDAY + 7 * DAY), dossier.pk, (actions.Brought(listed, "original", 1),))
    assert stored(dossier).local_due_at == dossier.local_due_at


def test_a_day_declared_off_moves_the_first_part_while_it_lasts(desk: Desk) -> None:
    """R10, R23."""
    dossier = received(desk.clerk, INSURANCE, MONDAY)
    off = datetime(2026, 11, 17)
    people.correct_calendar(desk.leader.officer, off.date(), DayKind.OFF, "QĐ 1/QĐ-UBND")
    assert actions.recount(aware(off), aware(off) + DAY, at=MONDAY + HOUR, why="QĐ 1/QĐ-UBND") == 1
    now = stored(dossier)
    assert dossier.local_due_at < now.local_due_at == leg(dossier).due_at
    whole()


def test_a_refusal_of_the_agency_comes_straight_home(desk: Desk) -> None:
    """R25: the office refuses; the chairman of the district, who comes after it, is not asked."""
    dossier = received(desk.clerk, ALLOWANCE, MONDAY)
    culture = played("vanhoa.phuocvinh")
    actions.forward(culture.act(MONDAY + HOUR), dossier.pk)
    actions.approve(desk.leader.act(MONDAY + DAY), dossier.pk)
    worker, head = played("laodong.hue"), played("laodong-ld.hue")
    at = MONDAY + 2 * DAY
    actions.forward(worker.act(at), dossier.pk)
    results.record(worker.act(at), dossier.pk, results.ResultFacts(refusal="Không thuộc đối tượng."))
    actions.forward(worker.act(at), dossier.pk)
    results.approve(head.act(at), dossier.pk)
    now = stored(dossier)
    assert (now.state, now.outcome, now.holder_unit_id) == (State.DONE, "refused", desk.unit_id)


def test_through_office_and_chairman_of_the_district(desk: Desk) -> None:
    """R24: commune, office, chairman, back; the real procedure of the monthly allowance."""
    dossier = received(desk.clerk, ALLOWANCE, MONDAY)
    actions.forward(played("vanhoa.phuocvinh").act(MONDAY + HOUR), dossier.pk)
    actions.approve(desk.leader.act(MONDAY + DAY), dossier.pk)
    worker, at = played("laodong.hue"), MONDAY + 2 * DAY
    actions.forward(worker.act(at), dossier.pk)
    results.record(worker.act(at), dossier.pk, PAPER)
    actions.forward(worker.act(at), dossier.pk)
    results.approve(played("laodong-ld.hue").act(at), dossier.pk)
    assert stored(dossier).holder_unit.code == "474"
    results.approve(played("chutich.hue").act(at + HOUR), dossier.pk)
    units = Leg.objects.filter(dossier=dossier).order_by("pk").values_list("unit__code", flat=True)
    assert list(units) == ["19798", "474-LDXH", "474", "19798"]
    assert stored(dossier).state == State.DONE
    assert sum(Leg.objects.filter(dossier=dossier).values_list("minutes", flat=True)) == 20 * 480
    whole()


# -- at the same time ------------------------------------------------------------------------------
def test_the_route_asks_several_at_once_and_waits_for_all(desk: Desk) -> None:
    """R23, Đ.19.6: sent to all agencies at once, with the lead named, the task and its own time for each."""
    dossier = sent(desk, TOGETHER)
    rows = list(Consultation.objects.filter(dossier=dossier).order_by("number"))
    assert [row.to_unit.agency_kind for row in rows] == ["police", "social_insurance"]
    assert all(row.by_route and row.from_unit_id == desk.unit_id for row in rows)
    assert all(MONDAY < row.due_at <= dossier.due_at for row in rows)
    at = MONDAY + 2 * DAY
    with pytest.raises(NotAllowed, match="Còn chờ kết quả của: Công an"):
        actions.forward(desk.specialist.act(at), dossier.pk)
    actions.answer(played("conganhuyen.hue").act(at), dossier.pk, 1, words="Đã đăng ký.")
    with pytest.raises(NotAllowed, match="Bảo hiểm xã hội"):
        actions.forward(desk.specialist.act(at), dossier.pk)
    actions.answer(played("baohiem.hue").act(at), dossier.pk, 2, words="Thẻ số GD4464.")
    actions.forward(desk.specialist.act(at), dossier.pk)
    assert stored(dossier).step_kind == StepKind.APPROVAL
    actions.send_back(desk.leader.act(at), dossier.pk, words="Xem lại.")
    assert Consultation.objects.filter(dossier=dossier).count() == 2
    whole()


# -- what can go wrong -----------------------------------------------------------------------------
def test_nothing_is_received_whose_route_leads_nowhere(desk: Desk) -> None:
    disarm("catalog_routestep")
    RouteStep.objects.filter(route__version=version(INSURANCE), agency="social_insurance").update(
        agency="navy"
    )
    with pytest.raises(NotReady, match="cơ quan “navy”"):
        received(desk.clerk, INSURANCE, MONDAY)
    assert not Dossier.objects.exists()


def test_a_day_declared_off_moves_the_agencys_time_too(desk: Desk) -> None:
    """R10."""
    dossier = sent(desk)
    before = leg(dossier).due_at
    off = datetime(2026, 11, 25)
    people.correct_calendar(desk.leader.officer, off.date(), DayKind.OFF, "QĐ 1/QĐ-UBND")
    assert actions.recount(aware(off), aware(off) + DAY, at=MONDAY + DAY + HOUR, why="QĐ 1/QĐ-UBND") == 1
    assert leg(dossier).due_at == before + DAY
    assert stored(dossier).due_at == dossier.due_at + DAY


def test_withdrawn_while_another_agency_has_it_it_comes_home(desk: Desk) -> None:
    dossier = sent(desk)
    actions.withdraw(desk.clerk.act(MONDAY + 2 * DAY), dossier.pk, words="Đổi ý.")
    now = stored(dossier)
    assert (now.state, now.outcome, now.holder_unit_id) == (State.DONE, "withdrawn", desk.unit_id)
    assert not Leg.objects.filter(dossier=dossier, closed_at=None).exists()
    whole()


def test_agencies_are_found_by_their_kind_above_the_unit(db) -> None:
    ward = Unit.objects.get(code="19798")
    assert agency_for(ward, "district").code == "474"
    assert agency_for(ward, "province").code == "46"
    assert agency_for(ward, "labour_office").code == "474-LDXH"
    assert agency_for(ward, "labour_department").code == "46-SLDXH"
    with pytest.raises(UnitUnknown):
        agency_for(ward, "navy")
