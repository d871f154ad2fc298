"""Reception: the action, without a page."""

from datetime import datetime, timedelta

import pytest

from motcua.catalog import queries as catalog
from motcua.catalog.errors import NotReady
from motcua.catalog.models import PaperKind, PaperRequirement, Route
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant, PaperTick
from motcua.dossiers.choices import Channel, ReturnMethod
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Counter, Dossier, Move
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.people.models import Person, UnitIdentifier
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import BIRTH, GUARDIANSHIP, MONDAY, Played, received, reception, ticks, version
from tests.dossiers.lives import Desk, entries_of, stored
from tests.journal.tampering import disarm


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


# -- what a reception makes ---------------------------------------------------------------------
def test_a_dossier_gets_its_code_number_and_due_time(clerk: Played) -> None:
    """R03, R04, R12, R41."""
    dossier = received(clerk)
    assert dossier.code == "000.19.01.H57-261116-0001"
    assert (dossier.register_year, dossier.register_number) == (2026, 1)
    assert dossier.due_at == MONDAY.replace(hour=17) + timedelta(days=3)
    assert (dossier.state, dossier.step_kind) == (State.PROCESSING, StepKind.PROCESSING)


def test_it_lies_with_the_only_specialist_of_its_field(clerk: Played, specialist: Played) -> None:
    """R20; the procedure's field is the ministry's, the specialist's is the desk's field above it."""
    dossier = stored(received(clerk))
    assert dossier.assignee_id == specialist.user.pk
    assert dossier.field.name == "Tư pháp - Hộ tịch" != dossier.version.field.name
    assert dossier.holder_unit_id == dossier.unit_id


def test_the_hour_of_reception_is_a_minute(clerk: Played) -> None:
    dossier = stored(received(clerk, at=at("2026-11-16T09:07:59.999999")))
    assert dossier.received_at == at("2026-11-16T09:07")


def test_reception_and_transfer_are_two_moves(clerk: Played) -> None:
    dossier = received(clerk)
    moves = Move.objects.filter(dossier=dossier).order_by("number").values_list("number", "action", "by")
    assert list(moves) == [(1, Action.RECEIVE, clerk.user.pk), (2, Action.FORWARD, clerk.user.pk)]
    assert [entry.kind for entry in entries_of(dossier)] == ["dossier.receive", "dossier.forward"]


def test_it_can_stay_at_the_counter(desk: Desk) -> None:
    dossier = desk.at_reception()
    assert (dossier.step_kind, dossier.assignee_id, dossier.revision) == (StepKind.RECEPTION, None, 1)


def test_it_is_found_by_name_without_accents_and_by_code(clerk: Played) -> None:
    assert received(clerk).search == "nguyen thi thu 000.19.01.h57-261116-0001"


def test_what_was_written_down_is_kept(clerk: Played) -> None:
    """R01."""
    given = {
        "channel": Channel.POST,
        "return_method": ReturnMethod.ONLINE,
        "sets": 2,
        "submitter_name": "Nguyễn Văn Hộ",
        "note": "Có người đi cùng",
    }
    dossier = stored(received(clerk, **given))
    assert {name: getattr(dossier, name) for name in given} == given


def test_the_papers_are_those_ticked(clerk: Played) -> None:
    """R02: kind and number of each."""
    first = version(GUARDIANSHIP).papers.filter(is_note=False).order_by("position")[0]
    dossier = received(clerk, papers=(PaperTick(first.pk, PaperKind.CERTIFIED, 3),))
    papers = dossier.papers.values_list("requirement", "kind", "number")
    assert list(papers) == [(first.pk, PaperKind.CERTIFIED, 3)]
    assert entries_of(dossier)[0].read_facts()["papers"] == [[first.pk, "certified", 3]]


# -- codes and the register ----------------------------------------------------------------------
def test_numbers_of_a_day_follow_one_another(clerk: Played) -> None:
    """R04."""
    assert [received(clerk).code[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


def test_each_day_begins_anew_and_the_register_goes_on(clerk: Played) -> None:
    """R04, R41."""
    dossiers = [received(clerk, at=MONDAY + timedelta(days=day)) for day in (0, 0, 1)]
    assert [dossier.code[-11:] for dossier in dossiers] == ["261116-0001", "261116-0002", "261117-0001"]
    assert [dossier.register_number for dossier in dossiers] == [1, 2, 3]


def test_day_and_year_are_those_of_the_counter_not_of_greenwich(clerk: Played) -> None:
    """R04, R41: half past midnight in Huế is still the old year in Greenwich."""
    old = received(clerk, at=at("2026-12-31T16:00"))
    new = received(clerk, at=at("2027-01-01T00:30"))
    assert (old.code[-11:], old.register_year, old.register_number) == ("261231-0001", 2026, 1)
    assert (new.code[-11:], new.register_year, new.register_number) == ("270101-0001", 2027, 1)


def test_each_unit_counts_for_itself(clerk: Played, outsider: Played) -> None:
    here, there = received(clerk), received(outsider)
    assert (here.register_number, there.register_number) == (1, 1)
    assert here.code[-4:] == there.code[-4:] == "0001"
    assert here.code != there.code


def test_a_code_has_the_identifier_of_its_day(clerk: Played, unit) -> None:
    """R04: the order of groups changed; both are codes for ever."""
    UnitIdentifier.objects.filter(unit=unit).update(valid_to=MONDAY.date())
    UnitIdentifier.objects.create(
        unit=unit, identifier="H57.01.19", scheme="QĐ 20/2020", valid_from=MONDAY.date() + timedelta(days=1)
    )
    assert received(clerk).code == "000.19.01.H57-261116-0001"
    assert received(clerk, at=MONDAY + timedelta(days=1)).code == "H57.01.19-261117-0001"


def test_a_refused_reception_leaves_nothing_behind_and_no_gap(clerk: Played, leader: Played) -> None:
    """R04, R41: it is refused at its very end, when code and number were given out."""
    received(clerk)
    counted = [model.objects.count() for model in (Dossier, Entry, Person)]
    with pytest.raises(NotAllowed):
        received(clerk, assignee_id=leader.user.pk, applicant=Applicant("Ai Đó", id_number="046199000111"))
    assert [model.objects.count() for model in (Dossier, Entry, Person)] == counted
    assert set(Counter.objects.values_list("last", flat=True)) == {1}
    assert received(clerk).code[-4:] == "0002"


# -- what is refused ------------------------------------------------------------------------------
def test_nobody_but_a_clerk_receives(leader: Played) -> None:
    with pytest.raises(NotAllowed, match="Chỉ công chức tiếp nhận"):
        actions.receive(leader.act(MONDAY), leader.officer.desk.unit_id, reception(forward=False))


def test_a_clerk_receives_at_no_other_desk(outsider: Played, unit) -> None:
    with pytest.raises(NotAllowed, match="Chỉ công chức tiếp nhận"):
        actions.receive(outsider.act(MONDAY), unit.pk, reception(forward=False))


def test_a_paper_beside_the_published_list_cannot_be_asked_for(clerk: Played) -> None:
    """R02, Đ.5.1.đ."""
    strange = ticks(version(BIRTH), most=1)
    with pytest.raises(Incomplete, match="ngoài danh mục") as refusal:
        received(clerk, GUARDIANSHIP, papers=ticks(version(GUARDIANSHIP)) + strange)
    assert refusal.value.field == "papers"


def test_a_sentence_of_explanation_is_no_paper(clerk: Played) -> None:
    """R02."""
    note = PaperRequirement.objects.filter(version=version(BIRTH), is_note=True)[0]
    with pytest.raises(Incomplete, match="ngoài danh mục"):
        received(clerk, BIRTH, papers=(PaperTick(note.pk, note.kind, 1),))


def test_none_ticked_is_refused(clerk: Played) -> None:
    """R02."""
    with pytest.raises(Incomplete, match="Chưa đánh dấu") as refusal:
        received(clerk, papers=())
    assert refusal.value.field == "papers"


@pytest.mark.parametrize("number", [0, -1])
def test_none_of_a_paper_is_not_a_paper(clerk: Played, number: int) -> None:
    """R02."""
    paper = ticks(version(), most=1)[0]
    with pytest.raises(Incomplete, match="ít nhất 1") as refusal:
        received(clerk, papers=(PaperTick(paper.requirement_id, paper.kind, number),))
    assert refusal.value.field == "papers"


def test_a_paper_is_ticked_once(clerk: Played) -> None:
    """R02."""
    paper = ticks(version(), most=1)[0]
    with pytest.raises(Incomplete, match="hai lần"):
        received(clerk, papers=(paper, paper))


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_is_no_applicant(clerk: Played, name: str) -> None:
    with pytest.raises(Incomplete, match="họ tên") as refusal:
        received(clerk, applicant=Applicant(name, "046199000123"))
    assert refusal.value.field == "full_name"


def test_a_procedure_without_published_papers_needs_none(clerk: Played) -> None:
    bare = catalog.offered(clerk.officer.desk.unit_id).exclude(limit="").filter(papers=None).first()
    if bare is None:
        bare = version()
        disarm("catalog_paperrequirement")
        bare.papers.all().delete()
    assert received(clerk, bare.procedure.code, papers=()).pk


def test_a_procedure_not_on_the_units_list_is_not_received(clerk: Played) -> None:
    """Residence is the police's, and in 2019 theirs at the desks of Quảng Điền only."""
    police = catalog.current().filter(field__group__name="Công an").exclude(limit="").first()
    assert police is not None
    with pytest.raises(NotReady, match="danh mục của đơn vị"):
        received(clerk, police.procedure.code)


def test_an_old_version_is_not_received(clerk: Played) -> None:
    old = reception()
    type(version()).objects.filter(pk=old.version_id).update(valid_to=MONDAY.date())
    with pytest.raises(NotReady):
        actions.receive(clerk.act(MONDAY), clerk.officer.desk.unit_id, old)


def test_without_a_published_limit_there_is_no_appointment(clerk: Played) -> None:
    silent = catalog.offered(clerk.officer.desk.unit_id).filter(limit="").first()
    assert silent is not None
    with pytest.raises(NotReady, match="chưa công bố thời hạn"):
        received(clerk, silent.procedure.code)


def test_without_a_route_nobody_would_know_where_it_goes(clerk: Played) -> None:
    Route.objects.filter(version=version()).update(ended_at=MONDAY)
    with pytest.raises(NotReady, match="quy trình nội bộ"):
        received(clerk)


def test_beyond_the_calendar_there_is_no_appointment(clerk: Played) -> None:
    with pytest.raises(NotReady, match="Lịch làm việc"):
        received(clerk, at=at("2035-12-31T09:00"))


def test_an_unconfirmed_limit_counts_as_it_stands(clerk: Played) -> None:
    """A proposal is shown as one everywhere, but the citizen gets a date."""
    unsure = catalog.offered(clerk.officer.desk.unit_id).filter(limit="5 working days", limit_confirmed=False)
    dossier = received(clerk, unsure[0].procedure.code)
    assert dossier.due_at == at("2026-11-23T17:00")


# -- the transfer ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-11-16T08:00", "2026-11-16T17:00"),
        ("2026-11-16T15:00", "2026-11-16T17:00"),
        ("2026-11-16T15:01", "2026-11-17T07:30"),
        ("2026-11-20T15:30", "2026-11-23T07:30"),
        ("2026-06-15T08:00", "2026-06-15T17:30"),
    ],
)
def test_the_transfer_is_due_the_same_day_or_first_thing_on_the_next(desk: Desk, when: str, due: str) -> None:
    """R06: 15:00 divides; over a weekend; with the hours of summer."""
    dossier = desk.at_reception(at(when))
    assert stored(dossier).step_due_at == at(due)


def test_the_transfer_is_never_due_later_than_the_dossier(desk: Desk) -> None:
    """R06, R13: an hour's limit is shorter than the day's end."""
    disarm("catalog_procedureversion")
    type(version()).objects.filter(pk=version().pk).update(limit="1 working hour")
    dossier = stored(desk.at_reception())
    assert dossier.step_due_at == dossier.due_at == MONDAY + timedelta(hours=1)


# -- who came -------------------------------------------------------------------------------------
def test_who_came_before_is_known_and_brought_up_to_date(clerk: Played) -> None:
    first = received(
        clerk, applicant=Applicant("Lê Thị Cũ", "046199000123", "12 Chi Lăng", "0905111111", "cu@hue.vn")
    )
    second = received(clerk, applicant=Applicant("Lê Thị Mới", "046199000123", "", "0905222222"))
    assert second.applicant_id == first.applicant_id
    person = Person.objects.get(pk=first.applicant_id)
    assert (person.full_name, person.phone) == ("Lê Thị Mới", "0905222222")
    assert (person.address, person.email) == ("12 Chi Lăng", "cu@hue.vn")  # not given is not forgotten


def test_a_dossier_keeps_what_was_written_on_its_day(clerk: Played) -> None:
    first = received(clerk, applicant=Applicant("Lê Thị Cũ", "046199000123", "12 Chi Lăng", "0905111111"))
    received(clerk, applicant=Applicant("Lê Thị Mới", "046199000123", "34 Lê Lợi", "0905222222"))
    kept = stored(first)
    assert (kept.applicant_name, kept.applicant_address, kept.phone) == (
        "Lê Thị Cũ",
        "12 Chi Lăng",
        "0905111111",
    )


def test_who_has_no_number_is_nobody_we_know(clerk: Played) -> None:
    first, second = (received(clerk, applicant=Applicant("Lê Thị Cũ")) for _ in range(2))
    assert first.applicant_id != second.applicant_id


def test_the_chain_holds_after_it(clerk: Played) -> None:
    received(clerk, BIRTH)
    received(clerk, GUARDIANSHIP)
    assert journal.first_break("19798") is None
