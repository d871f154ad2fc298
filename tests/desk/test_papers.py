"""Issued papers on the dossier's page, the control slip, and many papers in one file."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.papers import actions as papers
from motcua.papers import bulk
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.papers.receipt import render_receipt
from tests.cast import Played
from tests.desk.conftest import NOW, Office, copies, read
from tests.desk.reading import Page
from tests.papers.conftest import supplement_of
from tests.papers.reading import Printed
from tests.papers.samples import ORDINARY


def shown(client: Client, dossier: Dossier) -> Page:
    return read(client.get(reverse("dossier", args=[dossier.code])))


def printed(answer: HttpResponse) -> Printed:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["Cache-Control"] == "private, no-store"
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Printed(content)


# -- on the dossier's page -----------------------------------------------------------------------
def test_the_page_lists_all_that_was_issued_and_opens_it(office: Office, counter: Client) -> None:
    """R40: each to the byte as issued."""
    dossier = office.dossier("processing")
    assert "Chưa có giấy tờ nào được lập." in shown(counter, dossier).text
    papers.receipt(dossier)
    papers.supplement(supplement_of(dossier, office.specialist, answered_at=NOW))
    papers.supplement(supplement_of(dossier, office.specialist, 2))
    (section,) = shown(counter, dossier).all("section", id="papers")
    links = section.all("a")
    assert [link.text for link in links] == [
        "Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Mẫu 02 – Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        "Mẫu 02 – Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (lần 2)",
        "In phiếu kiểm soát đến lúc này",
    ]
    assert "(Lần thứ 2)" in printed(counter.get(links[2].attrs["href"])).text()
    for client in (counter, office.leader.client()):
        answer = client.get(links[0].attrs["href"])
        receipt = client.get(reverse("receipt", args=[dossier.code]))
        assert b"".join(answer.streaming_content) == b"".join(receipt.streaming_content)


def test_a_paper_of_another_dossier_is_not_of_this_one(
    office: Office, counter: Client, outsider: Played
) -> None:
    one, other = office.dossier("processing"), office.dossier("processing")
    papers.receipt(other)
    pk = IssuedPaper.objects.get().pk
    assert counter.get(reverse("paper", args=[one.code, pk])).status_code == 404
    assert counter.get(reverse("paper", args=[other.code, 10**20])).status_code == 404
    assert counter.get(reverse("paper", args=[other.code, pk])).status_code == 200
    assert outsider.client().get(reverse("paper", args=[other.code, pk])).status_code == 404
    assert outsider.client().get(reverse("slip", args=[other.code])).status_code == 404


def test_the_slip_lives_as_long_as_the_dossier(office: Office, counter: Client, clock) -> None:
    """R42: until now while it is open; when it is closed always the same."""
    open_one, closed = office.dossier("processing"), office.dossier("returned")
    first = printed(counter.get(reverse("slip", args=[open_one.code]))).text()
    kept = counter.get(reverse("slip", args=[closed.code])).content
    clock.shift(timedelta(minutes=20))
    assert "đến 10 giờ 00 phút" in first
    assert "đến 10 giờ 20 phút" in printed(counter.get(reverse("slip", args=[open_one.code]))).text()
    assert counter.get(reverse("slip", args=[closed.code])).content == kept
    assert IssuedPaper.objects.get(form=PaperForm.SLIP).dossier == closed
    assert "In phiếu kiểm soát đến lúc này" not in shown(counter, closed).text


# -- many in one file ----------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["register", "work"])
def test_what_is_ticked_is_printed_in_the_order_of_the_list(
    office: Office, counter: Client, name: str
) -> None:
    """R40: receipts that nobody has printed yet are issued in passing."""
    for _ in range(3):
        office.dossier("reception")
    page = read(counter.get(reverse(name)))
    (form,) = [form for form in page.all("form") if form.attrs["action"] == reverse("bulk_print")]
    assert form.attrs["target"] == "_blank"
    values = [box.attrs["value"] for box in form.all("input", name="dossier")]
    sent = page.form(reverse("bulk_print")).filled(dossier=[values[2], values[0], values[0]], what="receipts")
    paper = printed(counter.post(reverse("bulk_print"), sent))
    codes = page.codes
    assert [codes[2] in paper.text(0), codes[0] in paper.text(1)] == [True, True]
    assert paper.pages == 2
    assert IssuedPaper.objects.filter(form=PaperForm.RECEIPT).count() == 2


def test_slips_or_all_that_was_issued(office: Office, counter: Client) -> None:
    one, other = office.dossier("processing"), office.dossier("returned")
    sent = {"dossier": [one.pk, other.pk], "what": "slips"}
    paper = printed(counter.post(reverse("bulk_print"), sent))
    assert [("PHIẾU KIỂM SOÁT" in paper.text(page)) for page in range(paper.pages)] == [True, True]
    papers.receipt(one)
    papers.supplement(supplement_of(one, office.specialist))
    paper = printed(counter.post(reverse("bulk_print"), sent | {"what": "all"}))
    titles = [paper.text(page) for page in range(paper.pages)]
    names = ("GIẤY TIẾP NHẬN", "PHIẾU YÊU CẦU", "PHIẾU KIỂM SOÁT")
    assert [name in title for name, title in zip(names, titles, strict=True)] == [True, True, True]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Chưa chọn hồ sơ nào"),
        ({"dossier": ["x", "", "9" * 50]}, "Chưa chọn hồ sơ nào"),
        ({"dossier": [str(pk) for pk in range(1, 102)]}, "Mỗi lần in được 100 hồ sơ; đã chọn 101"),
        ({"dossier": ["999999"]}, "chưa có giấy tờ nào để in"),
    ],
)
def test_what_cannot_be_printed_says_why(counter: Client, sent: dict, words: str) -> None:
    answer = counter.post(reverse("bulk_print"), sent | {"back": "work"}, follow=True)
    assert answer.redirect_chain == [(reverse("work"), 302)]
    assert words in " ".join(read(answer).notices)
    assert counter.post(reverse("bulk_print"), {"back": "//evil"})["Location"] == reverse("register")


def test_dossiers_of_others_are_not_printed(office: Office, outsider: Played) -> None:
    dossier = office.dossier("processing")
    client = outsider.client()
    answer = client.post(reverse("bulk_print"), {"dossier": [dossier.pk], "what": "receipts"})
    assert answer.status_code == 302
    assert not IssuedPaper.objects.exists()


def test_a_hundred_receipts_take_as_many_queries_as_one(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    copies(dossier, 3)
    rows = list(Dossier.objects.values_list("pk", flat=True))

    def count(ticked: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert counter.post(reverse("bulk_print"), {"dossier": ticked}).status_code == 200
        return len(asked)

    count(rows)  # issues them
    assert count(rows) == count(rows[:1])


def test_together_keeps_every_page_and_what_is_shared_once() -> None:
    pdf = render_receipt(ORDINARY)
    together = bulk.together([pdf] * 5)
    assert Printed(together).pages == 5
    assert len(together) < 2 * len(pdf)
