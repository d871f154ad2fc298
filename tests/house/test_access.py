"""Every address × every role: who gets in, who is turned away, and that nobody sees an error page instead."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier, Move
from motcua.people.models import Grant, User
from tests.house.addresses import ACCESS, CITIZEN, EVERYBODY, NO_OFFICER, ROLES, Line, names
from tests.house.conftest import Scene, browser_of

IN = {200, 302, 422}
OUT = {403, 404}


def test_every_address_has_its_line() -> None:
    found = list(names())
    assert sorted(found) == sorted(ACCESS)


def visits(client: Client, line: Line, path: str) -> dict[str, HttpResponse]:
    answers = {}
    if line.get:
        answers["GET"] = client.get(path)
    if line.post is not None:
        answers["POST"] = client.post(path, line.post)
    return answers


@pytest.mark.parametrize("name", ACCESS)
def test_who_gets_in(scene: Scene, address: Callable[[str], str], name: str) -> None:
    """And a visit with nothing to say changes nothing."""
    line, path = ACCESS[name], address(name)
    before = list(Dossier.objects.values()), Move.objects.count()
    for role in ROLES:
        for method, answer in visits(browser_of(role), line, path).items():
            where = f"{method} {path} as {role}: {answer.status_code}"
            if role in line.roles:
                assert answer.status_code in ({404} if line.absent else IN), where
                assert not answer.headers.get("Location", "").startswith(reverse("login") + "?"), where
            elif line.roles == CITIZEN:
                assert (answer.status_code, answer["Location"]) == (302, reverse("citizen_login")), where
            elif role in NO_OFFICER:
                _asks_for_the_password(answer, method, path)
            elif role in line.hidden:
                assert answer.status_code == 404, where
            else:
                assert answer.status_code == 403, where
    assert (list(Dossier.objects.values()), Move.objects.count()) == before


def _asks_for_the_password(answer: HttpResponse, method: str, path: str) -> None:
    if method == "GET":
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('login')}?next={path}")
    else:
        assert answer.status_code == 401
        assert 'name="password"' in answer.content.decode()


@pytest.mark.parametrize(
    "name", [name for name, line in ACCESS.items() if line.roles not in (EVERYBODY, CITIZEN)]
)
def test_a_script_that_is_no_longer_logged_in_gets_no_page(
    scene: Scene, address: Callable[[str], str], name: str
) -> None:
    for answer in visits(Client(headers={"HX-Request": "true"}), ACCESS[name], address(name)).values():
        assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("name", [name for name, line in ACCESS.items() if not line.get])
def test_what_changes_something_is_not_done_by_a_link(
    scene: Scene, address: Callable[[str], str], name: str
) -> None:
    role = "administrator" if "administrator" in ACCESS[name].roles else min(ACCESS[name].roles)
    assert browser_of(role).get(address(name)).status_code == 405


@pytest.mark.parametrize("name", [name for name, line in ACCESS.items() if line.post is not None])
def test_no_form_is_taken_from_elsewhere(scene: Scene, address: Callable[[str], str], name: str) -> None:
    """Without our token a POST is refused, whoever sends it."""
    for role in ACCESS[name].roles:
        client = browser_of(role, enforce_csrf_checks=True)
        assert client.post(address(name), ACCESS[name].post).status_code == 403


def test_a_role_that_was_withdrawn_opens_nothing(scene: Scene, address: Callable[[str], str]) -> None:
    client = browser_of("clerk")
    assert client.get(address("dossier")).status_code == 200
    Grant.objects.filter(user__username="tiepnhan.phuocvinh").update(valid_to="2020-01-01")
    assert client.get(address("dossier")).status_code == 404
    assert client.get(address("work")).status_code == 403


def test_an_account_that_was_closed_is_out_at_once(scene: Scene, address: Callable[[str], str]) -> None:
    client = browser_of("clerk")
    User.objects.filter(username="tiepnhan.phuocvinh").update(is_active=False)
    assert client.get(address("home")).status_code == 302
