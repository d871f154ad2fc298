"""The chain finds what was altered, removed, put in or reordered, and says which (R27).

The attacker of these tests has taken the guards of the data base away first.
"""

from datetime import timedelta

import pytest

from motcua.journal.actions import hash_of, record
from motcua.journal.models import Entry, Head
from motcua.journal.queries import Break, first_break
from tests.cast import MONDAY
from tests.journal.tampering import change, disarm, move_on, put_in, rehash, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[Entry]:
    """Five of chain T1, written in turn with those of another chain."""
    told = []
    for n in range(1, 6):
        for chain in ("T1", "T2"):
            facts = {"n": n}
            entry = record(
                chain=chain, kind="test.happened", subject=f"test:{n}", facts=facts, actor_id=n, at=MONDAY
            )
            told += [entry] if chain == "T1" else []
    assert first_break("T1") is None
    disarm()
    return told


@pytest.fixture(autouse=True)
def _the_other_chain_holds(entries: list[Entry]):
    yield
    if Entry.objects.filter(chain="T2").count() == 5:
        assert first_break("T2") is None


def found() -> tuple[int, str]:
    broken = first_break("T1")
    assert broken is not None
    assert broken.chain == "T1"
    return broken.number, broken.what


def test_a_chain_without_entries_holds() -> None:
    Head.objects.create(chain="T3")
    assert first_break("T3") is None


# -- altered --------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "test.other"),
        ("subject", "test:9"),
        ("facts", '{"n":9}'),
        ("facts", '{"n": 1}'),
        ("actor_id", 9),
        ("actor_id", None),
        ("at", MONDAY + timedelta(microseconds=1)),
        ("recorded_at", MONDAY),
        ("hash", "f" * 64),
    ],
)
def test_an_altered_entry_is_the_one_that_is_named(
    entries: list[Entry], place: int, column: str, value: object
) -> None:
    change(entries[place], **{column: value})
    assert found() == (place + 1, "entry was altered")


def test_an_entry_cut_from_the_one_before_is_named(entries: list[Entry]) -> None:
    change(entries[2], previous_hash="f" * 64)
    assert found() == (3, "entry does not follow the one before it")


def test_an_altered_entry_with_a_new_hash_shows_at_the_next(entries: list[Entry]) -> None:
    rehash(change(entries[2], facts='{"n":9}'))
    assert found() == (4, "entry does not follow the one before it")


def test_the_last_entry_altered_with_a_new_hash_is_named(entries: list[Entry]) -> None:
    rehash(change(entries[4], facts='{"n":9}'))
    assert found() == (5, "entry was altered")


def test_an_altered_entry_with_all_after_it_hashed_anew_shows_at_the_head(entries: list[Entry]) -> None:
    last = rehash(change(entries[2], facts='{"n":9}'))
    for entry in entries[3:]:
        last = rehash(change(entry, previous_hash=last.hash))
    assert found() == (5, "entry was altered")


# -- removed --------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", [0, 2, 3])
def test_an_entry_removed_is_missing(entries: list[Entry], place: int) -> None:
    remove(entries[place])
    assert found() == (place + 1, "entry missing")


def test_the_last_entry_removed_is_missing(entries: list[Entry]) -> None:
    remove(entries[4])
    assert found() == (5, "entry missing at the end")


def test_all_entries_removed_are_missing(entries: list[Entry]) -> None:
    for entry in entries:
        remove(entry)
    assert found() == (1, "entry missing at the end")


def test_an_entry_removed_and_the_rest_moved_up_is_named_where_it_was(entries: list[Entry]) -> None:
    remove(entries[2])
    for entry in entries[3:]:
        change(entry, number=entry.number - 1)
    assert found() == (3, "entry does not follow the one before it")


def test_the_head_removed_is_missed(entries: list[Entry]) -> None:
    Head.objects.filter(chain="T1").delete()
    assert found() == (5, "the head of the chain is missing")


# -- put in ---------------------------------------------------------------------------------------
def test_an_entry_put_in_at_the_end_is_named(entries: list[Entry]) -> None:
    put_in(6, after=entries[4])
    assert found() == (6, "entry put in")


def test_an_entry_put_in_at_the_end_in_a_hurry_is_named(entries: list[Entry]) -> None:
    put_in(6, after=entries[4], previous_hash="f" * 64)
    assert found() == (6, "entry does not follow the one before it")


def test_an_entry_put_in_before_the_first_is_named(entries: list[Entry]) -> None:
    put_in(0, after=entries[0])
    assert found() == (0, "entry put in")


def test_an_entry_put_in_between_shows_at_the_one_after_it(entries: list[Entry]) -> None:
    move_on(entries[2:], 1)
    put_in(3, after=entries[1])
    assert found() == (4, "entry does not follow the one before it")


def test_an_entry_put_in_between_with_those_after_it_hashed_anew_shows_at_the_end(
    entries: list[Entry],
) -> None:
    move_on(entries[2:], 1)
    last = put_in(3, after=entries[1])
    for entry in entries[2:]:
        last = rehash(change(entry, previous_hash=last.hash))
    assert found() == (6, "entry put in")


# -- reordered ------------------------------------------------------------------------------------
def test_two_entries_that_change_places_are_named(entries: list[Entry]) -> None:
    change(entries[1], number=99)
    change(entries[2], number=2)
    change(entries[1], number=3)
    assert found() == (2, "entry does not follow the one before it")


def test_an_entry_moved_to_another_chain_is_missing_here_and_put_in_there(entries: list[Entry]) -> None:
    moved = change(entries[4], chain="T2", number=6, previous_hash=Head.objects.get(chain="T2").hash)
    change(moved, hash=hash_of(moved))
    assert found() == (5, "entry missing at the end")
    assert first_break("T2") == Break("T2", 6, "entry put in")


def test_a_break_reads_as_chain_number_and_what() -> None:
    assert str(Break("19798", 7, "entry was altered")) == "19798/7: entry was altered"
