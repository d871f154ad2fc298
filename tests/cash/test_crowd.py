"""R33, on PostgreSQL, in processes of their own: no receipt number twice or left out, no book that misses an entry."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.databases import IsolatedDatabase
from tests.dossiers.test_crowd import CLERK, UNIT, count, ended, said
from tests.nursery import Forked

pytestmark = pytest.mark.postgres


def till(database: IsolatedDatabase, *words: object) -> Forked:
    return database.start_python("tests.cash.crowd", *words)


def today() -> str:
    return f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d}"


@pytest.fixture
def dossier(isolated_database: IsolatedDatabase) -> int:
    """Copies, to be paid for; the demo's own receipts of today are there already."""
    ended(till(isolated_database, "receive", CLERK, 0))
    pk = said(isolated_database)[0]["id"]
    isolated_database.log.write_text("")
    return int(pk)


def race(database: IsolatedDatabase, first: str, second: str, pk: int) -> None:
    """The second waits for a lock that the first holds, then goes on."""
    held = database.home / "held"
    one = till(database, first, CLERK, pk, "--hold", held)
    while not held.exists():
        assert one.poll() is None
        time.sleep(0.01)
    two = till(database, second, CLERK, pk)
    while not database.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' LIMIT 1"):
        assert two.poll() is None
        time.sleep(0.01)
    held.with_suffix(".go").touch()
    ended(one, two)


def test_six_tills_give_every_number_once(isolated_database: IsolatedDatabase) -> None:
    """6 × 10 receipts at one desk, some voided, and others that come to nothing in between."""
    [(before,)] = isolated_database.sql(
        "SELECT coalesce(max(p.number), 0) FROM cash_payment p JOIN people_unit u ON u.id = p.unit_id"
        " WHERE u.code = %s AND p.series = %s",
        UNIT,
        today()[:4],
    )
    ended(till(isolated_database, "till", CLERK, 10, "--counters", 6))
    numbers = sorted(row["number"] for row in said(isolated_database))
    assert numbers == list(range(before + 1, before + 61))
    assert count(isolated_database, "cash_payment WHERE voided_at IS NOT NULL") >= 5
    isolated_database.run("verify", "--unit", UNIT)


def test_two_tills_do_not_take_the_same_fee_twice(isolated_database: IsolatedDatabase, dossier: int) -> None:
    race(isolated_database, "pay", "pay", dossier)
    assert [row["refused"] for row in said(isolated_database)] == ["", "AlreadyPaid"]
    assert count(isolated_database, "cash_payment WHERE dossier_id = %s", dossier) == 1


def test_a_book_that_is_closed_meanwhile_has_the_payment_in_it(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    race(isolated_database, "pay", "close", dossier)
    paid, closed = said(isolated_database)
    assert paid["day"] == closed["day"] == today()
    assert closed["receipts"] == count(
        isolated_database,
        "cash_payment p JOIN people_unit u ON u.id = p.unit_id WHERE u.code = %s AND p.day = %s AND p.number > 0",
        UNIT,
        today(),
    )


def test_a_payment_that_waited_for_the_closing_goes_to_the_next_day(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    race(isolated_database, "close", "pay", dossier)
    closed, paid = said(isolated_database)
    assert closed["day"] == today() < paid["day"]
    isolated_database.run("verify", "--unit", UNIT)
