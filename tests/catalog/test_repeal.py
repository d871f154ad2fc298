"""`repeal`: a procedure ends by a decision on a day; what runs goes on (R50)."""

from datetime import timedelta

import pytest
import time_machine

from motcua.catalog.actions import repeal
from motcua.catalog.actions.repeal import Repeal
from motcua.catalog.errors import DraftRefused, NotReady
from motcua.catalog.load_procedures import DATA, load_procedures
from motcua.catalog.models import Change, ChangeKind, ProcedureVersion
from motcua.catalog.queries import current
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from tests.cast import COPIES, GUARDIANSHIP, MONDAY, received, version
from tests.catalog.drafts import TODAY, days, draft_of, new_draft, published

BY = Repeal("99/QĐ-UBND", days(3))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def test_it_is_received_to_its_last_day_and_then_no_more(administrator, clerk, clock) -> None:
    of = version()
    repeal(administrator.officer, of.procedure_id, BY, MONDAY)
    of.refresh_from_db()
    assert (of.valid_to, of.repeal_decision) == (days(3), "99/QĐ-UBND")
    clock.move_to(MONDAY + timedelta(days=3))
    assert received(clerk, at=MONDAY + timedelta(days=3)).version == of
    clock.move_to(MONDAY + timedelta(days=4))
    assert not current().filter(procedure=of.procedure_id).exists()
    entry = Entry.objects.get(kind="catalog.repealed")
    assert (entry.chain, entry.read_facts()["valid_to"]) == ("46", days(3).isoformat())
    change = Change.objects.get()
    assert (change.kind, change.version, change.decision) == (ChangeKind.REPEALED, of, "99/QĐ-UBND")


def test_a_running_dossier_goes_on_under_a_repealed_version(
    administrator, clerk, specialist, leader, clock
) -> None:
    """R50: repealed is for who comes after."""
    dossier = received(clerk, GUARDIANSHIP)
    repeal(administrator.officer, dossier.version.procedure_id, Repeal("99/QĐ-UBND", TODAY), MONDAY)
    later = MONDAY + timedelta(days=1)
    clock.move_to(later)
    actions.forward(specialist.act(later), dossier.pk)
    actions.approve(leader.act(later), dossier.pk)
    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.version_id, kept.limit, kept.step_kind) == (dossier.version_id, "3 working days", "return")
    again = actions.Reception(dossier.version_id, actions.Applicant("Nguyễn Thị Thử"), ())
    with pytest.raises(NotReady):
        actions.receive(clerk.act(later), clerk.officer.desk.unit_id, again)


@pytest.mark.parametrize(
    ("asked", "at"),
    [(Repeal(" ", days(3)), "decision"), (Repeal("99/QĐ", days(-1)), "last_day")],
)
def test_what_cannot_be_says_where(administrator, asked, at) -> None:
    with pytest.raises(DraftRefused) as refusal:
        repeal(administrator.officer, version().procedure_id, asked, MONDAY)
    assert refusal.value.field == at
    assert version().valid_to is None


def test_what_is_not_in_force_is_not_repealed(administrator) -> None:
    draft = new_draft()
    with pytest.raises(DraftRefused, match="chưa công bố"):
        repeal(administrator.officer, draft.procedure_id, BY, MONDAY)
    published(administrator, draft, days(2))
    with pytest.raises(DraftRefused, match="chưa có hiệu lực"):
        repeal(administrator.officer, draft.procedure_id, BY, MONDAY)
    of = version(COPIES)
    repeal(administrator.officer, of.procedure_id, BY, MONDAY)
    with pytest.raises(DraftRefused, match="đã bãi bỏ"):
        repeal(administrator.officer, of.procedure_id, BY, MONDAY)


def test_not_beyond_the_day_on_which_it_ends_anyway(administrator) -> None:
    new = published(administrator, new_draft(), ends=days(2))
    with pytest.raises(DraftRefused) as refusal:
        repeal(administrator.officer, new.procedure_id, BY, MONDAY)
    assert refusal.value.field == "last_day"


def test_it_can_be_published_again(administrator, clock) -> None:
    old = version(COPIES)
    repeal(administrator.officer, old.procedure_id, BY, MONDAY)
    later = MONDAY + timedelta(days=30)
    clock.move_to(later)
    new = published(administrator, draft_of(COPIES), later.date(), later)
    assert version(COPIES) == new
    assert ProcedureVersion.objects.get(pk=old.pk).valid_to == days(3)


def test_no_file_of_another_source_brings_it_back(administrator) -> None:
    repeal(administrator.officer, version(COPIES).procedure_id, BY, MONDAY)
    published(administrator, draft_of(GUARDIANSHIP, level="Cấp huyện"))
    loaded = load_procedures(DATA / "procedures.csv")
    assert (loaded.changed, sorted(loaded.kept)) == (0, sorted([COPIES, GUARDIANSHIP]))
