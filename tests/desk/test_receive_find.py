"""Which procedure did the citizen come for? Found by name without accents or by code, the commonest first."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalog.models import Offering
from motcua.catalog.queries import offered
from motcua.people.models import Unit
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, Played, received, version
from tests.desk.conftest import read
from tests.desk.reading import Page

HTMX = {"HX-Request": "true"}


def asked(counter: Client, words: str = "") -> Page:
    return read(counter.get(reverse("receive_find"), {"q": words}))


def found(page: Page) -> list[str]:
    """The procedures offered to pick from, in their order: code of each."""
    return [code.text for item in page.all("ul", class_="pick") for code in item.all("span", class_="code")]


@pytest.mark.parametrize("words", ["dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "sinh khai ky dang", BIRTH])
def test_found_by_name_without_accents_and_by_code(counter: Client, words: str) -> None:
    page = asked(counter, words)
    assert BIRTH in found(page)
    assert reverse("receive", args=[version(BIRTH).pk]) in page.links


def test_the_commonest_of_this_unit_come_first(counter: Client, clerk: Played) -> None:
    for code in (GUARDIANSHIP, COPIES, GUARDIANSHIP, BIRTH, BIRTH, BIRTH):
        received(clerk, code)
    assert found(asked(counter)) == [BIRTH, GUARDIANSHIP, COPIES]
    assert found(asked(counter, "dang ky"))[:2] == [BIRTH, GUARDIANSHIP]


def test_what_is_common_elsewhere_is_not_common_here(counter: Client, outsider: Played) -> None:
    received(outsider, GUARDIANSHIP)
    first = found(asked(counter, "dang ky"))
    received(outsider, GUARDIANSHIP)
    assert found(asked(counter, "dang ky")) == first


def test_a_unit_without_a_past_sees_its_list(counter: Client, unit: Unit) -> None:
    page = asked(counter)
    assert len(found(page)) == 20
    assert f"Còn {offered(unit.pk).count() - 20} thủ tục nữa" in page.text


def test_nothing_found_says_what_to_do(counter: Client) -> None:
    page = asked(counter, "xin cấp hộ chiếu vũ trụ")
    assert found(page) == []
    assert "Không có thủ tục nào khớp" in page.text


def test_only_what_the_unit_offers(counter: Client, unit: Unit) -> None:
    Offering.objects.filter(unit=unit, procedure__code=BIRTH).delete()
    assert BIRTH not in found(asked(counter, BIRTH))


def test_a_script_gets_the_list_alone(counter: Client) -> None:
    answer = read(counter.get(reverse("receive_find"), {"q": "khai sinh"}, headers=HTMX))
    assert BIRTH in found(answer)
    assert not answer.all("html")
    (picked,) = answer.all("ul", class_="pick")
    assert picked.attrs["data-q"] == "khai sinh"  # Enter waits until the list answers what is typed


def test_a_limit_that_nobody_published_is_said(counter: Client, unit: Unit) -> None:
    without = offered(unit.pk).filter(limit="").order_by("pk").first()
    assert "chưa công bố" in asked(counter, without.name).text
