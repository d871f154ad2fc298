"""A draft is seen by nobody but the province, edited in parts, and thrown away without a trace."""

import pytest

from motcua.catalog.actions import (
    Start,
    discard_draft,
    edit_draft,
    new_procedure,
    set_life_events,
    start_draft,
)
from motcua.catalog.content import Paper, content_of
from motcua.catalog.errors import DraftRefused, DraftStale, ProcedureUnknown
from motcua.catalog.models import LifeEvent, Offering, Procedure, ProcedureVersion
from motcua.catalog.queries import current, offered, version_called
from motcua.journal.models import Entry
from motcua.people.models import Field
from tests.cast import BIRTH, COPIES, MONDAY, version
from tests.catalog.drafts import CODE, FEES, PAPERS, draft_of, new_draft


def field() -> int:
    return Field.objects.get(name="Hộ tịch").pk


def test_a_draft_says_what_is_in_force_and_changes_nothing(db, unit) -> None:
    of = version(COPIES)
    draft = start_draft(of.procedure_id)
    assert (draft.number, draft.published_at, draft.base) == (None, None, of)
    assert content_of(draft) == content_of(of)
    assert start_draft(of.procedure_id) == draft
    edit_draft(of.procedure_id, 0, {"name": "Khác"}, papers=(Paper("Giấy khác"),), fees=())
    assert version_called(COPIES) == of
    assert draft.pk not in offered(unit.pk).values_list("pk", flat=True)
    assert content_of(version(COPIES)) == content_of(of)
    assert current().count() == 146


def test_a_part_is_edited_and_the_others_stay(db) -> None:
    draft = new_draft()
    later = edit_draft(draft.procedure_id, draft.revision, {"name": "Tên mới Đặng"})
    content = content_of(ProcedureVersion.objects.get(pk=draft.pk))
    assert (content.facts["name"], content.papers, content.fees) == ("Tên mới Đặng", PAPERS, FEES)
    assert (later.revision, later.name_search) == (draft.revision + 1, "ten moi dang")


def test_two_who_edit_at_once_notice(db) -> None:
    draft = new_draft()
    edit_draft(draft.procedure_id, draft.revision, {"level": "Cấp huyện"})
    with pytest.raises(DraftStale):
        edit_draft(draft.procedure_id, draft.revision, {"level": "Cấp tỉnh"})
    with pytest.raises(DraftStale):
        discard_draft(draft.procedure_id, draft.revision)
    assert ProcedureVersion.objects.get(pk=draft.pk).level == "Cấp huyện"


def test_thrown_away_it_never_was(db) -> None:
    draft = draft_of(BIRTH)
    assert not discard_draft(draft.procedure_id, draft.revision)
    assert not ProcedureVersion.objects.filter(published_at=None).exists()
    fresh = new_draft()
    assert discard_draft(fresh.procedure_id, fresh.revision)
    assert not Procedure.objects.filter(code=CODE).exists()
    assert not Entry.objects.filter(kind__startswith="catalog.p").exists()
    with pytest.raises(ProcedureUnknown):
        discard_draft(draft.procedure_id, draft.revision)


def test_a_procedure_on_a_units_list_stays_when_its_draft_goes(db, unit) -> None:
    draft = new_draft()
    Offering.objects.create(unit=unit, procedure=draft.procedure)
    assert not discard_draft(draft.procedure_id, draft.revision)
    assert Procedure.objects.filter(code=CODE).exists()


@pytest.mark.parametrize(
    ("start", "at"),
    [
        (("", "Tên"), "code"),
        (("mã 1", "Tên"), "code"),
        (("1/2", "Tên"), "code"),
        (("abc", "Tên"), "code"),
        (("1.001193", "Tên"), "code"),
        ((CODE, "  "), "name"),
    ],
)
def test_what_cannot_begin_says_where(db, start, at) -> None:
    with pytest.raises(DraftRefused) as refusal:
        new_procedure(Start(start[0], start[1], field()))
    assert refusal.value.field == at
    with pytest.raises(DraftRefused) as refusal:
        new_procedure(Start(CODE, "Tên", 10**9))
    assert refusal.value.field == "field"
    assert Procedure.objects.count() == 146


def test_life_events_hold_at_once_and_are_on_record(administrator) -> None:
    event = LifeEvent.objects.create(name="Sinh con (thử)")
    procedure = version(BIRTH).procedure
    for _ in range(2):
        set_life_events(administrator.officer, procedure.pk, [event.pk], MONDAY)
    assert list(procedure.life_events.all()) == [event]
    entry = Entry.objects.get(kind="catalog.life_events_set")
    assert entry.read_facts()["events"] == ["Sinh con (thử)"]
