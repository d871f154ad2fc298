"""Counters and who sits at which, on a weekday and on a date; courses; what a unit is known by."""

from datetime import date, timedelta

import pytest
import time_machine

from motcua.journal.queries import entries
from motcua.people import absences, counters, training, unit_facts
from motcua.people.absences import Plan as Away
from motcua.people.counters import Plan
from motcua.people.errors import StaffRefused
from motcua.people.models import (
    AbsenceKind,
    DeskCounter,
    Field,
    Grant,
    TrainingKind,
    Unit,
    UnitIdentifier,
    User,
)
from motcua.people.queries import identifier
from motcua.people.training import Course
from tests.cast import MONDAY, Played, received

TODAY, DAY = MONDAY.date(), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def desk(administrator: Played, unit: Unit, clerk: Played, specialist: Played) -> list[DeskCounter]:
    """Counter 1 for the field of justice, where the specialist sits on Mondays; counter 2 with the clerk all week."""
    justice = frozenset({Field.objects.get(name="Tư pháp - Hộ tịch").pk})
    made = [
        counters.save_counter(administrator.officer, unit, Plan(number, "", fields), MONDAY)
        for number, fields in ((2, frozenset()), (1, justice))
    ]
    week = [specialist.user.pk, *[None] * 6]
    counters.plan_week(administrator.officer, unit, made[1].pk, week, MONDAY)
    counters.plan_week(administrator.officer, unit, made[0].pk, [clerk.user.pk] * 5 + [None, None], MONDAY)
    return [made[1], made[0]]


def sitting(unit: Unit, at=MONDAY) -> list[tuple[int, str]]:
    return [
        (seat.counter.number, seat.officer.username if seat.officer else "")
        for seat in counters.seats(unit.pk, at)
    ]


def test_who_sits_where_today(desk, unit: Unit, django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        assert sitting(unit) == [(1, "tuphap.phuocvinh"), (2, "tiepnhan.phuocvinh")]
    assert sitting(unit, MONDAY + DAY) == [(1, ""), (2, "tiepnhan.phuocvinh")]


def test_a_date_wins_over_the_week(desk, administrator: Played, leader: Played, unit: Unit) -> None:
    by = administrator.officer
    counters.plan_day(by, unit, desk[0].pk, TODAY, leader.user.pk, MONDAY)
    counters.plan_day(by, unit, desk[1].pk, TODAY, None, MONDAY)
    assert sitting(unit) == [(1, "lanhdao.phuocvinh"), (2, "")]
    counters.forget_day(by, unit, desk[1].pk, TODAY, MONDAY)
    assert sitting(unit)[1] == (2, "tiepnhan.phuocvinh")


def test_who_is_away_gives_the_seat_to_the_substitute(
    desk, clerk: Played, other_specialist: Played, unit: Unit
) -> None:
    plan = Away(clerk.user.pk, MONDAY, MONDAY + DAY, AbsenceKind.SICK, other_specialist.user.pk)
    absences.record(clerk.officer, unit.pk, plan, MONDAY)
    assert sitting(unit)[1] == (2, "vanhoa.phuocvinh")
    assert counters.seats(unit.pk, MONDAY)[1].instead_of == clerk.user
    assert sitting(unit, MONDAY + DAY)[1] == (2, "tiepnhan.phuocvinh")


def test_who_has_left_sits_nowhere(desk, clerk: Played, unit: Unit) -> None:
    Grant.objects.filter(user=clerk.user).update(valid_to="2026-11-15")
    assert sitting(unit)[1] == (2, "")
    User.objects.filter(username="tuphap.phuocvinh").update(is_active=False)
    assert sitting(unit)[0] == (1, "")


def test_a_counter_out_of_use_is_not_shown(desk, administrator: Played, unit: Unit) -> None:
    counters.save_counter(
        administrator.officer, unit, Plan(2, "Cũ", frozenset(), is_active=False), MONDAY, desk[1].pk
    )
    assert [number for number, _name in sitting(unit)] == [1]


def test_what_cannot_be_planned(desk, administrator: Played, clerk: Played, outsider: Played, unit) -> None:
    by, one = administrator.officer, desk[0].pk
    refused = [
        ("đã có", lambda: counters.save_counter(by, unit, Plan(2, "", frozenset()), MONDAY)),
        ("1 đến 99", lambda: counters.save_counter(by, unit, Plan(0, "", frozenset()), MONDAY)),
        ("danh mục", lambda: counters.save_counter(by, unit, Plan(7, "", frozenset({0})), MONDAY)),
        ("đang làm việc", lambda: counters.plan_week(by, unit, one, [outsider.user.pk] + [None] * 6, MONDAY)),
        ("ngồi quầy 2", lambda: counters.plan_week(by, unit, one, [clerk.user.pk] + [None] * 6, MONDAY)),
        ("đã qua", lambda: counters.plan_day(by, unit, one, TODAY - DAY, None, MONDAY)),
        (
            "Không có quầy",
            lambda: counters.plan_day(by, Unit.objects.get(code="20068"), one, TODAY, None, MONDAY),
        ),
        ("quản trị", lambda: counters.save_counter(clerk.officer, unit, Plan(9, "", frozenset()), MONDAY)),
    ]
    before = len(list(entries(unit.code)))
    for words, act in refused:
        with pytest.raises(StaffRefused, match=words):
            act()
    assert len(list(entries(unit.code))) == before


# -- courses ----------------------------------------------------------------------------------------
def course(**more: object) -> Course:
    facts = {
        "kind": TrainingKind.SOFTWARE,
        "what": "Sử dụng phần mềm Một cửa",
        "place": "Sở Thông tin và Truyền thông",
        "starts": date(2026, 10, 1),
        "ends": date(2026, 10, 2),
        "number": "15/CN",
        "hours": 16,
    }
    return Course(**(facts | more))


def test_a_course_counts_among_those_who_know_the_software(
    administrator: Played, clerk: Played, unit
) -> None:
    by, user = administrator.officer, clerk.user.pk
    training.record(by, unit, user, course(kind=TrainingKind.LANGUAGE), MONDAY)
    assert training.know_the_software([user]) == set()
    row = training.record(by, unit, user, course(), MONDAY)
    assert training.know_the_software([user, 0]) == {user}
    assert not any("15/CN" in entry.facts for entry in entries(unit.code))
    training.withdraw(by, unit, user, row.pk, MONDAY)
    assert training.know_the_software([user]) == set()
    with pytest.raises(StaffRefused, match="Không có khóa học"):
        training.withdraw(by, unit, user, row.pk, MONDAY)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"what": " "}, "what"),
        ({"ends": date(2026, 9, 1)}, "ends"),
        ({"ends": TODAY + DAY}, "ends"),
        ({"starts": date(1969, 1, 1)}, "ends"),
        ({"hours": 0}, "hours"),
    ],
)
def test_a_course_that_cannot_be(administrator: Played, clerk: Played, unit: Unit, facts, field: str) -> None:
    with pytest.raises(StaffRefused) as refused:
        training.record(administrator.officer, unit, clerk.user.pk, course(**facts), MONDAY)
    assert refused.value.field == field


# -- what a unit is known by --------------------------------------------------------------------------
def test_the_official_identifier_ends_the_provisional_one(
    administrator: Played, clerk: Played, unit: Unit
) -> None:
    """R04: a code that was issued is not changed; from its first day on the new one is given."""
    old = received(clerk)
    unit_facts.set_identifier(administrator.officer, unit, " h57.01.19 ", "QĐ 20", TODAY + DAY, MONDAY)
    assert identifier(unit.pk, TODAY) == "000.19.01.H57"
    assert identifier(unit.pk, TODAY + DAY) == "H57.01.19"
    old.refresh_from_db()
    assert old.code.startswith("000.19.01.H57-")
    rows = UnitIdentifier.objects.filter(unit=unit).order_by("pk")
    assert [(row.valid_from, row.valid_to, row.provisional) for row in rows] == [
        (None, TODAY, True),
        (TODAY + DAY, None, False),
    ]


def test_a_provisional_identifier_that_was_right_loses_its_mark(administrator: Played, unit: Unit) -> None:
    unit_facts.set_identifier(administrator.officer, unit, "000.19.01.H57", "QCVN", TODAY, MONDAY)
    row = UnitIdentifier.objects.get(unit=unit)
    assert (row.provisional, row.valid_to) == (False, None)


@pytest.mark.parametrize(
    ("code", "first", "words"),
    [
        ("abc", TODAY, "chưa đúng dạng"),
        ("000.20.01.H57", TODAY, "đã là của"),
        ("H57.1.99", TODAY - DAY, "từ hôm nay"),
        ("H57.1.99", TODAY + 400 * DAY, "quá xa"),
    ],
)
def test_an_identifier_that_cannot_be(administrator: Played, unit: Unit, code, first, words: str) -> None:
    UnitIdentifier.objects.filter(unit__code="19801").update(identifier="000.20.01.H57")
    with pytest.raises(StaffRefused, match=words):
        unit_facts.set_identifier(administrator.officer, unit, code, "", first, MONDAY)
    assert UnitIdentifier.objects.filter(unit=unit).count() == 1


def test_a_second_identifier_comes_after_the_first(administrator: Played, unit: Unit) -> None:
    by = administrator.officer
    unit_facts.set_identifier(by, unit, "H57.1.98", "", TODAY + 5 * DAY, MONDAY)
    with pytest.raises(StaffRefused, match="Chọn ngày sau đó"):
        unit_facts.set_identifier(by, unit, "H57.1.99", "", TODAY + 2 * DAY, MONDAY)


def test_contact_is_checked_and_on_record(administrator: Played, leader: Played, unit: Unit) -> None:
    contact = {
        "address": "12  Chi Lăng",
        "phone": "0234 3822 800",
        "email": "a@hue.gov.vn",
        "website": "https://hue.gov.vn",
    }
    unit_facts.set_contact(administrator.officer, unit, contact, MONDAY)
    unit_facts.set_contact(administrator.officer, unit, contact, MONDAY)
    unit.refresh_from_db()
    assert (unit.address, unit.phone) == ("12 Chi Lăng", "0234 3822 800")
    assert [entry.kind for entry in entries(unit.code)] == ["unit.contact_set"]
    for name, wrong in (("phone", "gọi tôi"), ("email", "a@"), ("website", "javascript:x")):
        with pytest.raises(StaffRefused) as refused:
            unit_facts.set_contact(administrator.officer, unit, contact | {name: wrong}, MONDAY)
        assert refused.value.field == name
    with pytest.raises(StaffRefused):
        unit_facts.set_contact(leader.officer, unit, contact, MONDAY)
