"""What was changed past the actions shows: every row, move and word is held against the journal (R15, R27)."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Move, Step
from motcua.dossiers.queries import disagreements
from motcua.people.actions import correct_calendar
from motcua.people.models import DayKind
from tests.cast import MONDAY, Played, received
from tests.dossiers.lives import HOUR, Desk, stored

UNIT = "19798"


def found() -> list[str]:
    return list(disagreements(UNIT))


def tamper(dossier: Dossier, **values: Any) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(**values)


def test_a_life_by_the_actions_agrees(desk: Desk) -> None:
    desk.returned()
    dossier = desk.at_approval()
    actions.send_back(desk.leader.act(MONDAY + 5 * HOUR), dossier.pk, words="Thiếu chữ ký.")
    actions.note(desk.other.act(MONDAY + 6 * HOUR), dossier.pk, words="Đã gọi.")
    assert found() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_at", MONDAY + timedelta(days=30)),
        ("received_at", MONDAY - HOUR),
        ("finished_at", MONDAY + 2 * HOUR),
        ("returned_at", MONDAY + 9 * HOUR),
        ("step_due_at", MONDAY),
        ("punctuality", "late"),
        ("outcome", "refused"),
        ("state", "processing"),
        ("channel", "online"),
        ("limit", "30 working days"),
        ("code", "000.19.01.H57-261116-0009"),
        ("register_number", 9),
        ("register_year", 2025),
        ("revision", 9),
        ("step_kind", "approval"),
    ],
)
def test_a_column_changed_by_hand_is_named(desk: Desk, column: str, value: object) -> None:
    tamper(desk.returned(), **{column: value})
    fact = {"register_number": "register", "register_year": "register", "step_kind": "step"}.get(
        column, column
    )
    [line] = found()
    assert fact in line
    assert "outside the journal" in line


def test_the_wrong_hands_show(desk: Desk) -> None:
    tamper(desk.at_processing(), assignee=desk.other.user)
    assert "holder" in found()[0]


@pytest.mark.parametrize(
    ("column", "value", "act"),
    [
        ("due_at", MONDAY + timedelta(days=30), "note"),
        ("received_at", MONDAY - HOUR, "note"),
        ("limit", "30 working days", "note"),
        ("channel", "online", "note"),
        ("register_number", 9, "note"),
        ("punctuality", "late", "hand_over"),
        ("finished_at", MONDAY + 2 * HOUR, "hand_over"),
        ("outcome", "refused", "hand_over"),
    ],
)
def test_an_act_afterwards_does_not_wash_it_clean(desk: Desk, column: str, value: object, act: str) -> None:
    """R15: the entry of the next act would say the wrong date as if it had always been so."""
    dossier = desk.done()
    tamper(dossier, **{column: value})
    later = desk.clerk.act(MONDAY + 9 * HOUR)
    if act == "note":
        actions.note(later, dossier.pk, words="Đã gọi.")
    else:
        actions.hand_over(later, dossier.pk)
    [line] = found()
    assert column.removesuffix("_number") in line


def test_a_recount_says_that_the_due_time_moves(desk: Desk, administrator: Played) -> None:
    """R10: the one act that moves it is no disagreement, and its words say why."""
    dossier = desk.at_processing()
    day = MONDAY.date() + timedelta(days=1)
    correct_calendar(administrator.officer, day, DayKind.OFF, "QĐ 99/QĐ-UBND")
    midnight = MONDAY.replace(hour=0) + timedelta(days=1)
    assert actions.recount(midnight, midnight + timedelta(days=1), at=MONDAY + HOUR, why="QĐ 99/QĐ-UBND") == 1
    assert stored(dossier).due_at > dossier.due_at
    assert found() == []


# -- moves ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("words", "Đủ điều kiện!"),
        ("words", ""),
        ("salt", "00"),
        ("action", "take"),
        ("at", MONDAY - HOUR),
        ("by_id", 1),
        ("number", 9),
        ("entry_id", 1_000_000),
    ],
)
def test_a_move_changed_by_hand_is_named(desk: Desk, column: str, value: object) -> None:
    """R27, R42: who did what, and when, stands in the moves."""
    dossier = desk.at_approval()
    Move.objects.filter(dossier=dossier, number=3).update(**{column: value})
    assert any(line.startswith(f"{dossier.code}: move ") for line in found())


def test_a_move_deleted_is_missed(desk: Desk) -> None:
    dossier = desk.at_approval()
    Move.objects.filter(dossier=dossier, number=2).delete()
    assert found() == [f"{UNIT}: 1 entries have no move"]


def test_a_move_put_in_is_named(desk: Desk) -> None:
    dossier = desk.at_approval()
    Move.objects.create(dossier=dossier, number=9, action="note", at=MONDAY, entry_id=1_000_000)
    [line] = found()
    assert line.startswith(f"{dossier.code}: move 9 ")


# -- whole dossiers -------------------------------------------------------------------------------
def test_a_deleted_dossier_is_missed(desk: Desk) -> None:
    dossier = desk.at_processing()
    kept = desk.at_processing()
    tamper(dossier, step=None)
    Step.objects.filter(dossier=dossier).delete()
    Move.objects.filter(dossier=dossier).delete()
    dossier.papers.all().delete()
    Dossier.objects.filter(pk=dossier.pk).delete()
    lines = found()
    assert f"{dossier.code}: the dossier (row {dossier.pk}) is gone" in lines
    assert not any(kept.code in line for line in lines)


def test_a_dossier_put_in_is_named(desk: Desk) -> None:
    row = stored(desk.at_processing())
    row.pk, row.code, row.register_number, row.step = None, "000.19.01.H57-261116-0009", 9, None
    row._state.adding = True
    row.save()
    assert found() == ["000.19.01.H57-261116-0009: no entry tells of this dossier"]


def test_each_unit_is_held_against_its_own_chain(desk: Desk, outsider: Played) -> None:
    tamper(received(outsider), due_at=MONDAY)
    assert found() == []
    assert list(disagreements("20068"))
