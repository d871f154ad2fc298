"""`catalogue`, `procedure_new`, `procedure`, `version`, `compare`, `repeal`: all procedures and their history (R50)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.catalog.models import Procedure
from motcua.catalog.queries import current
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, received, version
from tests.catalog.drafts import CODE, TODAY, days, draft_of, new_draft, published
from tests.desk.conftest import read
from tests.oversight.conftest import NOW, queries

CATALOGUE = reverse("catalogue")


def page_of(name: str, *args: object) -> str:
    return reverse(name, args=args)


# -- the list --------------------------------------------------------------------------------------
def test_every_procedure_is_on_some_page(office) -> None:
    found, path = [], CATALOGUE
    while path:
        page = read(office.get(path))
        found += [row.all("span", class_="code")[0].text for row in page.rows]
        path = page.link("next") and CATALOGUE + page.link("next")
    assert sorted(found) == sorted(Procedure.objects.values_list("code", flat=True))


@pytest.mark.parametrize("words", ["chung thuc ban sao", "CHỨNG THỰC bản sao", "2.000815"])
def test_is_found_without_accents_and_by_code(office, words) -> None:
    page = read(office.get(CATALOGUE, {"q": words}))
    assert any(COPIES in row.text for row in page.rows)
    assert len(page.rows) < 10


def test_each_state_has_its_list(office, administrator) -> None:
    new_draft()
    published(administrator, new_draft("9.000002"), days(9))
    draft_of(COPIES)
    shown = {
        name: {
            row.all("span", class_="code")[0].text for row in read(office.get(CATALOGUE, {"muc": name})).rows
        }
        for name in ("cho", "nhap", "bai-bo")
    }
    assert shown == {"cho": {"9.000002"}, "nhap": {CODE, COPIES}, "bai-bo": set()}
    office.post(page_of("repeal", BIRTH), {"decision": "9/QĐ", "last_day": TODAY})
    tabs = {one["label"]: one["count"] for one in office.get(CATALOGUE).context["states"]}
    assert (tabs["Đang có hiệu lực"], tabs["Chưa có thời hạn"]) == (146, 39)


def test_a_field_is_chosen_with_those_under_it(office) -> None:
    group = current().get(procedure__code=BIRTH).field.group
    page = office.get(CATALOGUE, {"linh-vuc": group.pk}).context["page"]
    assert page.total == current().filter(field__group=group).count() > 0


@pytest.mark.parametrize(
    "query", [{"after": "x"}, {"linh-vuc": "x"}, {"muc": "x"}, {"q": "\0"}, {"linh-vuc": "9" * 30}]
)
def test_an_address_nobody_made_is_read_as_far_as_it_goes(office, query) -> None:
    assert office.get(CATALOGUE, query).status_code == 200


def test_as_many_queries_however_long_the_list(office) -> None:
    costs = {
        queries(office, f"{CATALOGUE}?{query}") for query in ("", "q=ban+sao", "q=khong+co", "muc=hieu-luc")
    }
    assert len(costs) == 1
    assert costs.pop() <= 10


# -- a new one -------------------------------------------------------------------------------------
def test_a_new_procedure_begins_as_a_draft(office) -> None:
    path = page_of("procedure_new")
    field = current().get(procedure__code=BIRTH).field_id
    answer = office.post(path, {"code": BIRTH, "name": "Thử", "field": field})
    assert "Đã có thủ tục mang mã 1.001193" in read(answer, 422).errors["id_code"]
    assert read(answer, 422).form().values["name"] == ["Thử"]
    answer = office.post(path, {"code": CODE, "name": "Thử", "field": field})
    assert answer["Location"] == page_of("draft", CODE)
    assert "Thử" in read(office.get(CATALOGUE, {"muc": "nhap"})).text


# -- one and its history ---------------------------------------------------------------------------
def test_the_history_tells_from_when_to_when_and_by_what(office, administrator) -> None:
    published(administrator, draft_of(COPIES, limit="at once"), days(10), number="77/QĐ-UBND")
    page = read(office.get(page_of("procedure", COPIES)))
    new, old = (row.text for row in page.rows)
    assert "Chờ có hiệu lực" in new
    assert "từ 26/11/2026" in new
    assert "77/QĐ-UBND (16/11/2026)" in new
    assert "đến hết 25/11/2026" in old
    assert "Đang có hiệu lực" in old


def test_on_the_day_of_the_change_only_the_new_one_is_in_force(office, administrator) -> None:
    published(administrator, draft_of(COPIES, level="Khác"))
    new, old = (row.text for row in read(office.get(page_of("procedure", COPIES))).rows)
    assert "Đang có hiệu lực" in new
    assert "Hết hiệu lực" in old


def test_a_version_is_shown_as_the_citizen_sees_it(office, administrator) -> None:
    published(administrator, new_draft())
    text = read(office.get(page_of("version", CODE, 1))).text
    for words in (
        "Căn cước công dân",
        "chỉ xuất trình",
        "8.000 đ/bản",
        "Hộ nghèo (miễn)",
        "6 tháng",
        "1234/QĐ",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")
    assert office.get(page_of("version", CODE, 2)).status_code == 404
    assert office.get(page_of("procedure", "khong.co.1")).status_code == 404


def test_two_versions_are_compared_word_by_word_and_not_by_colour_alone(office, administrator) -> None:
    published(administrator, draft_of(GUARDIANSHIP, limit="2 working days", level="Cấp xã và huyện"))
    page = read(office.get(page_of("compare", GUARDIANSHIP)))
    assert "03 " in page.all("del")[0].text or any("03" in one.text for one in page.all("del"))
    assert any("và huyện" in one.text for one in page.all("ins"))
    assert all(one.all("span", class_="sr") for one in page.all("ins") if "thêm" in one.text)
    assert "Quy trình mẫu" in page.text
    same = read(office.get(page_of("compare", GUARDIANSHIP), {"cu": "2", "moi": "2"}))
    assert "Hai bản giống nhau" in same.text
    assert office.get(page_of("compare", GUARDIANSHIP), {"cu": "x", "moi": "9" * 40}).status_code == 200


def test_a_repeal_says_whom_it_reaches_and_keeps_what_was_typed(office, clerk) -> None:
    received(clerk, GUARDIANSHIP)
    path = page_of("repeal", GUARDIANSHIP)
    assert "1 hồ sơ đang giải quyết" in read(office.get(path)).text
    answer = office.post(path, {"decision": "99/QĐ-UBND", "last_day": "15/11/2026"})
    page = read(answer, 422)
    assert "từ hôm nay" in page.errors["id_last_day"]
    assert page.form().values["decision"] == ["99/QĐ-UBND"]
    office.post(path, {"decision": "99/QĐ-UBND", "last_day": "30/11/2026"})
    assert version(GUARDIANSHIP).valid_to == (NOW + timedelta(days=14)).date()
    page = read(office.get(page_of("procedure", GUARDIANSHIP)))
    assert "bãi bỏ theo 99/QĐ-UBND" in page.text
    assert path not in page.links


def test_as_many_queries_for_a_long_history(office, administrator) -> None:
    path = page_of("procedure", COPIES)
    few = queries(office, path)
    for name in ("Một", "Hai", "Ba"):
        published(administrator, draft_of(COPIES, name=name))
    assert queries(office, path) == few <= 12
