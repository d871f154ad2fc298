"""`own_route` and its acts: the template and the unit's own side by side, within its measure."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalog import ways
from motcua.catalog.actions import set_limit
from motcua.catalog.models import Offering, Route
from motcua.catalog.queries import current, route_for
from motcua.catalog.stages import stages_in
from motcua.people.models import Grant, Unit
from motcua.rules.limits import Limit
from tests.cast import GUARDIANSHIP, MONDAY, Played, version
from tests.catalog.routes import DECISION, REASON, adapted, drawn, made_admin, split
from tests.catalog.test_adapting import with_check
from tests.desk.conftest import read
from tests.oversight.conftest import queries

HEALTH_CARD = "2.001023"


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


@pytest.fixture
def desk(admin: Played) -> Client:
    return admin.client()


def path(name: str = "own_route", code: str = GUARDIANSHIP) -> str:
    return reverse(name, args=[version(code).procedure_id])


def used(unit: Unit) -> list[int]:
    return [stage.minutes for stage in stages_in(route_for(unit, version().pk))]


def test_shows_both_side_by_side(desk: Client, admin: Played, unit: Unit) -> None:
    page = read(desk.get(path()))
    assert [row.text.split(".")[0] for row in page.rows] == ["1", "2", "3", "4"]
    assert "1 giờ 12 phút" in page.rows[0].text
    assert "khác mẫu" not in page.rows[1].text
    adapted(admin, unit, 72, 1200, 168, 0)
    page = read(desk.get(path()))
    assert ["khác mẫu" in row.text for row in page.rows] == [False, True, True, False]
    assert page.form().values["minutes_1"] == ["2 ngày 4 giờ"]
    assert f"Lý do: {REASON} (Phạm Thị Hạnh)" in page.text


def test_another_split_and_a_named_officer(desk: Client, specialist: Played, unit: Unit) -> None:
    form = read(desk.get(path())).form()
    sent = form.filled(
        minutes_1="2 ngày 4 giờ", minutes_2="2,8 giờ", officer_1=str(specialist.user.pk), reason="Ít người."
    )
    response = desk.post(path(), sent, follow=True)
    assert "Đã lưu cách riêng" in response.content.decode()
    assert used(unit) == [72, 1200, 168, 0]
    assert stages_in(route_for(unit, version().pk))[1].officer_id == specialist.user.pk
    assert "Nguyễn Văn Minh" in read(desk.get(path())).text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"minutes_1": "3 ngày"}, "", "Các bước cộng lại được 3 ngày 7 giờ 12 phút, vượt 7 giờ 12 phút so với thời hạn 3 ngày."),
        ({"minutes_1": "1 ngày"}, "", "còn thiếu"),
        ({"minutes_1": "lâu"}, "id_minutes_1", "Ghi như: 2 ngày"),
        ({"minutes_1": ""}, "id_minutes_1", "Hãy ghi thời gian"),
        ({"minutes_1": "2 ngày 6 giờ 48 phút", "minutes_2": "0"}, "id_minutes_2", "phải có thời gian"),
        ({"reason": " "}, "id_reason", "Hãy ghi lý do"),
        ({"officer_1": "999999"}, "id_officer_1", "không phụ trách"),
        ({}, "", "Chưa có gì khác"),
    ],
)  # fmt: skip
def test_what_goes_too_far_is_said_beside_the_step_and_nothing_is_lost(
    desk: Client, unit: Unit, typed: dict[str, str], field: str, words: str
) -> None:
    sent = read(desk.get(path())).form().filled(**({"reason": "Ít người."} | typed))
    page = read(desk.post(path(), sent), 422)
    told = page.errors[field] if field else " ".join(page.summary)
    assert words in told
    for name, value in typed.items():
        if not name.startswith("officer"):  # who cannot be chosen is no choice
            assert page.form().values[name] == [value]
    assert not Route.objects.filter(unit=unit).exists()


def test_another_agencys_part_is_not_even_a_field(desk: Client, unit: Unit) -> None:
    page = read(desk.get(path(code=HEALTH_CARD)))
    assert page.rows[4].text.endswith("cơ quan khác, giữ nguyên")
    sent = page.form().filled(minutes_1="1 giờ", minutes_4="1 giờ", reason="Thử.")
    assert desk.post(path(code=HEALTH_CARD), sent).status_code == 422


def test_the_template_changed_under_an_open_page(desk: Client, administrator: Played, unit: Unit) -> None:
    sent = read(desk.get(path())).form().filled(minutes_1="2 ngày 4 giờ", minutes_2="2,8 giờ", reason="Ít.")
    base = stages_in(ways.way_at(unit, version().procedure_id).base)
    drawn(administrator, split(base, 40, 1040, 360, 0))
    page = read(desk.post(path(), sent), 422)
    assert "vừa đổi" in " ".join(page.summary)


def test_the_leader_reads(leader: Played, admin: Played, unit: Unit) -> None:
    adapted(admin, unit, 60, 1200, 180, 0)
    client = leader.client()
    page = read(client.get(path()))
    assert "2 ngày 4 giờ" in page.text
    assert not page.all("input", name="minutes_1")
    for name in ("own_route_follow", "own_route_again"):
        assert "Chỉ quản trị" in client.post(path(name), follow=True).content.decode()
    assert client.post(path("own_counter"), {"counter": "2"}).status_code == 422
    assert client.post(path("not_arising"), {"why": "x"}).status_code == 422
    assert used(unit) == [60, 1200, 180, 0]


def test_back_to_the_template(desk: Client, admin: Played, unit: Unit) -> None:
    adapted(admin, unit, 60, 1200, 180, 0)
    desk.post(path("own_route_follow"))
    assert used(unit) == [72, 1008, 360, 0]


def test_what_has_lapsed_is_made_again_at_a_press(
    desk: Client, admin: Played, administrator: Played, unit: Unit
) -> None:
    adapted(admin, unit, 100, 1200, 140, 0)
    set_limit(administrator.officer, version().procedure_id, Limit.parse("2 working days"), DECISION, MONDAY)
    page = read(desk.get(path()))
    assert "Mẫu đã đổi" in page.text
    assert "1 ngày 5 giờ 20 phút" in page.text
    again = page.form(path("own_route_again"))
    response = desk.post(path("own_route_again"), again.filled(), follow=True)
    assert "Đã áp dụng lại" in response.content.decode()
    assert used(unit) == [67, 800, 93, 0]
    assert "Mẫu đã đổi" not in read(desk.get(path())).text


def test_other_steps_need_a_person(desk: Client, admin: Played, administrator: Played, unit: Unit) -> None:
    adapted(admin, unit, 60, 1200, 180, 0)
    base = stages_in(ways.way_at(unit, version().procedure_id).base)
    new = drawn(administrator, with_check(base))
    page = read(desk.get(path()))
    assert "không tự chia lại được" in page.text
    response = desk.post(path("own_route_again"), {"base": new.pk}, follow=True)
    assert "lập lại cách riêng" in response.content.decode()


def test_a_counter_of_its_own(desk: Client, unit: Unit) -> None:
    assert desk.post(path("own_counter"), {"counter": "2"}).status_code == 302
    assert Offering.objects.get(unit=unit, procedure=version().procedure).counter == 2
    assert read(desk.get(path())).form(path("own_counter")).values["counter"] == ["2"]
    for wrong in ("0", "100", "hai"):
        assert desk.post(path("own_counter"), {"counter": wrong}).status_code == 422
    desk.post(path("own_counter"), {"counter": ""})
    assert Offering.objects.get(unit=unit, procedure=version().procedure).counter is None


def test_it_does_not_arise_and_arises_again(desk: Client, unit: Unit) -> None:
    page = read(desk.post(path("not_arising"), {"why": " "}), 422)
    assert page.errors["id_why"]
    desk.post(path("not_arising"), {"why": "Xã không giáp biên giới."})
    page = read(desk.get(path()))
    assert "Xã không giáp biên giới." in page.text
    desk.post(path("not_arising"), page.form(path("not_arising")).filled(again="1"))
    assert Offering.objects.get(unit=unit, procedure=version().procedure).not_arising == ""


def test_what_the_checker_says_stands_there_too(desk: Client, leader: Played, unit: Unit) -> None:
    Grant.objects.filter(user=leader.user).update(valid_to="2020-01-01")
    assert "chưa có ai là người giữ vai trò lãnh đạo" in read(desk.get(path())).text


def test_only_what_is_on_the_list(desk: Client, unit: Unit) -> None:
    Offering.objects.filter(unit=unit, procedure=version().procedure).delete()
    for response in (desk.get(path()), desk.post(path("own_route_follow")), desk.get("/thiet-lap/999999/")):
        assert response.status_code == 404


def test_a_procedure_without_a_template_yet(desk: Client, unit: Unit) -> None:
    code = current().filter(limit="", procedure__offerings__unit=unit)[0].procedure.code
    assert "Chưa có quy trình mẫu" in read(desk.get(path(code=code))).text
    assert desk.post(path(code=code), {"reason": "Thử."}).status_code == 422


def test_as_many_queries_for_a_long_way_as_for_a_short_one(desk: Client) -> None:
    assert abs(queries(desk, path(code=HEALTH_CARD)) - queries(desk, path())) <= 2


# -- a district ------------------------------------------------------------------------------------
def test_a_district_adds_its_check(unit: Unit) -> None:
    district = made_admin("chutich.hue", "474").client()
    page = read(district.get(path()))
    sent = page.form().filled(
        minutes_1="1 ngày 7 giờ 48 phút",
        kind_0="approval",
        agency_0="district",
        after_0="2",
        time_0="1 giờ",
        reason="Huyện kiểm tra trước khi trả.",
    )
    response = district.post(path(), sent, follow=True)
    assert "Đã lưu cách riêng" in response.content.decode()
    assert used(unit) == [72, 948, 360, 60, 0]
    assert used(Unit.objects.get(code="20068")) == [72, 1008, 360, 0]
    page = read(district.get(path()))
    assert page.form().values["time_0"] == ["1 giờ"]
    assert "Lãnh đạo duyệt tại UBND huyện: 1 giờ" in page.text


def test_where_a_districts_check_goes_too_far_is_said_beside_it(unit: Unit) -> None:
    district = made_admin("chutich.hue", "474").client()
    form = read(district.get(path())).form()
    for changes, field in (
        ({"kind_0": "processing", "time_0": "1 giờ", "minutes_1": "1 ngày 7 giờ 48 phút"}, ""),
        ({"kind_0": "approval", "time_0": ""}, "id_time_0"),
        ({"kind_0": "approval", "time_0": "0", "minutes_1": "2 ngày 48 phút"}, "id_time_0"),
    ):
        sent = form.filled(agency_0="district", after_0="2", reason="Thử.", **changes)
        page = read(district.post(path(), sent), 422)
        assert page.errors[field] if field else page.summary
    assert not Route.objects.filter(unit__code="474").exists()
