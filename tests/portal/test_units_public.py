"""`units_public`, `unit_public`: choosing a commune by name, and its desk, hours and list (R50, R10)."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.people import actions as people
from motcua.people.models import DayKind, Unit, UnitSuccession, User
from motcua.people.on_show import on_show
from motcua.people.opening import opening, regular_hours
from tests.cast import BIRTH, Played
from tests.desk.reading import Page

pytestmark = pytest.mark.usefixtures("db")
PATH = "/don-vi/"


def shown(path: str, **query: str) -> Page:
    answer = Client().get(path, query)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_chosen_by_name_without_accents_and_remembered_without_a_person() -> None:
    client = Client()
    answer = client.get(PATH, {"q": "phuoc vinh"})
    assert answer["Location"] == "/don-vi/19798/"
    cookie = client.cookies["don_vi"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("19798", True, "Lax")
    assert "Phường Phước Vĩnh" in Page(client.get("/").content.decode()).text


def test_two_of_one_name_are_told_apart_by_their_district() -> None:
    page = shown(PATH, q="hương phong")
    assert len([link for link in page.links if "nho=" in link]) == 2
    assert "không" not in page.text.partition("Huyện")[0]
    assert Client().get(PATH, {"q": "huong phong a luoi"})["Location"].startswith("/don-vi/")


def test_chosen_from_a_procedure_one_comes_back_to_it() -> None:
    answer = Client().get(PATH, {"nho": "19798", "thu-tuc": BIRTH})
    assert answer["Location"] == f"/thu-tuc/{BIRTH}/?don-vi=19798"


@pytest.mark.parametrize("code", ["a/b", "//evil.example", "%00", "x" * 31])
def test_a_way_back_that_nobody_wrote_is_not_taken(code: str) -> None:
    assert Client().get(PATH, {"nho": "19798", "thu-tuc": code})["Location"] == "/don-vi/19798/"


def test_an_unknown_name_keeps_what_was_typed() -> None:
    page = shown(PATH, q="không đâu cả")
    assert page.all("input", id="unit")[0].attrs["value"] == "không đâu cả"
    assert "Không có nơi nào tên như vậy" in page.text


def test_forgotten_again() -> None:
    client = Client()
    client.get(PATH, {"nho": "19798"})
    client.get(PATH, {"quen": "1"})
    assert client.cookies["don_vi"].value == ""


@pytest.mark.parametrize("query", [{"nho": "1"}, {"nho": "477-BHXH"}])
def test_what_is_no_desk_of_citizens(query: dict[str, str]) -> None:
    assert Client().get(PATH, query).status_code == 404


def test_a_units_page() -> None:
    Unit.objects.filter(code="19798").update(address="12 Phan Bội Châu", phone="0234 3 823 456")
    page = shown("/don-vi/19798/")
    for words in ("12 Phan Bội Châu", "Hôm nay 07:30–11:30, 13:00–17:00", "73 thủ tục", "Thành phố Huế"):
        assert words in page.text
    assert "tel:02343823456" in page.links
    assert len(page.rows) >= 50
    assert page.link("next")


def test_the_districts_page_leads_to_its_communes() -> None:
    assert reverse("unit_public", args=["19798"]) in shown("/don-vi/474/").links


def test_the_week_has_its_holidays_and_closures(administrator: Played) -> None:
    unit = Unit.objects.get(code="19798")
    people.correct_calendar(administrator.officer, date(2026, 11, 18), DayKind.OFF, "Nghỉ lũ")
    people.correct_calendar(administrator.officer, date(2026, 11, 21), DayKind.WORKING, "Làm bù")
    closed = datetime.fromisoformat("2026-11-17T13:00+07:00")
    people.close_office(administrator.officer, unit, closed, closed + timedelta(hours=4), "Mất điện")
    week = opening(unit, date(2026, 11, 16))
    assert [(day.weekday, day.hours, day.note) for day in week] == [
        ("Thứ Hai", "07:30–11:30, 13:00–17:00", ""),
        ("Thứ Ba", "07:30–11:30", ""),
        ("Thứ Tư", "", "Nghỉ lũ"),
        ("Thứ Năm", "07:30–11:30, 13:00–17:00", ""),
        ("Thứ Sáu", "07:30–11:30, 13:00–17:00", ""),
        ("Thứ Bảy", "07:30–11:30, 13:00–17:00", "Làm bù"),
        ("Chủ nhật", "", ""),
    ]
    assert regular_hours(unit, date(2026, 11, 16)) == ["Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00"]
    assert "Nghỉ lũ" in shown("/don-vi/19798/").text


def test_a_unit_that_has_ended_says_who_goes_on() -> None:
    old, new = Unit.objects.get(code="19798"), Unit.objects.get(code="19747")
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2026, 10, 31))
    UnitSuccession.objects.create(predecessor=old, successor=new, on=date(2026, 11, 1))
    page = shown("/don-vi/19798/")
    assert "Đơn vị đã kết thúc" in page.text
    assert reverse("unit_public", args=["19747"]) in page.links
    assert "Phước Vĩnh" not in shown(PATH).text
    sheet = shown(f"/thu-tuc/{BIRTH}/", **{"don-vi": "19798"})
    assert "Đơn vị đã kết thúc" in sheet.text
    assert "/don-vi/19798/" in sheet.links
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2026, 12, 31))
    assert "Đơn vị sắp kết thúc" in shown("/don-vi/19798/").text
    assert "Phước Vĩnh" in shown(PATH).text


def test_who_works_there_by_name_title_field_and_telephone() -> None:
    """NĐ61 Đ.9.7: the head first, each once; a closed account is gone at once."""
    unit = Unit.objects.get(code="19798")
    User.objects.filter(username="lanhdao.phuocvinh").update(phone="0234 111")
    shown_officers = on_show(unit.pk)
    assert (shown_officers[0].name, shown_officers[0].phone) == ("Nguyễn Văn Hùng", "0234 111")
    assert len(shown_officers) == len({one.name for one in shown_officers}) == 7
    assert {one.fields for one in shown_officers} >= {"Tư pháp - Hộ tịch", "Công an", ""}
    page = shown("/don-vi/19798/")
    assert (
        "Trần Thị Lan Công chức tiếp nhận và trả kết quả ( mô phỏng )".replace("( ", "(").replace(" )", ")")
        in page.text
    )
    User.objects.filter(username="tiepnhan.phuocvinh").update(is_active=False)
    assert "Trần Thị Lan" not in shown("/don-vi/19798/").text


def test_the_page_costs_the_same_for_every_unit(django_assert_max_num_queries) -> None:
    for code in ("19798", "19747", "474", "46"):
        with django_assert_max_num_queries(13):
            shown(f"/don-vi/{code}/")
