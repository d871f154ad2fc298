"""A session that ends while the clerk types: nothing typed is lost."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from tests.cast import PASSWORD, Played, ticks, version


def test_a_form_sent_after_the_session_ended_is_sent_again_after_the_log_in(clerk: Played, db) -> None:
    of = version()
    tick = ticks(of, 1)[0]
    typed = {
        "full_name": "Lê Thị Chờ & Đợi",
        "sets": "1",
        "return_method": "desk",
        "taken": [str(tick.requirement_id)],
        f"paper-{tick.requirement_id}-kind": "original",
        f"paper-{tick.requirement_id}-number": "2",
    }
    browser = Client()
    asked = browser.post(reverse("receive", args=[of.pk]), typed)
    assert asked.status_code == 401
    hidden = dict(re.findall(r'name="(typed|typed_for)" value="([^"]*)"', asked.content.decode()))
    account = {"username": clerk.user.username, "password": PASSWORD}

    wrong = browser.post(reverse("login"), {**account, "password": "no", **_unescaped(hidden)})
    assert dict(re.findall(r'name="(typed|typed_for)" value="([^"]*)"', wrong.content.decode())) == hidden

    page = browser.post(reverse("login"), {**account, **_unescaped(hidden)}).content.decode()
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    again = {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}
    action = re.search(r'<form method="post" action="([^"]+)" class="card"', page)
    assert action
    assert browser.post(action[1], again).status_code == 302
    assert Dossier.objects.get().applicant_name == "Lê Thị Chờ & Đợi"
    assert Dossier.objects.get().papers.get().number == 2


def test_nothing_is_sent_to_an_address_that_is_not_ours(clerk: Played, db) -> None:
    account = {"username": clerk.user.username, "password": PASSWORD}
    for address in ("https://example.org/", "//example.org/", "/nowhere/"):
        answer = Client().post(reverse("login"), {**account, "typed": "a=1", "typed_for": address})
        assert answer.status_code == 302


def _unescaped(fields: dict[str, str]) -> dict[str, str]:
    return {name: unescape(value) for name, value in fields.items()}


def test_a_password_is_not_carried_along(db) -> None:
    secret = {
        "old_password": "cũ rích rồi",
        "new_password1": "mới tinh tươm",
        "new_password2": "mới tinh tươm",
    }
    asked = Client().post(reverse("password_change"), secret)
    assert asked.status_code == 302
    assert "m%E1%BB%9Bi" not in asked["Location"]
