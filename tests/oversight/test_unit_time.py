"""`unit_hours`, `unit_closures`, `closure_withdraw`: seen first, then written, and due times follow (R10)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.journal import worker
from motcua.journal.models import Entry
from motcua.people.calendar import calendar_of
from motcua.people.models import Closure, Grant, OfficeHours, Role, Unit
from tests.cast import Played, played, received
from tests.desk.reading import Page
from tests.oversight.conftest import NOW, PHUOC_VINH, queries
from tests.oversight.test_units import read

HOURS = reverse("unit_hours", args=[PHUOC_VINH])
CLOSURES = reverse("unit_closures", args=[PHUOC_VINH])
WITHDRAW = reverse("closure_withdraw", args=[PHUOC_VINH])
SHUT = {
    "first": "18/11/2026",
    "first_half": "am",
    "last": "18/11/2026",
    "last_half": "pm",
    "reason": "Ngập lụt",
}


def week(page: Page, **changes: object) -> dict[str, list[str]]:
    """The form as it stands, with other hours from Wednesday on."""
    return page.form().filled(**({"first": "18/11/2026", "source": "QĐ 7/QĐ-UBND"} | changes))


def test_the_form_has_the_hours_that_hold(office) -> None:
    values = read(office.get(HOURS)).form().values
    assert values["own"] == ["own"]
    halves = {
        tuple(values[f"{name}{place}"][0] for name in ("first_month", "last_month")) for place in (0, 1)
    }
    assert halves == {("4", "9"), ("10", "3")}
    assert values["w0-0-am"] == ["07:30-11:30"]
    assert "theo Tỉnh Thừa Thiên Huế" in office.get(HOURS).content.decode()


def test_sent_back_unchanged_it_is_a_week_that_can_be(office, unit: Unit) -> None:
    before = calendar_of(unit).spans(date(2027, 7, 1))
    assert office.post(HOURS, week(read(office.get(HOURS))) | {"save": ["1"]}).status_code == 302
    assert calendar_of(unit).spans(date(2027, 7, 1)) == before
    assert set(OfficeHours.objects.filter(unit=unit).values_list("valid_from", flat=True)) == {
        date(2026, 11, 18)
    }


def test_first_seen_then_written(office, clerk: Played, unit: Unit) -> None:
    """R10: the preview says what then happens, and writes nothing itself."""
    dossier, entries = received(clerk), Entry.objects.count()
    changes = {"first_month0": "1", "last_month0": "12", "first_month1": "", "last_month1": ""}
    mornings = {f"w0-{day}-pm".replace("-", "__"): "" for day in range(7)}
    sent = week(read(office.get(HOURS)), **changes, **mornings)
    response = office.post(HOURS, sent)
    foretold = response.context["foretold"]
    assert (foretold.earlier, foretold.later) == (1, 0)
    assert (OfficeHours.objects.filter(unit=unit).exists(), Entry.objects.count()) == (False, entries)
    page = read(response)
    assert [box for box in page.notices if "0 muộn hơn, 1 sớm hơn" in box]
    assert office.post(HOURS, page.form().values | {"save": ["1"]}).status_code == 302
    worker.drain()
    assert Dossier.objects.get(pk=dossier.pk).due_at == foretold.first[0].after
    assert "riêng của đơn vị" in office.get(HOURS).content.decode()


def test_back_to_the_hours_from_above(office, unit: Unit) -> None:
    page = read(office.get(HOURS))
    office.post(HOURS, week(page) | {"save": ["1"]})
    sent = week(page, first="19/11/2026", own="above") | {"save": ["1"]}
    assert office.post(HOURS, sent).status_code == 302
    assert set(OfficeHours.objects.filter(unit=unit).values_list("valid_to", flat=True)) == {
        date(2026, 11, 18)
    }


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"w0__0__am": "sáng"}, "id_w0-0-am", "Viết như 07:30-11:30"),
        ({"w0__0__am": "25:00-26:00"}, "id_w0-0-am", "Viết như"),
        ({"w0__2__am": "11:30-7:30"}, "id_w0-2-am", "Giờ đóng cửa 07:30"),
        ({"w0__2__pm": "11h-17h"}, "id_w0-2-am", "buổi sáng chưa hết"),
        ({"last_month0": "8"}, "id_first_month0", ""),
        ({"first_month1": ""}, "id_first_month1", "Chọn tháng đầu"),
        ({"first": "31/02/2026"}, "id_first", "Ngày chưa đúng"),
        ({"first": "01/01/2026"}, "id_first", "60 ngày"),
        ({"source": " "}, "id_source", "căn cứ"),
        (
            {f"w0__{day}__{half}": "" for day in range(7) for half in ("am", "pm")},
            "id_first_month0",
            "không có",
        ),
    ],
)
def test_hours_that_cannot_be(office, unit: Unit, changes, field: str, words: str) -> None:
    sent = week(read(office.get(HOURS)), **changes)
    for button in ({}, {"save": ["1"]}):
        page = read(office.post(HOURS, sent | button), 422)
        assert words in page.errors[field]
        assert page.form().values["w0-4-pm"] == sent["w0-4-pm"]
    assert not OfficeHours.objects.filter(unit=unit).exists()


def test_one_line_for_five_days(office, unit: Unit) -> None:
    sent = week(read(office.get(HOURS)), w0__0__am="7h-11h", w0__0__pm="13.30 – 17g", same0="on")
    office.post(HOURS, sent | {"save": ["1"]})
    spans = {tuple(calendar_of(unit).spans(date(2027, month, day))) for month in (7, 12) for day in (1, 2)}
    assert ((420, 660), (810, 1020)) in spans


def test_who_reads_cannot_write(leader: Played, unit: Unit) -> None:
    client = leader.client()
    assert not read(client.get(HOURS)).actions() & {""}
    sent = {"own": "above", "first": "18/11/2026", "source": "x", "first_month0": "1", "last_month0": "12"}
    assert client.post(HOURS, sent | {"save": "1"}).status_code == 422
    assert client.post(CLOSURES, SHUT | {"save": "1"}).status_code == 422
    assert client.post(WITHDRAW, {"closure": "1"}).status_code == 403
    assert not OfficeHours.objects.filter(unit=unit).exists()
    assert not Closure.objects.exists()


# -- closures ------------------------------------------------------------------------------------------
def test_a_closure_is_seen_written_and_taken_back(office, clerk: Played, unit: Unit) -> None:
    dossier = received(clerk)
    response = office.post(CLOSURES, SHUT)
    assert (response.context["foretold"].later, Closure.objects.count()) == (1, 0)
    sent = read(response).form().values | {"save": ["1"]}
    assert office.post(CLOSURES, sent).status_code == 302
    worker.drain()
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at + timedelta(days=1)
    row = Closure.objects.get(unit=unit)
    assert office.post(WITHDRAW, {"closure": row.pk}).status_code == 302
    worker.drain()
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last": "17/11/2026"}, "Lúc mở lại phải sau"),
        ({"first": "x"}, "Ngày chưa đúng"),
        ({"reason": ""}, "vì sao đóng cửa"),
        ({"first": "02/11/2026", "last": "03/11/2026"}, "đã qua"),
        ({"last": "18/11/2027"}, "60 ngày"),
        ({"first_half": "noon"}, "noon"),
    ],
)
def test_a_closure_that_cannot_be(office, changes, words: str) -> None:
    for button in ({}, {"save": "1"}):
        page = read(office.post(CLOSURES, SHUT | changes | button), 422)
        assert words in " ".join(page.summary)
    assert not Closure.objects.exists()


def test_a_unit_does_not_close_afterwards(leader: Played, unit: Unit) -> None:
    """R15: seen or written, the page says who could."""
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    client = played(leader.user.username).client()
    for button in ({}, {"save": "1"}):
        page = read(client.post(CLOSURES, SHUT | {"first": "13/11/2026"} | button), 422)
        assert "do quản trị tỉnh ghi" in page.errors["id_first"]
    assert client.post(CLOSURES, SHUT | {"save": "1"}).status_code == 302
    assert Closure.objects.count() == 1


@pytest.mark.parametrize("which", ["", "x", "0", "9" * 30])
def test_opening_what_is_not_closed_is_told(office, which: str) -> None:
    response = office.post(WITHDRAW, {"closure": which}, follow=True)
    assert "đã qua hoặc đã rút" in response.content.decode()


def test_a_closure_of_another_unit_is_not_opened_from_here(office) -> None:
    other = Unit.objects.get(code="20068")
    row = Closure.objects.create(unit=other, starts=NOW, ends=NOW + timedelta(days=1), reason="x")
    office.post(WITHDRAW, {"closure": row.pk})
    assert Closure.objects.filter(pk=row.pk, ends=NOW + timedelta(days=1)).exists()


def test_as_many_queries_for_many(office, unit: Unit) -> None:
    before = queries(office, CLOSURES)
    Closure.objects.bulk_create(
        Closure(unit=unit, starts=NOW + timedelta(days=d), ends=NOW + timedelta(days=d, hours=1), reason="x")
        for d in range(60)
    )
    assert queries(office, CLOSURES) == before <= 10
    assert read(office.get(CLOSURES)).link("next")
    assert queries(office, HOURS) <= 9
