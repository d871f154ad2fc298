"""The sheet for the notice board: one page of A4 for every procedure, cut only in a way that shows (R50)."""

from datetime import datetime
from io import BytesIO

import pytest
from django.conf import settings
from pypdf import PdfReader

from motcua.catalog.models import Offering, ProcedureVersion
from motcua.catalog.published import whole
from motcua.catalog.queries import current
from motcua.papers.actions import sheet, sheets
from motcua.papers.sheet import CUTS, SheetData, render_sheets
from motcua.people.models import Unit
from tests.cast import BIRTH, GUARDIANSHIP, version

AT = datetime.fromisoformat("2026-11-16T09:00+07:00")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def published(code: str) -> ProcedureVersion:
    return whole(ProcedureVersion.objects.filter(pk=version(code).pk)).get()


@pytest.fixture
def place(db) -> Unit:
    return Unit.objects.select_related("parent").get(code="19798")


def test_says_what_is_published_where_to_go_and_what_is_missing(place: Unit) -> None:
    Unit.objects.filter(pk=place.pk).update(address="12 Phan Bội Châu", phone="0234 3823456")
    Offering.objects.filter(unit=place, procedure__code=GUARDIANSHIP).update(counter=3)
    place.refresh_from_db()
    (page,) = pages(sheet(published(GUARDIANSHIP), place))
    of = version(GUARDIANSHIP)
    for words in (
        of.name,
        of.procedure.code,
        of.limit_label,
        "quầy số 3",
        "12 Phan Bội Châu",
        "0234 3823456",
        "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00",
        "Căn cứ pháp lý chưa công bố",
        "UBND thành phố Huế: số điện thoại chưa công bố",
    ):
        assert words in page


def test_the_longest_of_our_procedures_fit_whole_on_one_page_each(place: Unit) -> None:
    """All 146 were looked at; those with most letters stand for them here, since setting all takes ten seconds."""
    versions = sorted(whole(current()), key=_letters, reverse=True)[:6]
    made = pages(sheets(versions, place))
    assert len(made) == 6
    assert not any("rút gọn" in page for page in made)


def _letters(of: ProcedureVersion) -> int:
    return len(of.name) + sum(len(paper.name) for paper in of.papers.all()) + len(of.limit_note)


@pytest.mark.parametrize(("lines", "letters"), [(20, 150), (200, 300)])
def test_what_no_size_can_hold_is_cut_and_says_so(lines: int, letters: int) -> None:
    """The last line stands on the page: nothing was cut off below it."""
    line = ("giấy tờ " * letters)[:letters]
    data = SheetData(
        superior="UBND thành phố Huế",
        agency="UBND phường Phước Vĩnh",
        name="Thủ tục dài nhất " * 20,
        code="1.000000",
        field="Hộ tịch",
        url=f"{settings.PUBLIC_URL}/thu-tuc/1.000000/?don-vi=19798",
        papers=((line, "01 bản chính, nộp"),) * lines,
        steps=(line,) * lines,
        fees=(line,) * lines,
        legal_basis=(line,) * lines,
        desk=(line,) * 12,
        audience=line,
        published="Quyết định 1/QĐ-UBND; phiên bản 1",
    )
    (page,) = pages(render_sheets((data,), AT))
    assert "Bản in rút gọn cho vừa một trang" in page
    assert "mục nữa" in page
    assert "Quyết định 1/QĐ-UBND; phiên bản 1" in page


def test_steps_and_legal_basis_are_cut_before_papers_and_fees() -> None:
    data = SheetData(
        superior="",
        agency="x",
        name="x",
        code="x",
        field="x",
        url="x",
        papers=(("tờ khai " * 60, "01 bản chính, nộp"), ("Lưu ý", ""), ("b", "xuất trình")),
        steps=("a b " * 100,),
    )
    variants = data.to_inputs()["variants"]
    assert [variant["cut"] for variant in variants] == [False, *[True] * (len(CUTS) - 1)]
    parts = [dict(variant["parts"]) for variant in variants]
    assert [part["Các bước"][0][1].endswith("…") for part in parts] == [False, *[True] * (len(CUTS) - 1)]
    assert parts[2]["Giấy tờ cần có"] == parts[0]["Giấy tờ cần có"]
    first, note, last = parts[-1]["Giấy tờ cần có"]
    assert first[0] == "1."
    assert first[1].endswith("… (01 bản chính, nộp)")
    assert (note, last) == (("–", "Lưu ý"), ("2.", "b (xuất trình)"))


def test_the_province_prints_its_own_and_the_same_data_give_the_same_bytes(place: Unit) -> None:
    province = Unit.objects.get(code="46")
    made = sheet(published(BIRTH), province)
    assert "UBND TỈNH THỪA THIÊN HUẾ" in pages(made)[0].upper()
    assert render_sheets_again(province) == made


def render_sheets_again(unit: Unit) -> bytes:
    return sheets([published(BIRTH)], unit)
