"""A password of one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, Played
from tests.desk.conftest import read
from tests.desk.reading import Page

NEW = "con bò đỏ gặm cỏ 27"


def changed(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> Page:
    form = read(client.get(reverse("password_change"))).form(class_="card")
    data = form.filled(old_password=old, new_password1=new, new_password2=again)
    return read(client.post(reverse("password_change"), data, follow=True))


def test_changed_and_said(clerk: Played) -> None:
    client = clerk.client()
    page = changed(client)
    assert page.h1 == "Bàn làm việc"  # and still logged in
    assert page.notices == ["Đã đổi mật khẩu."]
    clerk.user.refresh_from_db()
    assert clerk.user.check_password(NEW)


def test_another_browser_is_out(clerk: Played) -> None:
    elsewhere = clerk.client()
    changed(clerk.client())
    assert elsewhere.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", NEW, NEW, "old_password"),
        (PASSWORD, NEW, NEW + "x", "new_password2"),
        (PASSWORD, "ngan", "ngan", "new_password2"),
        (PASSWORD, "0905123456789", "0905123456789", "new_password2"),
        (PASSWORD, "tiepnhan.phuocvinh", "tiepnhan.phuocvinh", "new_password2"),
    ],
)
def test_refused_in_place(clerk: Played, old: str, new: str, again: str, field: str) -> None:
    page = changed(clerk.client(), old, new, again)
    clerk.user.refresh_from_db()
    assert f"id_{field}" in page.errors
    assert clerk.user.check_password(PASSWORD)


def test_what_a_password_needs_is_said_before(clerk: Played) -> None:
    page = read(clerk.client().get(reverse("password_change")))
    assert "10" in " ".join(box.text for box in page.all(class_="help"))
