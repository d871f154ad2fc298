"""`welcome`: the first page."""

from django.urls import reverse


def test_asks_for_a_code_and_shows_officers_the_way(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("welcome"))
    page = response.content.decode()
    assert response.status_code == 200
    assert f'action="{reverse("track_find")}"' in page
    assert f'href="{reverse("login")}"' in page


def test_an_officer_sees_it_too(clerk):
    assert clerk.client().get(reverse("welcome")).status_code == 200
