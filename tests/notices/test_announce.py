"""Announcements: written before they begin, afterwards only shortened or withdrawn; shown in their days, from above too."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from motcua.journal.models import Entry
from motcua.notices.actions.announce import Draft, announce, reannounce, shorten, withdraw
from motcua.notices.announced import shown_to_citizens, shown_to_officers
from motcua.notices.errors import AnnouncementRefused
from motcua.notices.models import Announcement, Audience
from motcua.people.models import Grant, Role, Unit, User
from tests.cast import MONDAY, Played, played

TODAY = timezone.localdate(MONDAY)
DRAFT = Draft("Nghỉ lũ", "Nước lên, trụ sở nghỉ.", Audience.BOTH, TODAY, TODAY + timedelta(days=2))


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.fixture
def commune_admin(db) -> Played:
    """Of Phường Phước Vĩnh."""
    user = User.objects.create(username="quantri.phuocvinh", full_name="Quản Trị")
    Grant.objects.create(user=user, unit=unit("19798"), role=Role.UNIT_ADMIN)
    return played("quantri.phuocvinh")


def titles(code: str, day: date = TODAY) -> list[str]:
    at = MONDAY + timedelta(days=(day - TODAY).days)
    return [row.title for row in shown_to_citizens(unit(code), at)]


def test_shown_at_the_unit_and_below_in_its_days_only(administrator: Played, commune_admin: Played) -> None:
    announce(administrator.officer, unit("46").pk, DRAFT, MONDAY)
    announce(commune_admin.officer, unit("19798").pk, replace(DRAFT, title="Của phường"), MONDAY)
    assert titles("19798") == ["Của phường", "Nghỉ lũ"]
    assert titles("474") == titles("20068") == titles("46") == ["Nghỉ lũ"]
    assert titles("46", TODAY - timedelta(days=1)) == titles("46", TODAY + timedelta(days=3)) == []
    assert titles("46", TODAY + timedelta(days=2)) == ["Nghỉ lũ"]


def test_each_to_those_whom_it_is_for(administrator: Played) -> None:
    for audience in Audience:
        announce(
            administrator.officer,
            unit("46").pk,
            replace(DRAFT, title=audience.value, audience=audience),
            MONDAY,
        )
    assert set(titles("19798")) == {"portal", "both"}
    assert {row.title for row in shown_to_officers(unit("19798").path, MONDAY)} == {"desk", "both"}


def test_one_query(administrator: Played, django_assert_num_queries) -> None:
    for _ in range(4):
        announce(administrator.officer, unit("46").pk, DRAFT, MONDAY)
    place = unit("19798")
    with django_assert_num_queries(1):
        assert {row.unit.name for row in shown_to_citizens(place, MONDAY)} == {"Tỉnh Thừa Thiên Huế"}


@pytest.mark.parametrize("account", ["tiepnhan.phuocvinh", "lanhdao.phuocvinh", "giamsat.tinh", "quantri"])
def test_nobody_writes_for_a_unit_that_he_does_not_administer(db, account: str) -> None:
    with pytest.raises(AnnouncementRefused):
        announce(played(account).officer, unit("19798").pk, DRAFT, MONDAY)
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "  "}, "title"),
        ({"body": "\r\n "}, "body"),
        ({"title": "x" * 151}, "title"),
        ({"body": "x" * 2001}, "body"),
        ({"first_day": TODAY - timedelta(days=1)}, "first_day"),
        ({"last_day": TODAY - timedelta(days=1)}, "last_day"),
        ({"last_day": TODAY + timedelta(days=400)}, "last_day"),
    ],
)
def test_what_cannot_be_announced(administrator: Played, facts: dict, field: str) -> None:
    with pytest.raises(AnnouncementRefused) as refused:
        announce(administrator.officer, unit("46").pk, replace(DRAFT, **facts), MONDAY)
    assert refused.value.field == field
    assert not Entry.objects.filter(kind__startswith="notices.announce").exists()


def test_written_anew_until_it_begins(administrator: Played) -> None:
    coming = replace(DRAFT, first_day=TODAY + timedelta(days=1))
    row = announce(administrator.officer, unit("46").pk, coming, MONDAY)
    reannounce(administrator.officer, row.pk, replace(coming, title="Nghỉ bão"), MONDAY)
    assert Announcement.objects.get().title == "Nghỉ bão"
    with pytest.raises(AnnouncementRefused, match="đã bắt đầu"):
        reannounce(administrator.officer, row.pk, replace(coming, title="Khác"), MONDAY + timedelta(days=1))
    assert Announcement.objects.get().title == "Nghỉ bão"


def test_later_only_shortened_or_withdrawn(administrator: Played) -> None:
    row = announce(administrator.officer, unit("46").pk, DRAFT, MONDAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=3)):
        with pytest.raises(AnnouncementRefused):
            shorten(administrator.officer, row.pk, day, MONDAY)
    shorten(administrator.officer, row.pk, TODAY + timedelta(days=1), MONDAY)
    assert titles("46", TODAY + timedelta(days=2)) == []
    withdraw(administrator.officer, row.pk, MONDAY)
    assert titles("46") == []
    with pytest.raises(AnnouncementRefused, match="đã hết hạn hoặc đã được rút lại"):
        withdraw(administrator.officer, row.pk, MONDAY)


def test_each_act_is_in_the_units_chain_without_the_words(
    administrator: Played, commune_admin: Played
) -> None:
    """R27: who, when, which days, and a digest."""
    row = announce(commune_admin.officer, unit("19798").pk, DRAFT, MONDAY)
    shorten(commune_admin.officer, row.pk, TODAY, MONDAY)
    withdraw(commune_admin.officer, row.pk, MONDAY)
    entries = Entry.objects.filter(subject=f"announcement:{row.pk}").order_by("number")
    assert [entry.kind.removeprefix("notices.") for entry in entries] == [
        "announced",
        "announcement_shortened",
        "announcement_withdrawn",
    ]
    assert {(entry.chain, entry.actor_id) for entry in entries} == {("19798", commune_admin.user.pk)}
    assert "Nước" not in "".join(entry.facts for entry in entries)


def test_another_units_administrator_changes_nothing(administrator: Played, commune_admin: Played) -> None:
    row = announce(administrator.officer, unit("46").pk, DRAFT, MONDAY)
    for act in (lambda: withdraw(commune_admin.officer, row.pk, MONDAY),):
        with pytest.raises(AnnouncementRefused):
            act()
    assert titles("46") == ["Nghỉ lũ"]
