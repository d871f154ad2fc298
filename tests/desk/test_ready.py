"""Results that wait for the citizen: who waits longest first, found by the name said at the counter."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from tests.cast import MONDAY, Applicant, Played
from tests.desk.conftest import Office, copies, read
from tests.desk.reading import Page


def shown(client: Client, query: str = "") -> Page:
    return read(client.get(reverse("ready") + query))


def asked(client: Client, words: str, query: str = "") -> Page:
    form = shown(client, query).form(reverse("ready"), role="search")
    return read(client.post(form.action, form.filled(q=words)))


def test_the_longest_waiting_first(office: Office, counter: Client) -> None:
    later = office.dossier("done", at=MONDAY + timedelta(minutes=20))
    sooner = office.dossier("done")
    office.dossier("return")
    office.dossier("returned")
    page = shown(counter)
    assert page.codes == [sooner.code, later.code]
    assert f"{reverse('dossier', args=[sooner.code])}#hand-over" in page.links
    assert "12/KQ-UBND" in page.rows[0].text


def test_by_the_name_that_the_citizen_says(office: Office, counter: Client) -> None:
    found = office.dossier("done", applicant=Applicant("Đặng Thị Ơn"))
    office.dossier("done")
    page = asked(counter, "dang thi on")
    assert page.codes == [found.code]
    assert page.form(reverse("ready"), role="search").values["q"] == ["dang thi on"]


def test_a_name_is_not_read_from_the_address(office: Office, counter: Client) -> None:
    office.dossier("done")
    assert len(shown(counter, "?q=khong-co-ai").codes) == 1


def test_pages(office: Office, counter: Client) -> None:
    copies(office.dossier("done"), 60)
    rows = list(Dossier.objects.order_by("finished_at", "pk").values_list("code", flat=True))
    first = shown(counter)
    second = shown(counter, first.link("next"))
    assert first.codes + second.codes == rows
    assert shown(counter, second.link("prev")).codes == first.codes
    assert asked(counter, "nguyen", first.link("next")).codes == first.codes


def test_of_another_commune(office: Office, outsider: Played) -> None:
    office.dossier("done")
    page = shown(outsider.client())
    assert page.codes == []
    assert "Không có kết quả nào chờ trả" in page.text


def test_the_same_number_of_queries_for_5_rows_and_for_55(office: Office, counter: Client) -> None:
    copies(office.dossier("done"), 4)
    shown(counter)
    with CaptureQueriesContext(connection) as few:
        assert len(shown(counter).codes) == 5
    copies(office.dossier("done"), 49)
    with CaptureQueriesContext(connection) as many:
        assert len(shown(counter).codes) == 50
    assert len(few) == len(many) <= 7
