"""`welcome`: the first page."""

from django.test import Client
from django.urls import reverse

from tests.cast import Played
from tests.desk.reading import Page


def shown(client: Client) -> Page:
    answer = client.get(reverse("welcome"))
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_one_box_for_procedures_and_dossiers_and_the_way_for_officers(client, db, django_assert_num_queries):
    with django_assert_num_queries(3):
        page = shown(client)
    assert page.form(reverse("procedures_public")).values == {"q": [""]}
    assert {reverse("track_find"), reverse("login"), reverse("units_public")} <= set(page.links)
    assert "Sinh con" in page.text


def test_the_commune_that_was_chosen_is_on_it(client, db):
    client.cookies["don_vi"] = "19798"
    page = shown(client)
    assert reverse("unit_public", args=["19798"]) in page.links
    assert page.form(reverse("procedures_public")).values == {"q": [""], "don-vi": ["19798"]}


def test_an_officer_sees_it_too(clerk: Played):
    assert "Bạn cần làm thủ tục gì?" in shown(clerk.client()).h1
