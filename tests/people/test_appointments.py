"""Who gives which role to whom, passwords that somebody else gave, and what stays on record (R20, R27)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from motcua.journal.queries import entries
from motcua.people import accounts, appointments, authority, passwords, queries
from motcua.people.appointments import Account, Appointment
from motcua.people.errors import StaffRefused
from motcua.people.models import Field, Grant, Role, Unit, User
from tests.cast import Played, played

NEW = Account("moi.phuocvinh", "Người Mới", "Công chức")


@pytest.fixture
def unit_admin(leader: Played, unit: Unit) -> Played:
    """The leader of Phường Phước Vĩnh administers it, too."""
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    return played(leader.user.username)


def now():
    return timezone.now()


def field(name: str = "Tư pháp - Hộ tịch") -> frozenset[int]:
    return frozenset({Field.objects.get(name=name).pk})


def give(by: Played, unit: Unit, role: Role = Role.CLERK, account: Account = NEW, **more: object):
    return appointments.appoint(by.officer, unit, account, Appointment(role, **more), now())


def test_a_new_officer_gets_a_password_for_one_log_in(unit_admin: Played, unit: Unit) -> None:
    user, secret = give(unit_admin, unit)
    assert user.check_password(secret)
    assert user.must_change_password
    assert queries.officer(user.pk, "").roles_in(unit.pk) == {Role.CLERK}
    kinds = [(entry.kind, entry.subject) for entry in entries(unit.code)]
    assert kinds == [("officer.added", f"user:{user.pk}"), ("officer.granted", f"user:{user.pk}")]
    assert not any("Người" in entry.facts or secret in entry.facts for entry in entries(unit.code))


def test_a_password_can_be_read_out(db) -> None:
    secrets = {passwords.new_secret() for _number in range(50)}
    assert len(secrets) == 50
    assert all(len(secret) == 14 and not set(secret) & set("ilo01") for secret in secrets)


def test_who_is_there_already_gets_the_role_and_no_password(
    unit_admin: Played, outsider: Played, unit
) -> None:
    """Somebody who moves from one commune to another keeps the account."""
    account = Account(outsider.user.username.upper(), outsider.user.full_name.upper())
    user, secret = give(unit_admin, unit, account=account)
    assert (user, secret) == (outsider.user, "")
    assert queries.officer(user.pk, "").roles_in(unit.pk) == {Role.CLERK}


@pytest.mark.parametrize(
    ("account", "role", "names", "words"),
    [
        (Account("quantri", "Người Khác"), Role.CLERK, (), "thuộc một người tên khác"),
        (Account("có dấu", "Người Mới"), Role.CLERK, (), "không dấu"),
        (Account("ab", "Người Mới"), Role.CLERK, (), "3 đến 60"),
        (Account("moi.moi", "  "), Role.CLERK, (), "họ và tên"),
        (NEW, Role.SPECIALIST, (), "ít nhất một lĩnh vực"),
        (NEW, Role.LEADER, ("Tư pháp - Hộ tịch",), "Chỉ công chức chuyên môn"),
        (NEW, Role.SPECIALIST, ("Hộ tịch",), "không còn trong danh mục"),
    ],
)
def test_what_cannot_be_given(unit_admin: Played, unit: Unit, account, role, names, words) -> None:
    before = Grant.objects.count(), User.objects.count()
    ids = frozenset(Field.objects.filter(name__in=names).values_list("pk", flat=True))
    with pytest.raises(StaffRefused, match=words):
        give(unit_admin, unit, role, account, field_ids=ids)
    assert (Grant.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize(("days", "words"), [(-1, "sớm nhất từ hôm nay"), (367, "quá xa")])
def test_from_which_day(unit_admin: Played, unit: Unit, days: int, words: str) -> None:
    first = timezone.localdate() + timedelta(days=days)
    with pytest.raises(StaffRefused, match=words):
        give(unit_admin, unit, valid_from=first)


def test_a_role_may_begin_later(unit_admin: Played, unit: Unit) -> None:
    user, _secret = give(unit_admin, unit, valid_from=timezone.localdate() + timedelta(days=3))
    assert queries.officer(user.pk, "").held == ()
    assert Grant.objects.get(user=user).valid_from == timezone.localdate() + timedelta(days=3)


def test_a_specialist_gets_one_more_field(unit_admin: Played, specialist: Played, unit: Unit) -> None:
    more = field("Văn hóa - Xã hội")
    appointments.grant_role(
        unit_admin.officer, specialist.user.pk, unit, Appointment(Role.SPECIALIST, more), now()
    )
    assert played(specialist.user.username).officer.fields_in(unit.pk) == field() | more
    with pytest.raises(StaffRefused, match="đã có vai trò"):
        appointments.grant_role(
            unit_admin.officer, specialist.user.pk, unit, Appointment(Role.SPECIALIST, more), now()
        )


# -- who may --------------------------------------------------------------------------------------
def test_a_units_administrator_gives_only_the_units_roles_and_only_there(
    unit_admin: Played, unit: Unit
) -> None:
    assert authority.grantable(unit_admin.officer, unit) == [
        Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.UNIT_ADMIN,
    ]  # fmt: skip
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        with pytest.raises(StaffRefused, match="không trao"):
            give(unit_admin, unit, role)
    for code in ("20068", "474", "46"):
        with pytest.raises(StaffRefused):
            give(unit_admin, Unit.objects.get(code=code))


def test_a_districts_administrator_reaches_its_communes(district_supervisor: Played, unit: Unit) -> None:
    assert not authority.may_manage(district_supervisor.officer, unit)
    Grant.objects.create(
        user=district_supervisor.user, unit=Unit.objects.get(code="477"), role=Role.UNIT_ADMIN
    )
    officer = played(district_supervisor.user.username).officer
    assert authority.may_manage(officer, Unit.objects.get(code="19891"))
    assert not authority.may_manage(officer, unit)
    assert authority.readable_paths(officer) == ["46.477."]


def test_the_provinces_administrator_gives_all_but_his_own_at_the_top_only(
    administrator: Played, unit: Unit
) -> None:
    assert Role.SUPERVISOR in authority.grantable(administrator.officer, unit)
    assert Role.ADMINISTRATOR not in authority.grantable(administrator.officer, unit)
    assert Role.ADMINISTRATOR in authority.grantable(administrator.officer, Unit.objects.get(code="46"))


def test_nobody_changes_his_own_roles(administrator: Played, unit_admin: Played, unit: Unit) -> None:
    for who in (administrator, unit_admin):
        with pytest.raises(StaffRefused, match="chính mình"):
            give(who, unit, account=Account(who.user.username, who.user.full_name))
        grant = Grant.objects.filter(user=who.user).last()
        with pytest.raises(StaffRefused, match="chính mình"):
            appointments.end_grant(who.officer, grant, timezone.localdate(), now())


def test_who_only_leads_or_watches_gives_nothing(
    leader: Played, supervisor: Played, clerk: Played, unit: Unit
) -> None:
    for who in (leader, supervisor, clerk):
        assert authority.grantable(who.officer, unit) == []
    assert authority.may_read(leader.officer, unit)
    assert authority.may_read(supervisor.officer, unit)
    assert not authority.may_read(clerk.officer, unit)


# -- accounts that are not one's to keep -----------------------------------------------------------
def test_a_password_is_not_given_to_who_has_roles_elsewhere(
    unit_admin: Played, administrator: Played, unit: Unit
) -> None:
    """Else who administers a commune could make the province's administrator his own account."""
    Grant.objects.create(user=administrator.user, unit=unit, role=Role.CLERK)
    for act in (
        lambda: passwords.give(unit_admin.officer, administrator.user.pk, unit, now()),
        lambda: accounts.close_now(unit_admin.officer, administrator.user.pk, now()),
        lambda: accounts.reopen(unit_admin.officer, administrator.user.pk, now()),
        lambda: appointments.describe_officer(
            unit_admin.officer, administrator.user.pk, unit, {"title": "x"}, now()
        ),
    ):
        with pytest.raises(StaffRefused, match="nơi bạn không quản trị"):
            act()


def test_a_new_password_ends_what_is_open(unit_admin: Played, clerk: Played, unit: Unit) -> None:
    client = clerk.client()
    assert client.get("/ban-lam-viec/").status_code == 200
    secret = passwords.give(unit_admin.officer, clerk.user.pk, unit, now())
    assert client.get("/ban-lam-viec/").status_code == 302
    assert User.objects.get(pk=clerk.user.pk).check_password(secret)
    with pytest.raises(StaffRefused, match="Đổi mật khẩu"):
        passwords.give(unit_admin.officer, unit_admin.user.pk, unit, now())


def test_a_closed_account_opens_again_without_roles(unit_admin: Played, clerk: Played, unit: Unit) -> None:
    accounts.close_now(unit_admin.officer, clerk.user.pk, now())
    user = User.objects.get(pk=clerk.user.pk)
    assert not user.is_active
    assert Grant.objects.get(user=user).valid_to == timezone.localdate()
    with pytest.raises(StaffRefused, match="đã đóng"):
        passwords.give(unit_admin.officer, user.pk, unit, now())
    secret = accounts.reopen(unit_admin.officer, user.pk, now())
    assert User.objects.get(pk=user.pk).check_password(secret)
    kinds = [entry.kind for entry in entries(unit.code)]
    assert kinds == ["officer.role_ended", "officer.account_closed", "officer.account_reopened"]


def test_a_name_is_the_provinces_to_mend_and_a_title_the_units(
    unit_admin: Played, administrator: Played, clerk: Played, unit: Unit
) -> None:
    with pytest.raises(StaffRefused, match="quản trị tỉnh"):
        appointments.describe_officer(
            unit_admin.officer, clerk.user.pk, unit, {"full_name": "Trần Thị Lán"}, now()
        )
    appointments.describe_officer(unit_admin.officer, clerk.user.pk, unit, {"title": "Văn thư "}, now())
    appointments.describe_officer(
        administrator.officer, clerk.user.pk, unit, {"full_name": "Trần Thị Lán"}, now()
    )
    user = User.objects.get(pk=clerk.user.pk)
    assert (user.full_name, user.title) == ("Trần Thị Lán", "Văn thư")
    assert [entry.read_facts()["changed"] for entry in entries(unit.code)] == [["title"], ["full_name"]]


# -- the last administrator -------------------------------------------------------------------------
def test_the_last_administrator_stays(administrator: Played, outsider: Played) -> None:
    province = Unit.objects.get(code="46")
    second, _secret = give(administrator, province, Role.ADMINISTRATOR, Account("hai.tinh", "Người Hai"))
    other, first = played("hai.tinh"), Grant.objects.get(user=administrator.user)
    later = timezone.localdate() + timedelta(days=9)
    appointments.end_grant(other.officer, first, later, now())
    mine = Grant.objects.get(user=second)
    with pytest.raises(StaffRefused, match="quản trị tỉnh cuối cùng"):
        appointments.end_grant(administrator.officer, mine, later, now())
    with pytest.raises(StaffRefused, match="quản trị tỉnh cuối cùng"):
        accounts.close_now(administrator.officer, second.pk, now())
    assert Grant.objects.get(pk=mine.pk).valid_to is None


def test_a_role_that_has_not_begun_never_does(unit_admin: Played, unit: Unit) -> None:
    first = timezone.localdate() + timedelta(days=5)
    user, _secret = give(unit_admin, unit, valid_from=first)
    grant = Grant.objects.get(user=user)
    appointments.end_grant(unit_admin.officer, grant, timezone.localdate(), now())
    grant.refresh_from_db()
    assert not Grant.objects.filter(queries.in_force(first), pk=grant.pk).exists()
    with pytest.raises(StaffRefused, match="quá khứ"):
        appointments.end_grant(
            unit_admin.officer,
            Grant.objects.get(user__username="tiepnhan.phuocvinh"),
            date(2020, 1, 1),
            now(),
        )
