"""Who opened what is part of the daily seal: a reading altered, removed or put in shows (R27)."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.journal import readings, sealed_readings, seals
from motcua.journal.models import Entry, Reading, ReadingSeal, Relation, Seal, SealedDay
from motcua.journal.seal_text import DaySeal, SealUnreadable, read
from tests.config.commands import motcua
from tests.journal.tampering import disarm
from tests.journal.test_seals import happened, moment

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
TABLES = ("journal_reading", "journal_readingseal", "journal_seal", "journal_sealedday")


def opened(at: datetime, officer: int = 7, unit: int = 5, subject: str = "dossier:1") -> Reading:
    readings.note(
        officer_id=officer, unit_id=unit, relation=Relation.HOLDS, subject=subject, kind="dossier", at=at
    )
    return Reading.objects.latest("id")


@pytest.fixture
def week() -> list[Reading]:
    """Monday twice in the name of unit 5 and once of unit 6, Tuesday nobody, Wednesday once; sealed until Wednesday."""
    happened("T1", moment(16))
    rows = [opened(moment(16)), opened(moment(16, "23:59"), officer=8), opened(moment(16, "10:00"), unit=6)]
    rows.append(opened(moment(18)))
    assert seals.seal_days(moment(19)) == 3
    return rows


def kept() -> list[DaySeal]:
    """The files of all days, as somebody elsewhere has them."""
    return [read(seals.day_seal(row).text) for row in SealedDay.objects.order_by("day")]


def test_each_units_readings_of_a_day_are_one_line_of_its_file(week: list[Reading]) -> None:
    entry = Entry.objects.get()
    of_five, of_six = (
        hashlib.sha256("".join(map(sealed_readings.line, rows)).encode()).hexdigest()
        for rows in (week[:2], week[2:3])
    )
    row = SealedDay.objects.get(day=MONDAY)
    assert seals.day_seal(row).text == (
        f"motcua-seal 2\nday 2026-11-16\nprevious {'0' * 64}\nT1 1 {entry.hash}\n"
        f"readings 5 2 {of_five}\nreadings 6 1 {of_six}\n"
    )
    assert hashlib.sha256(seals.day_seal(row).text.encode()).hexdigest() == row.root


def test_all_that_a_row_says_is_hashed(week: list[Reading]) -> None:
    said = sealed_readings.line(week[0])
    assert [field.name for field in Reading._meta.fields] == [
        "id", "officer_id", "unit_id", "relation", "subject", "kind", "at", "slot",
    ]  # fmt: skip
    assert said.split() == [
        str(week[0].pk), "2026-11-16T02:00:00.000000+00:00", "7", "5", "holds", "dossier", "dossier:1",
        str(week[0].slot),
    ]  # fmt: skip


def test_a_day_on_which_nobody_read_is_sealed_as_before(week: list[Reading]) -> None:
    assert kept()[1].text.startswith("motcua-seal 1\n")
    assert kept()[1].readings == ()


def test_what_was_not_touched_holds_and_later_readings_break_nothing(week: list[Reading], capsys) -> None:
    opened(moment(19))
    assert seals.first_false() is None
    assert seals.first_unlike(kept()) is None
    assert motcua(capsys, "verify").status == 0


def _altered(rows: list[Reading]) -> None:
    Reading.objects.filter(pk=rows[0].pk).update(officer_id=9)


def _another_unit(rows: list[Reading]) -> None:
    Reading.objects.filter(pk=rows[0].pk).update(unit_id=6)


def _removed(rows: list[Reading]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_reading WHERE id = %s", [rows[1].pk])


def _put_in(rows: list[Reading]) -> None:
    opened(moment(16, "11:00"), officer=9)


def _on_another_day(rows: list[Reading]) -> None:
    Reading.objects.filter(pk=rows[0].pk).update(at=moment(17))


@pytest.mark.parametrize("deed", [_altered, _another_unit, _removed, _put_in, _on_another_day])
def test_a_reading_changed_after_its_day_shows(week: list[Reading], deed, capsys, tmp_path: Path) -> None:
    """R27: who looked cannot be hidden, nor somebody made to have looked."""
    file = tmp_path / "monday.txt"
    file.write_text(kept()[0].text)
    disarm(*TABLES)
    deed(week)
    assert seals.first_false().day == MONDAY
    for words in (("verify",), ("verify", "--seal", file)):
        said = motcua(capsys, *words)
        assert (said.status, len(said.err.splitlines())) == (1, 1)
        assert "the readings in the name of unit 5 are not what was sealed" in said.err


def test_one_put_into_a_quiet_day_shows(week: list[Reading]) -> None:
    opened(moment(17))
    assert str(seals.first_false()).startswith("2026-11-17: the readings in the name of unit 5")


def test_sealed_anew_everything_fits_and_only_the_copy_knows(week: list[Reading]) -> None:
    files = kept()
    disarm(*TABLES)
    _removed(week)
    for model in (ReadingSeal, Seal, SealedDay):
        model.objects.all().delete()
    seals.seal_days(moment(19))
    assert seals.first_false() is None
    assert "2026-11-16: the readings in the name of unit 5" in str(seals.first_unlike(files))


def test_seals_taken_away_no_longer_give_the_root(week: list[Reading]) -> None:
    disarm(*TABLES)
    ReadingSeal.objects.all().delete()
    assert str(seals.first_false()) == "2026-11-16: the root is not that of the day's seals"


def test_days_sealed_before_readings_were_still_hold(week: list[Reading]) -> None:
    """Those days have readings, and their seals say nothing of them."""
    disarm(*TABLES)
    ReadingSeal.objects.all().delete()
    previous = "0" * 64
    for row in SealedDay.objects.order_by("day"):
        SealedDay.objects.filter(pk=row.pk).update(previous_root=previous)
        row.refresh_from_db()
        previous = seals.day_seal(row).root
        SealedDay.objects.filter(pk=row.pk).update(root=previous)
    assert seals.first_false() is None
    opened(moment(19))
    assert seals.seal_days(moment(20)) == 1
    assert seals.first_false() is None
    assert [seal.text[:13] for seal in kept()] == ["motcua-seal 1"] * 3 + ["motcua-seal 2"]


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "readings 5 1 0\n",
        f"readings 5 1 {'0' * 64}\nreadings 5 2 {'0' * 64}\n",
        f"readings 5 0 {'0' * 64}\n",
    ],
)
def test_a_file_whose_readings_cannot_be_read(lines: str) -> None:
    with pytest.raises(SealUnreadable):
        read(f"motcua-seal 2\nday 2026-11-16\nprevious {'0' * 64}\n{lines}")


def test_it_cannot_be_changed_or_deleted(week: list[Reading]) -> None:
    statements = ["DELETE FROM journal_readingseal", "UPDATE journal_readingseal SET count = 1"]
    if connection.vendor == "sqlite":
        statements.append("INSERT OR REPLACE INTO journal_readingseal SELECT * FROM journal_readingseal")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_busy_day_costs_one_query_more(week: list[Reading]) -> None:
    """The page view pays nothing for it."""
    costs = []
    for day, many in ((19, 1), (20, 50)):
        for n in range(many):
            opened(moment(day), unit=n + 1, subject=f"dossier:{n}")
        with CaptureQueriesContext(connection) as asked:
            seals.seal_days(moment(day) + timedelta(days=1))
        costs.append(len(asked))
    assert costs[0] == costs[1]
