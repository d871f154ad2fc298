"""`paper_files`, `paper_file`: forms for citizens, and samples marked "MẪU" (R50)."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from motcua.catalog.actions import edit_draft
from motcua.catalog.content import content_of
from motcua.catalog.models import PaperRequirement, ProcedureVersion
from motcua.catalog.samples import stamped
from motcua.files import actions as files
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile
from tests.catalog.drafts import CODE, PAPERS, new_draft, published
from tests.desk.conftest import read

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf(*sizes: tuple[int, int], turned: int = 0) -> bytes:
    writer = PdfWriter()
    for width, height in sizes or ((595, 842),):
        page = writer.add_blank_page(width, height)
        if turned:
            page.rotate(turned)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def word() -> bytes:
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def upload(content: bytes, name: str = "to-khai.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def draft(db) -> ProcedureVersion:
    return new_draft()


def send(office, place: int = 1, **sent):
    path = reverse("paper_files", args=[CODE, place])
    revision = ProcedureVersion.objects.get(procedure__code=CODE, published_at=None).revision
    return office.post(path, {"revision": revision} | sent)


def papers() -> list[PaperRequirement]:
    return list(PaperRequirement.objects.filter(version__procedure__code=CODE).order_by("position"))


# -- the mark --------------------------------------------------------------------------------------
@pytest.mark.parametrize("turned", [0, 90])
def test_every_page_is_marked_across(turned) -> None:
    marked = stamped(pdf((595, 842), (842, 595), (300, 200), turned=turned))
    reader = PdfReader(BytesIO(marked))
    assert [page.extract_text().strip() for page in reader.pages] == ["MẪU"] * 3
    for page in pypdfium2.PdfDocument(marked):
        picture = page.render(scale=0.5).to_pil().convert("RGB")
        inked = [
            at
            for at in range(picture.width)
            if any(picture.getpixel((at, y)) != (255, 255, 255) for y in range(0, picture.height, 2))
        ]
        assert len(inked) > picture.width * 0.3, "it runs across the page"


@pytest.mark.parametrize("broken", [b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7 nonsense", pdf()[:200], b""])
def test_what_cannot_be_read_is_refused(broken) -> None:
    with pytest.raises(FileRefused):
        stamped(broken)


def test_a_locked_or_endless_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("x")
    out = BytesIO()
    writer.write(out)
    for content in (out.getvalue(), pdf(*[(10, 10)] * 61)):
        with pytest.raises(FileRefused, match="mật khẩu"):
            stamped(content)


# -- the page --------------------------------------------------------------------------------------
def test_a_form_and_its_sample_are_kept_and_given_out_as_downloads(office, draft) -> None:
    send(office, template=upload(word(), "Tờ khai.docx"), sample=upload(pdf()))
    paper = papers()[0]
    assert (paper.template.content_type, paper.sample.content_type) == (WORD, "application/pdf")
    assert "MẪU" in PdfReader(BytesIO(files.read(paper.sample))).pages[0].extract_text()
    answer = office.get(reverse("paper_file", args=[paper.pk, "mau-dien"]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert office.get(reverse("paper_file", args=[paper.pk, "x"])).status_code == 404
    assert office.get(reverse("paper_file", args=[papers()[1].pk, "mau"])).status_code == 404


def test_a_sample_in_word_is_refused_and_nothing_is_kept(office, draft) -> None:
    before = StoredFile.objects.count()
    page = read(send(office, sample=upload(word(), "mau.docx")), 422)
    assert "phải là PDF" in page.errors["id_sample"]
    page = read(send(office, template=upload(b"<script>", "x.pdf")), 422)
    assert "không phải PDF" in page.errors["id_template"]
    assert StoredFile.objects.count() == before
    assert papers()[0].template is None


def test_files_go_along_when_papers_move_and_can_be_taken_off(office, draft) -> None:
    send(office, template=upload(word(), "a.docx"))
    path = reverse("draft_part", args=[CODE, "giay-to"])
    values = read(office.get(path)).form("", method="post").values
    page = read(office.post(path, values | {"hang": "papers.down.0"}))
    office.post(path, page.form("", method="post").values)
    assert [paper.template_id is not None for paper in papers()] == [False, True, False]
    assert send(office, 3, template=upload(word())).status_code == 404, "a note has no form"
    send(office, 2, no_template="on")
    assert papers()[1].template is None


def test_a_file_that_was_not_a_papers_is_not_made_one(office, draft) -> None:
    private = files.keep(b"%PDF", name="x.pdf", content_type="application/pdf", uploaded_by_id=None)
    path = reverse("draft_part", args=[CODE, "giay-to"])
    values = read(office.get(path)).form("", method="post").values
    for forged in (str(private.pk), f"[{private.pk}, null]", "x:y:z"):
        office.post(path, values | {"papers-0-kept": [forged]})
        values = read(office.get(path)).form("", method="post").values
    assert [paper.template_id for paper in papers()] == [None] * 3


def test_a_place_that_there_is_not(office, draft) -> None:
    for place in (0, 99):
        assert office.get(reverse("paper_files", args=[CODE, place])).status_code == 404


def test_a_published_form_goes_into_the_next_draft(office, draft, administrator) -> None:
    send(office, template=upload(word(), "a.docx"))
    stored = papers()[0].template_id
    draft.refresh_from_db()
    new = published(administrator, draft)
    office.post(reverse("draft_start", args=[CODE]))
    again = ProcedureVersion.objects.get(base=new)
    assert content_of(again).papers[0] == replace(PAPERS[0], template_id=stored)
    edit_draft(again.procedure_id, 0, papers=())
    assert content_of(new).papers[0].template_id == stored
