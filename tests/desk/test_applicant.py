"""The applicant's part of the counter's form, for a person who came before."""

from django.test import Client
from django.urls import reverse

from motcua.people import actions as people
from tests.desk.conftest import read
from tests.desk.reading import Page

KNOWN = {"id_number": "046199000018", "full_name": "Nguyễn Thị Hường", "address": "12 Chi Lăng"}


def asked(counter: Client, **typed: str) -> Page:
    return read(counter.post(reverse("applicant"), typed))


def values(page: Page) -> dict[str, str]:
    return {box.attrs["name"]: box.attrs.get("value", "") for box in page.all("input")}


def test_filled_in_by_the_number(counter: Client) -> None:
    people.remember_person(**KNOWN, phone="0905000018", email="", is_simulated=True)
    page = asked(counter, id_number="046 199 000 018", phone="", email="moi@gmail.com")
    assert values(page) == KNOWN | {"phone": "0905000018", "email": "moi@gmail.com"}
    assert "Đã điền theo lần đến trước" in page.text


def test_the_part_alone(counter: Client) -> None:
    page = asked(counter, id_number="046199000018")
    (part,) = [child for child in page.children if not isinstance(child, str)]
    assert part.attrs["id"] == "applicant"


def test_a_stranger_keeps_what_was_typed(counter: Client) -> None:
    page = asked(counter, id_number="046199999999", full_name="Người mới")
    assert values(page)["full_name"] == "Người mới"
    assert "Chưa từng đến" in page.text


def test_nobody_is_found_by_a_part_of_a_number(counter: Client) -> None:
    people.remember_person(**KNOWN, phone="", email="", is_simulated=True)
    for part in ("", "04619900001", "199000018", "%", "046199000018 OR 1=1"):
        assert values(asked(counter, id_number=part))["full_name"] == ""


def test_the_number_never_stands_in_an_address(counter: Client) -> None:
    assert counter.get(reverse("applicant"), {"id_number": "046199000018"}).status_code == 405
