"""The daily seal: every day closed once, and a copy kept elsewhere proves that nothing was changed (R27)."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.journal import seals
from motcua.journal.actions import hash_of, record
from motcua.journal.chain import GENESIS
from motcua.journal.models import Doubt, Entry, Head, Seal, SealedDay
from motcua.journal.queries import first_break
from motcua.journal.seal_text import Claim, DaySeal, SealUnreadable, read
from tests.journal.tampering import change, disarm, remove

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def moment(day: int, hour: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{hour}+07:00")


def happened(chain: str, at: datetime) -> Entry:
    with time_machine.travel(at, tick=False):
        return record(chain=chain, kind="test.happened", subject="test:1", facts={}, actor_id=None, at=at)


def sealed(day: date) -> dict[str, int]:
    return dict(Seal.objects.filter(day__day=day).values_list("chain", "number"))


@pytest.fixture
def week() -> list[Entry]:
    """T1 on Monday twice and on Thursday, T2 on Wednesday; sealed until Thursday."""
    told = [happened("T1", moment(16)), happened("T1", moment(16, "23:59")), happened("T2", moment(18))]
    told.append(happened("T1", moment(19)))
    assert seals.seal_days(moment(20)) == 4
    return told


def kept() -> list[DaySeal]:
    """The files of all days, as somebody elsewhere has them."""
    return [read(seals.day_seal(row).text) for row in SealedDay.objects.order_by("day")]


# -- making them ----------------------------------------------------------------------------------
def test_nothing_to_seal_before_anything_happened() -> None:
    assert seals.seal_days(timezone.now()) == 0


def test_every_day_is_sealed_also_when_nothing_happened(week: list[Entry]) -> None:
    assert [sealed(MONDAY + n * DAY) for n in range(4)] == [
        {"T1": 2},
        {"T1": 2},
        {"T1": 2, "T2": 1},
        {"T1": 3, "T2": 1},
    ]
    assert Seal.objects.get(day__day=MONDAY).hash == week[1].hash


def test_each_day_follows_the_one_before(week: list[Entry]) -> None:
    rows = list(SealedDay.objects.order_by("day"))
    assert [row.previous_root for row in rows] == [GENESIS, *(row.root for row in rows[:-1])]
    assert len({row.root for row in rows}) == 4


def test_a_day_is_sealed_when_it_is_over_and_its_last_entries_are_in() -> None:
    happened("T1", moment(16))
    assert seals.seal_days(moment(16, "23:59")) == 0
    assert seals.seal_days(moment(17, "00:04")) == 0
    assert seals.seal_days(moment(17, "00:05")) == 1


def test_midnight_is_the_local_one() -> None:
    """23:30 in Huế is the same day's, though UTC says 16:30, and 00:30 is the next day's, though UTC says the day before."""
    happened("T1", moment(16, "23:30"))
    happened("T1", moment(17, "00:30"))
    seals.seal_days(moment(18, "08:00"))
    assert (sealed(MONDAY), sealed(MONDAY + DAY)) == ({"T1": 1}, {"T1": 2})


def test_sealing_again_changes_nothing(week: list[Entry]) -> None:
    before = list(SealedDay.objects.values()), list(Seal.objects.values())
    assert seals.seal_days(moment(20)) == 0
    assert (list(SealedDay.objects.values()), list(Seal.objects.values())) == before


def test_a_missed_night_is_made_up(week: list[Entry]) -> None:
    assert seals.seal_days(moment(23)) == 3
    assert sealed(MONDAY + 6 * DAY) == {"T1": 3, "T2": 1}


def test_a_quiet_day_costs_the_same_for_a_hundred_units() -> None:
    happened("T0", moment(16))
    seals.seal_days(moment(17))
    costs = []
    for day in (18, 20):
        with CaptureQueriesContext(connection) as asked:
            assert seals.seal_days(moment(day)) == 1
        costs.append(len(asked))
        for n in range(100):
            happened(f"S{n}", moment(18))
        seals.seal_days(moment(19))
    assert costs[0] == costs[1] <= 9


@pytest.mark.parametrize("table", ["journal_sealedday", "journal_seal"])
def test_a_seal_cannot_be_changed_or_deleted(week: list[Entry], table: str) -> None:
    statements = [f"DELETE FROM {table}", f"UPDATE {table} SET id = id"]
    if connection.vendor == "sqlite":
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert seals.first_false() is None


# -- the file -------------------------------------------------------------------------------------
def test_any_computer_can_count_the_root(week: list[Entry]) -> None:
    row = SealedDay.objects.get(day=MONDAY)
    text = seals.day_seal(row).text
    assert text == f"motcua-seal 1\nday 2026-11-16\nprevious {GENESIS}\nT1 2 {week[1].hash}\n"
    assert hashlib.sha256(text.encode()).hexdigest() == row.root


def test_a_file_that_went_by_mail_is_read_all_the_same(week: list[Entry]) -> None:
    seal = kept()[0]
    assert read("\ufeff" + seal.text.replace("\n", " \r\n") + "\r\n") == seal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "motcua-seal 2\nday 2026-11-16\n",
        f"motcua-seal 1\nday 2026-13-16\nprevious {GENESIS}\n",
        f"motcua-seal 1\nday 16/11/2026\nprevious {GENESIS}\n",
        "motcua-seal 1\nday 2026-11-16\nprevious 0\n",
        f"motcua-seal 1\nday 2026-11-16\nprevious {GENESIS}\nT1 0 {GENESIS}\n",
        f"motcua-seal 1\nday 2026-11-16\nprevious {GENESIS}\nT1 {'9' * 40} {GENESIS}\n",
        f"motcua-seal 1\nday 2026-11-16\nprevious {GENESIS}\nT1 1 {GENESIS}\nT1 2 {GENESIS}\n",
        f"motcua-seal 1\nday 2026-11-16\nprevious {GENESIS}\nT1 1 {GENESIS} x\n",
    ],
)
def test_what_is_no_seal_is_said_to_be_none(text: str) -> None:
    with pytest.raises(SealUnreadable):
        read(text)


# -- holding the chains against them --------------------------------------------------------------
def test_what_was_not_touched_holds(week: list[Entry]) -> None:
    assert seals.first_false() is None
    assert seals.first_unlike(kept()) is None
    happened("T1", moment(20))  # what comes later breaks no seal
    assert seals.first_unlike(kept()) is None


def hash_anew(chain: str) -> None:
    """Give every entry of a chain the hash that goes with its contents, and the head its last one."""
    last = GENESIS
    for entry in Entry.objects.filter(chain=chain).order_by("number"):
        entry.previous_hash = last
        last = hash_of(entry)
        change(entry, previous_hash=entry.previous_hash, hash=last)
    Head.objects.filter(chain=chain).update(hash=last)
    assert first_break(chain) is None, "the chain holds by itself: that is the attack"


def seal_anew() -> None:
    """Throw our own seals away and make them again."""
    Seal.objects.all().delete()
    SealedDay.objects.all().delete()
    seals.seal_days(moment(20))


def test_a_chain_that_was_forged_as_a_whole_is_found_by_a_file_kept_elsewhere(week: list[Entry]) -> None:
    """Altered, hashed anew with all that follows, head and seals too: only the copy knows."""
    files = kept()
    disarm("journal_entry", "journal_seal", "journal_sealedday")
    change(week[3], facts='{"forged":true}')
    hash_anew("T1")
    assert str(seals.first_false()) == "2026-11-19, unit T1: entry 3 is no longer what was sealed"
    seal_anew()
    assert seals.first_false() is None
    assert seals.first_unlike(files[:3]) is None  # until then nothing was changed
    assert str(seals.first_unlike(files)) == "2026-11-19, unit T1: entry 3 is no longer what was sealed"


def test_the_first_day_and_the_unit_are_named(week: list[Entry]) -> None:
    files = kept()
    disarm()
    change(week[0], actor_id=9)
    hash_anew("T1")
    assert str(seals.first_unlike(reversed(files))).startswith("2026-11-16, unit T1: ")


def test_a_chain_that_does_not_even_hold_is_found_too(week: list[Entry]) -> None:
    files = kept()
    disarm()
    change(week[2], actor_id=9)
    assert "2026-11-18, unit T2: the journal is broken at T2/1" in str(seals.first_unlike(files))


def test_entries_removed_from_the_end_are_missed(week: list[Entry]) -> None:
    files = kept()
    disarm()
    remove(week[3])
    Head.objects.filter(chain="T1").update(number=2, hash=week[1].hash)
    assert first_break("T1") is None
    assert "2026-11-19, unit T1" in str(seals.first_unlike(files))
    assert "2026-11-19, unit T1" in str(seals.first_false())
    seals.seal_days(moment(21))  # the next seal does not go back behind the one before
    assert sealed(MONDAY + 4 * DAY) == {"T1": 3, "T2": 1}


def test_a_seal_of_ours_that_was_changed_shows(week: list[Entry]) -> None:
    files = kept()
    disarm("journal_seal", "journal_sealedday")
    SealedDay.objects.filter(day=MONDAY + DAY).update(root="f" * 64)
    assert str(seals.first_false()) == "2026-11-17: the root is not that of the day's seals"
    Seal.objects.filter(day__day=MONDAY).update(hash="f" * 64)
    assert seals.first_false().day == MONDAY
    assert str(seals.first_unlike(files)) == "2026-11-17: the seal kept here is another one"


def test_a_day_that_was_taken_out_shows(week: list[Entry]) -> None:
    disarm("journal_seal", "journal_sealedday")
    gone = SealedDay.objects.get(day=MONDAY + DAY)
    gone.seals.all().delete()
    gone.delete()
    assert str(seals.first_false()) == "2026-11-18: seals before this day are missing"


def test_files_that_do_not_belong_together_show(week: list[Entry]) -> None:
    files = kept()
    forged = DaySeal(MONDAY, GENESIS, (Claim("T1", 1, week[0].hash),))
    found = seals.first_unlike([forged, files[1]])
    assert str(found) == "2026-11-16: the seal kept here is another one"


def test_what_breaks_during_a_day_is_noticed_as_it_is_closed(
    week: list[Entry], caplog: pytest.LogCaptureFixture
) -> None:
    entry = happened("T2", moment(20))
    disarm()
    change(entry, actor_id=9)
    seals.seal_days(moment(21))
    assert list(Doubt.objects.values_list("chain", "number")) == [("T2", 2)]
    assert "T2/2" in caplog.text
