"""Hours from a day on, closures and their end: old days keep theirs, running due times follow (R10)."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Move
from motcua.journal import worker
from motcua.journal.queries import entries, first_break
from motcua.people import actions, working_time
from motcua.people.calendar import calendar_of
from motcua.people.errors import CalendarRefused, HoursRefused, StaffRefused
from motcua.people.models import Closure, Grant, OfficeHours, Role, Unit
from motcua.people.weeks import Season
from motcua.rules.workflow import Action
from tests.cast import MONDAY, Played, played, received
from tests.people.test_weeks import FULL

TODAY = MONDAY.date()
SHORT = (((time(8), time(12)),),) * 5 + ((), ())

MORNINGS = (Season(1, 12, SHORT),)
OLD, NEW = ((450, 690), (780, 1020)), ((480, 720),)


@pytest.fixture(autouse=True)
def clock():
    """What counts due times anew asks for the time: the tests' Monday at nine."""
    with time_machine.travel(MONDAY, tick=False):
        yield


def week(day: int) -> date:
    return date(2026, 11, day)


def set_week(by: Played, unit: Unit, first: date, seasons=MORNINGS) -> None:
    working_time.set_week(by.officer, unit, seasons, first, "QĐ 7/QĐ-UBND", MONDAY)


def test_old_days_keep_their_hours(administrator: Played, unit: Unit) -> None:
    set_week(administrator, unit, week(18))
    calendar = calendar_of(unit)
    assert calendar.spans(week(17)) == OLD
    assert calendar.spans(week(18)) == NEW
    [entry] = entries(unit.code)
    assert (entry.kind, entry.actor_id) == ("calendar.hours_changed", administrator.user.pk)
    assert entry.read_facts()["name"] == "QĐ 7/QĐ-UBND"


def test_a_second_change_ends_the_first_and_what_is_planned_later_stays(
    administrator: Played, unit: Unit
) -> None:
    set_week(administrator, unit, week(25))
    set_week(administrator, unit, week(18), (Season(1, 12, FULL),))
    calendar = calendar_of(unit)
    assert [calendar.spans(week(day)) for day in (17, 18, 23, 25)] == [OLD, OLD, OLD, NEW]
    set_week(administrator, unit, week(18))
    assert calendar_of(unit).spans(week(18)) == NEW
    rows = OfficeHours.objects.filter(unit=unit).values_list("valid_from", "valid_to").distinct()
    assert set(rows) == {(week(18), week(24)), (week(25), None)}


def test_back_to_the_hours_from_above(administrator: Played, unit: Unit) -> None:
    set_week(administrator, unit, week(17))
    set_week(administrator, unit, week(19), ())
    calendar = calendar_of(unit)
    assert [calendar.spans(week(day)) for day in (16, 17, 18, 19)] == [OLD, NEW, NEW, OLD]


def test_hours_that_cannot_be_set(administrator: Played, leader: Played, unit: Unit) -> None:
    for first, words in ((TODAY - timedelta(days=61), "60 ngày"), (date(2031, 1, 1), "quá xa")):
        with pytest.raises(HoursRefused, match=words):
            set_week(administrator, unit, first)
    with pytest.raises(HoursRefused, match="không có cấp trên"):
        set_week(administrator, Unit.objects.get(code="46"), TODAY, ())
    with pytest.raises(HoursRefused, match="căn cứ"):
        working_time.set_week(administrator.officer, unit, (), TODAY, " ", MONDAY)
    with pytest.raises(StaffRefused):
        set_week(leader, unit, TODAY)
    assert not OfficeHours.objects.filter(unit=unit).exists()


def test_shorter_hours_move_due_times_and_say_why(administrator: Played, clerk: Played, unit: Unit) -> None:
    """The last working minute is noon now; each running dossier gets a move with the decision's number."""
    dossier = received(clerk)
    foretold = dossiers.foretell(
        lambda: set_week(administrator, unit, week(17)), MONDAY, MONDAY + timedelta(days=900), at=MONDAY
    )
    assert (foretold.later, foretold.earlier) == (0, 1)
    assert foretold.first[0].code == dossier.code
    assert not OfficeHours.objects.filter(unit=unit).exists()
    assert calendar_of(unit).spans(week(18)) == OLD
    set_week(administrator, unit, week(17))
    worker.drain()
    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.due_at == foretold.first[0].after == dossier.due_at - timedelta(hours=5)
    assert Move.objects.get(dossier=dossier, action=Action.RECOUNT).words == "QĐ 7/QĐ-UBND"
    assert first_break(unit.code) is None


def test_the_preview_says_what_then_happens(administrator: Played, clerk: Played, outsider: Played) -> None:
    """R10: a district's hours reach its communes' dossiers and no others."""
    ours, _theirs = [received(clerk) for _number in range(3)], received(outsider)
    district = Unit.objects.get(code="474")
    until = MONDAY + timedelta(days=900)

    def change() -> None:
        set_week(administrator, district, week(17))

    foretold = dossiers.foretell(change, MONDAY, until, at=MONDAY, path=district.path)
    change()
    worker.drain()
    moved = Move.objects.filter(action=Action.RECOUNT).values_list("dossier", flat=True)
    assert set(moved) == {one.pk for one in ours}
    assert foretold.later + foretold.earlier == len(moved)


def test_time_that_is_over_is_the_provinces_to_change(
    administrator: Played, leader: Played, unit: Unit
) -> None:
    """R15: an office cannot close afterwards what it was late with."""
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    own, yesterday = played(leader.user.username), TODAY - timedelta(days=1)
    with pytest.raises(HoursRefused, match="do quản trị tỉnh ghi"):
        set_week(own, unit, yesterday)
    with pytest.raises(HoursRefused, match="do quản trị tỉnh ghi"):
        close(own, unit, at(15), at(18))
    set_week(own, unit, TODAY)
    close(own, unit, at(16), at(18))
    set_week(administrator, unit, yesterday)
    assert Closure.objects.count() == 1


# -- closures -------------------------------------------------------------------------------------
def at(day: int, hour: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, hour))


def close(by: Played, unit: Unit, starts: datetime, ends: datetime, why: str = "mất điện") -> Closure:
    return working_time.close_office(by.officer, unit, starts, ends, why, MONDAY)


def test_a_closure_and_its_withdrawal_move_due_times_there_and_back(
    administrator: Played, clerk: Played, unit: Unit
) -> None:
    dossier = received(clerk)
    row = close(administrator, unit, at(18), at(19))
    worker.drain()
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at + timedelta(days=1)
    working_time.open_again(administrator.officer, unit, row.pk, MONDAY)
    worker.drain()
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at
    assert [entry.kind for entry in entries(unit.code)].count("calendar.office_opened") == 1


def test_a_closure_that_runs_ends_now(administrator: Played, unit: Unit) -> None:
    row = close(administrator, unit, at(16), at(17))
    working_time.open_again(administrator.officer, unit, row.pk, MONDAY)
    row.refresh_from_db()
    assert row.ends == MONDAY
    with pytest.raises(CalendarRefused, match="đã qua"):
        working_time.open_again(administrator.officer, unit, row.pk, MONDAY)


@pytest.mark.parametrize(
    ("starts", "ends", "why", "words"),
    [
        (at(14), at(15), "lụt", "đã qua"),
        (at(18), at(18), "lụt", "phải sau"),
        (at(18), at(18) + timedelta(days=61), "lụt", "60 ngày"),
        (at(18), at(19), " ", "vì sao"),
        (at(20, 12), at(21), "lụt", "Đã ghi đóng cửa"),
    ],
)
def test_a_closure_that_cannot_be(administrator: Played, unit: Unit, starts, ends, why, words) -> None:
    close(administrator, unit, at(20), at(21), "bão")
    with pytest.raises(CalendarRefused, match=words):
        close(administrator, unit, starts, ends, why)
    assert Closure.objects.count() == 1


def test_who_may_close(leader: Played, outsider: Played, unit: Unit) -> None:
    for who in (leader, outsider):
        with pytest.raises(StaffRefused):
            close(who, unit, at(18), at(19))


def test_a_preview_costs_as_many_queries_for_many(
    administrator: Played, clerk: Played, unit: Unit, django_assert_max_num_queries
) -> None:
    for _number in range(4):
        received(clerk)
    with django_assert_max_num_queries(26):
        dossiers.foretell(
            lambda: actions.set_hours(unit, range(5), [(time(8), time(9))]),
            MONDAY,
            MONDAY + timedelta(days=900),
            at=MONDAY,
        )
