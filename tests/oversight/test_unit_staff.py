"""`unit_staff`, `unit_officer`, `staff_passwords`, `staff_import`, `staff_template`: people, roles, accounts (R20)."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.journal.models import Entry
from motcua.people.models import Field, Grant, Role, Training, Unit, User
from tests.cast import Played, played, received
from tests.oversight.conftest import A_NGO, PHUOC_VINH, queries
from tests.oversight.test_units import read

STAFF = reverse("unit_staff", args=[PHUOC_VINH])
PASSWORDS = reverse("staff_passwords", args=[PHUOC_VINH])
IMPORT = reverse("staff_import")
NEW = {
    "full_name": "Nguyễn Thị Mới",
    "title": "Công chức",
    "username": "moi.phuocvinh",
    "role": "clerk",
    "valid_from": "16/11/2026",
}
HEAD = "Mã đơn vị,Tên đăng nhập,Họ và tên,Chức danh,Vai trò,Lĩnh vực\n"


def of(who: Played, unit: str = PHUOC_VINH) -> str:
    return reverse("unit_officer", args=[unit, who.user.pk])


def justice() -> int:
    return Field.objects.get(name="Tư pháp - Hộ tịch").pk


def shown_secret(response) -> str:
    [row] = read(response).rows
    return row.all("td")[2].text


@pytest.fixture
def unit_admin(leader: Played, unit: Unit) -> Client:
    Grant.objects.create(user=leader.user, unit=unit, role=Role.UNIT_ADMIN)
    return played(leader.user.username).client()


def test_everybody_with_a_role_stands_there(office) -> None:
    page = read(office.get(STAFF))
    assert len(page.rows) == 7
    assert any("Công chức chuyên môn: Tư pháp - Hộ tịch" in row.text for row in page.rows)
    assert read(office.get(STAFF, {"muc": "da-nghi"})).rows == []


def test_a_new_officer_logs_in_once_with_what_was_shown(unit_admin: Client) -> None:
    """The password is on this page and nowhere else; nothing opens before it is changed."""
    response = unit_admin.post(STAFF, NEW)
    secret = shown_secret(response)
    assert secret not in unit_admin.get(STAFF).content.decode()
    assert not Entry.objects.filter(facts__contains=secret).exists()
    client = Client()
    login = {"username": NEW["username"], "password": secret}
    assert client.post(reverse("login"), login).status_code == 302
    change = reverse("password_change")
    for path in (reverse("home"), reverse("work"), "/"):
        assert client.get(path).headers["Location"] == change
    assert client.get(reverse("home"), headers={"HX-Request": "true"}).status_code == 401
    same = {"old_password": secret, "new_password1": secret, "new_password2": secret}
    assert "phải khác" in read(client.post(change, same)).errors["id_new_password1"]
    own = same | {"new_password1": "câu riêng của tôi 9", "new_password2": "câu riêng của tôi 9"}
    assert client.post(change, own).status_code == 302
    assert client.get(reverse("home")).status_code == 200
    assert client.post(reverse("logout")).status_code == 302


def test_who_may_change_a_password_first_may_leave_first(unit_admin: Client, clerk: Played) -> None:
    User.objects.filter(pk=clerk.user.pk).update(must_change_password=True)
    assert clerk.client().post(reverse("logout")).headers["Location"] == reverse("login")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"full_name": " "}, "id_full_name", "họ và tên"),
        ({"username": "Có Dấu"}, "id_username", "không dấu"),
        ({"username": "quantri"}, "id_username", "thuộc một người tên khác"),
        ({"role": ""}, "id_role", "Chọn vai trò"),
        ({"role": "administrator"}, "id_role", "administrator"),
        ({"role": "specialist"}, "id_fields_of_work", "ít nhất một lĩnh vực"),
        ({"fields_of_work": "0"}, "id_fields_of_work", "0"),
        ({"valid_from": "01/01/2026"}, "id_valid_from", "từ hôm nay"),
        ({"valid_from": "x"}, "id_valid_from", "Ngày chưa đúng"),
        ({"full_name": "A" * 81}, "id_full_name", "80"),
    ],
)
def test_what_is_wrong_is_said_in_place(unit_admin: Client, changed, field: str, words: str) -> None:
    before = User.objects.count(), Grant.objects.count()
    page = read(unit_admin.post(STAFF, NEW | changed), 422)
    assert words in page.errors[field]
    assert page.all("input", id="id_title")[0].attrs["value"] == "Công chức"
    assert (User.objects.count(), Grant.objects.count()) == before


def test_a_units_administrator_sees_only_his_own_unit(unit_admin: Client, outsider: Played) -> None:
    for path in (reverse("unit_staff", args=[A_NGO]), of(outsider, A_NGO), of(outsider)):
        assert unit_admin.get(path).status_code == 404
    assert unit_admin.post(reverse("unit_staff", args=[A_NGO]), NEW).status_code == 404


def test_who_only_leads_reads(leader: Played, clerk: Played) -> None:
    client = leader.client()
    assert read(client.get(STAFF)).actions().isdisjoint({"", PASSWORDS})
    assert read(client.get(of(clerk))).actions().isdisjoint({""})
    assert client.post(STAFF, NEW).status_code == 422
    assert client.post(of(clerk), {"act": "close"}).status_code == 302
    assert User.objects.get(pk=clerk.user.pk).is_active
    assert client.post(PASSWORDS).status_code == 403


# -- one officer ---------------------------------------------------------------------------------------
def test_a_role_is_given_and_ended(unit_admin: Client, clerk: Played, unit: Unit) -> None:
    path = of(clerk)
    sent = {"act": "grant", "role": "specialist", "fields_of_work": [justice()], "valid_from": "16/11/2026"}
    assert unit_admin.post(path, sent).status_code == 302
    grant = Grant.objects.get(user=clerk.user, role="specialist")
    assert "đã có vai trò" in read(unit_admin.post(path, sent), 422).errors["id_role"]
    two = [justice(), Field.objects.get(name="Công an").pk]
    assert (
        unit_admin.post(path, {"act": "fields", "grant": grant.pk, "fields_of_work": two}).status_code == 302
    )
    assert set(grant.fields.values_list("pk", flat=True)) == set(two)
    assert (
        unit_admin.post(path, {"act": "end", "grant": grant.pk, "last_day": "20/11/2026"}).status_code == 302
    )
    grant.refresh_from_db()
    assert str(grant.valid_to) == "2026-11-20"
    kinds = list(Entry.objects.filter(chain=unit.code).order_by("number").values_list("kind", flat=True))
    assert kinds == ["officer.granted", "officer.fields_changed", "officer.role_ended"]


def test_a_role_with_dossiers_stays_and_the_page_says_which(
    unit_admin: Client, clerk: Played, specialist: Played
) -> None:
    dossier = received(clerk)
    grant = Grant.objects.get(user=specialist.user)
    sent = {"act": "end", "grant": grant.pk, "last_day": "16/11/2026"}
    response = unit_admin.post(of(specialist), sent)
    assert dossier.code in response.content.decode()
    assert read(response, 422).summary
    response = unit_admin.post(of(specialist), {"act": "close"})
    assert dossier.code in response.content.decode()
    assert User.objects.get(pk=specialist.user.pk).is_active


@pytest.mark.parametrize("last_day", ["", "x", "01/01/2026", "01/01/2099"])
def test_a_last_day_that_cannot_be(unit_admin: Client, clerk: Played, last_day: str) -> None:
    grant = Grant.objects.get(user=clerk.user)
    page = read(unit_admin.post(of(clerk), {"act": "end", "grant": grant.pk, "last_day": last_day}), 422)
    assert page.errors[f"id_end{grant.pk}_last_day"]
    assert page.all("details", open="")


def test_a_grant_of_somebody_else_is_not_there(unit_admin: Client, clerk: Played, outsider: Played) -> None:
    other = Grant.objects.get(user=outsider.user)
    sent = {"act": "end", "grant": other.pk, "last_day": "16/11/2026"}
    assert unit_admin.post(of(clerk), sent).status_code == 404
    assert unit_admin.post(of(clerk), sent | {"grant": "9" * 40}).status_code == 404
    assert unit_admin.post(of(clerk), {"act": "x"}).status_code == 404


def test_ones_own_roles_are_not_ones_own_to_change(unit_admin: Client, leader: Played) -> None:
    path, grant = of(leader), Grant.objects.filter(user=leader.user).first()
    page = read(unit_admin.get(path))
    assert "vai trò của mình do quản trị cấp trên đổi" in " ".join(page.notices)
    sent = {"act": "end", "grant": grant.pk, "last_day": "16/11/2026"}
    assert unit_admin.post(path, sent).status_code == 422
    sent = {"act": "grant", "role": "clerk", "valid_from": "16/11/2026"}
    assert "chính mình" in " ".join(read(unit_admin.post(path, sent), 422).summary)
    unit_admin.post(path, {"act": "password"})
    assert not User.objects.get(pk=leader.user.pk).must_change_password


def test_a_password_closing_and_opening_again(unit_admin: Client, clerk: Played) -> None:
    path = of(clerk)
    secret = shown_secret(unit_admin.post(path, {"act": "password"}))
    assert User.objects.get(pk=clerk.user.pk).check_password(secret)
    assert unit_admin.post(path, {"act": "close"}).status_code == 302
    assert not User.objects.get(pk=clerk.user.pk).is_active
    former = read(unit_admin.get(STAFF, {"muc": "da-nghi"})).rows
    assert [row.all("a")[0].text for row in former] == [clerk.user.full_name]
    secret = shown_secret(unit_admin.post(path, {"act": "reopen"}))
    user = User.objects.get(pk=clerk.user.pk)
    assert user.is_active
    assert user.check_password(secret)
    assert str(Grant.objects.get(user=user).valid_to) == "2026-11-16"


def test_the_provinces_administrator_is_not_taken_over(
    unit_admin: Client, administrator: Played, unit: Unit
) -> None:
    Grant.objects.create(user=administrator.user, unit=unit, role=Role.CLERK)
    path = of(administrator)
    assert "Quản trị tỉnh, Tỉnh Thừa Thiên Huế" in unit_admin.get(path).content.decode()
    before = User.objects.get(pk=administrator.user.pk).password
    for act in ("password", "close", "reopen"):
        assert unit_admin.post(path, {"act": act}).status_code == 302
    assert unit_admin.post(path, {"act": "describe", "title": "x"}).status_code == 422
    user = User.objects.get(pk=administrator.user.pk)
    assert (user.password, user.is_active, user.title) == (before, True, administrator.user.title)


def test_a_title_is_changed(unit_admin: Client, clerk: Played) -> None:
    sent = {"act": "describe", "title": "Văn thư", "phone": "0905 1", "full_name": "Ai Khác"}
    assert unit_admin.post(of(clerk), sent).status_code == 302
    user = User.objects.get(pk=clerk.user.pk)
    assert (user.title, user.phone, user.full_name) == ("Văn thư", "0905 1", clerk.user.full_name)


COURSE = {
    "act": "course",
    "kind": "software",
    "what": "Phần mềm Một cửa",
    "place": "Sở TTTT",
    "starts": "01/10/2026",
    "ends": "02/10/2026",
    "number": "15/CN",
    "hours": "16",
}


def test_a_course_is_entered_and_taken_off(unit_admin: Client, clerk: Played) -> None:
    assert unit_admin.post(of(clerk), COURSE).status_code == 302
    assert "1 trong 7 người đã học" in unit_admin.get(STAFF).content.decode()
    page = unit_admin.get(of(clerk)).content.decode()
    assert "15/CN" in page
    row = Training.objects.get()
    assert unit_admin.post(of(clerk), {"act": "uncourse", "course": row.pk}).status_code == 302
    assert unit_admin.post(of(clerk), {"act": "uncourse", "course": "x"}).status_code == 302
    assert not Training.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"what": ""},
        {"ends": "01/09/2026"},
        {"ends": "01/12/2026"},
        {"hours": "0"},
        {"hours": "x"},
        {"kind": "x"},
    ],
)
def test_a_course_that_cannot_be(unit_admin: Client, clerk: Played, changed) -> None:
    page = read(unit_admin.post(of(clerk), COURSE | changed), 422)
    [name] = changed
    assert page.errors[f"id_course_{name}"]
    assert page.all("input", id="id_course_place")[0].attrs["value"] == "Sở TTTT"
    assert not Training.objects.exists()


def test_as_many_queries_for_many_officers(office, clerk: Played, unit: Unit) -> None:
    before = queries(office, STAFF)
    for number in range(8):
        user = User.objects.create(username=f"x{number}.y", full_name=f"Người {number}")
        Grant.objects.create(user=user, unit=unit, role=Role.CLERK)
    assert queries(office, STAFF) == before <= 13
    assert queries(office, of(clerk)) <= 20


# -- a file ----------------------------------------------------------------------------------------------
def sent_file(text: str | bytes, name: str = "cb.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}


def test_a_file_makes_accounts_that_get_their_passwords_in_the_unit(office, unit_admin: Client) -> None:
    row = "19798,moi.mot,Người Một,,Tiếp nhận và trả kết quả,\n19798,moi.hai,Người Hai,,Lãnh đạo,\n"
    assert office.post(IMPORT, sent_file(HEAD + row)).status_code == 302
    assert "2 tài khoản chưa có mật khẩu" in unit_admin.get(STAFF).content.decode()
    page = read(unit_admin.post(PASSWORDS))
    assert len(page.rows) == 2
    secret = page.rows[0].all("td")[2].text
    assert User.objects.get(username="moi.hai").check_password(secret)
    response = unit_admin.post(PASSWORDS, follow=True)
    assert "đã có mật khẩu" in response.content.decode()
    response = office.post(IMPORT, sent_file(HEAD + row), follow=True)
    assert "không có gì thay đổi" in response.content.decode()


def test_mistakes_are_listed_by_row(office) -> None:
    text = HEAD + "19798,moi.mot,Người Một,,Vua,\n99999,moi.hai,Người Hai,,Lãnh đạo,\n"
    page = read(office.post(IMPORT, sent_file(text)), 422)
    assert [row.all("td")[0].text for row in page.rows] == ["Dòng 2", "Dòng 3"]
    assert not User.objects.filter(username__startswith="moi.").exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Chọn tệp"),
        (sent_file(""), "rỗng"),
        (sent_file(b"\xff\xfe\x00"), "UTF-8"),
        (sent_file("a,b\n"), "thiếu cột"),
    ],
)
def test_what_is_no_staff_file(office, sent, words: str) -> None:
    for file in sent.values():
        file.seek(0)
    assert words in read(office.post(IMPORT, sent), 422).errors["id_file"]


def test_the_empty_file_can_be_filled_in_and_read(office) -> None:
    answer = office.get(reverse("staff_template"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEAD.strip().split(",")
    sheet.append(["19798", "moi.mot", "Người Một", "", "Lãnh đạo", ""])
    file = io.BytesIO()
    book.save(file)
    assert office.post(IMPORT, sent_file(file.getvalue(), "cb.xlsx")).status_code == 302
    assert played("moi.mot").officer.has(Role.LEADER)
