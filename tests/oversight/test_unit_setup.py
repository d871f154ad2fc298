"""`unit_setup`, `arising_again`, `unit_routes`, `unconfirmed`: what those above see of how procedures are set up."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalog import changes, ways
from motcua.catalog.bulk_offer import Line, What, carry_out
from motcua.catalog.checker import setup_counts
from motcua.catalog.models import ChangeKind, Offering
from motcua.catalog.offering import say_not_arising
from motcua.catalog.queries import current
from motcua.catalog.stages import stages_in
from motcua.people.models import Grant, Unit
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, MONDAY, Played, version
from tests.catalog.routes import REASON, adapted, drawn, made_admin, split
from tests.desk.conftest import read
from tests.oversight.conftest import A_NGO, HUE, NOW, PHUOC_VINH, QUANG_DIEN, queries


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


def setup(code: str) -> str:
    return reverse("unit_setup", args=[code])


def test_the_figures_of_the_province_and_of_each_unit_below(province: Client) -> None:
    """The page says what the report says."""
    context = province.get(setup("46")).context
    assert context["counts"] == setup_counts("46.", NOW.date())
    assert [child.code for child in context["children"]] == sorted(
        Unit.objects.filter(level="district").values_list("code", flat=True)
    )
    hue = next(child for child in context["children"] if child.code == HUE)
    assert hue.counts == setup_counts(f"46.{HUE}.", NOW.date())
    assert sum(child.counts["offerings"] for child in context["children"]) == context["counts"]["offerings"]
    below = province.get(setup(HUE)).context["children"]
    assert len(below) == Unit.objects.filter(parent__code=HUE, level="commune").count()


def test_down_to_the_procedures_and_why(province: Client, leader: Played) -> None:
    page = read(province.get(setup(PHUOC_VINH)))
    assert all("chưa công bố thời hạn" in row.text for row in page.rows)
    Grant.objects.filter(user=leader.user).update(valid_to="2020-01-01")
    page = read(province.get(setup(PHUOC_VINH), {"loi": "nobody"}))
    assert "người giữ vai trò lãnh đạo" in page.rows[0].text


def test_every_pair_of_a_reason_is_on_some_page_once(province: Client) -> None:
    path, found = f"{setup(QUANG_DIEN)}?loi=no_limit", []
    while path:
        context = province.get(path).context
        found += [row["pair"].key for row in context["rows"]]
        path = context["page"].on and setup(QUANG_DIEN) + context["page"].on
    listed = Offering.objects.filter(
        unit__parent__code=QUANG_DIEN, procedure__in=current().filter(limit="").values("procedure")
    )
    assert sorted(found) == sorted(listed.values_list("unit__code", "procedure__code"))
    assert len(found) > 100


def test_who_can_mend_it_has_the_button(province: Client, office: Client) -> None:
    assert reverse("limits") not in read(province.get(setup(PHUOC_VINH))).links
    assert reverse("limits") in read(office.get(setup(PHUOC_VINH))).links


def test_what_does_not_arise_is_seen_and_undone_from_above(
    province: Client, admin: Played, unit: Unit
) -> None:
    say_not_arising(admin.officer, unit.pk, version().procedure_id, "Xã không giáp biên giới.", MONDAY)
    page = read(province.get(setup("46"), {"muc": "khong-phat-sinh"}))
    (row,) = page.rows
    assert "Xã không giáp biên giới." in row.text
    address = reverse("arising_again", args=[unit.code, version().procedure_id])
    assert page.form(address)
    response = province.post(address, follow=True)
    assert "lại tiếp nhận thủ tục này" in response.content.decode()
    assert not Offering.objects.exclude(not_arising="").exists()


def test_another_districts_supervisor_undoes_nothing(
    district_supervisor: Played, admin: Played, unit: Unit
) -> None:
    say_not_arising(admin.officer, unit.pk, version().procedure_id, "Không có.", MONDAY)
    client = district_supervisor.client()
    address = reverse("arising_again", args=[unit.code, version().procedure_id])
    assert client.post(address).status_code == 404
    assert client.get(setup(unit.code)).status_code == 404
    assert client.get(setup(QUANG_DIEN)).status_code == 200
    assert Offering.objects.exclude(not_arising="").exists()


def test_as_many_queries_for_the_province_as_for_a_commune(province: Client) -> None:
    costs = {queries(province, f"{setup(code)}?muc=tat-ca") for code in ("46", PHUOC_VINH)}
    assert len(costs) == 1
    assert costs.pop() <= 24
    assert queries(province, setup("46")) <= 24


# -- whose way differs -----------------------------------------------------------------------------
def test_whose_way_differs_in_what_and_why(
    province: Client, admin: Played, specialist: Played, administrator: Played, unit: Unit
) -> None:
    address = reverse("unit_routes", args=["46"])
    assert read(province.get(address)).rows == []
    adapted(admin, unit, 72, 1200, 168, 0, officer=specialist.user.pk)
    (row,) = read(province.get(address)).rows
    assert "Xử lý: 2 ngày 48 phút → 2 ngày 4 giờ Nguyễn Văn Minh" in row.text
    assert "Lãnh đạo duyệt: 6 giờ → 2 giờ 48 phút" in row.text
    assert "Tiếp nhận" not in row.text
    assert REASON in row.text
    base = ways.way_at(unit, version().procedure_id).base
    assert base is not None
    drawn(administrator, split(stages_in(base), 40, 1040, 360, 0))
    assert "mẫu đã đổi" in read(province.get(address)).rows[0].text


def test_own_ways_page_with_constant_queries(province: Client, admin: Played, unit: Unit) -> None:
    address = reverse("unit_routes", args=["46"])
    adapted(admin, unit, 72, 1200, 168, 0)
    one = queries(province, address)
    adapted(admin, unit, 40, 320, 100, 20, code=BIRTH)
    adapted(admin, unit, 40, 320, 100, 20, code=COPIES)
    assert queries(province, address) == one <= 28


# -- who has not confirmed -------------------------------------------------------------------------
def test_who_has_not_confirmed_and_for_how_long(province: Client, administrator: Played, unit: Unit) -> None:
    address = reverse("unconfirmed", args=["46"])
    assert read(province.get(address)).rows == []
    a_ngo = Unit.objects.get(code=A_NGO)
    changes.note(ChangeKind.REPLACED, version(), NOW - timedelta(days=3), units=[a_ngo])
    carry_out(administrator.officer, [Line(unit.pk, version(COPIES).procedure_id, What.WITHDRAW)], NOW)
    first, second = read(province.get(address)).rows
    assert first.text.startswith("Xã A Ngo 1 ")
    assert "đã 3 ngày" in first.text
    assert second.text.startswith("Phường Phước Vĩnh 1 ")
    assert len(read(province.get(reverse("unconfirmed", args=[HUE]))).rows) == 1


def test_all_communes_page_by_page(province: Client) -> None:
    changes.note(ChangeKind.REPLACED, version(GUARDIANSHIP), NOW)
    address = reverse("unconfirmed", args=["46"])
    path, found = address, []
    while path:
        context = province.get(path).context
        found += [row.code for row in context["page"].rows]
        path = context["page"].on and address + context["page"].on
    assert sorted(found) == sorted(
        Unit.objects.filter(level="commune", valid_to=None).values_list("code", flat=True)
    )
    assert queries(province, address) <= 12
