"""`track` and `track_find`: progress by code, for anyone (R51)."""

import gzip
import html
import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant, Letter
from motcua.dossiers.choices import LateReason
from motcua.people.models import Unit
from motcua.portal.models import Miss
from tests.cast import MONDAY, Played, received
from tests.portal.conftest import NOW

UNKNOWN = "000.19.01.H57-200102-0001"
SAID = {
    "reception": ("Tiếp nhận", "Đã tiếp nhận, đang chờ chuyển đi giải quyết"),
    "processing": ("Xử lý", "Đang được xử lý"),
    "approval": ("Lãnh đạo duyệt", "Đã xử lý xong, đang chờ lãnh đạo duyệt"),
    "approved": ("Có kết quả", "Đã được duyệt, kết quả đang được hoàn tất"),
    "done": ("Có kết quả", "Đã có kết quả, mời đến nhận tại nơi đã hẹn"),
}


def read(response) -> str:
    return html.unescape(response.content.decode())


def address(code: str) -> str:
    return reverse("track", args=[code])


@pytest.mark.parametrize("stage", SAID)
def test_says_where_it_is_and_since_when(client, dossier_at, stage):
    page = read(client.get(address(dossier_at(stage).code)))
    label, words = SAID[stage]
    current = re.search(r'<li class="current".*?</li>', page, re.DOTALL)
    assert current
    assert label in current[0]
    assert "từ ngày 16/11/2026" in current[0]
    assert f"<h1>{words}</h1>" in page


def test_a_dossier_that_was_returned_has_nothing_left_to_do(client, dossier_at):
    page = read(client.get(address(dossier_at("returned").code)))
    assert "<h1>Kết quả đã được trả</h1>" in page
    assert page.count('<li class="done"') == 5
    assert "ngày 16/11/2026" in page


def test_says_when_to_come_and_where_to(client, dossier_at):
    Unit.objects.filter(code="19798").update(address="1 Phan Bội Châu", phone="0234 3822 000")
    page = read(client.get(address(dossier_at("processing").code)))
    assert "17:00, 19/11/2026" in page
    assert "còn 3 ngày" in page
    assert "Phường Phước Vĩnh" in page
    assert "1 Phan Bội Châu" in page
    assert 'href="tel:02343822000"' in page
    assert "mô phỏng" in page


def test_what_the_unit_has_not_published_is_said_to_be_missing(client, dossier_at):
    assert read(client.get(address(dossier_at("processing").code))).count("chưa công bố") == 2


def test_an_overdue_dossier_says_so_and_what_to_do(client, dossier_at, clock):
    dossier = dossier_at("processing")
    clock.move_to("2026-11-23T09:00+07:00")
    page = read(client.get(address(dossier.code)))
    assert "quá hạn 4 ngày" in page
    assert "xin lỗi và hẹn lại" in page


def test_punctuality_is_what_was_decided_at_the_finish(client, dossier_at, clock):
    dossier = dossier_at("done")
    clock.move_to("2026-12-23T09:00+07:00")  # long after the due time; the result was early all the same
    page = read(client.get(address(dossier.code)))
    assert "có kết quả ngày 16/11/2026, trước hạn" in page
    assert "quá hạn" not in page


@pytest.mark.parametrize("stage", [*SAID, "returned"])
def test_nothing_of_the_person_is_on_the_page(client, dossier_at, stage, administrator):
    """R51: neither who it is, nor what it is about, nor who works on it."""
    applicant = Applicant(
        "Tôn Nữ Bí Mật", "046188000111", "7 kiệt 99 Nguyễn Ẩn", "0911222333", "bimat@vidu.vn"
    )
    dossier = dossier_at(stage, applicant=applicant, submitter_name="Ngô Văn Nộp Hộ", note="con riêng")
    secrets = [
        "Bí Mật", "046188000111", "Nguyễn Ẩn", "0911222333", "bimat", "Nộp Hộ", "con riêng",
        "Lê Thị Nhận", "12/TL", "giám hộ", dossier.version.procedure.code,
        "Trần Thị Lan", "Nguyễn Văn Minh", "Nguyễn Văn Hùng",
    ]  # fmt: skip
    for browser in (client, administrator.client()):
        page = read(browser.get(address(dossier.code)))
        assert dossier.code in page
        assert not [secret for secret in secrets if secret.lower() in page.lower()]


def test_costs_the_same_however_much_happened(client, dossier_at, clerk, django_assert_num_queries):
    dossier = dossier_at("approval")
    for _ in range(2):
        with django_assert_num_queries(7):  # misses of the address, the dossier, its story; four for its mark
            client.get(address(dossier.code))
        for number in range(10):
            actions.note(clerk.act(), dossier.pk, words=str(number))


def test_is_light(client, dossier_at):
    """With the style sheet, and without the 32 to 132 random bytes of Django's gzip: 15 kB at most."""
    page = client.get(address(dossier_at("processing").code), headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    with open(finders.find("ui/motcua.css"), "rb") as sheet:  # noqa: PTH123  the finder gives a string
        assert len(page.content) + len(gzip.compress(sheet.read())) <= 15_000
    assert "<script" not in read_gzip(page)


def read_gzip(response) -> str:
    return gzip.decompress(response.content).decode()


def test_is_kept_by_nobody_and_listed_by_nobody(client, dossier_at):
    for path in (address(dossier_at("processing").code), address(UNKNOWN), reverse("track_find") + "?code=x"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


def test_an_unknown_code_is_told_kindly_and_stays_in_the_form(client, db):
    response = client.get(address(UNKNOWN))
    assert response.status_code == 404
    page = read(response)
    assert "Không có hồ sơ nào mang mã này" in page
    assert f'value="{UNKNOWN}"' in page
    assert Miss.objects.count() == 1


@pytest.mark.parametrize(
    "typed", ["abc", "<script>alert(1)</script>", "0" * 900, "000.19.01.H57-190231-0001", "%"]
)
def test_what_is_no_code_comes_back_with_a_message(client, db, typed):
    response = client.get(reverse("track_find"), {"code": typed})
    assert response.status_code == 422
    assert "chưa phải là một mã hồ sơ đủ" in read(response)
    assert f'value="{html.escape(typed)}"' in response.content.decode()
    assert Miss.objects.count() == 1


@pytest.mark.parametrize("typed", ["abc", "\0", "x" * 500, "<b>"])
def test_what_is_no_code_in_the_address_is_no_page(client, db, typed):
    response = client.get(address(typed))
    assert response.status_code == 404
    assert "<b>" not in response.content.decode().partition("<main")[2].partition("value=")[2][:200]


def test_nothing_typed_is_not_a_guess(client, db):
    assert client.get(reverse("track_find"), {"code": "  "}).status_code == 422
    assert client.get(reverse("track_find")).status_code == 200
    assert not Miss.objects.exists()


def test_a_code_is_found_as_people_type_it(client, dossier_at):
    code = dossier_at("processing").code
    typed = f" {code.lower()} ".replace("-", " – ")
    found = client.get(reverse("track_find"), {"code": typed}, follow=True)
    assert found.redirect_chain == [(address(code), 302)]
    assert found.status_code == 200
    assert client.get(address(code.lower())).headers["Location"] == address(code)
    assert not Miss.objects.exists()


def test_is_only_read(client, db):
    assert client.post(reverse("track_find")).status_code == 405
    assert client.post(address(UNKNOWN)).status_code == 405


def test_a_new_appointment_is_told_beside_the_first(client, clerk: Played, leader: Played, clock) -> None:
    """R26: the citizen sees both dates, and what to do when the second has passed too."""
    dossier = received(clerk, at=MONDAY - timedelta(days=7))
    actions.foresee(NOW)
    apology = dossier.apologies.get()
    actions.sign(leader.act(NOW), dossier.pk, apology.pk, Letter(LateReason.OTHER, "Bà Lan nghỉ ốm."))
    page = read(client.get(address(dossier.code)))
    assert "Cơ quan xin lỗi và hẹn lại" in page
    assert "17:00, 18/11/2026" in page
    assert "17:00, 12/11/2026" in page
    assert "Bà Lan" not in page
    clock.shift(timedelta(days=5))
    page = read(client.get(address(dossier.code)))
    assert "Đã quá ngày hẹn lại" in page
