"""Many at once, in processes of their own, on PostgreSQL: no number twice, none left out, no act half done."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.databases import IsolatedDatabase
from tests.nursery import Forked

pytestmark = pytest.mark.postgres

CLERK, SPECIALIST, LEADER = "tiepnhan.phuocvinh", "tuphap.phuocvinh", "lanhdao.phuocvinh"
UNIT = "19798"


def crowd(database: IsolatedDatabase, *words: object) -> Forked:
    return database.start_python("tests.dossiers.crowd", *words)


def ended(*processes: Forked) -> None:
    for process in processes:
        assert process.wait(timeout=120) == 0


def said(database: IsolatedDatabase) -> list[dict[str, Any]]:
    return [json.loads(line) for line in database.log.read_text().splitlines() if line.startswith("{")]


def count(database: IsolatedDatabase, what: str, *values: object) -> int:
    return int(database.sql(f"SELECT count(*) FROM {what}", *values)[0][0])


# -- reception ------------------------------------------------------------------------------------
def test_eight_counters_give_every_number_once(isolated_database: IsolatedDatabase) -> None:
    """R04, R41: 8 × 25 receptions at one desk, and others that come to nothing in between."""
    before = count(
        isolated_database,
        "dossiers_dossier d JOIN people_unit u ON u.id = d.unit_id WHERE u.code = %s",
        UNIT,
    )
    today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%y%m%d}"
    begun = count(isolated_database, "dossiers_dossier WHERE code LIKE %s", f"000.19.01.H57-{today}-%")
    ended(crowd(isolated_database, "receive", CLERK, 25, "--counters", 8))
    made = said(isolated_database)
    assert len(made) == 200
    tails = sorted(row["code"].removeprefix("000.19.01.H57-") for row in made)
    assert tails == [f"{today}-{begun + number:04d}" for number in range(1, 201)]
    assert sorted(row["number"] for row in made) == list(range(before + 1, before + 201))
    isolated_database.run("verify")


def test_what_comes_in_at_once_is_shared_out_evenly(isolated_database: IsolatedDatabase) -> None:
    """R20: each reception sees what the one before it gave."""
    isolated_database.sql("UPDATE people_unit SET assignment = 'least_loaded' WHERE code = %s", UNIT)
    isolated_database.sql(
        "INSERT INTO people_grant_fields (grant_id, field_id) SELECT g.id, f.id FROM people_grant g "
        "JOIN people_user u ON u.id = g.user_id, people_field f "
        "WHERE u.username = 'vanhoa.phuocvinh' AND f.name = 'Tư pháp - Hộ tịch'"
    )

    def loads() -> dict[str, int]:
        rows = isolated_database.sql(
            "SELECT u.username, count(d.id) FROM people_user u LEFT JOIN dossiers_dossier d ON d.assignee_id = u.id "
            "AND d.step_kind = 'processing' WHERE u.username IN (%s, 'vanhoa.phuocvinh') GROUP BY u.username",
            SPECIALIST,
        )
        return dict(rows)

    before = sum(loads().values())
    ended(crowd(isolated_database, "receive", CLERK, 8, "--counters", 3))
    after = loads()
    assert sum(after.values()) == before + 24
    assert max(after.values()) - min(after.values()) <= 1


# -- two at one dossier ---------------------------------------------------------------------------
@pytest.fixture
def dossier(isolated_database: IsolatedDatabase) -> Iterator[int]:
    """Lies with the specialist; what is written about it is whole afterwards."""
    ended(crowd(isolated_database, "receive", CLERK, 1))
    pk = said(isolated_database)[0]["id"]
    isolated_database.log.write_text("")
    yield pk
    [(revision, *where)] = isolated_database.sql(
        "SELECT revision, step_id, step_kind, step_due_at, assignee_id FROM dossiers_dossier WHERE id = %s",
        pk,
    )
    assert count(isolated_database, "dossiers_move WHERE dossier_id = %s", pk) == revision
    open_steps = isolated_database.sql(
        "SELECT id, kind, due_at, assignee_id FROM dossiers_step WHERE dossier_id = %s AND closed_at IS NULL",
        pk,
    )
    assert open_steps == [tuple(where)]
    isolated_database.run("verify", "--unit", UNIT)


def race(database: IsolatedDatabase, first: tuple[str, str], second: tuple[str, str], pk: int) -> None:
    """The second one waits for the lock that the first one holds, then goes on."""
    held = database.home / "held"
    one = crowd(database, *first, pk, "--hold", held)
    while not held.exists():
        assert one.poll() is None
        time.sleep(0.01)
    two = crowd(database, *second, pk)
    while not database.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' LIMIT 1"):
        assert two.poll() is None
        time.sleep(0.01)
    held.with_suffix(".go").touch()
    ended(one, two)


def test_of_two_who_forward_one_wins_and_the_other_is_told(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    race(isolated_database, ("forward", SPECIALIST), ("forward", SPECIALIST), dossier)
    won, lost = said(isolated_database)
    assert (won["refused"], won["step"]) == ("", "approval")
    assert lost["refused"] == "NotAllowed"


def test_the_leader_approves_while_another_hand_returns_it(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    ended(crowd(isolated_database, "forward", SPECIALIST, dossier))
    isolated_database.log.write_text("")
    race(isolated_database, ("send_back", LEADER), ("approve", LEADER), dossier)
    won, lost = said(isolated_database)
    assert (won["refused"], won["step"]) == ("", "processing")
    assert lost["refused"] == "NotAllowed"


def test_a_wrong_result_recalled_a_second_ago_is_not_given_out(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    """R32: the clerk hands over what the leader is calling back."""
    for name, account in (("forward", SPECIALIST), ("approve", LEADER), ("result", CLERK)):
        ended(crowd(isolated_database, name, account, dossier))
    isolated_database.log.write_text("")
    race(isolated_database, ("recall", LEADER), ("hand_over", CLERK), dossier)
    won, lost = said(isolated_database)
    assert (won["refused"], won["step"]) == ("", "approval")
    assert lost["refused"] == "NotAllowed"
    assert not count(isolated_database, "results_handover WHERE dossier_id = %s", dossier)


def test_a_note_written_while_it_moves_stands_at_the_new_step(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    race(isolated_database, ("forward", SPECIALIST), ("note", CLERK), dossier)
    moved, noted = said(isolated_database)
    assert (moved["refused"], noted["refused"]) == ("", "")
    assert noted["revision"] == moved["revision"] + 1
    [(at,)] = isolated_database.sql(
        "SELECT s.kind FROM dossiers_move m JOIN dossiers_step s ON s.id = m.to_step_id"
        " WHERE m.dossier_id = %s AND m.action = 'note'",
        dossier,
    )
    assert at == "approval"


@pytest.mark.parametrize("second", ["ask", "forward"])
def test_while_one_asks_for_a_supplement_nothing_else_moves_it(
    isolated_database: IsolatedDatabase, dossier: int, second: str
) -> None:
    """R14: two requests at once are one."""
    race(isolated_database, ("ask", SPECIALIST), (second, SPECIALIST), dossier)
    won, lost = said(isolated_database)
    assert (won["refused"], won["step"]) == ("", "supplement")
    assert lost["refused"] == "NotAllowed"
    assert count(isolated_database, "dossiers_supplement WHERE dossier_id = %s", dossier) == 1


def test_the_papers_come_while_the_dossier_is_taken_back(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    ended(crowd(isolated_database, "ask", SPECIALIST, dossier))
    isolated_database.log.write_text("")
    race(isolated_database, ("withdraw", CLERK), ("bring", CLERK), dossier)
    won, lost = said(isolated_database)
    assert (won["refused"], won["step"]) == ("", "return")
    assert lost["refused"] == "NotAllowed"


def test_a_holiday_declared_while_it_moves_leaves_it_on_the_work_list(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    """R10: its new step's due time follows too."""
    [(due,)] = isolated_database.sql("SELECT due_at FROM dossiers_dossier WHERE id = %s", dossier)
    race(isolated_database, ("forward", SPECIALIST), ("holiday", "quantri"), dossier)
    assert [row["refused"] for row in said(isolated_database)] == ["", ""]
    assert isolated_database.sql("SELECT due_at FROM dossiers_dossier WHERE id = %s", dossier) > [(due,)]


# -- two at one apology (R26) ---------------------------------------------------------------------
def apologies_of(database: IsolatedDatabase, pk: int) -> list[tuple[Any, ...]]:
    return database.sql(
        "SELECT drafted_by_id IS NULL, signed_at IS NOT NULL, dropped_at IS NOT NULL FROM dossiers_apology"
        " WHERE dossier_id = %s ORDER BY id",
        pk,
    )


def test_a_letter_is_signed_once_however_often_it_is_clicked(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    ended(crowd(isolated_database, "draft", SPECIALIST, dossier))
    isolated_database.log.write_text("")
    race(isolated_database, ("sign", LEADER), ("sign", LEADER), dossier)
    assert [row["refused"] for row in said(isolated_database)] == ["", "NotAllowed"]
    assert apologies_of(isolated_database, dossier) == [(False, True, False)]


def test_finished_in_time_while_the_leader_signs(isolated_database: IsolatedDatabase, dossier: int) -> None:
    """The draft goes with the finish; the signature that waited for it is told so."""
    for act, who in (("draft", SPECIALIST), ("forward", SPECIALIST), ("approve", LEADER)):
        ended(crowd(isolated_database, act, who, dossier))
    isolated_database.log.write_text("")
    race(isolated_database, ("finish", CLERK), ("sign", LEADER), dossier)
    assert [row["refused"] for row in said(isolated_database)] == ["", "NotAllowed"]
    assert apologies_of(isolated_database, dossier) == [(False, False, True)]


def test_the_software_drafts_while_the_specialist_does(
    isolated_database: IsolatedDatabase, dossier: int
) -> None:
    race(isolated_database, ("draft", SPECIALIST), ("foresee", SPECIALIST), dossier)
    assert [row["refused"] for row in said(isolated_database)] == ["", ""]
    assert apologies_of(isolated_database, dossier) == [(False, False, False)]
