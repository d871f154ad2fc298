"""Coming in: nobody learns which accounts exist, nobody guesses for long, and nobody stays in by forgetting."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.people.models import User
from tests.cast import PASSWORD, Played
from tests.desk.conftest import read

WRONG = "not the password"


def tried(client: Client, username: str, password: str, **more: str) -> HttpResponse:
    form = read(client.get(reverse("login"))).form(reverse("login"))
    return client.post(form.action, form.filled(username=username, password=password, **more))


def test_in(clerk: Played) -> None:
    answer = tried(Client(), clerk.user.username, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


@pytest.mark.parametrize("name", [" {} ", "{}\n"])
def test_capitals_and_spaces_around_the_name_do_not_matter(clerk: Played, name: str) -> None:
    typed = name.format(clerk.user.username.title())
    assert tried(Client(), typed, PASSWORD).status_code == 302


def test_the_same_message_for_an_unknown_name_a_wrong_password_and_a_closed_account(clerk: Played) -> None:
    User.objects.filter(username="lanhdao.phuocvinh").update(is_active=False)
    cases = (("ai.do", PASSWORD), (clerk.user.username, WRONG), ("lanhdao.phuocvinh", PASSWORD))
    told = [read(tried(Client(), *case)).summary for case in cases]
    assert told[0] == told[1] == told[2]
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in told[0][0]


def test_nothing_typed_is_said_at_its_field(db) -> None:
    page = read(tried(Client(), "", ""))
    assert page.errors == {
        "id_username": "Hãy nhập tên đăng nhập.",
        "id_password": "Hãy nhập mật khẩu.",
    }


def test_the_name_stays_the_password_does_not(clerk: Played) -> None:
    page = read(tried(Client(), clerk.user.username, WRONG))
    kept = page.form(reverse("login")).values
    assert (kept["username"], kept["password"]) == ([clerk.user.username], [""])


def test_on_to_the_page_that_was_asked_for(clerk: Played) -> None:
    client = Client()
    sent = client.get(reverse("register"))
    assert sent["Location"] == f"{reverse('login')}?next={reverse('register')}"
    form = read(client.get(sent["Location"])).form(reverse("login"))
    answer = client.post(form.action, form.filled(username=clerk.user.username, password=PASSWORD))
    assert answer["Location"] == reverse("register")


def test_but_never_to_another_site(clerk: Played) -> None:
    answer = tried(Client(), clerk.user.username, PASSWORD, next="https://example.org/")
    assert answer["Location"] == reverse("home")


# -- guessing -----------------------------------------------------------------------------------
def test_locked_after_five(clerk: Played, clock: time_machine.Traveller) -> None:
    guesser = Client()
    answers = [tried(guesser, clerk.user.username, f"{WRONG} {number}") for number in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    locked = tried(guesser, clerk.user.username, PASSWORD)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "đợi 15 phút" in read(locked, 429).text
    clock.shift(timedelta(minutes=15, seconds=1))
    assert tried(guesser, clerk.user.username, PASSWORD).status_code == 302


def test_capitals_do_not_give_five_more(clerk: Played) -> None:
    guesser, name = Client(), clerk.user.username
    names = (name, name.upper(), f" {name}", name.title(), name)
    assert [tried(guesser, one, WRONG).status_code for one in names][-1] == 429


def test_the_lock_is_of_this_name_at_this_address_only(clerk: Played, leader: Played) -> None:
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(6):
        tried(guesser, clerk.user.username, WRONG)
    assert tried(guesser, leader.user.username, PASSWORD).status_code == 302
    assert tried(Client(REMOTE_ADDR="203.0.113.10"), clerk.user.username, PASSWORD).status_code == 302


def test_an_unknown_name_is_locked_like_a_known_one(db) -> None:
    guesser = Client()
    assert [tried(guesser, "ai.do", WRONG).status_code for _ in range(5)][-1] == 429


def test_a_right_password_forgives(clerk: Played) -> None:
    client = Client()
    for _ in range(4):
        tried(client, clerk.user.username, WRONG)
    assert tried(client, clerk.user.username, PASSWORD).status_code == 302
    assert tried(Client(), clerk.user.username, WRONG).status_code == 200


# -- going out ----------------------------------------------------------------------------------
def test_out_by_a_button_not_by_a_link(clerk: Played) -> None:
    client = clerk.client()
    assert client.get(reverse("logout")).status_code == 405
    assert client.get(reverse("home")).status_code == 200
    form = read(client.get(reverse("home"))).form(reverse("logout"))
    answer = client.post(form.action, form.values)
    assert (answer.status_code, answer["Location"]) == (302, reverse("login"))
    assert client.get(reverse("home")).status_code == 302


def test_a_session_ends_when_nobody_clicks(clerk: Played, clock: time_machine.Traveller) -> None:
    client = clerk.client()
    for _ in range(4):  # at work: each click begins the half hour anew
        assert client.get(reverse("home")).status_code == 200
        clock.shift(timedelta(minutes=20))
    clock.shift(timedelta(minutes=11))
    assert client.get(reverse("home"))["Location"].startswith(reverse("login"))


def test_a_session_ends_with_the_browser(clerk: Played) -> None:
    client = Client()
    tried(client, clerk.user.username, PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_who_is_in_does_not_log_in_again(clerk: Played) -> None:
    assert clerk.client().get(reverse("login"))["Location"] == reverse("home")
