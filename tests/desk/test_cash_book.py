"""R33: the counter's book of a day on its page, closed with the drawer counted; earlier days; a month as XLSX."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import DayBook, Method, Payment
from motcua.cash.quote import Charge
from tests.cast import COPIES, Played, version
from tests.desk.conftest import NOW, Office, read
from tests.desk.reading import Page

TODAY = date(2026, 11, 16)
BOOK, CLOSE = reverse("cash_book"), reverse("close_day")


def pay(
    office: Office, pages: int = 2, method: Method = Method.CASH, payer: str = "Nguyễn Thị Thử"
) -> Payment:
    dossier = office.dossier("processing", COPIES)
    charge = Charge(version(COPIES).fees.get().pk, units=pages)
    return cash.pay(office.clerk.act(NOW), dossier.pk, Taking((charge,), method, payer, "FT1"))


def shown(client: Client, query: str = "") -> Page:
    return read(client.get(BOOK + query))


def stats(page: Page) -> dict[str, str]:
    return {
        box.all("span")[0].text: box.all("b")[0].text.replace("\u00a0", " ")
        for box in page.all("div", class_="stat")
    }


def test_what_was_taken_today(office: Office, counter: Client) -> None:
    pay(office)
    pay(office, 5, Method.TRANSFER)
    voided = pay(office, 1)
    cash.void(office.leader.act(NOW), voided.pk, reason="Nhầm.")
    page = shown(counter)
    assert page.h1 == "Sổ thu phí ngày 16/11/2026"
    assert stats(page) == {
        "Tiền mặt": "4.000 đ",
        "Chuyển khoản": "7.000 đ",
        "Trực tuyến": "0 đ",
        "Tổng cộng": "11.000 đ",
        "Biên lai đã cấp": "3",
        "Biên lai hủy": "1",
    }
    assert [row.text[:12] for row in page.rows] == ["0000003/2026", "0000002/2026", "0000001/2026"]
    assert "Đã hủy" in page.rows[0].text


def test_the_leader_sees_the_book_and_does_not_close_it(office: Office) -> None:
    pay(office)
    leader = office.leader.client()
    assert CLOSE not in shown(leader).actions()
    assert leader.post(CLOSE, {"day": TODAY, "counted": "4000"}).status_code == 403
    assert not DayBook.objects.filter(closed_at__isnull=False).exists()


def test_another_communes_book_is_its_own(office: Office, outsider: Played) -> None:
    pay(office)
    assert shown(outsider.client()).rows == []


@pytest.mark.parametrize("counted", ["4000", "4.000", "4.000 đ", " 4 000đ "])
def test_closing_with_the_right_count(office: Office, counter: Client, counted: str) -> None:
    pay(office)
    answer = counter.post(CLOSE, shown(counter).form(CLOSE).filled(counted=counted))
    assert (answer.status_code, answer["Location"]) == (302, f"{BOOK}?ngay=2026-11-16")
    page = shown(counter)
    assert "Đã khóa sổ" in page.text
    assert CLOSE not in page.actions()
    assert DayBook.objects.get().counted == 4000


def test_a_wrong_count_asks_why_and_keeps_what_was_typed(office: Office, counter: Client) -> None:
    pay(office)
    page = read(counter.post(CLOSE, shown(counter).form(CLOSE).filled(counted="3.000")), 422)
    assert list(page.errors) == ["id_reason"]
    form = page.form(CLOSE)
    assert form.values["counted"] == ["3.000"]
    assert counter.post(CLOSE, form.filled(reason="Thối nhầm.")).status_code == 302
    assert "Thối nhầm." in shown(counter).text


@pytest.mark.parametrize("counted", ["", "x", "-5", "12,5x", "9" * 19])
def test_a_count_that_is_no_number(office: Office, counter: Client, counted: str) -> None:
    page = read(counter.post(CLOSE, shown(counter).form(CLOSE).filled(counted=counted)), 422)
    assert list(page.errors) == ["id_counted"]
    assert not DayBook.objects.exists()


def test_a_closed_day_is_not_closed_again(office: Office, counter: Client) -> None:
    form = shown(counter).form(CLOSE).filled(counted="0")
    assert counter.post(CLOSE, form).status_code == 302
    page = read(counter.post(CLOSE, form), 422)
    assert any("đã khóa" in line for line in page.summary)


def test_a_day_that_was_forgotten_is_said_the_next_day(office: Office, counter: Client, clock) -> None:
    pay(office)
    clock.shift(timedelta(days=1))
    counter = office.clerk.client()
    page = shown(counter)
    assert any("16/11/2026" in notice for notice in page.notices)
    page = shown(counter, "?ngay=2026-11-16")
    assert counter.post(CLOSE, page.form(CLOSE).filled(counted="4000")).status_code == 302
    shown(counter)  # says once that it was closed
    assert not shown(counter).notices


@pytest.mark.parametrize(
    "query", ["?ngay=x", "?ngay=", "?ngay=2026-13-01", "?after=x", f"?ngay={'9' * 5000}"]
)
def test_an_address_that_names_no_day_shows_today(office: Office, counter: Client, query: str) -> None:
    assert shown(counter, query).h1 == "Sổ thu phí ngày 16/11/2026"


def test_a_day_to_come_can_be_looked_at_and_not_closed(counter: Client) -> None:
    page = shown(counter, "?ngay=2026-11-17")
    assert CLOSE not in page.actions()


def test_earlier_days_page_by_day(office: Office, counter: Client) -> None:
    unit = office.clerk.officer.desk.unit_id
    DayBook.objects.bulk_create(DayBook(unit_id=unit, day=TODAY - timedelta(days=n)) for n in range(60))
    first = read(counter.get(reverse("cash_days")))
    second = read(counter.get(reverse("cash_days") + first.link("next")))
    days = [row.text[:10] for row in (*first.rows, *second.rows)]
    assert days == [f"{TODAY - timedelta(days=n):%d/%m/%Y}" for n in range(60)]
    back = read(counter.get(reverse("cash_days") + second.link("prev")))
    assert len(back.rows) == 50


def test_a_month_as_a_sheet(office: Office, counter: Client) -> None:
    pay(office, payer="=cmd()")
    voided = pay(office, 5)
    cash.void(office.clerk.act(NOW), voided.pk, reason="Nhầm.")
    answer = counter.get(reverse("cash_xlsx", args=[2026, 11]))
    assert answer["Content-Disposition"] == 'attachment; filename="so-thu-phi-19798-2026-11.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    amounts = [row[7] for row in rows[5:]]
    assert amounts == [4000, 7000, -7000, 4000]
    assert rows[5][4] == "=cmd()"
    assert (rows[7][2], rows[7][10]) == ("Hủy, hoàn", "Nhầm.")


@pytest.mark.parametrize("month", [(2026, 10), (2026, 13), (2026, 0), (9999, 1)])
def test_a_month_without_entries_has_no_sheet(
    office: Office, counter: Client, month: tuple[int, int]
) -> None:
    pay(office)
    assert counter.get(reverse("cash_xlsx", args=month)).status_code == 404


def test_as_many_queries_for_a_long_day_as_for_a_short_one(office: Office, counter: Client) -> None:
    pay(office)
    shown(counter)
    with CaptureQueriesContext(connection) as few:
        shown(counter)
    for _ in range(4):
        pay(office)
    with CaptureQueriesContext(connection) as many:
        shown(counter)
    assert len(few) == len(many) <= 13
