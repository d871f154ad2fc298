"""One dossier's page: what it is, where it is, why it is due then, and only what can be done now."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Attachment, Dossier
from motcua.files import actions as files
from motcua.journal import seals
from motcua.people import actions as people
from motcua.people.models import DayKind, Grant, Role
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from tests.cast import MONDAY, Applicant, Played
from tests.desk.conftest import NOW, PDF, STAGES, Office, read
from tests.desk.reading import Page

ADDING = {"note", "attach"}
CAN = {
    ("clerk", "reception"): {"forward", "ask_supplement", "withdraw"},
    ("clerk", "processing"): {"withdraw"},
    ("clerk", "approval"): {"withdraw"},
    ("clerk", "return"): {"result", "send_back", "withdraw"},
    ("clerk", "done"): {"hand_over"},
    ("specialist", "processing"): {"forward", "send_back", "result", "ask_supplement"},
    ("specialist", "return"): {"result"},
    ("leader", "approval"): {"approve", "send_back"},
    ("leader", "return"): {"result"},
}
"""Beside notes and files, which all of the desk may add until it is closed."""
ACTS = (
    "forward",
    "send_back",
    "approve",
    "take",
    "note",
    "attach",
    "result",
    "hand_over",
    "ask_supplement",
    "propose_supplement",
    "permit_supplement",
    "decline_supplement",
    "resume",
    "withdraw",
)


def shown(client: Client, dossier: Dossier, query: str = "") -> Page:
    return read(client.get(reverse("dossier", args=[dossier.code]) + query))


def offered(page: Page, dossier: Dossier) -> set[str]:
    """The acts that the page has a form for."""
    return {name for name in ACTS if reverse(name, args=[dossier.code]) in page.actions()}


# -- what can be done ---------------------------------------------------------------------------
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("who", ["clerk", "specialist", "leader"])
def test_an_act_is_offered_only_when_it_is_possible(office: Office, who: str, stage: str) -> None:
    dossier = office.dossier(stage)
    adding = set() if stage == "returned" else ADDING
    page = shown(getattr(office, who).client(), dossier)
    assert offered(page, dossier) == CAN.get((who, stage), set()) | adding


def test_who_only_watches_can_do_nothing(office: Office, supervisor: Played) -> None:
    for stage in STAGES:
        dossier = office.dossier(stage)
        assert offered(shown(supervisor.client(), dossier), dossier) == set()


def test_what_lies_with_a_colleague_can_be_added_to_only(office: Office, other_specialist: Played) -> None:
    dossier = office.dossier("processing")
    assert offered(shown(other_specialist.client(), dossier), dossier) == ADDING


def test_what_lies_with_a_field_is_for_those_who_answer_for_it(
    office: Office, other_specialist: Played
) -> None:
    mine = Grant.objects.get(user=office.specialist.user, role=Role.SPECIALIST)
    theirs = Grant.objects.get(user=other_specialist.user, role=Role.SPECIALIST)
    theirs.fields.add(*mine.fields.all())
    pooled = office.dossier("processing")
    everything = {"forward", "send_back", "result", "take", "ask_supplement"} | ADDING
    assert offered(shown(other_specialist.client(), pooled), pooled) == everything
    theirs.fields.remove(*mine.fields.all())
    assert offered(shown(office.specialist.client(), pooled), pooled) == everything
    assert offered(shown(other_specialist.client(), pooled), pooled) == ADDING


def test_for_an_outsider_it_does_not_exist(
    office: Office, outsider: Played, district_supervisor: Played
) -> None:
    dossier = office.dossier("processing")
    for one in (outsider, district_supervisor):
        assert one.client().get(reverse("dossier", args=[dossier.code])).status_code == 404
        assert one.client().get(reverse("receipt", args=[dossier.code])).status_code == 404
    assert outsider.client().get(reverse("dossier", args=["000.19.01.H57-261116-9999"])).status_code == 404


# -- what stands there --------------------------------------------------------------------------
def test_facts(office: Office, counter: Client) -> None:
    dossier = office.dossier(
        "processing",
        applicant=Applicant(
            "Đặng Thị Ơn <b>", "046199000999", "Tổ 3, Phước Vĩnh", "0905000999", "on@example.vn"
        ),
        submitter_name="Lê Văn Thay",
        note="Cần gấp",
        sets=2,
    )
    page = shown(counter, dossier)
    for words in (
        dossier.code,
        dossier.version.name,
        "Đặng Thị Ơn <b>",
        "046199000999",
        "Tổ 3, Phước Vĩnh",
        "0905000999",
        "on@example.vn",
        "Lê Văn Thay",
        "Cần gấp",
        "Nguyễn Văn Minh",
        "Đang giải quyết",
        "09:00, 16/11/2026",
        "17:00, 19/11/2026",
        "1 / 2026",
        "Hồ sơ mô phỏng",
    ):
        assert words in page.text, words
    for paper in dossier.papers.select_related("requirement"):
        assert paper.requirement.name in page.text


def test_why_it_is_due_then(office: Office, counter: Client) -> None:
    """R16: each day from the reception to the due time, counted or not, with its reason."""
    page = shown(counter, office.dossier("processing"))
    table = page.all("table", class_="days")[-1]
    assert [row.text[:10] for row in table.all("tr")] == [
        "16/11/2026",
        "17/11/2026",
        "18/11/2026",
        "19/11/2026",
    ]


def test_when_the_calendar_has_changed_since_no_wrong_reason_is_given(
    office: Office, counter: Client, administrator: Played
) -> None:
    dossier = office.dossier("processing")
    people.correct_calendar(
        administrator.officer, (MONDAY + timedelta(days=1)).date(), DayKind.OFF, "Nghỉ bão"
    )
    page = shown(counter, dossier)
    assert "17:00, 19/11/2026" in page.text  # what was promised stays
    assert "Nghỉ bão" not in page.text
    assert page.all("table", class_="days") == []


def test_every_move_says_who_when_from_whom_to_whom(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    actions.forward(office.specialist.act(NOW), dossier.pk, words="Đủ điều kiện")
    actions.send_back(office.leader.act(NOW), dossier.pk, words="Thiếu chữ ký")
    (line,) = shown(counter, dossier).all("ol", class_="timeline")
    newest, forwarded, *_ = [entry.text for entry in line.all("li")]
    for words in ("Chuyển lại bước trước", "Nguyễn Văn Hùng", "10:00, 16/11/2026", "Thiếu chữ ký"):
        assert words in newest
    assert "Lãnh đạo duyệt → chuyển đến Xử lý (Nguyễn Văn Minh)" in newest
    assert "Đủ điều kiện" in forwarded


def test_a_closed_dossier_says_to_whom_it_went(office: Office, counter: Client) -> None:
    page = shown(counter, office.dossier("returned"))
    newest = page.all("ol", class_="timeline")[0].all("li")[0]
    assert "→" not in newest.text
    assert newest.all("p", class_="who")[0].text == "Trần Thị Lan"
    for words in ("đã đóng", "Đã trả kết quả", "Trước hạn", "12/KQ-UBND", "Người nhận kết quả"):
        assert words in page.text


def test_the_same_number_of_queries_however_much_happened(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    address = reverse("dossier", args=[dossier.code])
    actions.note(office.clerk.act(NOW), dossier.pk, words="một")
    attach(office, dossier)
    counter.get(address)
    with CaptureQueriesContext(connection) as few:
        counter.get(address)
    for number in range(20):
        actions.note(office.clerk.act(NOW), dossier.pk, words=f"ghi chú {number}")
        attach(office, dossier)
    with CaptureQueriesContext(connection) as many:
        assert "ghi chú 19" in read(counter.get(address)).text
    assert len(few) == len(many) <= 22


# -- the mark -----------------------------------------------------------------------------------
def test_says_that_its_history_holds_and_which_root_covers_it(office: Office, counter: Client) -> None:
    """R27."""
    dossier = office.dossier("processing")
    assert (
        "khớp với chuỗi nhật ký của đơn vị; mã gốc được công bố sau nửa đêm" in shown(counter, dossier).text
    )
    seals.seal_days(NOW + timedelta(days=1))
    page = shown(counter, dossier)
    assert "mã gốc ngày 16/11/2026 đã công bố" in page.text
    assert reverse("seal", args=["2026-11-16"]) in page.links


def test_a_row_changed_by_hand_is_said_on_the_page(office: Office, counter: Client) -> None:
    """R15, R27."""
    dossier = office.dossier("processing")
    Dossier.objects.filter(pk=dossier.pk).update(due_at=dossier.due_at + timedelta(days=30))
    page = shown(counter, dossier)
    assert "không khớp" in page.notices[0]
    assert "khớp với chuỗi" not in page.text


# -- files --------------------------------------------------------------------------------------
def attach(office: Office, dossier: Dossier, name: str = "tờ khai.pdf") -> int:
    user = office.clerk.user.pk
    stored = files.store(SimpleUploadedFile(name, PDF), uploaded_by_id=user)
    actions.attach(office.clerk.act(NOW), dossier.pk, stored)
    return stored.pk


def test_a_file_is_sent_as_a_download_that_cannot_be_a_page(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    pk = attach(office, dossier, "tờ khai <script>.html.pdf")
    address = reverse("file", args=[dossier.code, pk])
    assert address in shown(counter, dossier).links
    answer = counter.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_of_another_dossier_is_not_of_this_one(office: Office, counter: Client) -> None:
    one, other = office.dossier("processing"), office.dossier("processing")
    pk = attach(office, other)
    assert counter.get(reverse("file", args=[one.code, pk])).status_code == 404
    assert counter.get(reverse("file", args=[one.code, 10**20])).status_code == 404
    assert counter.get(reverse("file", args=[other.code, pk])).status_code == 200


def test_an_outsider_gets_no_file(office: Office, outsider: Played) -> None:
    dossier = office.dossier("processing")
    pk = attach(office, dossier)
    assert outsider.client().get(reverse("file", args=[dossier.code, pk])).status_code == 404


def test_the_result_is_a_file_of_the_dossier(office: Office, counter: Client) -> None:
    dossier = office.dossier("return")
    stored = files.store(SimpleUploadedFile("kq.pdf", PDF), uploaded_by_id=office.clerk.user.pk)
    results.record(office.clerk.act(NOW), dossier.pk, ResultFacts(file=stored))
    assert Attachment.objects.count() == 0
    answer = counter.get(reverse("file", args=[dossier.code, stored.pk]))
    assert b"".join(answer.streaming_content) == PDF


# -- the receipt --------------------------------------------------------------------------------
def test_the_receipt_is_the_same_whenever_it_is_printed(office: Office, counter: Client) -> None:
    """R40: to the byte, also after what is known of the applicant has changed, and by another officer."""
    dossier = office.dossier("processing")
    address = reverse("receipt", args=[dossier.code])
    first = counter.get(address)
    pdf = b"".join(first.streaming_content)
    assert pdf.startswith(b"%PDF-")
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"].startswith("inline;")
    people.remember_person(
        id_number="046199000999", full_name="Tên Khác", address="Nơi khác", phone="", email=""
    )
    actions.note(office.clerk.act(NOW), dossier.pk, words="đổi")
    for client in (counter, office.leader.client()):
        assert b"".join(client.get(address).streaming_content) == pdf


def test_just_received(office: Office, counter: Client) -> None:
    page = shown(counter, office.dossier("processing"), "?moi=1")
    assert "Đã tiếp nhận hồ sơ" in page.notices[0]
    assert reverse("receive_find") in page.links
