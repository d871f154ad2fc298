"""Writing an entry: in the transaction of what it tells of, after the one before it, with what it owes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections, transaction

from motcua.journal import reactions
from motcua.journal.actions import OutsideTransaction, record
from motcua.journal.chain import GENESIS
from motcua.journal.models import Entry, Head, Reaction
from motcua.journal.queries import chains, first_break
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


def tell(chain: str = "T1", kind: str = "test.happened", **facts: Any) -> Entry:
    return record(chain=chain, kind=kind, subject="test:1", facts=facts, actor_id=None, at=MONDAY)


def test_each_entry_follows_the_one_before_it() -> None:
    first, second = tell(n=1), tell(n=2)
    assert (first.number, first.previous_hash) == (1, GENESIS)
    assert (second.number, second.previous_hash) == (2, first.hash)
    head = Head.objects.get(chain="T1")
    assert (head.number, head.hash) == (2, second.hash)


def test_each_chain_counts_for_itself() -> None:
    tell("T1")
    assert tell("T2").number == 1
    assert chains() == ["T1", "T2"]


def test_without_a_transaction_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an entry could tell of what was rolled back."""
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(OutsideTransaction):
        tell()
    monkeypatch.undo()
    assert not Entry.objects.exists()


def test_what_is_rolled_back_was_never_told() -> None:
    tell(n=1)
    with transaction.atomic():
        tell(n=2)
        transaction.set_rollback(True)
    assert tell(n=3).number == 2
    assert first_break("T1") is None


def test_an_entry_read_back_has_the_hash_it_was_written_with() -> None:
    at = datetime(2026, 11, 16, 2, 3, 4, 567891, tzinfo=UTC)
    facts = {"words": "Huế ♥ \"'\\ \n\t", "many": [None, True, -1, 2**62], "at": at}
    entry = record(chain="T1", kind="test.happened", subject="test:1", facts=facts, actor_id=2**40, at=at)
    again = Entry.objects.get(pk=entry.pk)
    assert first_break("T1") is None
    assert again.read_facts()["words"] == facts["words"]
    assert (again.at, again.facts) == (at, entry.facts)


@pytest.mark.parametrize("facts", [{"x": 1.5}, {"at": datetime(2026, 1, 1)}])
def test_facts_without_one_written_form_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        tell(**facts)
    assert not Entry.objects.exists()


# -- what it owes ---------------------------------------------------------------------------------
@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "_handlers", {})
    monkeypatch.setattr(reactions, "_by_kind", {})
    reactions.connect("test.happened", "one", print)
    reactions.connect("test.happened", "two", repr)
    reactions.connect("test.other", "two", repr)


@pytest.mark.usefixtures("wired")
def test_an_entry_owes_each_of_its_handlers_one_call() -> None:
    entry = tell()
    owed = Reaction.objects.filter(entry=entry).values_list("handler", "attempts", "done_at")
    assert set(owed) == {("one", 0, None), ("two", 0, None)}


@pytest.mark.usefixtures("wired")
def test_an_entry_that_nobody_waits_for_owes_nothing() -> None:
    tell(kind="test.unheard")
    assert not Reaction.objects.exists()


@pytest.mark.usefixtures("wired")
def test_a_reaction_is_gone_with_what_was_rolled_back() -> None:
    """A receipt is never made for a dossier that was not received."""
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Reaction.objects.exists()


@pytest.mark.usefixtures("wired")
def test_connecting_the_same_again_changes_nothing_and_another_is_refused() -> None:
    reactions.connect("test.happened", "one", print)
    assert reactions.owed_for("test.happened") == ("one", "two")
    with pytest.raises(ValueError, match="two handlers are called one"):
        reactions.connect("test.happened", "one", repr)
