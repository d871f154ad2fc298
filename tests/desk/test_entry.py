"""Reception by post and after the fact, with scans, and on the spot: the counter's form (R01, R05, R07)."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from motcua.catalog.models import PaperRequirement
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.journal import worker
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.people.models import Grant, Role
from motcua.results import spot
from motcua.results.models import HandOver, Result
from motcua.rules.workflow import Action, State
from tests.cast import COPIES, GUARDIANSHIP, MONDAY, Played, played, version
from tests.desk.conftest import NOW, PDF, read
from tests.desk.reading import Form, Page


def address(code: str = GUARDIANSHIP) -> str:
    return reverse("receive", args=[version(code).pk])


def handed_in(code: str = GUARDIANSHIP) -> list[PaperRequirement]:
    return list(version(code).papers.filter(is_note=False, to_show=False).order_by("position"))


def form_of(page: Page) -> Form:
    return page.form(id="receive")


def sent(counter: Client, code: str = GUARDIANSHIP, form: Form | None = None, **changes: Any) -> HttpResponse:
    form = form or form_of(read(counter.get(address(code))))
    given = {"full_name": "Nguyễn Thị Thử", "taken": [handed_in(code)[0].pk]}
    uploads = {name: changes.pop(name) for name in list(changes) if name.endswith("-upload")}
    return counter.post(address(code), form.filled(**(given | changes)) | uploads)


FRIDAY = {"presented_at": "13/11/2026", "presented_clock": "14h30"}


# -- by which way and when ----------------------------------------------------------------------
def test_by_post_the_minutes_say_when(counter: Client) -> None:
    """R01: without them it is not received."""
    page = read(sent(counter, channel="post"), 422)
    assert page.errors == {"id_presented_at": "Hồ sơ qua bưu chính: ghi ngày, giờ ký biên bản giao nhận."}
    answer = sent(
        counter, form=form_of(page), channel="post", presented_at="16/11/2026", presented_clock="8h"
    )
    assert answer.status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.channel, dossier.received_at) == ("post", MONDAY - timedelta(hours=1))


def test_a_late_entry_shows_its_due_time_before_it_is_saved(counter: Client) -> None:
    """R01, R12: another date than the one on the form; seen first, then received."""
    page = read(sent(counter, **FRIDAY), 422)
    assert Dossier.objects.count() == 0
    [told] = [notice for notice in page.notices if "nhập sau" in notice]
    assert "14:30, 13/11/2026" in told
    assert "17:00, 18/11/2026" in told
    assert "đã qua" not in told
    kept = form_of(page)
    assert kept.values["full_name"] == ["Nguyễn Thị Thử"]
    [focused] = page.all(autofocus="")
    assert "Tiếp nhận" in focused.text  # nothing is left to do but to confirm
    assert sent(counter, form=kept).status_code == 302
    dossier = Dossier.objects.get()
    assert f"{dossier.due_at:%d/%m}" == "18/11"
    page = read(counter.get(reverse("dossier", args=[dossier.code])))
    assert "nhập sau, lúc 10:00, 16/11/2026" in page.text


def test_what_is_due_already_is_said(counter: Client) -> None:
    page = read(sent(counter, presented_at="03/11/2026", presented_clock="09:00"), 422)
    assert any("trễ hạn ngay khi nhập" in notice for notice in page.notices)
    assert sent(counter, form=form_of(page)).status_code == 302
    assert Dossier.objects.get().due_at < NOW


def test_another_moment_is_another_question(counter: Client) -> None:
    page = read(sent(counter, **FRIDAY), 422)
    page = read(sent(counter, form=form_of(page), presented_at="12/11/2026"), 422)
    assert any("17:00, 17/11/2026" in notice for notice in page.notices)
    assert Dossier.objects.count() == 0


def test_earlier_on_the_same_morning_changes_no_date_and_asks_nothing(counter: Client) -> None:
    assert sent(counter, presented_at="16/11/2026", presented_clock="08:00").status_code == 302


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("17/11/2026", "09:00", "presented_at"),
        ("16/11/2026", "10:01", "presented_at"),
        ("16/11/2025", "09:00", "presented_at"),
        ("01/01/0001", "00:00", "presented_at"),
        ("31/02/2026", "09:00", "presented_at"),
        ("hôm qua", "09:00", "presented_at"),
        ("16/11/2026", "25:00", "presented_clock"),
        ("16/11/2026", "", "presented_clock"),
        ("", "09:00", "presented_at"),
    ],
)
def test_a_wrong_moment_stands_at_its_field(counter: Client, day: str, hour: str, field: str) -> None:
    page = read(sent(counter, presented_at=day, presented_clock=hour), 422)
    assert set(page.errors) == {f"id_{field}"}
    values = form_of(page).values
    assert (values["presented_at"], values["presented_clock"]) == ([day], [hour])
    assert Dossier.objects.count() == 0


def test_nobody_receives_online_by_this_form(counter: Client) -> None:
    assert sent(counter, channel="online").status_code == 422


# -- scans at the counter -----------------------------------------------------------------------
def picture(colour: str = "white", kind: str = "JPEG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (600, 800), colour).save(made, kind)
    return made.getvalue()


def scan_of(paper: PaperRequirement) -> str:
    return f"scan-{paper.pk}-upload"


def test_a_scan_given_at_once_is_no_debt(counter: Client) -> None:
    """R07."""
    paper = handed_in()[0]
    assert sent(counter, **{scan_of(paper): SimpleUploadedFile("tờ khai.pdf", PDF)}).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.unscanned == 0
    scan = dossier.papers.get().scan
    assert scan.name == "tờ khai.pdf"
    page = read(counter.get(reverse("dossier", args=[dossier.code])))
    assert reverse("file", args=[dossier.code, scan.pk]) in page.links
    assert counter.get(reverse("file", args=[dossier.code, scan.pk])).status_code == 200


def test_several_pictures_become_one_pdf(counter: Client) -> None:
    """R07: a page each."""
    paper = handed_in()[0]
    pages = [SimpleUploadedFile("1.jpg", picture()), SimpleUploadedFile("2.png", picture("red", "PNG"))]
    sent(counter, **{scan_of(paper): pages})
    scan = Dossier.objects.get().papers.get().scan
    assert scan.content_type == "application/pdf"
    assert files.read(scan).count(b"/Type /Page\n") == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04 docx", "PDF hoặc ảnh"), (b"", "rỗng"), (b"GIF89a", "PDF hoặc ảnh")],
)
def test_what_is_no_scan_is_refused_and_the_rest_stays(counter: Client, content: bytes, words: str) -> None:
    paper = handed_in()[0]
    page = read(sent(counter, **{scan_of(paper): SimpleUploadedFile("x", content)}), 422)
    assert set(page.errors) == {f"id_{scan_of(paper)}"}
    assert words in page.summary[0] or not content
    assert form_of(page).values["full_name"] == ["Nguyễn Thị Thử"]


def test_a_broken_picture_among_several_is_named(counter: Client) -> None:
    paper = handed_in()[0]
    pages = [SimpleUploadedFile("1.jpg", picture()), SimpleUploadedFile("2.jpg", picture()[:200])]
    page = read(sent(counter, **{scan_of(paper): pages}), 422)
    assert "Ảnh thứ 2 bị hỏng" in page.summary[0]


def test_a_scan_stays_uploaded_while_the_rest_is_mended(counter: Client) -> None:
    paper = handed_in()[0]
    uploads = {scan_of(paper): SimpleUploadedFile("tờ khai.pdf", PDF)}
    page = read(sent(counter, full_name="", **uploads), 422)
    assert "tờ khai.pdf" in page.text
    assert sent(counter, form=form_of(page)).status_code == 302
    assert Dossier.objects.get().papers.get().scan.name == "tờ khai.pdf"


def test_a_look_up_keeps_the_scan_too(counter: Client) -> None:
    paper = handed_in()[0]
    form = form_of(read(counter.get(address())))
    data: dict[str, Any] = form.filled(id_number="046199999999", taken=[]) | {"lookup": ["1"]}
    data |= {scan_of(paper): SimpleUploadedFile("tờ khai.pdf", PDF)}
    page = read(counter.post(address(), data))
    assert page.summary == []
    assert sent(counter, form=form_of(page)).status_code == 302
    assert Dossier.objects.get().unscanned == 0


def test_a_scan_of_a_paper_that_was_not_ticked(counter: Client) -> None:
    """R02: checked one by one; a file alone receives nothing."""
    other = handed_in()[1]
    page = read(sent(counter, **{scan_of(other): SimpleUploadedFile("x.pdf", PDF)}), 422)
    assert "chưa được đánh dấu" in page.summary[0]


# -- on the spot --------------------------------------------------------------------------------
RESULT = {
    "spot__now": "on",
    "spot__number": "125/SCT",
    "spot__signed_on": "16/11/2026",
    "spot__signer": "Lan",
}


@pytest.fixture
def authorised(clerk: Played, leader: Played) -> Client:
    """The clerk's browser, who may answer certified copies at the counter."""
    spot.authorise(
        leader.act(MONDAY),
        clerk.officer.desk.unit_id,
        officer_id=clerk.user.pk,
        version_id=version(COPIES).pk,
        decision="05/UQ-UBND",
        valid_to=MONDAY.date() + timedelta(days=30),
    )
    return clerk.client()


def test_received_decided_and_handed_over_in_one_act(authorised: Client) -> None:
    """R05: on record like any other, with the authorisation it was done by, and without a receipt."""
    answer = sent(authorised, COPIES, **RESULT)
    dossier = Dossier.objects.get()
    assert answer["Location"] == reverse("dossier", args=[dossier.code]) + "?moi=1"
    assert (dossier.state, dossier.outcome, dossier.punctuality) == (State.RETURNED, "granted", "on_time")
    assert list(dossier.moves.order_by("number").values_list("action", flat=True)) == [
        Action.RECEIVE,
        Action.FINISH,
        Action.HAND_OVER,
    ]
    assert "05/UQ-UBND" in dossier.moves.get(action=Action.FINISH).words
    assert Result.objects.get(dossier=dossier).number == "125/SCT"
    assert HandOver.objects.get(dossier=dossier).to_name == "Nguyễn Thị Thử"
    worker.drain()
    assert set(IssuedPaper.objects.values_list("form", flat=True)) == {PaperForm.SLIP}  # R42, and no receipt
    page = read(authorised.get(answer["Location"]))
    assert "Đã tiếp nhận và trả kết quả tại quầy" in page.notices[0]
    assert dossier.unscanned == 1  # what was handed in is owed all the same


def test_who_asks_for_the_receipt_gets_it(authorised: Client) -> None:
    """R05."""
    sent(authorised, COPIES, **RESULT, spot__wants_receipt="on")
    worker.drain()
    assert IssuedPaper.objects.get(form=PaperForm.RECEIPT).dossier == Dossier.objects.get()


def test_without_the_result_nothing_is_received(authorised: Client) -> None:
    page = read(sent(authorised, COPIES, spot__now="on", spot__number="", spot__signed_on="17/11/2026"), 422)
    assert set(page.errors) == {"id_spot-number"}
    page = read(sent(authorised, COPIES, **(RESULT | {"spot__signed_on": "17/11/2026"})), 422)
    assert set(page.errors) == {"id_spot-signed_on"}
    assert form_of(page).values["spot-number"] == ["125/SCT"]
    assert Dossier.objects.count() == 0


def test_not_ticked_it_is_an_ordinary_reception(authorised: Client) -> None:
    assert sent(authorised, COPIES, spot__number="125/SCT", spot__signed_on="x").status_code == 302
    assert Dossier.objects.get().state == State.PROCESSING


def test_it_is_offered_to_who_may_decide_only(authorised: Client, outsider: Played, clerk: Played) -> None:
    """R05: neither another procedure, nor another commune, nor after the last day."""
    assert "spot-now" in authorised.get(address(COPIES)).content.decode()
    assert "spot-now" not in authorised.get(address(GUARDIANSHIP)).content.decode()
    assert "spot-now" not in outsider.client().get(address(COPIES)).content.decode()
    with time_machine.travel(MONDAY + timedelta(days=31), tick=False):
        assert "spot-now" not in clerk.client().get(address(COPIES)).content.decode()


def test_a_leader_who_receives_decides_by_his_own_right(leader: Played, unit) -> None:
    """R05."""
    Grant.objects.create(user=leader.user, unit=unit, role=Role.CLERK)
    browser = played(leader.user.username).client()
    assert sent(browser, COPIES, **RESULT).status_code == 302
    assert "ủy quyền" not in Dossier.objects.get().moves.get(action=Action.FINISH).words
