"""`units` and `unit`: the tree with what is missing, and what one unit is known by."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.people import training
from motcua.people.models import Grant, Role, TrainingKind, Unit, UnitIdentifier, UnitSuccession
from motcua.people.training import Course
from tests.cast import MONDAY, Played, played
from tests.desk.reading import Page
from tests.oversight.conftest import HUE, PHUOC_VINH, queries

UNITS, UNIT = reverse("units"), reverse("unit", args=[PHUOC_VINH])


def read(response, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response.content.decode())


def names(response) -> list[str]:
    return [row.all("a")[0].text for row in read(response).rows]


def test_the_province_shows_its_districts_with_what_is_missing_below(office) -> None:
    response = office.get(UNITS)
    rows = {row.unit.code: row for row in response.context["rows"]}
    assert len([code for code in rows if len(code) == 3]) == 9
    assert rows["46"].missing == []
    city = rows[HUE]
    communes = Unit.objects.filter(path__startswith=f"46.{HUE}.").exclude(code=HUE).count()
    # Phước Vĩnh has all three roles, and the three agencies of the city, too.
    assert (city.below, city.short_below) == (communes, communes - 4)


def test_a_commune_without_a_clerk_says_so(office) -> None:
    Grant.objects.filter(unit__code=PHUOC_VINH, role=Role.CLERK).update(valid_to="2026-11-01")
    rows = {row.unit.code: row for row in office.get(UNITS, {"unit": HUE}).context["rows"]}
    assert [role.value for role in rows[PHUOC_VINH].missing] == ["clerk"]
    assert "Tiếp nhận và trả kết quả" in office.get(UNIT).content.decode()


@pytest.mark.parametrize("words", ["phuoc vinh", "Phước Vĩnh", "19798"])
def test_a_unit_is_found_without_accents_and_by_code(office, words: str) -> None:
    assert "Phường Phước Vĩnh" in names(office.get(UNITS, {"q": words}))
    assert names(office.get(UNITS, {"q": "khong co dau"})) == []


def test_what_lacks_a_role_comes_in_pages(office) -> None:
    seen: list[str] = []
    path = f"{UNITS}?muc=thieu"
    while path:
        response = office.get(path)
        seen += [row.unit.code for row in response.context["rows"]]
        link = read(response).link("next")
        path = f"{UNITS}{link}" if link else ""
    assert len(seen) == len(set(seen)) == response.context["count"] > 100
    assert PHUOC_VINH not in seen


def test_what_has_ended_is_a_list_of_its_own(office, unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(valid_to="2026-10-31")
    other = Unit.objects.get(code="19801")
    UnitSuccession.objects.create(predecessor=unit, successor=other, on=date(2026, 11, 1), note="NQ 1")
    assert names(office.get(UNITS, {"muc": "da-het"})) == ["Phường Phước Vĩnh"]
    page = office.get(UNIT).content.decode()
    assert "kết thúc hoạt động sau ngày 31/10/2026" in page
    assert f"Công việc chuyển về {other.name} từ 01/11/2026" in page


def test_a_leader_reads_about_his_own_unit_only(leader: Played) -> None:
    client = leader.client()
    assert names(client.get(UNITS)) == ["Phường Phước Vĩnh"]
    page = read(client.get(UNIT))
    assert not any(action == "" for action in page.actions())
    assert client.get(reverse("unit", args=["20068"])).status_code == 404


@pytest.mark.parametrize("asked", [{"unit": "x"}, {"unit": "20068", "sau": "\0"}, {"muc": "x", "q": "%"}])
def test_nonsense_in_the_address_shows_something(office, asked) -> None:
    assert office.get(UNITS, asked).status_code == 200


def test_as_many_queries_for_a_district_as_for_the_province(office) -> None:
    assert queries(office, UNITS) == queries(office, f"{UNITS}?unit={HUE}") <= 9
    assert queries(office, UNIT) <= 15


def test_who_was_trained_is_counted(office, administrator: Played, clerk: Played, unit: Unit) -> None:
    day = date(2026, 10, 1)
    course = Course(TrainingKind.SOFTWARE, "Phần mềm Một cửa", "", day, day)
    training.record(administrator.officer, unit, clerk.user.pk, course, MONDAY)
    assert office.get(UNITS).context["sums"]["trained"] == 1
    assert office.get(UNIT).context["line"].trained == 1


# -- changing ----------------------------------------------------------------------------------------
CONTACT = {"act": "contact", "address": "12 Chi Lăng", "phone": "0234 3822 800", "email": "", "website": ""}


def test_contact_is_saved(office, unit: Unit) -> None:
    assert office.post(UNIT, CONTACT).status_code == 302
    unit.refresh_from_db()
    assert (unit.address, unit.phone) == ("12 Chi Lăng", "0234 3822 800")


def test_a_mistake_stays_typed_and_changes_nothing(office, unit: Unit) -> None:
    page = read(office.post(UNIT, CONTACT | {"email": "khong phai"}), 422)
    assert "id_email" in page.errors
    assert page.all("input", id="id_email")[0].attrs["value"] == "khong phai"
    page = read(office.post(UNIT, {"act": "identifier", "identifier": "x", "first": "1/1"}), 422)
    assert set(page.errors) >= {"id_first", "id_scheme"}
    unit.refresh_from_db()
    assert unit.address == ""
    assert office.post(UNIT, {"act": "x"}).status_code == 404


def test_the_official_identifier_from_a_day_on(office, unit: Unit) -> None:
    sent = {
        "act": "identifier",
        "identifier": "H57.1.19",
        "scheme": "QĐ 20/2020/QĐ-TTg",
        "first": "17/11/2026",
    }
    assert office.post(UNIT, sent).status_code == 302
    rows = UnitIdentifier.objects.filter(unit=unit).order_by("pk").values_list("identifier", "valid_to")
    assert list(rows) == [("000.19.01.H57", date(2026, 11, 16)), ("H57.1.19", None)]
    assert (
        "đã định dùng từ 17/11/2026" in office.post(UNIT, sent | {"identifier": "H57.1.20"}).content.decode()
    )


def test_a_units_administrator_changes_the_contact_and_not_the_identifier(leader: Played, unit: Unit) -> None:
    assert read(leader.client().post(UNIT, CONTACT), 422).summary
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    client = played(leader.user.username).client()
    assert client.post(UNIT, CONTACT).status_code == 302
    sent = {"act": "identifier", "identifier": "H57.1.19", "scheme": "QCVN 102:2016", "first": "17/11/2026"}
    assert client.post(UNIT, sent).status_code == 422
    assert UnitIdentifier.objects.filter(unit=unit).count() == 1


def test_how_a_unit_works_is_set_from_above(office, leader: Played, unit: Unit) -> None:
    sent = {"act": "ways", "assignment": "least_loaded", "supplement_days": "20"}
    assert office.post(UNIT, sent).status_code == 302
    unit.refresh_from_db()
    assert (unit.assignment, unit.supplement_days) == ("least_loaded", 20)
    for days in ("4", "366", "x", ""):
        assert "id_supplement_days" in read(office.post(UNIT, sent | {"supplement_days": days}), 422).errors
    assert office.post(UNIT, sent | {"assignment": "x"}).status_code == 422
    other = leader.client().post(reverse("unit", args=["19801"]), sent)
    assert other.status_code == 404
