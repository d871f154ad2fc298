"""What is still to be digitised: the list, its number at home, and the form that pays it (R07)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.actions import PaperTick
from motcua.dossiers.models import Dossier
from motcua.files.actions import store
from motcua.journal.models import Reading
from motcua.people.models import Grant, Person, Role
from motcua.results.kept import reusable
from motcua.results.models import Result, ResultKind
from tests.cast import Played, received, version
from tests.desk.conftest import PDF, Office, copies, read
from tests.desk.reading import Form, Page

SCANS = reverse("scans")


def handed_in() -> tuple[PaperTick, ...]:
    listed = version().papers.filter(is_note=False, to_show=False).order_by("position")[:2]
    return tuple(PaperTick(paper.pk, paper.kind, 1) for paper in listed)


@pytest.fixture
def owing(office: Office) -> Dossier:
    return office.dossier("processing", papers=handed_in())


def shown(client: Client, dossier: Dossier) -> Page:
    return read(client.get(reverse("dossier", args=[dossier.code])))


def form_of(page: Page, dossier: Dossier) -> Form:
    return page.form(reverse("scan", args=[dossier.code]))


def sent(client: Client, dossier: Dossier, form: Form | None = None, **typed: Any):
    form = form or form_of(shown(client, dossier), dossier)
    uploads = {n.replace("__", "-"): typed.pop(n) for n in list(typed) if "upload" in n}
    return client.post(form.action, form.filled(**typed) | uploads)


def papers(dossier: Dossier) -> list[int]:
    return list(dossier.papers.order_by("requirement__position").values_list("pk", flat=True))


def test_paper_by_paper_until_nothing_is_owed(owing: Dossier, counter: Client) -> None:
    """R07: a file for one, a reason for the other."""
    one, other = papers(owing)
    page = shown(counter, owing)
    assert page.text.count("chưa quét") == 2
    file = SimpleUploadedFile("a.pdf", PDF)
    assert sent(counter, owing, **{f"scan__upload_{one}": file}).status_code == 302
    assert Dossier.objects.get().unscanned == 1
    assert sent(counter, owing, **{f"scan__why_{other}": "bound"}).status_code == 302
    assert Dossier.objects.get().unscanned == 0
    page = shown(counter, owing)
    assert "chưa quét" not in page.text
    assert "Đóng quyển, không tháo được" in page.text
    scan = owing.papers.get(pk=one).scan
    assert counter.get(reverse("file", args=[owing.code, scan.pk])).status_code == 200


def test_nothing_chosen_and_what_is_no_scan(owing: Dossier, counter: Client) -> None:
    page = read(sent(counter, owing), 422)
    assert page.summary == ["Chưa chọn bản quét nào, cũng chưa ghi lý do không quét được."]
    one, other = papers(owing)
    both = {
        f"scan__upload_{one}": SimpleUploadedFile("a.pdf", PDF),
        f"scan__upload_{other}": SimpleUploadedFile("b.txt", b"text"),
    }
    page = read(sent(counter, owing, **both), 422)
    assert set(page.errors) == {f"id_scan-upload_{other}"}
    assert sent(counter, owing, form_of(page, owing)).status_code == 302  # the good one was kept
    assert owing.papers.get(pk=one).scan.name == "a.pdf"
    assert Dossier.objects.get().unscanned == 1


def test_an_officers_upload_is_no_other_officers(owing: Dossier, counter: Client, office: Office) -> None:
    """The token of a kept file belongs to who uploaded it."""
    one, other = papers(owing)
    both = {
        f"scan__upload_{one}": SimpleUploadedFile("a.pdf", PDF),
        f"scan__upload_{other}": SimpleUploadedFile("b.txt", b"text"),
    }
    kept = form_of(read(sent(counter, owing, **both), 422), owing)
    assert office.specialist.client().post(kept.action, kept.values).status_code == 422


def test_the_list_is_oldest_first_by_officer(owing: Dossier, office: Office, counter: Client, unit) -> None:
    """R07."""
    other = Grant.objects.create(user=office.leader.user, unit=unit, role=Role.CLERK)
    second = Played(other.user, office.leader.officer)
    from tests.cast import played

    newer = received(played(second.user.username), papers=handed_in())
    page = read(counter.get(SCANS))
    assert page.codes == [owing.code, newer.code]
    assert "Còn 4 giấy tờ chưa quét" in page.text
    page = read(counter.get(SCANS, {"nguoi": second.user.pk}))
    assert page.codes == [newer.code]
    assert "Còn 2 giấy tờ chưa quét" in page.text
    assert read(counter.get(SCANS, {"nguoi": "x"})).codes == [owing.code, newer.code]


def test_another_communes_debt_is_its_own(owing: Dossier, outsider: Played) -> None:
    assert read(outsider.client().get(SCANS)).codes == []


def test_its_number_stands_at_home_and_leads_there(owing: Dossier, counter: Client) -> None:
    page = read(counter.get(reverse("home")))
    assert SCANS in page.links
    assert "Chờ số hóa" in page.text


def test_pages_by_key_at_a_fixed_price(owing: Dossier, counter: Client) -> None:
    counter.get(SCANS)
    with CaptureQueriesContext(connection) as few:
        counter.get(SCANS)
    copies(owing, 60)
    with CaptureQueriesContext(connection) as many:
        page = read(counter.get(SCANS))
    assert len(few) == len(many) <= 9
    assert len(page.codes) == 50
    assert len(read(counter.get(SCANS + page.link("next"))).codes) == 11


def test_a_result_given_before_is_used_again(owing: Dossier, counter: Client, office: Office) -> None:
    """R31 (NĐ 61/2018 Đ.20.5): nobody brings what an office has given him; using it is a reading on record (R27)."""
    before = _given_before(office, owing)
    one = papers(owing)[0]
    page = shown(counter, owing)
    assert "dùng kết quả đã cấp cho người này" in page.text
    assert sent(counter, owing, **{f"scan__result_{one}": str(before.pk)}).status_code == 302
    assert owing.papers.get(pk=one).scan == before.file
    assert Reading.objects.filter(subject=f"dossier:{before.dossier_id}", kind="file").count() == 1


def test_a_result_of_somebody_else_cannot_be_used(owing: Dossier, counter: Client, office: Office) -> None:
    """Nor one of a person without a number: a name alone is nobody."""
    before = _given_before(office, owing)
    Person.objects.filter(pk=owing.applicant_id).update(id_number="")
    assert reusable(Dossier.objects.select_related("applicant").get(pk=owing.pk)) == []
    other = Person.objects.create(full_name="Nguyễn Thị Thử", id_number="046199000111")
    Dossier.objects.filter(pk=before.dossier_id).update(applicant=other)
    Person.objects.filter(pk=owing.applicant_id).update(id_number="046199000999")
    assert reusable(Dossier.objects.select_related("applicant").get(pk=owing.pk)) == []
    form = form_of(shown(counter, owing), owing)
    forged = form.filled() | {f"scan-result_{papers(owing)[0]}": str(before.pk)}
    assert counter.post(form.action, forged).status_code == 422


def _given_before(office: Office, dossier: Dossier) -> Result:
    """An electronic result of the same applicant."""
    earlier = office.dossier("done")
    assert earlier.applicant_id == dossier.applicant_id
    file = store(SimpleUploadedFile("kq.pdf", PDF), uploaded_by_id=None)
    Result.objects.filter(dossier=earlier).update(kind=ResultKind.FILE, file=file)
    return Result.objects.get(dossier=earlier)
