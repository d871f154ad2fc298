"""`unit_counters`, `unit_counter`: counters, and who sits where; the desk's home shows it."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.people.models import CounterDuty, DeskCounter, Field, Unit
from tests.cast import Played
from tests.oversight.conftest import PHUOC_VINH, queries
from tests.oversight.test_units import read

COUNTERS = reverse("unit_counters", args=[PHUOC_VINH])
ONE = reverse("unit_counter", args=[PHUOC_VINH, 1])
NEW = {"number": "1", "name": "Hộ tịch", "is_active": "on"}


@pytest.fixture
def counter(unit: Unit) -> DeskCounter:
    return DeskCounter.objects.create(unit=unit, number=1, name="Hộ tịch")


def test_a_counter_is_made_with_its_fields(office, unit: Unit) -> None:
    field = Field.objects.get(name="Tư pháp - Hộ tịch")
    assert office.post(COUNTERS, NEW | {"fields_of_work": [field.pk]}).status_code == 302
    row = DeskCounter.objects.get(unit=unit)
    assert (row.number, row.name, row.fields.get()) == (1, "Hộ tịch", field)
    assert read(office.get(COUNTERS)).form().values["number"] == ["2"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "id_number"),
        ({"number": "x"}, "id_number"),
        ({"number": "100"}, "id_number"),
        ({"number": "1"}, "id_number"),
        ({"fields_of_work": "0"}, "id_fields_of_work"),
        ({"name": "A" * 81}, "id_name"),
    ],
)
def test_a_counter_that_cannot_be(office, counter: DeskCounter, changed, field: str) -> None:
    page = read(office.post(COUNTERS, {"number": "2", "name": "", "is_active": "on"} | changed), 422)
    assert page.errors[field]
    assert DeskCounter.objects.count() == 1


def test_who_sits_there_stands_on_the_desks_home(office, counter, clerk: Played, outsider: Played) -> None:
    week = {"act": "week"} | {f"day{day}": str(clerk.user.pk) for day in range(5)}
    assert office.post(ONE, week).status_code == 302
    assert "Thứ Hai, Thứ Ba, Thứ Tư, Thứ Năm, Thứ Sáu" in office.get(COUNTERS).content.decode()
    home = clerk.client().get(reverse("home"))
    assert "Hôm nay: Quầy 1 Trần Thị Lan" in read(home).text
    assert "Quầy 1" not in outsider.client().get(reverse("home")).content.decode()


def test_a_date_differs_and_does_so_no_more(
    office, counter: DeskCounter, leader: Played, clerk: Played
) -> None:
    office.post(ONE, {"act": "week", "day0": str(clerk.user.pk)})
    sent = {"act": "day", "day": "16/11/2026", "officer": str(leader.user.pk)}
    assert office.post(ONE, sent).status_code == 302
    assert "Quầy 1 Nguyễn Văn Hùng" in read(clerk.client().get(reverse("home"))).text
    office.post(ONE, sent | {"officer": ""})
    assert "Quầy 1 không có ai" in read(clerk.client().get(reverse("home"))).text
    for day in ("x", "2026-11-16"):
        assert office.post(ONE, {"act": "forget", "day": day}).status_code == 302
    assert "Quầy 1 Trần Thị Lan" in read(clerk.client().get(reverse("home"))).text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"act": "week", "day0": "x"}, "id_day0"),
        ({"act": "week", "day0": "0"}, "id_day0"),
        ({"act": "day", "day": "", "officer": ""}, "id_date_day"),
        ({"act": "day", "day": "01/11/2026", "officer": ""}, "id_date_day"),
        ({"act": "day", "day": "17/11/2026", "officer": "0"}, "id_date_officer"),
        ({"act": "counter", "number": "0"}, "id_number"),
    ],
)
def test_a_plan_that_cannot_be(office, counter: DeskCounter, sent, field: str) -> None:
    assert read(office.post(ONE, sent), 422).errors[field]
    assert not CounterDuty.objects.exists()


def test_nobody_sits_at_two_counters(office, counter: DeskCounter, clerk: Played, unit: Unit) -> None:
    office.post(ONE, {"act": "week", "day0": str(clerk.user.pk)})
    DeskCounter.objects.create(unit=unit, number=2)
    two = reverse("unit_counter", args=[PHUOC_VINH, 2])
    page = read(office.post(two, {"act": "week", "day0": str(clerk.user.pk)}), 422)
    assert "đã ngồi quầy 1" in page.errors["id_day0"]


def test_another_number_and_out_of_use(office, counter: DeskCounter) -> None:
    assert office.post(ONE, {"act": "counter", "number": "7", "name": "x"}).status_code == 302
    counter.refresh_from_db()
    assert (counter.number, counter.is_active) == (7, False)
    assert office.get(ONE).status_code == 404
    assert office.post(reverse("unit_counter", args=[PHUOC_VINH, 7]), {"act": "x"}).status_code == 404


def test_who_leads_reads(leader: Played, counter: DeskCounter, clerk: Played) -> None:
    client: Client = leader.client()
    for path in (COUNTERS, ONE):
        assert "" not in read(client.get(path)).actions()
    assert client.post(COUNTERS, NEW | {"number": "2"}).status_code == 422
    assert client.post(ONE, {"act": "week", "day0": str(clerk.user.pk)}).status_code == 422
    assert not CounterDuty.objects.exists()


def test_as_many_queries_for_many_counters(office, counter: DeskCounter, unit: Unit, clerk: Played) -> None:
    for day in range(5):
        CounterDuty.objects.create(counter=counter, weekday=day, officer=clerk.user)
    before = queries(office, COUNTERS)
    for number in range(2, 9):
        other = DeskCounter.objects.create(unit=unit, number=number)
        CounterDuty.objects.create(counter=other, weekday=0, officer=clerk.user)
    assert queries(office, COUNTERS) == before <= 16
    assert queries(office, ONE) <= 14
