"""`motcua verify`: exit 0 and one line when all holds, else 1 and the first broken entry (R27)."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry, Head, Reaction
from motcua.people.models import Unit
from tests.cast import MONDAY, Played, received
from tests.config.commands import Said, motcua
from tests.databases import IsolatedDatabase
from tests.journal.tampering import change, disarm, rehash, remove

UNIT = "19798"


@pytest.fixture
def dossier(clerk: Played) -> Dossier:
    made = received(clerk)
    disarm()
    return made


def entry(number: int) -> Entry:
    return Entry.objects.get(chain=UNIT, number=number)


def refused(said: Said, *words: str) -> None:
    assert (said.status, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    for word in words:
        assert word in said.err


def test_what_holds_is_said_in_one_line(dossier: Dossier, outsider: Played, capsys) -> None:
    received(outsider)
    assert motcua(capsys, "verify") == (0, "2 chains hold\n", "")


def test_of_a_subtree_only_its_chains_are_read(dossier: Dossier, outsider: Played, capsys) -> None:
    received(outsider)
    change(Entry.objects.get(chain="20068", number=1), kind="dossier.take")
    hue = Unit.objects.get(code=UNIT).parent
    assert hue is not None
    assert motcua(capsys, "verify", "--unit", hue.code) == (0, "1 chains hold\n", "")
    refused(motcua(capsys, "verify"), "20068/1: entry was altered")


def test_a_unit_that_nobody_knows_is_said(db, capsys) -> None:
    refused(motcua(capsys, "verify", "--unit", "99999"), "99999")


def test_the_first_broken_entry_is_named(dossier: Dossier, capsys) -> None:
    change(entry(2), actor_id=None)
    refused(motcua(capsys, "verify"), f"{UNIT}/2: entry was altered")


def test_a_dossier_that_differs_is_named_with_what_differs(dossier: Dossier, capsys) -> None:
    """R15: nobody can move the clock by hand."""
    Dossier.objects.filter(pk=dossier.pk).update(due_at=MONDAY + timedelta(days=30))
    refused(motcua(capsys, "verify"), dossier.code, "due_at")


def test_a_forged_entry_with_a_forged_head_still_shows_at_the_dossier(dossier: Dossier, capsys) -> None:
    """The chain is whole again, but the dossier is not what it says."""
    last = rehash(change(entry(2), facts=entry(2).facts.replace('"processing"', '"done"')))
    Head.objects.filter(chain=UNIT).update(hash=last.hash)
    refused(motcua(capsys, "verify"), dossier.code)


def test_a_last_entry_removed_with_its_head_wound_back_still_shows(dossier: Dossier, capsys) -> None:
    remove(entry(2))
    Head.objects.filter(chain=UNIT).update(number=1, hash=entry(1).hash)
    refused(motcua(capsys, "verify"), dossier.code)


def test_a_chain_removed_altogether_is_missed(dossier: Dossier, capsys) -> None:
    for each in Entry.objects.filter(chain=UNIT):
        remove(each)
    Head.objects.filter(chain=UNIT).delete()
    refused(motcua(capsys, "verify"), UNIT, "missing")
    refused(motcua(capsys, "verify", "--unit", UNIT), UNIT, "missing")


def test_from_a_shell_it_ends_with_one(isolated_database: IsolatedDatabase) -> None:
    """The same in a real process, after an UPDATE that was really committed."""
    assert "3 chains hold" in isolated_database.run("verify").stdout
    isolated_database.sql("UPDATE dossiers_dossier SET outcome = 'refused' WHERE id = 1")
    done = isolated_database.run("verify", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "outcome" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_reactions_are_no_part_of_the_chain(dossier: Dossier, capsys) -> None:
    """They may be worked off, and swept away one day."""
    Reaction.objects.all().delete()
    assert motcua(capsys, "verify").status == 0
