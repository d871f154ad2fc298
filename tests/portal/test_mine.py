"""`my_dossiers`, `my_dossier` and what hangs on it: the applicant's own view (R51), and a supplement sent online (R14)."""

import html
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.actions import Wanted
from motcua.dossiers.models import Dossier, Supplement, SupplementItem
from motcua.files.actions import store
from motcua.papers import actions as papers
from motcua.papers.models import IssuedPaper
from motcua.portal.models import Citizen, Claim, ContactKind
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.workflow import State
from tests.cast import MONDAY, version

PDF = b"%PDF-1.4\n%mine"


@pytest.fixture
def citizen(db) -> Citizen:
    return Citizen.objects.create(kind=ContactKind.PHONE, contact="0905000999", since=timezone.now())


def browser(citizen: Citizen, *owned: Dossier) -> Client:
    """Logged in, with these dossiers claimed."""
    for one in owned:
        Claim.objects.get_or_create(citizen=citizen, dossier=one, defaults={"at": timezone.now()})
    client = Client()
    session = client.session
    session["citizen"] = citizen.pk
    session.save()
    return client


def read(response) -> str:
    return html.unescape(response.content.decode())


def shown(client: Client, dossier: Dossier) -> str:
    return read(client.get(reverse("my_dossier", args=[dossier.code])))


def first_paper() -> int:
    return version().papers.filter(is_note=False).order_by("position").values_list("pk", flat=True)[0]


@pytest.fixture
def waiting(dossier_at, specialist) -> Dossier:
    dossier = dossier_at("processing")
    wanted = (Wanted(first_paper(), "Mờ, không đọc được."),)
    actions.ask_supplement(
        specialist.act(MONDAY + timedelta(hours=1)), dossier.pk, wanted, reason="Cần bản rõ."
    )
    return Dossier.objects.get(pk=dossier.pk)


def upload(client: Client, dossier: Dossier, *contents: bytes, name: str = "giay.pdf"):
    paper = first_paper()
    sent = [SimpleUploadedFile(name, content) for content in contents]
    return client.post(reverse("my_upload", args=[dossier.code, paper]), {f"p{paper}-pages": sent})


def test_the_own_dossier_down_to_the_department(citizen, dossier_at):
    """R51: which department of which unit, since when; no officer by name."""
    dossier = dossier_at("processing")
    page = shown(browser(citizen, dossier), dossier)
    assert "Nguyễn Thị Thử" in page
    assert "Bộ phận Tư pháp - Hộ tịch, Phường Phước Vĩnh" in page
    names = set(dossier.moves.exclude(by=None).values_list("by__full_name", flat=True))
    assert names
    assert not any(name in page for name in names)


def test_another_citizens_dossier_is_not_there(citizen, dossier_at, waiting):
    paper = first_paper()
    client = browser(citizen)
    for name, args in (
        ("my_dossier", []),
        ("my_result", []),
        ("my_paper", [1]),
        ("my_upload_file", [paper]),
    ):
        assert client.get(reverse(name, args=[waiting.code, *args])).status_code == 404
    assert upload(client, waiting, PDF).status_code == 404
    assert client.post(reverse("my_submit", args=[waiting.code])).status_code == 404
    assert read(client.get(reverse("my_dossiers"))).count("H57") == 0


def test_without_a_log_in_one_is_asked_for_it(client, waiting):
    for name, args in (("my_dossiers", []), ("my_dossier", [waiting.code]), ("my_result", [waiting.code])):
        assert client.get(reverse(name, args=args)).headers["Location"] == reverse("citizen_login")


def test_a_supplement_is_put_there_looked_at_and_sent(citizen, waiting, clerk):
    """R14: brought or uploaded; what was uploaded stays, and the desk accepts it."""
    client = browser(citizen, waiting)
    assert "Cần bản rõ." in shown(client, waiting)
    assert "Gửi tất cả cho nơi tiếp nhận" not in shown(client, waiting)
    assert upload(client, waiting, PDF).status_code == 302
    back = client.get(reverse("my_upload_file", args=[waiting.code, first_paper()]))
    assert b"".join(back.streaming_content) == PDF
    assert "attachment" in back["Content-Disposition"]
    client.post(reverse("my_submit", args=[waiting.code]))
    assert "Bạn đã gửi lúc" in shown(client, waiting)
    public = read(Client().get(reverse("track", args=[waiting.code])))
    assert "nơi tiếp nhận đang kiểm tra" in public
    assert "Việc cần bạn làm" not in public
    assert Supplement.objects.get(dossier=waiting).submitted_at is not None
    desk = read(clerk.client().get(reverse("dossier", args=[waiting.code])))
    assert "Người nộp đã gửi qua mạng" in desk
    assert "Xem tệp đã gửi" in desk


def test_what_the_desk_says_is_wrong_is_read_and_sent_again(citizen, waiting, clerk):
    client = browser(citizen, waiting)
    upload(client, waiting, PDF)
    client.post(reverse("my_submit", args=[waiting.code]))
    revision = Dossier.objects.get(pk=waiting.pk).revision
    facts = {"revision": revision, "reject_submission-words": "Ảnh thiếu trang hai."}
    clerk.client().post(reverse("reject_submission", args=[waiting.code]), facts)
    page = shown(client, waiting)
    assert "Ảnh thiếu trang hai." in page
    assert upload(client, waiting, PDF + b"2").status_code == 302
    client.post(reverse("my_submit", args=[waiting.code]))
    revision = Dossier.objects.get(pk=waiting.pk).revision
    paper = first_paper()
    facts = {"revision": revision, f"resume-came-{paper}": "on"}
    facts |= {f"resume-kind-{paper}": "copy", f"resume-number-{paper}": "1"}
    clerk.client().post(reverse("resume", args=[waiting.code]), facts)
    assert Dossier.objects.get(pk=waiting.pk).state == State.PROCESSING


@pytest.mark.parametrize(
    ("contents", "words"),
    [([], "Chưa chọn tệp nào"), ([b""], "Tệp rỗng"), ([b"<html>not a scan"], "phải là PDF hoặc ảnh")],
)
def test_a_file_that_is_none_is_refused_beside_its_paper(citizen, waiting, contents, words):
    """And what was there before stays there."""
    client = browser(citizen, waiting)
    upload(client, waiting, PDF)
    page = upload(client, waiting, *contents)
    assert page.status_code == 422
    assert words in read(page)
    assert SupplementItem.objects.get().upload is not None


def test_two_sendings_from_two_windows(citizen, waiting):
    client = browser(citizen, waiting)
    upload(client, waiting, PDF)
    address = reverse("my_submit", args=[waiting.code])
    client.post(address)
    page = read(client.post(address, follow=True))
    assert "đã được gửi" in page
    assert waiting.moves.filter(action="submit_supplement").count() == 1


def test_the_result_can_be_had_again(citizen, dossier_at, clerk):
    """R31: the electronic result is kept; before it is issued there is nothing to have."""
    dossier = dossier_at("approved")
    client = browser(citizen, dossier)
    address = reverse("my_result", args=[dossier.code])
    assert client.get(address).status_code == 404
    file = store(SimpleUploadedFile("kq.pdf", PDF), uploaded_by_id=clerk.user.pk)
    results.record(clerk.act(MONDAY + timedelta(hours=4)), dossier.pk, ResultFacts(file=file))
    assert "kq.pdf" in shown(client, dossier)
    assert b"".join(client.get(address).streaming_content) == PDF


def test_papers_of_the_applicant_and_not_the_offices_own(citizen, dossier_at):
    dossier = dossier_at("returned")
    row = Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(pk=dossier.pk)
    papers.receipt(row)
    papers.slip(row)
    client = browser(citizen, dossier)
    assert "Mẫu 01" in shown(client, dossier)
    assert "Mẫu 05" not in shown(client, dossier)
    for paper in IssuedPaper.objects.filter(dossier=dossier):
        status = client.get(reverse("my_paper", args=[dossier.code, paper.pk])).status_code
        assert status == (200 if paper.form == "01" else 404)


def test_nobody_keeps_these_pages(citizen, waiting):
    page = browser(citizen, waiting).get(reverse("my_dossier", args=[waiting.code]))
    assert "no-store" in page["Cache-Control"]


def test_a_long_list_takes_as_many_queries_as_a_short_one(citizen, clerk, dossier_at):
    client = browser(citizen, dossier_at("processing"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("my_dossiers"))
        counts.append(len(queries))
        browser(citizen, dossier_at("processing"), dossier_at("reception"))
    assert counts[0] == counts[1] <= 6
