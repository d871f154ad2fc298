"""`set_limit`: a limit is published as a new version; what runs keeps the old one."""

from datetime import timedelta

import pytest

from motcua.catalog.actions import set_limit
from motcua.catalog.digest import digests
from motcua.catalog.errors import ProcedureUnknown
from motcua.catalog.load_procedures import DATA, load_procedures
from motcua.catalog.models import ProcedureVersion
from motcua.catalog.queries import current
from motcua.dossiers.models import Dossier
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.rules.limits import Limit, LimitKind
from tests.cast import GUARDIANSHIP, MONDAY, received, template, version

FIVE = Limit(LimitKind.WORKING_DAYS, 5)
NOTE = "QĐ 2234/QĐ-UBND"


def test_a_new_version_with_the_same_papers_and_the_templates_route(administrator):
    old = version()
    new = set_limit(administrator.officer, old.procedure_id, FIVE, f" {NOTE} ", MONDAY)
    assert (new.number, new.limit, new.limit_confirmed, new.limit_note) == (
        old.number + 1, "5 working days", True, NOTE,
    )  # fmt: skip
    assert current().get(procedure=old.procedure) == new
    same = (
        "name",
        "name_search",
        "field_id",
        "level",
        "limit_text",
        "fee_text",
        "is_interlinked",
        "source",
        "as_of",
    )
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
    papers = ("position", "name", "kind", "number", "to_show", "is_note")
    assert [*new.papers.order_by("position").values(*papers)] == [
        *old.papers.order_by("position").values(*papers)
    ]
    assert new.papers.exists()
    assert sum(template(new).values_list("minutes", flat=True)) == FIVE.nominal_minutes
    assert [*template(new).values_list("kind", "role")] == [*template(old).values_list("kind", "role")]


def test_the_old_version_ends_and_is_otherwise_as_it_was(administrator):
    before = ProcedureVersion.objects.filter(pk=version().pk).values().get()
    new = set_limit(administrator.officer, before["procedure_id"], FIVE, NOTE, MONDAY)
    after = ProcedureVersion.objects.filter(pk=before["id"]).values().get()
    assert after == before | {"valid_to": MONDAY.date()}
    assert new.valid_from == MONDAY.date()


def test_running_dossiers_keep_their_version(administrator, clerk):
    running = received(clerk, GUARDIANSHIP)
    set_limit(administrator.officer, running.version.procedure_id, FIVE, NOTE, MONDAY)
    kept = Dossier.objects.get(pk=running.pk)
    assert (kept.version_id, kept.limit, kept.due_at) == (
        running.version_id,
        "3 working days",
        running.due_at,
    )
    later = received(clerk, GUARDIANSHIP, at=MONDAY + timedelta(hours=1))
    assert later.limit == "5 working days"


def test_a_procedure_without_a_limit_can_be_received_afterwards(administrator):
    old = current().filter(limit="")[0]
    assert not template(old).exists()
    new = set_limit(administrator.officer, old.procedure_id, FIVE, NOTE, MONDAY)
    assert template(new).count() == 4


def test_is_written_into_the_provinces_chain(administrator):
    old = current().filter(limit_confirmed=False).exclude(limit="")[0]
    new = set_limit(administrator.officer, old.procedure_id, Limit.parse(old.limit), NOTE, MONDAY)
    entry = Entry.objects.latest("id")
    assert (entry.chain, entry.kind, entry.subject) == (
        "46",
        "catalog.limit_set",
        f"procedure:{old.procedure_id}",
    )
    assert entry.actor_id == administrator.user.pk
    assert entry.read_facts() == {
        "digests": digests([new]),
        "code": old.procedure.code,
        "version": new.pk,
        "was": old.limit,
        "was_confirmed": False,
        "limit": old.limit,
        "limit_confirmed": True,
        "limit_note": NOTE,
    }
    assert journal.first_break("46") is None


def test_the_same_again_is_nothing(administrator):
    new = set_limit(administrator.officer, version().procedure_id, FIVE, NOTE, MONDAY)
    entries = Entry.objects.count()
    assert set_limit(administrator.officer, new.procedure_id, FIVE, NOTE, MONDAY) == new
    assert Entry.objects.count() == entries


def test_a_procedure_that_there_is_not(administrator):
    with pytest.raises(ProcedureUnknown):
        set_limit(administrator.officer, 10**9, FIVE, NOTE, MONDAY)


def test_loading_the_same_file_again_undoes_no_confirmation(administrator):
    unconfirmed = current().filter(limit_confirmed=False).exclude(limit="").first()
    confirmed = set_limit(administrator.officer, unconfirmed.procedure_id, FIVE, NOTE, MONDAY)
    loaded = load_procedures(DATA / "procedures.csv")
    assert (loaded.made, loaded.changed) == (0, 0)
    assert current().get(procedure=unconfirmed.procedure_id) == confirmed
