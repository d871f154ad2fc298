"""`draft`, `draft_part`, `draft_preview`, `draft_discard`, `publish`: editing made for an official, without a script."""

from typing import Any

import pytest
from django.urls import reverse

from motcua.catalog.actions import edit_draft, set_limit
from motcua.catalog.content import content_of
from motcua.catalog.fee_text import Ground
from motcua.catalog.models import LifeEvent, Procedure, ProcedureVersion
from motcua.oversight.views.draft import PARTS
from motcua.rules.fees import Price
from motcua.rules.limits import Limit
from tests.cast import COPIES, GUARDIANSHIP, MONDAY, received, version
from tests.catalog.drafts import CODE, FEES, PAPERS, draft_of, new_draft
from tests.desk.conftest import read
from tests.oversight.conftest import queries


def part(slug: str, code: str = CODE) -> str:
    return reverse("draft_part", args=[code, slug])


def kept(code: str = CODE) -> Any:
    return content_of(ProcedureVersion.objects.get(procedure__code=code, published_at=None))


def sent(office, path: str, **changes: Any):
    """What a browser would send from the page as it stands, with these changes; `__` is a dash in a name."""
    form = read(office.get(path)).form("", method="post")
    return office.post(path, form.filled(**changes))


@pytest.fixture
def draft(db) -> ProcedureVersion:
    return new_draft()


def test_the_draft_of_what_is_in_force(office) -> None:
    answer = office.post(reverse("draft_start", args=[COPIES]))
    assert answer["Location"] == reverse("draft", args=[COPIES])
    page = read(office.get(answer["Location"]))
    assert "Chưa ghi kết quả của thủ tục." in page.text
    assert {part(each.slug, COPIES) for each in PARTS} <= set(page.links)


@pytest.mark.parametrize("each", [each.slug for each in PARTS if each.key != "events"])
def test_a_part_saved_as_it_stands_changes_nothing(office, draft, each) -> None:
    before = kept()
    answer = sent(office, part(each))
    assert answer["Location"] == reverse("draft", args=[CODE])
    assert kept() == before


def test_each_part_says_something_else(office, draft) -> None:
    sent(office, part("chung"), name="  Tên   mới ", online_level="whole", is_interlinked="yes")
    sent(office, part("thuc-hien"), steps_text="Một\r\n\r\n Hai ", result_name="Bản sao")
    sent(office, part("thoi-han"), kind="calendar days", amount="15", note="Kể cả ngày nghỉ")
    sent(office, part("bo-sung"), supplement_pauses="yes", supplement_notice_days="5")
    facts = kept().facts
    told = {
        "name": "Tên mới",
        "online_level": "whole",
        "is_interlinked": True,
        "steps_text": "Một\nHai",
        "result_name": "Bản sao",
        "limit": "15 calendar days",
        "limit_note": "Kể cả ngày nghỉ",
        "supplement_pauses": True,
        "supplement_notice_days": 5,
    }
    assert {name: facts[name] for name in told} == told
    assert (kept().papers, kept().fees) == (PAPERS, FEES)


def test_life_events_hold_at_once(office, draft) -> None:
    event = LifeEvent.objects.create(name="Xây nhà (thử)")
    sent(office, part("su-kien"), events=[str(event.pk)])
    assert list(Procedure.objects.get(code=CODE).life_events.all()) == [event]


@pytest.mark.parametrize(
    ("slug", "changes", "at"),
    [
        ("chung", {"name": ""}, "id_name"),
        ("chung", {"name": "x" * 401}, "id_name"),
        ("chung", {"field": "99999"}, "id_field"),
        ("thuc-hien", {"audience": "x" * 301}, "id_audience"),
        ("thoi-han", {"kind": "same day"}, "id_amount"),
        ("bo-sung", {"supplement_notice_days": "0"}, "id_supplement_notice_days"),
        ("giay-to", {"papers-0-name": ""}, "id_papers-0-name"),
        ("giay-to", {"papers-0-number": "0"}, "id_papers-0-number"),
        ("giay-to", {"papers-1-number": "-1"}, "id_papers-1-number"),
        ("phi", {"fees-0-price": "tám nghìn"}, "id_fees-0-price"),
        ("phi", {"fees-0-steps": "ba"}, "id_fees-0-steps"),
        ("phi", {"fees-0-grounds": "Hộ nghèo = 500"}, "id_fees-0-grounds"),
        ("phi", {"fees-1-unit": ""}, "id_fees-1-unit"),
        ("phi", {"fee_state": "free"}, "id_fee_state"),
    ],
)
def test_a_mistake_is_said_in_its_place_and_what_was_typed_stays(office, draft, slug, changes, at) -> None:
    before = kept()
    page = read(sent(office, part(slug), **changes), 422)
    assert at in page.errors
    assert page.summary
    if list(changes.values()) != ["99999"]:  # a choice that there is not cannot stand in a select
        assert {name: page.form("", method="post").values[name] for name in changes} == {
            name: [value] for name, value in changes.items()
        }
    assert kept() == before


# -- rows ------------------------------------------------------------------------------------------
def press(office, path: str, button: str, values: dict[str, list[str]]):
    return read(office.post(path, values | {"hang": button}))


def test_rows_are_added_moved_and_removed_without_a_script(office, draft) -> None:
    path = part("giay-to")
    page = read(office.get(path))
    values = page.form("", method="post").filled(
        papers__0__name="Tờ khai sửa", papers__1__number="không phải số"
    )
    values = press(office, path, "papers.add", values).form("", method="post").values
    assert values["papers-3-name"] == [""]
    assert values["papers-1-number"] == ["không phải số"], "what was typed stays, right or wrong"
    assert kept().papers == PAPERS, "a row's button keeps nothing"
    values |= {"papers-3-name": ["Giấy thứ tư"], "papers-1-number": ["2"]}
    values = press(office, path, "papers.up.3", values).form("", method="post").values
    values = press(office, path, "papers.remove.0", values).form("", method="post").values
    assert [values[f"papers-{n}-name"] for n in range(3)] == [
        ["Căn cước công dân"], ["Giấy thứ tư"], ["Nộp một trong hai giấy trên."],
    ]  # fmt: skip
    values = press(office, path, "papers.down.0", values).form("", method="post").values
    office.post(path, values)
    assert [paper.name for paper in kept().papers] == [
        "Giấy thứ tư", "Căn cước công dân", "Nộp một trong hai giấy trên.",
    ]  # fmt: skip
    assert kept().papers[1] == PAPERS[1]


def test_an_empty_row_is_none_and_a_bad_button_does_nothing(office, draft) -> None:
    path = part("phi")
    values = read(office.get(path)).form("", method="post").values
    for button in ("fees.add", "fees.up.0", "fees.down.99", "fees.remove.77", "x", "fees.up.x", "fees.y.0"):
        values = press(office, path, button, values).form("", method="post").values
    assert values["fees-count"] == ["3"]
    office.post(path, values)
    assert kept().fees == FEES


def test_a_count_that_nobody_made_is_no_harm(office, draft) -> None:
    values = read(office.get(part("phi"))).form("", method="post").values
    for count in ("", "x", "-1", "9" * 50):
        assert office.post(part("phi"), values | {"fees-count": [count]}).status_code in (302, 422)


def test_a_fee_is_typed_as_an_official_would(office, draft) -> None:
    fee = {
        "fees-0-label": "Lệ phí mới",
        "fees-0-price": "8.000 đ",
        "fees-0-steps": "3:5000 10:1000",
        "fees-0-most": "200000",
        "fees-0-grounds": "Hộ nghèo\r\nNộp trực tuyến = 50",
    }
    sent(office, part("phi"), **fee)
    new = kept().fees[0]
    assert (new.label, new.price) == ("Lệ phí mới", Price(8000, ((3, 5000), (10, 1000)), 200_000))
    assert new.grounds == (Ground("Hộ nghèo"), Ground("Nộp trực tuyến", 50))


# -- two at once -----------------------------------------------------------------------------------
def test_two_who_edit_at_once_notice_and_lose_nothing(office, draft) -> None:
    form = read(office.get(part("chung"))).form("", method="post")
    edit_draft(draft.procedure_id, draft.revision, {"level": "Cấp huyện"})
    page = read(office.post(part("chung"), form.filled(name="Tên của tôi")), 422)
    assert "người khác" in page.text
    assert page.form("", method="post").values["name"] == ["Tên của tôi"]
    assert kept().facts["name"] == "Thủ tục thử"
    office.post(part("chung"), page.form("", method="post").values)
    assert kept().facts["name"] == "Tên của tôi"


def test_a_rows_button_does_not_hide_that_somebody_else_was_there(office, draft) -> None:
    path = part("giay-to")
    page = read(office.get(path))
    edit_draft(draft.procedure_id, draft.revision, papers=PAPERS[1:])
    page = press(office, path, "papers.add", page.form("", method="post").values)
    values = page.form("", method="post").filled(papers__3__name="Giấy thêm")
    page = read(office.post(path, values | {"papers-0-name": [""]}), 422)
    assert "người khác" not in page.text, "it is not even looked at yet"
    page = read(office.post(path, page.form("", method="post").filled(papers__0__name="Tờ khai")), 422)
    assert "người khác" in page.text
    assert kept().papers == PAPERS[1:]


# -- looked at and published -----------------------------------------------------------------------
def test_the_preview_shows_what_is_typed(office, draft) -> None:
    text = read(office.get(reverse("draft_preview", args=[CODE]))).text
    assert "Bản nháp, chưa công bố" in text
    assert "Tờ khai" in text


def test_thrown_away(office, draft) -> None:
    page = read(office.get(reverse("draft", args=[CODE])))
    path = reverse("draft_discard", args=[CODE])
    assert office.post(path, {"revision": "0"})["Location"] == reverse("draft", args=[CODE])
    assert office.post(path, page.form(path).values)["Location"] == reverse("catalogue")
    assert not Procedure.objects.filter(code=CODE).exists()


def test_publishing_shows_what_is_new_and_whom_it_reaches(office, clerk) -> None:
    """R50: in force for all units at once; what runs keeps its version."""
    received(clerk, GUARDIANSHIP)
    draft_of(GUARDIANSHIP, limit="2 working days")
    path = reverse("publish", args=[GUARDIANSHIP])
    page = read(office.get(path))
    assert any("02" in one.text for one in page.all("ins"))
    assert [one.all("b")[0].text for one in page.all("div", class_="stat")] == ["152", "1"]
    form = page.form("", method="post")
    page = read(office.post(path, form.filled(number="", day="2/11/2026", starts="01/11/2026")), 422)
    assert set(page.errors) == {"id_number"}
    page = read(office.post(path, form.filled(number="5/QĐ", day="2/11/2026", starts="10/11/2026")), 422)
    assert "từ hôm nay" in page.errors["id_starts"]
    assert page.form("", method="post").values["number"] == ["5/QĐ"]
    answer = office.post(path, form.filled(number="5/QĐ", day="2/11/2026", starts="16/11/2026"))
    assert answer["Location"] == reverse("procedure", args=[GUARDIANSHIP])
    assert (version().limit, version().decision_number) == ("2 working days", "5/QĐ")


def test_what_lacks_something_is_not_published_and_says_where(office, draft) -> None:
    edit_draft(draft.procedure_id, draft.revision, {"result_name": ""})
    path = reverse("publish", args=[CODE])
    form = read(office.get(path)).form("", method="post")
    page = read(office.post(path, form.filled(number="5/QĐ", day="2/11/2026")), 422)
    assert any("kết quả" in line for line in page.summary)
    assert part("thuc-hien") in page.links


def test_what_was_published_meanwhile_is_looked_at_first(office, administrator) -> None:
    draft_of(GUARDIANSHIP)
    path = reverse("publish", args=[GUARDIANSHIP])
    form = read(office.get(path)).form("", method="post")
    set_limit(administrator.officer, version().procedure_id, Limit.parse("at once"), "QĐ", MONDAY)
    page = read(office.post(path, form.filled(number="5/QĐ", day="2/11/2026")), 422)
    assert any("bản mới" in line for line in page.summary)
    assert any("ngay" in one.text for one in page.all("del")), "and shown against that one"


def test_as_many_queries_however_much_stands_in_it(office, draft) -> None:
    path = reverse("draft", args=[CODE])
    few = queries(office, path)
    edit_draft(draft.procedure_id, draft.revision, papers=PAPERS * 5, fees=FEES * 5)
    assert queries(office, path) == few <= 14
