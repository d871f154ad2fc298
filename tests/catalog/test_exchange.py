"""The whole catalogue out to a file and back without loss; a file with mistakes changes nothing (R50)."""

import io
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalog.content import FACTS, Content, Paper, content_of
from motcua.catalog.errors import BadCatalogue, DraftRefused, DraftStale
from motcua.catalog.exchange import shape
from motcua.catalog.exchange.export import exported
from motcua.catalog.exchange.formats import FORMATS, to_csv, to_xlsx
from motcua.catalog.exchange.load import Loading, load
from motcua.catalog.exchange.plan import Kind, plan
from motcua.catalog.fee_text import FeeText, Ground
from motcua.catalog.load_procedures import load_procedures
from motcua.catalog.models import Change, ChangeKind, LifeEvent, ProcedureVersion, RouteStep
from motcua.catalog.queries import current
from motcua.catalog.template_route import PlannedStep, PlannedTask, template_of
from motcua.catalog.words import plain_limit, read_plain_limit
from motcua.files import actions as files
from motcua.journal.models import Entry
from motcua.rules.fees import Price
from motcua.rules.limits import Limit, LimitKind
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, MONDAY, version
from tests.catalog.drafts import CODE, TODAY, days, draft_of, new_draft, published

INTERLINKED = "2.000986"
TOLD = ("number", "decision_number", "decision_date", "valid_from")
EACH = pytest.mark.parametrize("form", sorted(FORMATS))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rich(administrator) -> ProcedureVersion:
    """One with all that a version can have."""
    draft = new_draft()
    stored = files.keep(b"%PDF", name="don.pdf", content_type="application/pdf", uploaded_by_id=None)
    paper = draft.papers.get(position=1)
    paper.template = stored
    paper.save()
    made = published(administrator, draft)
    made.procedure.life_events.add(LifeEvent.objects.create(name="Cưới hỏi (thử)"))
    return made


@cache
def real() -> list[shape.Raw]:
    """What every test begins with, read once; not to be changed."""
    return exported()


def loading(**more: Any) -> Loading:
    return Loading(**({"decision": "55/QĐ-UBND", "day": TODAY, "starts": TODAY} | more))


def through(form: str, rows: list[shape.Raw]) -> list[shape.Raw]:
    return FORMATS[form].read(FORMATS[form].write(rows))


def changed(code: str, **facts: Any) -> list[shape.Raw]:
    """The catalogue that every test begins with, one of it changed."""
    return [deepcopy(row) | facts if row["code"] == code else row for row in real()]


def said(row: shape.Raw) -> shape.Raw:
    return {key: value for key, value in row.items() if key not in TOLD}


# -- without loss ----------------------------------------------------------------------------------
@EACH
def test_all_real_procedures_come_back_as_they_were(rich, form: str) -> None:
    made = plan(through(form, exported()))
    assert len(made.items) == 147
    assert [(item.entry.code, item.differences) for item in made.changes] == []
    assert (made.missing, made.warnings, made.new_fields) == ([], [], [])


def test_the_same_file_again_changes_nothing(administrator) -> None:
    before = Entry.objects.count(), ProcedureVersion.objects.count()
    done = load(administrator.officer, real(), loading(), MONDAY)
    assert len(done.of(Kind.SAME)) == 146
    assert (Entry.objects.count(), ProcedureVersion.objects.count()) == before


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_brings_back_what_was_changed_since(rich, administrator, form: str) -> None:
    """Every fact, paper, fee and step of it, from the file alone."""
    before = exported()
    file = FORMATS[form].write(before)
    template = template_of(version(CODE))
    other = draft_of(
        CODE, name="Khác", limit="9 working days", fee_state="free", audience="", online_level="4"
    )
    other.papers.all().delete()
    published(administrator, other)
    rich.procedure.life_events.clear()
    done = load(administrator.officer, FORMATS[form].read(file), loading(), MONDAY)
    assert [item.entry.code for item in done.changes] == [CODE]
    assert [said(row) for row in exported()] == [said(row) for row in before]
    now = version(CODE)
    assert (content_of(now), template_of(now)) == (content_of(rich), template)
    assert (now.decision_number, now.number) == ("55/QĐ-UBND", 3)


def test_a_new_procedure_comes_with_its_route_and_events(administrator) -> None:
    row = next(row for row in exported() if row["code"] == INTERLINKED)
    row |= {"code": CODE, "field": "Lĩnh vực mới", "life_events": ["Sinh con (thử)"]}
    done = load(administrator.officer, through("json", [*exported(), row]), loading(), MONDAY)
    assert done.new_fields == ["Lĩnh vực mới"]
    new = version(CODE)
    assert template_of(new) == template_of(version(INTERLINKED))
    assert new.field.group.name == row["field_group"]
    assert [event.name for event in new.procedure.life_events.all()] == ["Sinh con (thử)"]
    assert Change.objects.get().kind == ChangeKind.PUBLISHED


def test_it_is_one_entry_and_each_change_is_noted(administrator) -> None:
    rows = [row | {"level": "Cấp xã, phường"} for row in real()[:3]]
    load(administrator.officer, through("csv", rows), loading(starts=days(5)), MONDAY)
    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.chain, entry.actor_id) == ("catalog.loaded", "46", administrator.user.pk)
    assert set(entry.read_facts()["versions"]) == {row["code"] for row in rows}
    assert Change.objects.filter(kind=ChangeKind.REPLACED, decision="55/QĐ-UBND").count() == 3
    assert version(rows[0]["code"]).number == 1, "from its day on, not before"
    assert current(days(5)).get(procedure__code=rows[0]["code"]).level == "Cấp xã, phường"


def test_only_another_route_makes_no_new_version(administrator) -> None:
    """R13: its minutes add up to the limit."""
    rows = changed(GUARDIANSHIP)
    route = next(row["route"] for row in rows if row["code"] == GUARDIANSHIP)
    route[1]["minutes"], route[2]["minutes"] = route[1]["minutes"] - 60, route[2]["minutes"] + 60
    done = load(administrator.officer, through("xlsx", rows), loading(), MONDAY)
    assert [item.kind for item in done.changes] == [Kind.ROUTE]
    assert version(GUARDIANSHIP).number == 1
    assert [step.minutes for step in template_of(version(GUARDIANSHIP))] == [
        step["minutes"] for step in route
    ]
    assert RouteStep.objects.filter(route__version=version(GUARDIANSHIP)).count() == 8, (
        "dossiers keep the old one"
    )
    assert Change.objects.get().kind == ChangeKind.ROUTE


def test_another_limit_with_the_route_left_alone_draws_it_out(administrator) -> None:
    """R13."""
    load(
        administrator.officer,
        through("xlsx", changed(GUARDIANSHIP, limit="7 working days")),
        loading(),
        MONDAY,
    )
    assert sum(step.minutes for step in template_of(version(GUARDIANSHIP))) == 7 * 480


# -- what is missing -------------------------------------------------------------------------------
def test_what_a_file_does_not_name_stays_unless_it_is_said(administrator) -> None:
    rows = [row for row in real() if row["code"] not in (COPIES, BIRTH)]
    done = load(administrator.officer, rows, loading(), MONDAY)
    assert {row.procedure.code for row in done.missing} == {COPIES, BIRTH}
    assert current().count() == 146
    load(administrator.officer, rows, loading(starts=days(3), gone=frozenset({COPIES, GUARDIANSHIP})), MONDAY)
    gone = version(COPIES)
    assert (gone.valid_to, gone.repeal_decision) == (days(2), "55/QĐ-UBND")
    assert version(GUARDIANSHIP).valid_to is None, "it is in the file"
    assert [row.procedure.code for row in plan(rows).missing] == [BIRTH], (
        "what ends already is not ended again"
    )


# -- mistakes --------------------------------------------------------------------------------------
def sheet_with(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(real())))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_mistakes_are_told_by_sheet_and_row_and_nothing_changes(administrator) -> None:
    def spoil(book: Any) -> None:
        book["Thủ tục"]["B2"] = ""
        book["Thủ tục"]["M3"] = "vài tuần"
        book["Thủ tục"]["B4"] = "Đổi tên"
        book["Giấy tờ"]["D5"] = "hai"
        book["Phí"]["E3"] = "tám nghìn"
        book["Quy trình"]["C4"] = "Giám đốc"
        book["Giấy tờ"]["A9"] = "khong.co"

    with pytest.raises(BadCatalogue) as bad:
        load(administrator.officer, FORMATS["xlsx"].read(sheet_with(spoil)), loading(), MONDAY)
    assert bad.value.faults == ["Trang “Giấy tờ”, dòng 9: mã “khong.co” không có ở trang “Thủ tục”."]

    def mend(book: Any) -> None:
        spoil(book)
        book["Giấy tờ"]["A9"] = book["Giấy tờ"]["A8"].value

    with pytest.raises(BadCatalogue) as bad:
        load(administrator.officer, FORMATS["xlsx"].read(sheet_with(mend)), loading(), MONDAY)
    told = "\n".join(bad.value.faults)
    for words in (
        "Trang “Thủ tục”, dòng 2: thiếu tên thủ tục",
        "Trang “Thủ tục”, dòng 3, cột “Thời hạn”: “vài tuần” không phải thời hạn",
        "Trang “Giấy tờ”, dòng 5, cột “Số bản”: “hai”",
        "Trang “Phí”, dòng 3, cột “Mức (đồng)”",
        "Trang “Quy trình”, dòng 4, cột “Vai trò”: “Giám đốc” không phải một trong",
    ):
        assert words in told
    assert ProcedureVersion.objects.count() == 146


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"code": "1/2"}, "ký tự lạ"),
        ({"field": ""}, "thiếu lĩnh vực"),
        ({"name": "x" * 401}, "dài hơn 400 chữ"),
        ({"name": "a\x07"}, "không in được"),
        ({"limit": "0 working days"}, "không phải thời hạn"),
        ({"online_level": "5"}, "không phải một trong"),
        ({"limit_confirmed": "có lẽ"}, "không phải có hoặc không"),
        ({"supplement_notice_days": "-1"}, "số từ 0 đến 60"),
        ({"fee_state": "free", "fees": [{"label": "x", "unit": "x"}]}, "không ghi “Có thu”"),
        ({"papers": "x"}, "phải là danh sách"),
        ({"papers": [3]}, "phải là danh sách"),
        ({"name": {"a": 1}}, "không phải một giá trị"),
        ({"life_events": [3]}, "không phải danh sách chữ"),
        (
            {"limit": "2 working days", "route": [{"kind": "reception", "role": "clerk", "minutes": 5}]},
            "cộng lại",
        ),
        ({"route": [{"kind": "reception"}]}, "cần bước, vai trò"),
        ({"limit": ""}, "chưa có thời hạn"),
    ],
)
def test_what_cannot_be_is_told(db, facts, words) -> None:
    row = deepcopy(next(row for row in real() if row["code"] == GUARDIANSHIP)) | facts
    if facts == {"limit": ""}:
        row["route"][0]["minutes"] += 1
    with pytest.raises(BadCatalogue, match=words):
        plan([row])


def test_what_is_no_catalogue_is_refused(db) -> None:
    bad = {
        "json": (b"{", b"[]", b'{"format": "x"}', b'{"format": "motcua-catalogue", "edition": 9, "procedures": []}', b"\xff", b"[" * 10**5),
        "xlsx": (b"", b"PK\x03\x04", to_csv([])),
        "csv": ("mã".encode("utf-16"), b"code,name_vi\n1,2\n", b'code,name_vi,papers,fees,route\n"1,2\n', b"code,name_vi,papers,fees,route\n1,2,{,,\n", b"code,name_vi,papers,fees,route\n1,2\n"),
    }  # fmt: skip
    for form, contents in bad.items():
        for content in contents:
            with pytest.raises(BadCatalogue):
                FORMATS[form].read(content)
    for rows in ([], [real()[0]] * 2):
        with pytest.raises(BadCatalogue):
            plan(rows)


def test_a_code_that_became_a_number_is_told(db) -> None:
    def spoil(book: Any) -> None:
        book["Thủ tục"]["A2"] = 1.001193

    with pytest.raises(BadCatalogue, match="đã thành số"):
        FORMATS["xlsx"].read(sheet_with(spoil))


@pytest.mark.parametrize(
    ("more", "at"),
    [({"decision": " "}, "number"), ({"day": days(1)}, "day"), ({"starts": days(-1)}, "starts")],
)
def test_a_decision_that_cannot_be(administrator, more, at) -> None:
    with pytest.raises(DraftRefused) as refusal:
        load(administrator.officer, changed(BIRTH, level="x"), loading(**more), MONDAY)
    assert refusal.value.field == at


def test_what_waits_for_its_day_is_not_overtaken(administrator) -> None:
    published(administrator, draft_of(COPIES), days(5))
    assert not plan(real()).changes
    with pytest.raises(BadCatalogue, match=f"{COPIES}: bản số 2"):
        plan(changed(COPIES, level="x"))


def test_what_was_shown_is_what_is_loaded(administrator) -> None:
    rows = changed(BIRTH, level="x")
    mark = plan(rows).mark
    published(administrator, draft_of(BIRTH, level="y"))
    with pytest.raises(DraftStale):
        load(administrator.officer, rows, loading(mark=mark), MONDAY)
    load(administrator.officer, rows, loading(mark=plan(rows).mark), MONDAY)
    assert version(BIRTH).level == "x"


# -- files -----------------------------------------------------------------------------------------
def test_a_form_is_known_by_its_digest_and_only_a_form(rich) -> None:
    """A file of a dossier is not published by who knows its digest."""
    private = files.keep(b"%PDF 2", name="bi-mat.pdf", content_type="application/pdf", uploaded_by_id=None)
    rows = exported()
    row = next(row for row in rows if row["code"] == CODE)
    assert row["papers"][0]["template"] == f"don.pdf #{rich.papers.get(position=1).template.sha256}"
    row["papers"][0]["template"] = f"bi-mat.pdf #{private.sha256}"
    made = plan(rows)
    assert made.changes[0].content.papers[0].template_id is None
    assert "bi-mat.pdf" in made.warnings[0]


# -- beside load-procedures ------------------------------------------------------------------------
def test_load_procedures_takes_the_csv_and_finds_it_the_same(rich, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(to_csv(exported()))
    loaded = load_procedures(path)
    assert (loaded.made, loaded.changed, loaded.same, loaded.kept) == (0, 0, 146, [CODE])


# -- any content -----------------------------------------------------------------------------------
WORD = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyÁẾỘ012345.,;:=()/%“”-"), min_size=1, max_size=12)
PHRASE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
MAYBE = st.one_of(st.just(""), PHRASE)
TEXT_LINES = st.lists(PHRASE, max_size=4).map("\n".join)
LIMITS = st.one_of(
    st.sampled_from([Limit(LimitKind.AT_ONCE), Limit(LimitKind.SAME_DAY)]),
    st.builds(
        Limit,
        st.sampled_from([LimitKind.WORKING_DAYS, LimitKind.WORKING_HOURS, LimitKind.CALENDAR_DAYS]),
        st.integers(1, 999),
    ),
).map(str)
GROUNDS = st.builds(Ground, PHRASE, st.integers(1, 100))
PRICES = st.builds(
    Price,
    st.integers(0, 10**8),
    st.sampled_from([(), ((2, 500),), ((3, 1000), (10, 0))]),
    st.one_of(st.none(), st.integers(0, 10**8)),
)
FEES = st.builds(
    FeeText,
    PHRASE,
    st.sampled_from(["", "phi", "le_phi"]),
    WORD,
    PRICES,
    st.one_of(st.just(""), WORD),
    st.lists(GROUNDS, max_size=3).map(tuple),
    confirmed=st.booleans(),
    note=MAYBE,
    is_optional=st.booleans(),
)
PAPER = st.builds(
    Paper,
    PHRASE,
    st.sampled_from(["original", "certified", "copy"]),
    st.integers(1, 99),
    st.booleans(),
    online_allowed=st.booleans(),
)
NOTE = st.builds(Paper, PHRASE, number=st.just(0), is_note=st.just(True))
TASKS = st.builds(PlannedTask, st.sampled_from(["police", "district"]), PHRASE, st.integers(0, 9999))
STEPS = st.builds(
    PlannedStep,
    st.sampled_from(["reception", "processing", "approval", "return"]),
    st.sampled_from(["clerk", "specialist", "leader"]),
    st.integers(0, 99999),
    st.sampled_from(["", "district", "social_insurance"]),
    st.none(),
    st.lists(TASKS, max_size=2).map(tuple),
)
CONTENTS = st.builds(
    lambda facts, papers, fees: Content(
        FACTS | facts | {"field_id": 1, "fee_state": "listed" if fees else "free"}, tuple(papers), tuple(fees)
    ),
    st.fixed_dictionaries(
        dict.fromkeys(
            ("level", "audience", "result_name", "result_validity", "limit_note", "fee_note", "as_of"), MAYBE
        )
        | dict.fromkeys(("steps_text", "legal_basis", "limit_text", "fee_text", "source"), TEXT_LINES)
        | {
            "name": PHRASE,
            "limit": LIMITS,
            "limit_confirmed": st.booleans(),
            "supplement_pauses": st.booleans(),
        }
        | {"is_interlinked": st.sampled_from([None, True, False])}
        | {
            "online_level": st.sampled_from(["", "2", "3", "4", "part", "whole"]),
            "supplement_notice_days": st.integers(0, 60),
        }
    ),
    st.lists(st.one_of(PAPER, NOTE), max_size=3),
    st.lists(FEES, max_size=2),
)


@given(CONTENTS, st.lists(STEPS, max_size=4), st.lists(PHRASE, max_size=3, unique=True))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_comes_back_as_it_was(
    content: Content, route: list[PlannedStep], events: list[str]
) -> None:
    known = shape.Known({1: ("Hộ tịch", "Tư pháp - Hộ tịch")}, {})
    row = {
        "code": CODE,
        "is_own_code": False,
        **shape.raw_facts(content, known),
        "life_events": events,
        "papers": shape.raw_papers(content, known),
        "fees": shape.raw_fees(content.fees),
        "route": shape.raw_route(route, known),
    }
    for form in FORMATS:
        faults: list[str] = []
        (back,) = through(form, [row])
        entry = shape.read(back, faults)
        assert faults == []
        assert entry is not None
        assert dict(entry.facts) | {"field_id": 1} == dict(content.facts), form
        assert (entry.papers, entry.fees) == (content.papers, content.fees), form
        assert [step for step, _field in entry.route] == route, form
        assert list(entry.life_events) == events, form


@pytest.mark.parametrize(
    "limit", ["at once", "same day", "1 working day", "15 calendar days", "8 working hours"]
)
def test_a_limit_reads_as_people_write_it(limit: str) -> None:
    assert read_plain_limit(plain_limit(limit)) == limit
    assert read_plain_limit(limit) == limit


@pytest.mark.parametrize("text", ["vài ngày", "3", "ngày", "0 ngày", "3 tuần", "3 - 5 ngày", "1000 ngày"])
def test_a_limit_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="không phải thời hạn"):
        read_plain_limit(text)


def test_the_file_does_not_depend_on_the_day(db) -> None:
    rows = exported()
    assert json.loads(FORMATS["json"].write(rows))["procedures"] == rows
    assert exported(date(2026, 11, 16)) == rows
