"""`setup` and `changes`: the unit's own list with what is to be said, and what changed since last time."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalog import changes
from motcua.catalog.actions import set_limit
from motcua.catalog.models import Change, ChangeKind, Offering, Route, TakenOver
from motcua.catalog.queries import current, route_for
from motcua.catalog.setup_list import SIZE
from motcua.catalog.stages import stages_in
from motcua.desk.views import setup as view
from motcua.people.models import Grant, Unit
from motcua.rules.limits import Limit
from tests.cast import BIRTH, GUARDIANSHIP, MONDAY, Played, version
from tests.catalog.routes import DECISION, adapted, drawn, made_admin
from tests.catalog.test_adapting import with_check
from tests.desk.conftest import read
from tests.oversight.conftest import queries

SETUP, CHANGES = reverse("setup"), reverse("changes")


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


@pytest.fixture
def desk(admin: Played) -> Client:
    return admin.client()


def only(unit: Unit, *codes: str) -> None:
    Offering.objects.filter(unit=unit).exclude(procedure__code__in=codes).delete()


def test_says_what_is_wrong_and_links_to_where_it_is_mended(desk: Client, unit: Unit, leader: Played) -> None:
    only(unit, GUARDIANSHIP)
    Grant.objects.filter(user=leader.user).update(valid_to="2020-01-01")
    page = read(desk.get(SETUP))
    (row,) = page.rows
    assert "Đơn vị chưa có ai là người giữ vai trò lãnh đạo." in row.text
    assert reverse("unit_staff", args=["19798"]) in [a.attrs["href"] for a in row.all("a")]
    assert "Chưa có người giữ vai trò (1)" in page.text


def test_what_is_in_order_stands_under_all(desk: Client, unit: Unit) -> None:
    only(unit, GUARDIANSHIP)
    assert read(desk.get(SETUP)).rows == []
    (row,) = read(desk.get(SETUP, {"muc": "tat-ca"})).rows
    assert "đúng" in row.text
    assert "theo mẫu" in row.text


def test_own_ways_and_what_does_not_arise(desk: Client, admin: Played, unit: Unit) -> None:
    only(unit, GUARDIANSHIP, BIRTH)
    adapted(admin, unit, 60, 1200, 180, 0)
    Offering.objects.filter(procedure__code=BIRTH).update(not_arising="Xã không có dân cư.")
    (row,) = read(desk.get(SETUP, {"muc": "rieng"})).rows
    assert "khác mẫu" in row.text
    (row,) = read(desk.get(SETUP, {"muc": "khong-phat-sinh"})).rows
    assert "Xã không có dân cư." in row.text


def test_narrowed_by_reason(desk: Client, unit: Unit) -> None:
    without = current().filter(limit="", procedure__offerings__unit=unit).count()
    page = read(desk.get(SETUP, {"loi": "no_limit"}))
    assert len(page.rows) == min(without, SIZE)
    assert all("chưa công bố thời hạn" in row.text for row in page.rows)
    assert read(desk.get(SETUP, {"loi": "nonsense"})).h1


def test_every_procedure_is_on_some_page_once(desk: Client, unit: Unit) -> None:
    path, found = f"{SETUP}?muc=tat-ca", []
    while path:
        response = desk.get(path)
        found += [row["pair"].known.code for row in response.context["rows"]]
        path = response.context["page"].on and SETUP + response.context["page"].on
    assert sorted(found) == sorted(
        current().filter(procedure__offerings__unit=unit).values_list("procedure__code", flat=True)
    )


@pytest.mark.parametrize("after", ["x", "~", "9" * 5000])
def test_a_page_that_cannot_be_read(desk: Client, after: str) -> None:
    assert desk.get(SETUP, {"sau": after}).status_code == 200


def test_the_same_number_of_queries_for_a_short_list(desk: Client, unit: Unit) -> None:
    long = queries(desk, f"{SETUP}?muc=tat-ca")
    only(unit, GUARDIANSHIP)
    assert queries(desk, f"{SETUP}?muc=tat-ca") == long <= 24


def test_a_district_sees_what_its_communes_have(unit: Unit) -> None:
    district = made_admin("chutich.hue", "474").client()
    page = read(district.get(SETUP))
    assert page.rows
    assert "Cấp huyện được thêm bước" in page.text


def test_all_that_lapsed_is_made_again_at_one_press(
    desk: Client, admin: Played, leader: Played, administrator: Played, unit: Unit
) -> None:
    """One whose steps are still the same, one that a person must look at; both told."""
    adapted(admin, unit, 100, 1200, 140, 0)
    adapted(admin, unit, 40, 320, 100, 20, code=BIRTH)
    set_limit(administrator.officer, version().procedure_id, Limit.parse("2 working days"), DECISION, MONDAY)
    base = stages_in(Route.objects.get(version=version(BIRTH), unit=None))
    drawn(administrator, with_check(base), BIRTH)
    again = reverse("own_routes_again")
    assert "2 cách riêng của đơn vị hết hiệu lực" in read(desk.get(SETUP)).text
    assert "Chỉ quản trị" in leader.client().post(again, follow=True).content.decode()
    page = read(desk.post(again, follow=True))
    assert "Đã áp dụng lại 1 cách riêng." in page.text
    assert "1 thủ tục có các bước đã khác" in page.text
    assert [stage.minutes for stage in stages_in(route_for(unit, version().pk))] == [67, 800, 93, 0]
    assert "1 cách riêng của đơn vị hết hiệu lực" in page.text


def test_the_administrators_own_table_says_that_something_waits(desk: Client, leader: Played) -> None:
    changed()
    assert "Có 1 thay đổi của danh mục" in read(desk.get(reverse("home"))).text
    assert "thay đổi của danh mục" not in read(leader.client().get(reverse("home"))).text


# -- what changed ----------------------------------------------------------------------------------
def changed(code: str = BIRTH, **more) -> Change:
    return changes.note(ChangeKind.REPLACED, version(code), MONDAY, decision="QĐ 9/QĐ-UBND", **more)


def test_what_was_shown_is_confirmed_and_what_came_later_is_not(desk: Client, unit: Unit) -> None:
    changed()
    page = read(desk.get(CHANGES))
    assert "QĐ 9/QĐ-UBND" in page.rows[0].text
    later = changed(GUARDIANSHIP)
    response = desk.post(CHANGES, page.form("", **{"class": "bar"}).filled(), follow=True)
    page = read(response)
    assert "Đã xác nhận 1 thay đổi." in page.text
    assert len(page.rows) == 1
    assert TakenOver.objects.get().last_id < later.pk
    assert "Lần xác nhận trước" in page.text
    assert "Có 1 thay đổi" in read(desk.get(SETUP)).text


def test_a_long_list_is_confirmed_page_by_page(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "CHANGES", 2)
    for _number in range(3):
        changed()
    page = read(desk.get(CHANGES))
    assert len(page.rows) == 2
    page = read(desk.post(CHANGES, page.form("", **{"class": "bar"}).filled(), follow=True))
    assert len(page.rows) == 1


def test_the_leader_reads_and_does_not_confirm(leader: Played, admin: Played) -> None:
    last = changed()
    page = read(leader.client().get(CHANGES))
    assert len(page.rows) == 1
    assert not page.all("form", **{"class": "bar"})
    response = leader.client().post(CHANGES, {"last": last.pk}, follow=True)
    assert "Chỉ quản trị của đơn vị" in response.content.decode()
    assert not TakenOver.objects.exists()


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 40])
def test_a_form_that_nobody_of_ours_made(desk: Client, last: str) -> None:
    changed()
    assert desk.post(CHANGES, {"last": last}).status_code == 302
    assert not TakenOver.objects.exists()


def test_as_many_queries_however_many_changes(desk: Client) -> None:
    changed()
    one = queries(desk, CHANGES)
    for _number in range(5):
        changed(GUARDIANSHIP)
    assert queries(desk, CHANGES) == one <= 16
