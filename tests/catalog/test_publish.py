"""`publish`: a draft is numbered, holds from its day for all units at once, and never changes again (R50)."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps

from motcua.catalog.actions import edit_draft, publish, set_limit, start_draft
from motcua.catalog.content import content_of
from motcua.catalog.digest import digest, disagreements
from motcua.catalog.errors import DraftRefused, DraftStale
from motcua.catalog.models import Change, ChangeKind, Offering, ProcedureVersion, RouteTask
from motcua.catalog.queries import current, offered
from motcua.catalog.template_route import PlannedStep, PlannedTask, stretched, template_of
from motcua.dossiers.models import Dossier
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.rules.limits import Limit
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, MONDAY, received, template, version
from tests.catalog.drafts import TODAY, days, decision, draft_of, new_draft, published
from tests.journal.tampering import disarm

INTERLINKED = "2.000986"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def test_a_new_procedure_has_number_one_and_its_template(administrator, unit) -> None:
    new = published(administrator, new_draft())
    assert (new.number, new.decision_number, new.decision_date) == (1, "1234/QĐ-UBND", TODAY)
    assert (new.valid_from, new.valid_to, new.published_by) == (TODAY, None, administrator.user)
    assert sum(template(new).values_list("minutes", flat=True)) == 5 * 480
    Offering.objects.create(unit=unit, procedure=new.procedure)
    assert new in offered(unit.pk)
    assert Change.objects.get(version=new).kind == ChangeKind.PUBLISHED


def test_is_written_into_the_provinces_chain_with_a_digest_of_all_it_says(administrator) -> None:
    new = published(administrator, new_draft(), days(9))
    entry = Entry.objects.latest("id")
    assert (entry.chain, entry.kind, entry.actor_id) == ("46", "catalog.published", administrator.user.pk)
    facts = entry.read_facts()
    assert (facts["code"], facts["number"], facts["decision"]) == ("9.000001", 1, "1234/QĐ-UBND")
    assert (facts["valid_from"], facts["after"]) == (days(9).isoformat(), None)
    assert facts["digests"] == {str(new.pk): digest(content_of(new), {})}
    assert facts["digests"] != {str(new.pk): digest(content_of(new).saying(level="Cấp tỉnh"), {})}
    assert journal.first_break("46") is None


def test_from_today_it_takes_the_place_of_the_old_one_at_once(administrator) -> None:
    old = version(COPIES)
    new = published(administrator, draft_of(COPIES, name="Chứng thực bản sao"))
    assert version(COPIES) == new
    old.refresh_from_db()
    assert (old.valid_to, new.number) == (TODAY, old.number + 1)
    again = published(administrator, draft_of(COPIES, name="Chứng thực"))
    assert current().get(procedure=old.procedure_id) == again


def test_a_day_to_come_needs_nobody_on_that_day(administrator, clock, unit) -> None:
    """R50: published today for the first of the month; nobody presses a button on that day."""
    old = version(COPIES)
    new = published(administrator, draft_of(COPIES, name="Chứng thực"), days(10))
    old.refresh_from_db()
    assert (version(COPIES), old.valid_to) == (old, days(9))
    clock.move_to(MONDAY + timedelta(days=9))
    assert old in offered(unit.pk)
    clock.move_to(MONDAY + timedelta(days=10))
    assert version(COPIES) == new
    assert [row for row in offered(unit.pk) if row.procedure_id == old.procedure_id] == [new]


def test_with_a_last_day_it_ends_by_itself(administrator, clock) -> None:
    new = published(administrator, new_draft(), ends=days(5))
    clock.move_to(MONDAY + timedelta(days=5))
    assert new in current()
    clock.move_to(MONDAY + timedelta(days=6))
    assert new not in current()


def test_running_dossiers_keep_their_version(administrator, clerk) -> None:
    """R50, R14: what was received by one version is finished by it."""
    running = received(clerk, GUARDIANSHIP)
    new = published(administrator, draft_of(GUARDIANSHIP, limit="2 working days"))
    kept = Dossier.objects.get(pk=running.pk)
    assert (kept.version_id, kept.limit, kept.route_id) == (
        running.version_id, "3 working days", running.route_id,
    )  # fmt: skip
    later = received(clerk, GUARDIANSHIP, at=MONDAY + timedelta(hours=1))
    assert (later.version, later.limit) == (new, "2 working days")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("procedureversion", "fee_note", "x"),
        ("paperrequirement", "number", 9),
        ("fee", "price", 1),
        ("feeexemption", "percent_off", 7),
    ],
)
def test_who_gets_past_the_guards_is_found(administrator, table, column, value) -> None:
    """R27, R50: `motcua verify` holds every version against the digest in the journal."""
    new = published(administrator, new_draft())
    set_limit(administrator.officer, version(BIRTH).procedure_id, Limit.parse("at once"), "QĐ", MONDAY)
    assert list(disagreements("46")) == []
    disarm(f"catalog_{table}")
    where = {"procedureversion": {"pk": new.pk}, "feeexemption": {"fee__version": new}}.get(
        table, {"version": new}
    )
    apps.get_model("catalog", table).objects.filter(**where).update(**{column: value})
    (found,) = disagreements("46")
    assert found.startswith(f"version {new.pk} (entry ")
    assert list(disagreements("19798")) == []


# -- the template ----------------------------------------------------------------------------------
def test_the_same_limit_keeps_the_provinces_template_with_its_tasks(administrator) -> None:
    old = template_of(version(INTERLINKED))
    assert any(step.tasks for step in old)
    new = published(administrator, draft_of(INTERLINKED, level="Cấp xã, huyện"))
    assert template_of(new) == old
    assert RouteTask.objects.filter(step__route__version=new).exists()


def test_another_limit_draws_it_out_in_the_same_shares(administrator) -> None:
    """R13: and the minutes add up to the new limit exactly."""
    old = template_of(version(GUARDIANSHIP))
    new = template_of(published(administrator, draft_of(GUARDIANSHIP, limit="7 working days")))
    assert sum(step.minutes for step in new) == 7 * 480
    assert [step[:2] for step in new] == [step[:2] for step in old]
    for before, after in zip(old, new, strict=True):
        assert abs(after.minutes / (7 * 480) - before.minutes / (3 * 480)) < 0.01


@pytest.mark.parametrize("whole", [0, 1, 60, 480, 481, 4807])
def test_shares_of_any_whole_add_up(whole: int) -> None:
    """R13."""
    task = PlannedTask("police", "Cấp sổ", 400)
    steps = (
        PlannedStep("reception", "clerk", 33),
        PlannedStep("processing", "specialist", 700, tasks=(task,)),
        PlannedStep("approval", "leader", 267),
    )
    new = stretched(steps, whole)
    assert sum(step.minutes for step in new) == whole
    assert min(step.minutes for step in new) >= 0
    assert new[1].tasks[0].minutes == whole * 400 // 1000


def test_from_no_limit_to_one_the_kinds_own_template(administrator) -> None:
    silent = current().filter(limit="", is_interlinked=False).first()
    new = published(administrator, draft_of(silent.procedure.code, limit="same day"))
    steps = template_of(new)
    assert (len(steps), sum(step.minutes for step in steps)) == (4, 480)


# -- what cannot be --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("facts", "at", "words"),
    [
        ({"name": " "}, "name", "tên thủ tục"),
        ({"result_name": ""}, "result_name", "kết quả"),
        ({"limit": ""}, "kind", "thời hạn"),
        ({"limit": "vài tuần"}, "kind", "vài tuần"),
        ({"limit_confirmed": False}, "limit_confirmed", "xác nhận"),
        ({"fee_state": "listed"}, "fee_state", "khoản nào"),
    ],
)
def test_nothing_is_published_that_lacks_something(administrator, facts, at, words) -> None:
    draft = new_draft()
    draft = edit_draft(draft.procedure_id, draft.revision, facts, fees=())
    with pytest.raises(DraftRefused, match=words) as refusal:
        published(administrator, draft)
    assert refusal.value.field == at
    assert ProcedureVersion.objects.get(pk=draft.pk).is_draft
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("given", "at", "words"),
    [
        ({"number": " "}, "number", "số quyết định"),
        ({"day": days(1), "starts": days(1)}, "day", "tương lai"),
        ({"starts": days(-1), "day": days(-3)}, "starts", "từ hôm nay"),
        ({"starts": days(1), "day": TODAY, "ends": TODAY}, "ends", "từ ngày có hiệu lực"),
        ({"starts": TODAY, "day": TODAY, "ends": days(-1)}, "ends", "từ ngày có hiệu lực"),
    ],
)
def test_a_decision_that_cannot_be(administrator, given, at, words) -> None:
    draft = draft_of(COPIES)
    with pytest.raises(DraftRefused, match=words) as refusal:
        published(administrator, draft, **given)
    assert refusal.value.field == at
    assert version(COPIES).number == 1


def test_in_force_before_it_was_decided_cannot_be(administrator) -> None:
    with pytest.raises(DraftRefused, match="trước ngày quyết định") as refusal:
        published(administrator, new_draft(), days(-1))
    assert refusal.value.field == "starts"


def test_one_waits_at_a_time(administrator) -> None:
    """A second pending version, or one of today before it, would turn the order of numbers round."""
    published(administrator, draft_of(COPIES), days(10))
    for starts in (TODAY, days(5), days(20)):
        with pytest.raises(DraftRefused, match="Bản số 2") as refusal:
            published(administrator, draft_of(COPIES), starts)
        assert refusal.value.field == "starts"
    with pytest.raises(DraftRefused):
        set_limit(administrator.officer, version(COPIES).procedure_id, Limit.parse("at once"), "QĐ", MONDAY)


def test_what_the_page_did_not_show_is_not_published(administrator) -> None:
    draft = draft_of(GUARDIANSHIP)
    shown = {"revision": draft.revision, "after": version().pk}
    limit = Limit.parse("9 working days")
    set_limit(administrator.officer, draft.procedure_id, limit, "QĐ 9", MONDAY)
    with pytest.raises(DraftStale, match="bản mới"):
        publish(administrator.officer, draft.procedure_id, decision(), MONDAY, **shown)
    edit_draft(draft.procedure_id, draft.revision, {"level": "x"})
    with pytest.raises(DraftStale, match="người khác"):
        publish(administrator.officer, draft.procedure_id, decision(), MONDAY, **shown)


def test_a_limit_set_meanwhile_leaves_the_draft_as_it_is(administrator) -> None:
    draft = start_draft(version(BIRTH).procedure_id)
    set_limit(administrator.officer, draft.procedure_id, Limit.parse("at once"), "QĐ 9", MONDAY)
    assert ProcedureVersion.objects.get(pk=draft.pk).limit == "same day"


def test_numbers_follow_one_another(administrator) -> None:
    for name in ("Một", "Hai", "Ba"):
        published(administrator, draft_of(COPIES, name=name))
    rows = ProcedureVersion.objects.filter(procedure__code=COPIES).order_by("number")
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert all(new.base == old for old, new in pairwise(rows))
