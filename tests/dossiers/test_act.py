"""What all acts share: who may, on what was seen, at what time; and that each writes one move and one entry."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Facts, Loss, Scan
from motcua.dossiers.actions.act import state_facts, write
from motcua.dossiers.choices import ACTIONS, PUNCTUALITY, STATES, STEPS
from motcua.dossiers.errors import NotAllowed, NotFound, Stale
from motcua.dossiers.models import Dossier, ReceivedPaper
from motcua.journal.chain import canonical, digest
from motcua.people.models import Role
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import TABLE, Action, State, StepKind
from tests.cast import MONDAY, Played
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

LATER = MONDAY + 6 * HOUR


def _paper(dossier_id: int) -> int:
    return ReceivedPaper.objects.filter(dossier=dossier_id).values_list("pk", flat=True).first() or 0


Acting = Callable[[Desk, int, Any], Dossier]
ACTS: dict[str, tuple[str, str, Acting]] = {
    "forward": (
        "at_processing",
        "specialist",
        lambda _desk, pk, act: actions.forward(act, pk, words="Đã xem"),
    ),
    "send_back": ("at_approval", "leader", lambda _desk, pk, act: actions.send_back(act, pk, words="Thiếu")),
    "approve": ("at_approval", "leader", lambda _desk, pk, act: actions.approve(act, pk, words="Đồng ý")),
    "take": ("at_processing", "specialist", lambda _desk, pk, act: actions.take(act, pk)),
    "note": ("at_processing", "clerk", lambda _desk, pk, act: actions.note(act, pk, words="Đã gọi")),
    "finish": ("at_return", "clerk", lambda _desk, pk, act: actions.finish(act, pk)),
    "hand_over": ("done", "clerk", lambda _desk, pk, act: actions.hand_over(act, pk)),
    "verify": (
        "at_processing",
        "specialist",
        lambda _desk, pk, act: actions.verify(act, pk, Facts(MONDAY + HOUR, "Tổ 3", "Hai bên", "Đúng")),
    ),
    "scan": (
        "at_processing",
        "clerk",
        lambda _desk, pk, act: actions.scan(act, pk, [Scan(_paper(pk), None, "Khổ lớn")]),
    ),
    "record_loss": (
        "at_approval",
        "leader",
        lambda desk, pk, act: actions.record_loss(
            act, pk, Loss("Sổ hộ khẩu", desk.clerk.user.pk, "Xin cấp lại")
        ),
    ),
    "recall": ("done", "leader", lambda _desk, pk, act: actions.recall(act, pk, words="Sai tên")),
    "reissue": ("correcting", "leader", lambda _desk, pk, act: actions.reissue(act, pk, words="Sửa tên")),
}
EACH = pytest.mark.parametrize("name", ACTS)


def ready(desk: Desk, name: str) -> tuple[Dossier, Played, Acting]:
    point, who, acting = ACTS[name]
    return getattr(desk, point)(), getattr(desk, who), acting


@EACH
def test_every_act_writes_one_move_and_one_entry_that_say_what_the_row_says(desk: Desk, name: str) -> None:
    """R27."""
    dossier, who, acting = ready(desk, name)
    revision, told = dossier.revision, len(entries_of(dossier))
    acting(desk, dossier.pk, who.act(LATER))
    now = stored(dossier)
    assert now.revision == now.moves.count() == revision + 1
    entries = entries_of(dossier)
    assert len(entries) == told + 1
    move, entry = now.moves.latest("number"), entries[-1]
    assert (move.number, move.action, move.by_id, move.at) == (now.revision, name, who.user.pk, LATER)
    assert (entry.pk, entry.kind, entry.actor_id, entry.at) == (
        move.entry_id,
        f"dossier.{name}",
        who.user.pk,
        LATER,
    )
    facts = entry.read_facts()
    assert facts | json.loads(canonical(state_facts(now))) == facts
    assert facts["words"] == digest(move.salt, move.words)


@EACH
def test_the_row_in_hand_is_the_row_stored(desk: Desk, name: str) -> None:
    """What an act gives back can be shown without reading it again."""
    dossier, who, acting = ready(desk, name)
    given = acting(desk, dossier.pk, who.act(LATER))
    names = [column.attname for column in Dossier._meta.concrete_fields]
    now = stored(dossier)
    assert {n: getattr(given, n) for n in names} == {n: getattr(now, n) for n in names}


@EACH
def test_an_outsider_does_not_learn_that_it_exists(desk: Desk, outsider: Played, name: str) -> None:
    """R27."""
    dossier, _who, acting = ready(desk, name)
    before = trace(dossier)
    with pytest.raises(NotFound) as hidden:
        acting(desk, dossier.pk, outsider.act(LATER))
    with pytest.raises(NotFound) as missing:
        acting(desk, dossier.pk + 1_000_000, outsider.act(LATER))
    assert str(hidden.value) == str(missing.value)
    assert trace(dossier) == before


@EACH
def test_of_two_browsers_the_second_is_told_who_was_quicker(desk: Desk, name: str) -> None:
    dossier, who, acting = ready(desk, name)
    seen = dossier.revision
    actions.note(desk.other.act(MONDAY + 5 * HOUR), dossier.pk, words="Đã gọi cho dân.")
    before = trace(dossier)
    with pytest.raises(Stale) as refusal:
        acting(desk, dossier.pk, who.act(LATER, revision=seen))
    for fact in ("Lê Thị Thu", "ghi chú", "14:00, 16/11/2026"):
        assert fact in str(refusal.value)
    assert trace(dossier) == before


@EACH
def test_who_saw_the_latest_may_go_on(desk: Desk, name: str) -> None:
    dossier, who, acting = ready(desk, name)
    acting(desk, dossier.pk, who.act(LATER, revision=dossier.revision))
    assert stored(dossier).revision == dossier.revision + 1


@EACH
def test_nothing_happens_before_the_dossier_came_to_its_step(desk: Desk, name: str) -> None:
    """A clock that runs behind would write a past that never was."""
    dossier, who, acting = ready(desk, name)
    before = trace(dossier)
    assert dossier.step is not None
    with pytest.raises(NotAllowed, match="đồng hồ"):
        acting(desk, dossier.pk, who.act(dossier.step.opened_at - timedelta(minutes=1)))
    assert trace(dossier) == before


@EACH
def test_a_role_elsewhere_is_no_role_here(desk: Desk, supervisor: Played, name: str) -> None:
    """Who watches the province sees the dossier and still can't touch it."""
    dossier, _who, acting = ready(desk, name)
    assert queries.get(supervisor.officer, dossier.code) == dossier
    with pytest.raises(NotAllowed, match="vai trò"):
        acting(desk, dossier.pk, supervisor.act(LATER))


def test_a_row_changed_past_the_actions_is_not_overwritten(desk: Desk) -> None:
    """Belt and braces: the one UPDATE names the revision that it read."""
    from motcua.dossiers.actions.act import load, write

    dossier = load(desk.clerk.act(LATER), desk.at_processing().pk)
    Dossier.objects.filter(pk=dossier.pk).update(revision=7)
    with pytest.raises(Stale):
        write(desk.clerk.act(LATER), dossier, Action.NOTE)


# -- words and tables that must not fall behind the workflow -------------------------------------
def test_every_value_has_its_words() -> None:
    assert set(STATES) == set(State)
    assert set(STEPS) == set(StepKind)
    assert set(PUNCTUALITY) == set(Punctuality)
    assert set(ACTIONS) == set(Action)


def test_the_tables_roles_are_peoples_roles() -> None:
    assert {role for rule in TABLE for role in rule.roles} <= set(Role.values)


def test_no_fact_of_an_act_hides_one_of_the_dossier(desk: Desk) -> None:
    """R27: what `motcua verify` compares must be what the dossier was."""
    dossier = desk.at_processing()
    with pytest.raises(ValueError, match="punctuality"):
        write(desk.clerk.act(MONDAY + HOUR), dossier, Action.NOTE, facts={"punctuality": "late"})
