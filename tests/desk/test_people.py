"""R20 on pages: assignment, what nobody can do, absence, departure, the unit's ways."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.people.models import Absence, Field, Grant, Role, Unit, User
from tests.cast import MONDAY, Played, played
from tests.desk.conftest import NOW, Office, copies, read
from tests.desk.reading import Page

JUSTICE = "Tư pháp - Hộ tịch"
TODAY = "16/11/2026"


@pytest.fixture
def chief(leader: Played) -> Client:
    """The leader's browser."""
    return leader.client()


@pytest.fixture
def colleague(other_specialist: Played) -> Played:
    """The field has two now, so that nobody is assigned by itself."""
    Grant.objects.get(user=other_specialist.user).fields.add(Field.objects.get(name=JUSTICE))
    return played(other_specialist.user.username)


def shown(client: Client, name: str, query: str = "", *args: object) -> Page:
    return read(client.get(reverse(name, args=args) + query))


def ticked(dossier: Dossier) -> str:
    now = Dossier.objects.get(pk=dossier.pk)
    return f"{now.pk}:{now.revision}"


def entered(client: Client, **typed: object) -> Page | None:
    """An absence sent as the form has it; None: recorded."""
    form = shown(client, "absences").form()
    given = {"first": TODAY, "last": "18/11/2026"} | typed
    answer = client.post(reverse("absences"), form.filled(**given))
    return None if answer.status_code == 302 else read(answer, 422)


# -- assignment ------------------------------------------------------------------------------------
def test_the_leader_gives_many_at_once(office: Office, colleague: Played, chief: Client) -> None:
    """R20: each in a transaction of its own, as it was seen."""
    made = [office.dossier("processing") for _number in range(3)]
    page = shown(chief, "assignments")
    assert set(page.codes) == {one.code for one in made}
    stale = ticked(made[2])
    actions.note(office.clerk.act(NOW), made[2].pk, words="Đã gọi.")
    form = page.form()
    sent = form.filled(
        dossier=[ticked(made[0]), ticked(made[1]), stale], assignee=colleague.user.pk, words="Gấp."
    )
    page = read(chief.post(reverse("assignments"), sent, follow=True))
    assert "Đã giao 2 hồ sơ" in page.text
    assert f"{made[2].code}: Hồ sơ vừa có thay đổi" in page.text
    assert page.codes == [made[2].code]
    given = shown(chief, "assignments", f"?muc=da-giao&can_bo={colleague.user.pk}")
    assert set(given.codes) == {made[0].code, made[1].code}
    assert shown(chief, "assignments", f"?muc=da-giao&can_bo={office.specialist.user.pk}").codes == []


def test_what_was_ticked_and_typed_stays_after_a_mistake(
    office: Office, colleague: Played, chief: Client
) -> None:
    dossier = office.dossier("processing")
    form = shown(chief, "assignments").form()
    answer = chief.post(reverse("assignments"), form.filled(dossier=ticked(dossier), words="Gấp."))
    page = read(answer, 422)
    assert page.summary == ["Người xử lý: Chọn người xử lý đang có mặt."]
    assert page.form().values["dossier"] == [ticked(dossier)]
    assert page.form().values["words"] == ["Gấp."]
    answer = chief.post(reverse("assignments"), form.filled(assignee=colleague.user.pk))
    assert read(answer, 422).summary == ["Chưa chọn hồ sơ nào."]


def test_the_dossiers_page_gives_it_to_another(office: Office, colleague: Played, chief: Client) -> None:
    """R20: and the time line says to whom."""
    dossier = office.dossier("processing")
    address = reverse("assign", args=[dossier.code])
    page = shown(chief, "dossier", "", dossier.code)
    page = read(
        chief.post(address, page.form(address).filled(assign__assignee=colleague.user.pk), follow=True)
    )
    assert "Lê Thị Thu" in page.all("ol", class_="timeline")[0].all("li")[0].text
    assert address not in shown(office.specialist.client(), "dossier", "", dossier.code).actions()
    wrong = page.form(address).filled(assign__assignee=office.clerk.user.pk, assign__words="Giúp nhé")
    page = read(chief.post(address, wrong), 422)
    assert page.form(address).values["assign-words"] == ["Giúp nhé"]


# -- what nobody can do ------------------------------------------------------------------------------
def test_the_list_and_the_button_that_mends_it(
    office: Office, other_specialist: Played, chief: Client
) -> None:
    """R20."""
    dossier = office.dossier("processing")
    waiting = office.dossier("reception")
    assert shown(chief, "orphans").codes == []
    for who in (office.specialist, office.clerk):
        assert entered(chief, officer=who.user.pk) is None
    page = shown(chief, "orphans")
    assert set(page.codes) == {dossier.code, waiting.code}
    assert "Nguyễn Văn Minh vắng mặt, chưa có người thay" in page.text
    assert "Không có công chức tiếp nhận nào có mặt" in page.text
    assert len(page.all("input", name="dossier")) == 1  # the other is mended by a substitute
    sent = page.form().filled(dossier=ticked(dossier), assignee=other_specialist.user.pk)
    assert read(chief.post(reverse("orphans"), sent, follow=True)).codes == [waiting.code]


def test_what_comes_is_told_with_its_day(office: Office, chief: Client) -> None:
    dossier = office.dossier("processing")
    entered(chief, officer=office.specialist.user.pk, first="20/11/2026", last="20/11/2026")
    assert shown(chief, "orphans").codes == []
    page = shown(chief, "orphans", "?muc=sap-toi")
    assert page.codes == [dossier.code]
    assert "từ 20/11/2026" in page.text


@pytest.mark.parametrize("name", ["orphans", "assignments"])
def test_the_same_number_of_queries_and_pages_by_key(office: Office, chief: Client, name: str) -> None:
    dossier = office.dossier("processing")
    entered(chief, officer=office.specialist.user.pk)
    query = "?muc=da-giao" if name == "assignments" else ""

    def cost() -> tuple[int, Page]:
        with CaptureQueriesContext(connection) as captured:
            page = shown(chief, name, query)
        return len(captured), page

    cost()
    few, page = cost()
    assert len(page.codes) == 1
    copies(dossier, 59)
    many, first = cost()
    assert few == many <= 14
    second = read(chief.get(reverse(name) + first.link("next")))
    assert len(set(first.codes + second.codes)) == 60


# -- absence -----------------------------------------------------------------------------------------
def test_an_officer_enters_his_own_with_a_substitute(office: Office, other_specialist: Played) -> None:
    """R20: by half days."""
    mine = office.specialist.client()
    assert "officer" not in shown(mine, "absences").form().values
    typed = {"first_half": "pm", "last_half": "am", "substitute": other_specialist.user.pk}
    assert entered(mine, **typed) is None
    row = Absence.objects.get()
    assert (row.starts, row.ends) == (MONDAY.replace(hour=12), MONDAY.replace(day=18, hour=12))
    assert (row.officer_id, row.substitute_id) == (office.specialist.user.pk, other_specialist.user.pk)
    page = shown(mine, "absences")
    assert "chiều 16/11/2026" in page.text
    assert "buổi sáng 18/11/2026" in page.text
    assert "Nguyễn Văn Minh" in shown(other_specialist.client(), "absences").text
    assert page.rows[0].all("a")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first": ""}, "id_first"),
        ({"last": "32/11/2026"}, "id_last"),
        ({"last": "15/11/2026"}, "id_last"),
        ({"last": "16/11/9999"}, "id_last"),
        ({"officer": ""}, "id_officer"),
        ({"officer": "999999999"}, "id_officer"),
        ({"substitute": "x"}, "id_substitute"),
        ({"first": "10/11/2026", "last": "12/11/2026"}, "id_last"),
    ],
)
def test_an_absence_that_cannot_be_says_where(
    office: Office, chief: Client, typed: dict[str, str], field: str
) -> None:
    page = entered(chief, **({"officer": office.specialist.user.pk} | typed))
    assert list(page.errors) == [field]
    assert not Absence.objects.exists()


def test_an_absence_is_changed_and_ended(office: Office, other_specialist: Played, chief: Client) -> None:
    """R20."""
    entered(chief, officer=office.specialist.user.pk)
    row = Absence.objects.get()
    page = shown(chief, "absence", "", row.pk)
    form = next(f for f in page.all("form") if f.attrs.get("action", "") == "")
    assert form
    sent = {"last": "20/11/2026", "last_half": "pm", "substitute": str(other_specialist.user.pk)}
    assert chief.post(reverse("absence", args=[row.pk]), sent).status_code == 302
    row.refresh_from_db()
    assert (row.ends, row.substitute_id) == (MONDAY.replace(day=21, hour=0), other_specialist.user.pk)
    wrong = read(chief.post(reverse("absence", args=[row.pk]), sent | {"last": "15/11/2026"}), 422)
    assert list(wrong.errors) == ["id_last"]
    assert "đang vắng" in shown(chief, "absences").text
    page = read(chief.post(reverse("absence", args=[row.pk]), {"end": "1"}, follow=True))
    assert "Không có ai vắng mặt" in page.text
    assert "đã kết thúc" in shown(chief, "absence", "", row.pk).text


def test_the_substitute_sees_whose_work_it_is(
    office: Office, other_specialist: Played, chief: Client
) -> None:
    """R20."""
    dossier = office.dossier("processing")
    entered(chief, officer=office.specialist.user.pk, substitute=other_specialist.user.pk)
    instead = other_specialist.client()
    page = shown(instead, "work")
    assert page.codes == [dossier.code]
    assert "Nguyễn Văn Minh bạn thay" in page.rows[0].text
    assert "thay Nguyễn Văn Minh" in page.all("details", class_="me")[0].text
    assert "Bạn làm thay Nguyễn Văn Minh đến hết 18/11/2026" in shown(instead, "home").text
    assert "Bạn đang được ghi vắng mặt" in shown(office.specialist.client(), "home").text
    address = reverse("forward", args=[dossier.code])
    form = shown(instead, "dossier", "", dossier.code).form(address)
    page = read(instead.post(address, form.filled(forward__words="Đủ."), follow=True))
    assert "Lê Thị Thu thay Nguyễn Văn Minh" in page.all("ol", class_="timeline")[0].text


def test_a_leaders_substitute_approves(office: Office, other_specialist: Played, chief: Client) -> None:
    """R20."""
    dossier = office.dossier("approval")
    entered(chief, officer=office.leader.user.pk, substitute=other_specialist.user.pk)
    page = shown(other_specialist.client(), "approvals")
    assert "Bạn duyệt thay Nguyễn Văn Hùng" in page.text
    sent = page.form().filled(dossier=ticked(dossier))
    page = read(other_specialist.client().post(reverse("approvals"), sent, follow=True))
    assert "Đã duyệt 1 hồ sơ" in page.text


# -- leaving -----------------------------------------------------------------------------------------
def test_first_what_goes_to_whom_then_the_act(
    office: Office, other_specialist: Played, chief: Client
) -> None:
    """R20: all in two presses."""
    made = [office.dossier("processing") for _number in range(3)]
    leaver = office.specialist.user
    assert "Nguyễn Văn Minh" in shown(chief, "staff").text
    page = shown(chief, "departure", "", leaver.pk)
    asked = {
        "cach": "mot-nguoi",
        "successor": str(other_specialist.user.pk),
        "last_day": TODAY,
        "close": "on",
    }
    page = read(chief.get(reverse("departure", args=[leaver.pk]), asked))
    assert "Lê Thị Thu: 3 hồ sơ" in page.text
    assert len(page.codes) == 3
    form = next(f for f in page.all("form") if f.attrs["method"] == "post" and f.all("div", class_="bar"))
    sent = {node.attrs["name"]: node.attrs.get("value", "") for node in form.all("input")}
    page = read(chief.post(form.attrs["action"], sent, follow=True))
    assert "Lê Thị Thu: 3" in page.text
    assert set(
        Dossier.objects.filter(pk__in=[one.pk for one in made]).values_list("assignee", flat=True)
    ) == {other_specialist.user.pk}
    assert not User.objects.get(pk=leaver.pk).is_active
    assert chief.get(reverse("departure", args=[leaver.pk])).status_code == 404


def test_it_is_refused_with_the_list_while_something_would_be_left(office: Office, chief: Client) -> None:
    """R20."""
    dossier = office.dossier("processing")
    reception = office.dossier("reception")
    spread = {"cach": "chia", "last_day": TODAY, "close": "on"}
    for who, left in ((office.specialist, dossier), (office.clerk, reception)):
        path = reverse("departure", args=[who.user.pk])
        preview = read(chief.get(path, spread))
        assert left.code in preview.text
        assert not preview.all("div", class_="bar")
        page = read(chief.post(path, spread), 422)
        assert "Còn 1 hồ sơ sẽ không có ai xử lý" in page.summary[0]
        assert left.code in page.text
        assert User.objects.get(pk=who.user.pk).is_active


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"cach": "mot-nguoi"}, "id_successor"),
        ({"last_day": "15/11/2026"}, "id_last_day"),
        ({"last_day": "x"}, "id_last_day"),
        ({"cach": "x"}, "id_cach"),
    ],
)
def test_a_departure_that_cannot_be_says_where(
    office: Office, chief: Client, typed: dict[str, str], field: str
) -> None:
    sent = {"cach": "chia", "last_day": TODAY} | typed
    page = read(chief.post(reverse("departure", args=[office.specialist.user.pk]), sent), 422)
    assert list(page.errors) == [field]


# -- the unit's ways ---------------------------------------------------------------------------------
def test_the_leader_sets_how_the_work_is_shared_out(chief: Client, unit: Unit) -> None:
    form = shown(chief, "unit_settings").form()
    assert form.values["assignment"] == ["pool"]
    sent = form.filled(assignment="leader", supplement_days="20")
    assert chief.post(reverse("unit_settings"), sent).status_code == 302
    unit.refresh_from_db()
    assert (unit.assignment, unit.supplement_days) == ("leader", 20)
    page = read(chief.post(reverse("unit_settings"), form.filled(supplement_days="3")), 422)
    assert page.errors == {"id_supplement_days": "Ít nhất 5 ngày."}


def test_a_units_administrator_has_the_pages_about_people(db, unit: Unit) -> None:
    user = User.objects.create(username="quantri.phuocvinh", full_name="Người Quản Trị")
    Grant.objects.create(user=user, unit=unit, role=Role.UNIT_ADMIN)
    client = played("quantri.phuocvinh").client()
    page = read(client.get(reverse("home"), follow=True))
    assert page.h1 == "Cán bộ của đơn vị"
    for name in ("absences", "unit_settings"):
        assert client.get(reverse(name)).status_code == 200
    for name in ("assignments", "orphans"):
        assert client.get(reverse(name)).status_code == 403
    assert entered(client, officer=User.objects.get(username="tuphap.phuocvinh").pk) is None


def test_an_absence_of_another_unit_is_not_there(office: Office, chief: Client, outsider: Played) -> None:
    entered(chief, officer=office.specialist.user.pk)
    path = reverse("absence", args=[Absence.objects.get().pk])
    assert outsider.client().get(path).status_code == 404
    assert office.clerk.client().post(path, {"end": "1"}).status_code == 404
    assert NOW - timedelta(days=1) < Absence.objects.get().ends
