"""Roles hold in their unit, in their time; applicants are known by their number."""

import pytest

from motcua.people import accounts, actions, queries
from motcua.people.errors import OfficerRefused, UnitUnknown
from motcua.people.models import Grant, Person, Role, Unit
from motcua.people.officer import NOBODY
from tests.cast import MONDAY, Played

WORDS = "một câu dài để vào"


def add(
    role: Role = Role.CLERK,
    *,
    unit: str = "19798",
    fields: tuple[str, ...] = (),
    word: str = WORDS,
    name: str = "moi",
):
    return accounts.add_officer(
        unit_code=unit,
        role=role,
        username=name,
        full_name="Người Mới",
        title="",
        fields=fields,
        password=lambda: word,
    )


def test_a_role_holds_in_its_unit_only(clerk: Played, unit: Unit) -> None:
    assert clerk.officer.roles_in(unit.pk) == {Role.CLERK}
    assert clerk.officer.roles_in(Unit.objects.get(code="20068").pk) == frozenset()
    assert NOBODY.desk is None


def test_a_role_that_ended_is_not_held(clerk: Played) -> None:
    Grant.objects.filter(user=clerk.user).update(valid_to=MONDAY.date())
    assert queries.officer(clerk.user.pk, "").held == ()


def test_a_specialist_answers_for_fields(specialist: Played, other_specialist: Played, unit: Unit) -> None:
    ours, theirs = specialist.officer.fields_in(unit.pk), other_specialist.officer.fields_in(unit.pk)
    assert ours
    assert theirs
    assert not ours & theirs
    assert [user.pk for user in queries.holders(unit.pk, Role.SPECIALIST, ours)] == [specialist.user.pk]


def test_an_officer_costs_two_queries(clerk: Played, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        queries.officer(clerk.user.pk, clerk.user.full_name)


def test_an_account_is_made_and_can_log_in(db) -> None:
    user = add()
    assert user.check_password(WORDS)
    assert queries.officer(user.pk, "").desk.role is Role.CLERK


def test_a_second_role_asks_for_no_password(db) -> None:
    first = add()
    again = add(Role.LEADER, word="")
    assert again == first
    assert queries.officer(first.pk, "").has(Role.LEADER)


def test_an_account_that_cannot_be(db) -> None:
    with pytest.raises(OfficerRefused):
        add(word="12345")
    with pytest.raises(OfficerRefused, match="Tư pháp - Hộ tịch"):
        add(Role.SPECIALIST)
    with pytest.raises(OfficerRefused):
        add(Role.SPECIALIST, fields=("Phép thuật",))
    with pytest.raises(UnitUnknown):
        add(unit="99999")


def test_who_came_before_is_brought_up_to_date_and_nothing_is_forgotten(db) -> None:
    facts = {
        "id_number": "046199000017",
        "full_name": "Nguyễn Thị Hường",
        "address": "",
        "phone": "",
        "email": "",
    }
    known = actions.remember_person(**facts | {"address": "Nơi mới"})
    assert (known.address, known.phone) == ("Nơi mới", "0905000017")
    assert queries.person_with("046199000017") == known
    assert queries.person_with("0461990000") is None
    assert queries.person_with("") is None


def test_who_has_no_number_is_a_new_person_each_time(db) -> None:
    facts = {"id_number": "", "full_name": "Hồ Thị Không Giấy", "address": "", "phone": "", "email": ""}
    assert actions.remember_person(**facts) != actions.remember_person(**facts)
    assert Person.objects.filter(full_name="Hồ Thị Không Giấy").count() == 2


def test_a_unit_is_found_by_either_code(db) -> None:
    assert queries.unit_called("19798") == queries.unit_called("000.19.01.H57")
    with pytest.raises(UnitUnknown):
        queries.unit_called("nowhere")
