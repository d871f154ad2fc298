"""`motcua verify`: exit 0 and one line when all holds, else 1 and the first broken entry (R27)."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.models import Dossier, Step
from motcua.journal import seals
from motcua.journal.chain import GENESIS, canonical, utc
from motcua.journal.models import Entry, Head, Reaction, Seal, SealedDay
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


# -- seals ----------------------------------------------------------------------------------------
def files(folder: Path, client: Client) -> list[Path]:
    """The files of all days, downloaded and kept elsewhere."""
    kept = []
    for day in SealedDay.objects.order_by("day"):
        kept.append(folder / f"{day.day}.txt")
        kept[-1].write_bytes(client.get(reverse("seal_file", args=[day.day.isoformat()])).content)
    return kept


@pytest.fixture
def sealed(dossier: Dossier) -> Dossier:
    """Received and sealed on Monday, and two days more."""
    today = timezone.localdate(Entry.objects.latest("id").recorded_at)
    assert seals.seal_days(timezone.now() + timedelta(days=3)) == 3
    assert SealedDay.objects.earliest("day").day == today
    return dossier


def test_our_own_seals_are_checked(sealed: Dossier, capsys) -> None:
    assert motcua(capsys, "verify") == (0, "1 chains hold, 3 days are sealed\n", "")
    forge(sealed)
    refused(motcua(capsys, "verify"), "a seal does not hold", UNIT)
    refused(motcua(capsys, "verify", "--unit", UNIT), "a seal does not hold", UNIT)


def forge(dossier: Dossier) -> None:
    """One month more for the office, and everything made to fit: row, entry, hashes, head."""
    due = MONDAY + timedelta(days=30)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=due, step_due_at=due)
    Step.objects.filter(dossier=dossier).update(due_at=due)
    last = GENESIS
    for each in Entry.objects.filter(chain=UNIT).order_by("number"):
        facts = each.read_facts() | {"due_at": utc(due), "step_due_at": utc(due)}
        changed = change(each, facts=canonical(facts), previous_hash=last)
        last = rehash(changed).hash
    Head.objects.filter(chain=UNIT).update(hash=last)


def test_a_copy_kept_elsewhere_finds_a_forgery_in_which_everything_fits(
    sealed: Dossier, client: Client, tmp_path: Path, capsys
) -> None:
    """R27: the chain holds by itself, the dossiers agree with it, our seals were made anew; the old file knows."""
    kept = files(tmp_path, client)
    assert motcua(capsys, "verify", "--seal", *kept) == (0, "the journal is what was sealed: 3 days\n", "")
    disarm("journal_seal", "journal_sealedday")
    first = SealedDay.objects.earliest("day").day.isoformat()
    forge(sealed)
    Seal.objects.all().delete()
    SealedDay.objects.all().delete()
    seals.seal_days(timezone.now() + timedelta(days=3))
    assert motcua(capsys, "verify").status == 0
    for some in (kept, kept[:1]):
        refused(motcua(capsys, "verify", "--seal", *some), first, f"unit {UNIT}")


def test_a_file_that_is_no_seal_is_said(sealed: Dossier, tmp_path: Path, capsys) -> None:
    (tmp_path / "x.txt").write_text("motcua-seal 1\n")
    (tmp_path / "y.txt").write_bytes(b"\xff\xfe")
    for name in ("x.txt", "y.txt", "missing.txt"):
        refused(motcua(capsys, "verify", "--seal", tmp_path / name), name)


def test_from_a_shell_it_ends_with_one(isolated_database: IsolatedDatabase) -> None:
    """The same in a real process, after an UPDATE that was really committed."""
    assert "3 chains hold" in isolated_database.run_anew("verify").stdout
    isolated_database.sql("UPDATE dossiers_dossier SET outcome = 'refused' WHERE id = 1")
    done = isolated_database.run_anew("verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert "outcome" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_reactions_are_no_part_of_the_chain(dossier: Dossier, capsys) -> None:
    """They may be worked off, and swept away one day."""
    Reaction.objects.all().delete()
    assert motcua(capsys, "verify").status == 0


def test_who_writes_meanwhile_is_no_forger(isolated_database: IsolatedDatabase) -> None:
    """R27: it is run while all counters are open."""
    before = isolated_database.sql("SELECT max(id) FROM journal_entry")[0][0]
    isolated_database.start_python("tests.config.endless")
    while isolated_database.sql("SELECT max(id) FROM journal_entry")[0][0] < before + 1000:
        time.sleep(0.05)
    for _ in range(2):
        assert "chains hold" in isolated_database.run("verify").stdout
