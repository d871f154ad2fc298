"""Roles hold in their unit, in their time; applicants are known by their number."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from motcua.journal.queries import entries
from motcua.people import accounts, actions, queries
from motcua.people.errors import OfficerRefused, UnitUnknown
from motcua.people.models import Grant, Person, Role, Unit, UnitIdentifier
from motcua.people.officer import NOBODY
from tests.cast import MONDAY, Played

HUE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY, DAY = MONDAY.date(), timedelta(days=1)
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


# -- the time in which a role holds ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (None, None, True),
        (None, TODAY, True),
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    clerk: Played, unit: Unit, valid_from: date | None, valid_to: date | None, holds: bool
) -> None:
    """R20: the day is the counter's, and it is 00:30 in Huế while it is still yesterday in Greenwich."""
    Grant.objects.filter(user=clerk.user).update(valid_from=valid_from, valid_to=valid_to)
    with time_machine.travel(datetime.combine(TODAY, time(0, 30), HUE), tick=False):
        assert bool(queries.officer(clerk.user.pk, "").held) is holds
        assert bool(queries.holders(unit.pk, Role.CLERK)) is holds


def test_who_may_not_log_in_any_more_holds_nothing_for_others(clerk: Played, unit: Unit) -> None:
    """R20: no work is handed to an account that was closed."""
    type(clerk.user).objects.filter(pk=clerk.user.pk).update(is_active=False)
    assert queries.holders(unit.pk, Role.CLERK) == []


def test_a_role_is_held_once_at_a_time_and_may_come_back(clerk: Played, unit: Unit) -> None:
    again = {"user": clerk.user, "unit": unit, "role": Role.CLERK}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(**again)
    Grant.objects.filter(user=clerk.user).update(valid_to=TODAY)
    Grant.objects.create(**again)


def test_who_sits_at_a_desk_and_who_watches(clerk: Played, supervisor: Played, administrator: Played) -> None:
    assert clerk.officer.desk is not None
    assert clerk.officer.oversees is None
    for who in (supervisor, administrator):
        assert who.officer.desk is None
        assert who.officer.oversees is not None
        assert who.officer.oversees.unit_code == "46"


def test_an_account_stands_in_the_units_chain_without_a_name(db) -> None:
    """R27."""
    user = add()
    entry = list(entries("19798"))[-1]
    assert (entry.kind, entry.subject) == ("officer.granted", f"user:{user.pk}")
    assert "Người" not in entry.facts


def test_an_accounts_name_is_small_and_there_once(db) -> None:
    assert add(name="  Moi ") == add(Role.LEADER, name="MOI")


def test_a_password_is_kept_as_a_hash(clerk: Played) -> None:
    assert "password of the tests" not in clerk.user.password


# -- in force -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "identifiers"), [(-1, ["old"]), (0, ["old"]), (1, ["new"]), (99, ["new"])])
def test_what_is_in_force_on_a_day(unit: Unit, day: int, identifiers: list[str]) -> None:
    """R04: both ends are included."""
    UnitIdentifier.objects.filter(unit=unit).delete()
    UnitIdentifier.objects.create(unit=unit, identifier="old", valid_to=TODAY)
    UnitIdentifier.objects.create(unit=unit, identifier="new", valid_from=TODAY + DAY)
    found = UnitIdentifier.objects.filter(queries.in_force(TODAY + day * DAY), unit=unit)
    assert list(found.values_list("identifier", flat=True)) == identifiers


def test_a_unit_has_one_identifier_now(unit: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitIdentifier.objects.create(unit=unit, identifier="second")


def test_below_a_unit_is_all_of_its_tree(db) -> None:
    assert queries.below("46.").count() == 162 + 28
    assert queries.below("46.477.").count() == 12 + 3
    assert queries.below("46.474.19798.").count() == 1


# -- applicants -----------------------------------------------------------------------------------
def test_an_applicant_brought_up_to_date_is_written_only_when_something_is_new(
    db, django_assert_num_queries
) -> None:
    facts = {"id_number": "046199000017", "full_name": "", "address": "", "phone": "", "email": ""}
    with django_assert_num_queries(1):
        actions.remember_person(**facts)


def test_a_person_shows_no_name_where_rows_are_listed(db) -> None:
    """In a log or an error page."""
    assert "Hường" not in str(queries.person_with("046199000017"))
