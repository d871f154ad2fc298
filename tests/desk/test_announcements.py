"""`announcements`, `announcement_new`, `announcement`, `announcement_withdraw`, `notice_board`, `notice_board_pdf`."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from motcua.notices.models import Announcement
from motcua.people.models import Grant, Role, Unit, User
from motcua.ui.formats import vn_date
from tests.cast import Played, played, version
from tests.desk.conftest import read
from tests.desk.reading import Page

NEW = "/thong-bao/moi/"


@pytest.fixture
def admin(db) -> Client:
    """The administrator of Phường Phước Vĩnh, who has no desk."""
    user = User.objects.create(username="quantri.phuocvinh", full_name="Quản Trị")
    Grant.objects.create(user=user, unit=Unit.objects.get(code="19798"), role=Role.UNIT_ADMIN)
    return played("quantri.phuocvinh").client()


def written(client: Client, days: int = 0, **changes: str) -> HttpResponse:
    today = timezone.localdate() + timedelta(days=days)
    sent = {
        "title": "Nghỉ lũ",
        "body": "Xem https://example.vn/lu. <b>Trụ sở</b> nghỉ.",
        "audience": "both",
        "first_day": vn_date(today),
        "last_day": vn_date(today + timedelta(days=1)),
    }
    return client.post(NEW, sent | changes)


def test_written_and_shown_to_citizens_and_officers(admin: Client, clerk: Played, outsider: Played) -> None:
    assert written(admin)["Location"] == reverse("announcements")
    row = Announcement.objects.get()
    assert (row.unit.code, row.author.username) == ("19798", "quantri.phuocvinh")
    assert "Đang hiện" in read(admin.get("/thong-bao/")).text
    for page in (read(clerk.client().get("/ban-lam-viec/")), read(Client().get("/don-vi/19798/"))):
        assert "<b>Trụ sở</b> nghỉ." in page.text
        assert "https://example.vn/lu" in page.links
    assert "Nghỉ lũ" not in read(outsider.client().get("/ban-lam-viec/")).text
    assert "Nghỉ lũ" not in read(Client().get("/")).text
    kiosk = read(Client().get("/quay/19798/"))
    assert "Nghỉ lũ" in kiosk.text
    assert not [link for link in kiosk.links if link.startswith("http")]


def test_a_mistake_keeps_what_was_typed(admin: Client) -> None:
    answer = written(admin, first_day="31/02/2027", title="")
    assert answer.status_code == 422
    page = Page(answer.content.decode())
    assert page.form("").values["body"] == ["Xem https://example.vn/lu. <b>Trụ sở</b> nghỉ."]
    assert set(page.errors) >= {"id_title", "id_first_day"}
    assert not Announcement.objects.exists()
    assert written(admin, days=-3).status_code == 422


def test_written_anew_until_it_begins_then_shortened(admin: Client) -> None:
    written(admin, days=1)
    row = Announcement.objects.get()
    path = reverse("announcement", args=[row.pk])
    form = read(admin.get(path)).form("")
    admin.post(path, form.filled(title="Nghỉ bão"))
    assert Announcement.objects.get().title == "Nghỉ bão"
    today = timezone.localdate()
    Announcement.objects.update(first_day=today)
    page = read(admin.get(path))
    assert "title" not in page.form("").values
    assert admin.post(path, {"last_day": vn_date(today + timedelta(days=9))}).status_code == 422
    admin.post(path, {"last_day": vn_date(today)})
    assert Announcement.objects.get().last_day == today


def test_withdrawn(admin: Client) -> None:
    written(admin)
    row = Announcement.objects.get()
    admin.post(reverse("announcement_withdraw", args=[row.pk]))
    assert "Đã rút lại" in read(admin.get("/thong-bao/")).text
    assert (
        "hết hạn hoặc đã được rút lại"
        in read(admin.post(reverse("announcement_withdraw", args=[row.pk]), follow=True)).text
    )
    assert not read(admin.get(reverse("announcement", args=[row.pk]))).all("textarea")


def test_another_units_is_not_there(admin: Client, administrator: Played) -> None:
    written(administrator.client())
    path = reverse("announcement", args=[Announcement.objects.get().pk])
    assert admin.get(path).status_code == 404
    assert admin.post(path + "rut/").status_code == 404
    assert admin.get(f"/thong-bao/{10**30}/").status_code == 404


def test_the_notice_board_of_a_field(clerk: Played) -> None:
    """R50: a sheet for each procedure of the unit, one page each, with the gaps of the unit named."""
    page = read(clerk.client().get("/niem-yet/"))
    assert "Địa chỉ và điện thoại của đơn vị chưa công bố" in page.text
    field = version("1.000506").field_id
    answer = clerk.client().get(reverse("notice_board_pdf", args=[field]))
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1
    assert clerk.client().get(reverse("notice_board_pdf", args=[10**30])).status_code == 404
