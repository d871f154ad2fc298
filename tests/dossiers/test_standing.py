"""The mark on a dossier's page: it holds only when everything fits, and finds what was changed by hand (R27)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.standing import Standing, standing
from motcua.journal import seals
from motcua.journal.marks import Mark, mark
from motcua.journal.models import Doubt, Entry, Head
from tests.cast import MONDAY, Played, received
from tests.dossiers.lives import Desk, entries_of
from tests.journal.tampering import change, disarm, rehash, remove

DAY = timedelta(days=1)


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Between others of its unit, and returned."""
    received(desk.clerk)
    made = desk.returned()
    received(desk.clerk)
    return made


def test_an_untouched_one_holds_at_every_stage(desk: Desk) -> None:
    stages = (
        desk.at_reception,
        desk.at_processing,
        desk.at_approval,
        desk.at_return,
        desk.done,
        desk.returned,
    )
    for stage in stages:
        assert standing(stage().pk) == Standing(holds=True, sealed_on=None, is_sealed=False)
    assert not Doubt.objects.exists()


def test_says_which_published_day_has_all_of_it(dossier: Dossier, specialist: Played) -> None:
    today = timezone.localdate()
    seals.seal_days(timezone.now() + DAY)
    assert standing(dossier.pk) == Standing(holds=True, sealed_on=today, is_sealed=True)


def test_what_is_newer_than_the_last_seal_is_not_said_to_be_published(desk: Desk) -> None:
    dossier = desk.at_processing()
    seals.seal_days(timezone.now() + DAY)
    actions.note(desk.clerk.act(), dossier.pk, words="mới")
    found = standing(dossier.pk)
    assert (found.holds, found.is_sealed) == (True, False)


def not_holding(dossier: Dossier, caplog: pytest.LogCaptureFixture) -> None:
    """It says so, keeps the place once, and logs no person."""
    for _ in range(2):
        assert not standing(dossier.pk).holds
    assert Doubt.objects.get().subject == f"dossier:{dossier.pk}"
    assert f"dossier:{dossier.pk}" in caplog.text
    assert not [words for words in ("Nguyễn", dossier.code, "046199") if words in caplog.text]


@pytest.mark.parametrize(
    "column", [{"facts": "{}"}, {"actor_id": None}, {"at": MONDAY - DAY}, {"hash": "f" * 64}, {"kind": "x"}]
)
def test_an_altered_entry_shows(dossier: Dossier, caplog, column: dict[str, object]) -> None:
    disarm()
    change(entries_of(dossier)[1], **column)
    not_holding(dossier, caplog)


def test_an_altered_entry_with_a_fitting_hash_shows_at_its_neighbour(dossier: Dossier, caplog) -> None:
    disarm()
    entry = entries_of(dossier)[2]
    rehash(change(entry, at=entry.at + timedelta(seconds=1)))
    not_holding(dossier, caplog)


def test_a_last_entry_that_is_not_the_head_shows(desk: Desk, caplog) -> None:
    dossier = desk.at_processing()
    disarm()
    Head.objects.update(hash="f" * 64)
    not_holding(dossier, caplog)


def test_a_removed_entry_shows(desk: Desk, caplog) -> None:
    dossier = desk.at_approval()
    _first, second, last = entries_of(dossier)
    disarm()
    remove(last)
    Head.objects.update(number=second.number, hash=second.hash)
    not_holding(dossier, caplog)


@pytest.mark.parametrize(
    "column", [{"due_at": MONDAY + 30 * DAY}, {"punctuality": "late"}, {"outcome": "refused"}]
)
def test_a_row_changed_by_hand_shows(dossier: Dossier, caplog, column: dict[str, object]) -> None:
    """R15: nobody can move the clock by hand."""
    Dossier.objects.filter(pk=dossier.pk).update(**column)
    not_holding(dossier, caplog)


@pytest.mark.parametrize("column", [{"words": "Khác"}, {"by": None}, {"at": MONDAY}])
def test_a_move_changed_by_hand_shows(dossier: Dossier, caplog, column: dict[str, object]) -> None:
    Move.objects.filter(dossier=dossier, number=3).update(**column)
    not_holding(dossier, caplog)


def test_a_chain_that_no_longer_leads_to_what_was_published_shows(dossier: Dossier) -> None:
    """Forged and hashed anew as a whole, before this dossier: its own entries fit, the published seal does not."""
    seals.seal_days(timezone.now() + DAY)
    disarm()
    last = Entry.objects.latest("number")
    last = rehash(change(last, at=last.at + DAY))
    Head.objects.update(hash=last.hash)
    assert not standing(dossier.pk).holds


def test_an_act_between_two_queries_is_no_break(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = desk.at_processing()
    asked: list[str] = []

    def meanwhile(subject: str, chain: str) -> Mark:
        if not asked:
            actions.note(desk.clerk.act(), dossier.pk, words="vừa lúc ấy")
        asked.append(subject)
        return mark(subject, chain)

    monkeypatch.setattr("motcua.dossiers.standing.mark", meanwhile)
    assert standing(dossier.pk).holds
    assert len(asked) == 2
    assert not Doubt.objects.exists()


def test_costs_the_same_however_long_the_history_is(desk: Desk) -> None:
    dossier, costs = desk.at_processing(), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert standing(dossier.pk).holds
        costs.append(len(asked))
        for number in range(20):
            actions.note(desk.clerk.act(), dossier.pk, words=f"{number}")
        received(desk.clerk)
    assert costs == [4, 4]


def test_a_page_that_has_row_and_moves_already_pays_half(desk: Desk) -> None:
    dossier = queries.get(desk.clerk.officer, desk.at_processing().code)
    way = queries.moves(dossier)
    with CaptureQueriesContext(connection) as asked:
        assert standing(dossier.pk, seen=dossier, way=way).holds
    assert len(asked) == 2


def test_what_such_a_page_has_is_looked_at_too(desk: Desk) -> None:
    """An act that came since is no break; a row or a word that was changed is one."""
    dossier = queries.get(desk.clerk.officer, desk.at_processing().code)
    way = queries.moves(dossier)
    actions.note(desk.clerk.act(), dossier.pk, words="vừa lúc ấy")
    assert standing(dossier.pk, seen=dossier, way=way).holds
    assert not Doubt.objects.exists()
    Dossier.objects.filter(pk=dossier.pk).update(due_at=dossier.due_at + DAY)
    dossier = queries.get(desk.clerk.officer, dossier.code)
    assert not standing(dossier.pk, seen=dossier, way=queries.moves(dossier)).holds


def test_nothing_of_the_person_is_read(desk: Desk) -> None:
    """The page may be one for everybody (R51)."""
    dossier = desk.at_processing()
    with CaptureQueriesContext(connection) as asked:
        standing(dossier.pk)
    sql = " ".join(query["sql"] for query in asked)
    assert not [
        name for name in ("applicant_name", "phone", '"email"', "search") if f'dossier"."{name}' in sql
    ]
