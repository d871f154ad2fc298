"""The officer's own table: what waits, for each role, and the way to it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.cast import BIRTH, MONDAY, Played
from tests.desk.conftest import Office, read
from tests.desk.reading import Page

LABELS = ("Chờ chuyển", "Đang xử lý", "Chờ lãnh đạo duyệt", "Chờ ghi kết quả", "Chờ trả cho dân", "Quá hạn")


def shown(client: Client) -> Page:
    return read(client.get(reverse("home")))


def numbers(page: Page) -> dict[str, tuple[int, str]]:
    """What is counted, how many, and where the number leads (empty: nowhere)."""
    found = [*page.all("a", class_="stat"), *page.all("div", class_="stat")]
    return {box.all("span")[0].text: (int(box.all("b")[0].text), box.attrs.get("href", "")) for box in found}


def test_what_waits_at_the_clerks_desk(office: Office, counter: Client) -> None:
    for stage, count in (("reception", 1), ("processing", 2), ("approval", 1), ("return", 3), ("done", 2)):
        for _ in range(count):
            office.dossier(stage)
    office.dossier("returned")
    late = office.dossier("processing", at=MONDAY - timedelta(days=14))
    page = shown(counter)
    assert numbers(page) == {
        "Chờ chuyển": (1, reverse("work") + "?muc=chuyen"),
        "Đang xử lý": (3, reverse("work")),
        "Chờ lãnh đạo duyệt": (1, ""),
        "Chờ ghi kết quả": (3, reverse("work") + "?muc=ket-qua"),
        "Chờ dân bổ sung": (0, reverse("work") + "?muc=bo-sung"),
        "Chờ trả cho dân": (2, reverse("ready")),
        "Quá hạn": (1, reverse("work") + "?muc=tat-ca&overdue=on"),
    }
    assert page.codes[0] == late.code
    assert len(page.codes) == 8


def test_every_number_leads_to_as_many_rows(office: Office, counter: Client) -> None:
    for stage, count in (("reception", 1), ("processing", 2), ("return", 3), ("done", 4)):
        for _ in range(count):
            office.dossier(stage)
    office.dossier("processing", at=MONDAY - timedelta(days=14))
    leading = {label: found for label, found in numbers(shown(counter)).items() if found[1]}
    rows = {label: len(read(counter.get(address)).codes) for label, (_, address) in leading.items()}
    del rows["Đang xử lý"]  # the list's first tab is what the officer himself has to do
    assert rows == {label: count for label, (count, _) in leading.items() if label in rows}


def test_a_leader_is_sent_to_the_approvals_only(office: Office) -> None:
    office.dossier("approval", BIRTH)
    page = shown(office.leader.client())
    assert numbers(page)["Chờ lãnh đạo duyệt"] == (1, reverse("approvals"))
    assert reverse("work") not in " ".join(page.links)
    assert reverse("receive_find") not in page.links


def test_another_communes_dossiers_are_not_counted(office: Office, outsider: Played) -> None:
    office.dossier("processing")
    page = shown(outsider.client())
    assert {count for count, _ in numbers(page).values()} == {0}
    assert page.codes == []


def test_who_watches_goes_to_what_is_watched(supervisor: Played, administrator: Played) -> None:
    for one in (supervisor, administrator):
        answer = one.client().get(reverse("home"))
        assert (answer.status_code, answer["Location"]) == (302, reverse("overview"))


def test_the_frame_names_unit_person_and_role(counter: Client) -> None:
    words = shown(counter).text
    for told in ("Phường Phước Vĩnh", "Trần Thị Lan", "Tiếp nhận và trả kết quả", "Dữ liệu mô phỏng"):
        assert told in words


def test_the_menu_has_what_the_role_may_open(office: Office) -> None:
    def menu(one: Played) -> set[str]:
        bar = shown(one.client()).all("nav", class_="nav")[0]
        return {link.attrs["href"] for link in bar.all("a")}

    ours = {
        name: reverse(name)
        for name in (
            "home",
            "receive_find",
            "work",
            "approvals",
            "assignments",
            "interlinked",
            "ready",
            "register",
        )
    }
    leads = {"approvals", "assignments"}
    assert menu(office.clerk) == {path for name, path in ours.items() if name not in leads}
    assert menu(office.specialist) == {ours[name] for name in ("home", "work", "interlinked", "register")}
    assert menu(office.leader) == {
        ours[name] for name in ("home", "approvals", "assignments", "interlinked", "register")
    }
