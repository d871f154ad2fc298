"""`seals`, `seal` and `seal_file`: the daily roots, for anyone to keep (R27)."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.reading import note_reading
from motcua.journal import seals
from motcua.journal.models import Head, SealedDay
from tests.cast import MONDAY, received

SEALS = reverse("seals")


@pytest.fixture
def sealed(clerk, outsider) -> list[SealedDay]:
    """Two units, sealed for three days."""
    received(clerk)
    received(outsider)
    seals.seal_days(MONDAY + timedelta(days=3))
    return list(SealedDay.objects.order_by("day"))


def file_of(row: SealedDay) -> str:
    return reverse("seal_file", args=[row.day.isoformat()])


def test_every_day_with_its_root_latest_first(client, sealed):
    page = client.get(SEALS).content.decode()
    places = [page.index(row.root) for row in reversed(sealed)]
    assert places == sorted(places)
    for row in sealed:
        assert f'href="{file_of(row)}"' in page


def test_a_day_names_the_units_and_where_they_stood(client, sealed):
    page = client.get(reverse("seal", args=["2026-11-16"])).content.decode()
    for words in (sealed[0].root, "đây là ngày đầu tiên", "Phường Phước Vĩnh", "Xã A Ngo", "19798"):
        assert words in page
    for chain, of in Head.objects.values_list("chain", "hash"):
        assert of in page, chain


def test_a_later_day_shows_what_it_follows(client, sealed):
    page = client.get(reverse("seal", args=["2026-11-17"])).content.decode()
    assert sealed[0].root in page
    assert "ngày đầu tiên" not in page


def test_the_file_is_the_root(client, sealed):
    """What `sha256sum` says of the download is what stands on the page."""
    for row in sealed:
        answer = client.get(file_of(row))
        assert hashlib.sha256(answer.content).hexdigest() == row.root
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="motcua-{row.day}.txt"'
        assert answer["ETag"] == f'"{row.root}"'


def test_a_day_says_how_often_dossiers_were_opened_and_not_by_whom(client, clerk):
    """R27: the file has a hash for each unit."""
    dossier = received(clerk)
    note_reading(clerk.officer, dossier, "dossier", MONDAY)
    seals.seal_days(MONDAY + timedelta(days=1))
    row = SealedDay.objects.get()
    assert "1 lượt cán bộ mở hồ sơ" in client.get(reverse("seal", args=["2026-11-16"])).content.decode()
    text = client.get(file_of(row)).content.decode()
    assert f"readings {dossier.unit_id} 1 " in text
    assert hashlib.sha256(text.encode()).hexdigest() == row.root


def test_the_file_stays_the_same_whatever_comes_after(client, sealed, clerk, clock):
    before = client.get(file_of(sealed[0])).content
    clock.shift(timedelta(days=9))
    received(clerk)
    seals.seal_days(timezone.now())
    assert client.get(file_of(sealed[0])).content == before


def test_nothing_personal_is_in_it(client, sealed):
    for path in (SEALS, reverse("seal", args=["2026-11-16"]), file_of(sealed[0])):
        text = client.get(path).content.decode()
        assert not [words for words in ("Nguyễn Thị Thử", "046199000999", "H57-261116") if words in text]


@pytest.mark.parametrize("day", ["2026-11-15", "2026-11-19", "2026-13-01", "x", "20261116x", "0000-00-00"])
def test_a_day_without_a_seal_is_not_there(client, sealed, day):
    for name in ("seal", "seal_file"):
        assert client.get(reverse(name, args=[day])).status_code == 404


def test_before_the_first_night(client, db):
    assert "Chưa có ngày nào được công bố" in client.get(SEALS).content.decode()


def test_pages_by_key_and_costs_the_same(client, sealed, django_assert_num_queries):
    seals.seal_days(datetime.fromisoformat("2027-02-20T09:00+07:00"))
    with django_assert_num_queries(2):  # how many, and a page of them
        first = client.get(SEALS)
    assert len(first.context["page"].rows) == 50
    with django_assert_num_queries(2):
        second = client.get(SEALS + first.context["page"].on)
    assert second.context["page"].rows[-1].day.isoformat() == "2026-11-16"
    with django_assert_num_queries(
        5
    ):  # the day, how many units, a page of them, their names, how many readings
        client.get(reverse("seal", args=["2026-11-16"]))


def test_the_first_page_shows_the_way(client, db):
    assert f'href="{SEALS}"' in client.get(reverse("welcome")).content.decode()
