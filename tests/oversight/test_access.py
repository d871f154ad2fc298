"""Who may open the pages of those who watch and of those who administer."""

import pytest
from django.urls import reverse

ADMIN = [reverse("calendar"), reverse("limits"), reverse("reactions")]
WATCH = [reverse("overview"), reverse("unit_dossiers", args=["19798"])]
POSTS = [reverse("calendar_withdraw"), reverse("reaction_retry", args=[1])]


@pytest.mark.parametrize("who", ["clerk", "specialist", "leader", "outsider"])
def test_the_desk_sees_none_of_it(request, who):
    client = request.getfixturevalue(who).client()
    assert {client.get(path).status_code for path in WATCH + ADMIN} == {403}
    assert {client.post(path).status_code for path in [*ADMIN[:2], *POSTS]} == {403}


def test_a_supervisor_watches_and_changes_nothing(supervisor):
    client = supervisor.client()
    assert {client.get(path).status_code for path in WATCH} == {200}
    assert {client.get(path).status_code for path in ADMIN} == {403}
    assert {client.post(path).status_code for path in [*ADMIN[:2], *POSTS]} == {403}


def test_an_administrator_sees_all(administrator):
    client = administrator.client()
    assert {client.get(path).status_code for path in WATCH + ADMIN} == {200}


def test_without_a_log_in_nothing(client, db):
    for path in WATCH + ADMIN:
        assert client.get(path).headers["Location"].startswith(reverse("login"))


def test_a_district_sees_its_own_communes_only(district_supervisor):
    """Who may not see a unit is told that there is none."""
    client = district_supervisor.client()
    assert client.get(reverse("unit_dossiers", args=["19891"])).status_code == 200
    assert client.get(reverse("overview")).context["unit"].code == "477"
    for code in ("19798", "474", "46", "no such unit"):
        assert client.get(reverse("unit_dossiers", args=[code])).status_code == 404
        assert client.get(reverse("overview"), {"unit": code}).status_code == 404


def test_what_only_changes_is_not_read(office):
    assert {office.get(path).status_code for path in POSTS} == {405}
