"""`catalogue_files`, `catalogue_export`, `catalogue_file`: out, looked at, and in (R50)."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.catalog.content import content_of
from motcua.catalog.exchange.formats import FORMATS
from motcua.catalog.models import CatalogueFile, ProcedureVersion
from tests.cast import BIRTH, COPIES, Played, version
from tests.catalog.drafts import draft_of, published
from tests.desk.conftest import read

FILES = reverse("catalogue_files")
DECISION = {"number": "55/QĐ-UBND", "day": "16/11/2026", "starts": "16/11/2026"}


KEPT: dict[str, bytes] = {}


def out(office, kind: str = "json") -> bytes:
    """What every test begins with, written once."""
    if kind not in KEPT:
        KEPT[kind] = office.get(reverse("catalogue_export", args=[kind])).content
    return KEPT[kind]


def given(office, name: str, content: bytes):
    return office.post(FILES, {"file": SimpleUploadedFile(name, content)})


def changed(office, **facts: Any) -> bytes:
    told = json.loads(out(office))
    for row in told["procedures"]:
        row.update(facts if row["code"] == BIRTH else {})
    return json.dumps(told).encode()


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_what_goes_out_comes_in_and_changes_nothing(office, kind: str) -> None:
    answer = office.get(reverse("catalogue_export", args=[kind]))
    assert answer["Content-Disposition"] == f'attachment; filename="danh-muc-thu-tuc-2026-11-16.{kind}"'
    answer = given(office, f"danh mục.{kind}", answer.content)
    page = read(office.get(answer["Location"]))
    assert "giống hệt" in page.text
    assert not page.all("input", name="number")


def test_another_format_there_is_not(office) -> None:
    assert office.get(reverse("catalogue_export", args=["pdf"])).status_code == 404


def test_what_would_change_is_looked_at_before_it_does(office) -> None:
    path = given(office, "x.json", changed(office, level="Cấp xã, phường"))["Location"]
    page = read(office.get(path))
    assert page.all("details", class_="card")[0].text.startswith("Đăng ký khai sinh")
    assert any("phường" in one.text for one in page.all("ins"))
    assert version(BIRTH).level == "Cấp xã"
    form = page.form("", method="post")
    page = read(office.post(path, form.filled(**(DECISION | {"number": ""}))), 422)
    assert set(page.errors) == {"id_number"}
    page = read(office.post(path, form.filled(**(DECISION | {"day": "17/11/2026"}))), 422)
    assert "tương lai" in page.errors["id_day"]
    assert page.form("", method="post").values["number"] == ["55/QĐ-UBND"]
    assert office.post(path, form.filled(**DECISION))["Location"] == reverse("catalogue")
    assert (version(BIRTH).level, version(BIRTH).decision_number) == ("Cấp xã, phường", "55/QĐ-UBND")
    assert office.get(path).status_code == 404, "it is done"


def test_what_is_not_in_the_file_goes_only_when_it_is_ticked(office) -> None:
    told = json.loads(out(office))
    told["procedures"] = [row for row in told["procedures"] if row["code"] not in (BIRTH, COPIES)]
    path = given(office, "x.json", json.dumps(told).encode())["Location"]
    form = read(office.get(path)).form("", method="post")
    office.post(path, form.filled(**DECISION, gone=[COPIES]))
    assert version(COPIES).repeal_decision == "55/QĐ-UBND"
    assert version(BIRTH).repeal_decision == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.pdf", b"%PDF", ".xlsx, .csv hoặc .json"),
        ("x.xlsx", b"no", "không phải bảng tính"),
        ("x.json", b"{}", "không phải danh mục"),
        ("x.csv", b"", "thiếu cột"),
    ],
)
def test_what_is_no_catalogue_is_told_in_words(office, name, content, words) -> None:
    page = read(given(office, name, content), 422)
    assert words in page.text
    assert not CatalogueFile.objects.exists()


def test_a_mistake_in_a_row_keeps_nothing(office) -> None:
    page = read(given(office, "x.json", changed(office, limit="vài tuần")), 422)
    assert "(1.001193), cột “Thời hạn”: “vài tuần”" in page.text
    assert not CatalogueFile.objects.exists()
    assert read(office.post(FILES, {}), 422).errors == {"id_file": "Chọn tệp."}


def test_what_changed_since_the_look_is_looked_at_again(office, administrator) -> None:
    path = given(office, "x.json", changed(office, level="Khác"))["Location"]
    form = read(office.get(path)).form("", method="post")
    new = published(administrator, draft_of(BIRTH, audience="Cá nhân"))
    page = read(office.post(path, form.filled(**DECISION)), 422)
    assert any("đã đổi sau khi bạn xem" in line for line in page.summary)
    assert version(BIRTH) == new
    office.post(path, page.form("", method="post").values)
    assert content_of(version(BIRTH)).facts["level"] == "Khác"


def test_only_who_uploaded_it_sees_it(office, administrator: Played, supervisor: Played) -> None:
    path = given(office, "x.json", changed(office, level="Khác"))["Location"]
    CatalogueFile.objects.update(uploaded_by=supervisor.user)
    assert office.get(path).status_code == 404
    assert ProcedureVersion.objects.count() == 146
