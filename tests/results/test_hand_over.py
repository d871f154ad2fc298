"""Handing over: to whom, when, how, and what went back (Đ.20, R31)."""

import pytest

from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.errors import Incomplete, NotAllowed, Stale
from motcua.results import actions as results
from motcua.results.actions import Collected
from motcua.results.models import HandOver
from motcua.rules.workflow import State
from tests.cast import MONDAY
from tests.dossiers.lives import HERSELF, HOUR, Desk, entries_of, stored, trace

LATER = MONDAY + 5 * HOUR


def test_it_is_written_down_to_whom_when_and_how(desk: Desk) -> None:
    """R31."""
    dossier = desk.done()
    collected = Collected(
        to_name=" Trần Văn Hộ ",
        to_id_number="046180000111",
        is_proxy=True,
        method=ReturnMethod.POST,
        originals="Giấy chứng sinh",
    )
    results.hand_over(desk.clerk.act(LATER), dossier.pk, collected)
    written = HandOver.objects.get(dossier=dossier)
    assert (written.to_name, written.to_id_number, written.is_proxy) == ("Trần Văn Hộ", "046180000111", True)
    assert (written.method, written.originals) == ("post", "Giấy chứng sinh")
    assert (written.by_id, written.at) == (desk.clerk.user.pk, LATER)
    assert (stored(dossier).state, stored(dossier).returned_at) == (State.RETURNED, LATER)


def test_nobody_is_nobody(desk: Desk) -> None:
    dossier = desk.done()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        results.hand_over(desk.clerk.act(LATER), dossier.pk, Collected(to_name="  "))
    assert refusal.value.field == "to_name"
    assert trace(dossier) == before


def test_it_is_handed_over_once(desk: Desk) -> None:
    dossier = desk.returned()
    with pytest.raises(NotAllowed):
        results.hand_over(desk.clerk.act(LATER), dossier.pk, Collected(to_name="Người Khác"))
    assert HandOver.objects.get(dossier=dossier).to_name == HERSELF.to_name


def test_before_there_is_a_result_there_is_nothing_to_hand_over(desk: Desk) -> None:
    dossier = desk.at_return()
    with pytest.raises(NotAllowed):
        results.hand_over(desk.clerk.act(LATER), dossier.pk, HERSELF)
    assert not HandOver.objects.exists()


def test_of_two_counters_the_second_is_told(desk: Desk) -> None:
    dossier = desk.done()
    seen = dossier.revision
    results.hand_over(desk.clerk.act(LATER, revision=seen), dossier.pk, HERSELF)
    with pytest.raises(Stale, match="trả kết quả"):
        results.hand_over(desk.clerk.act(LATER, revision=seen), dossier.pk, HERSELF)


def test_the_journal_does_not_say_who_came_for_it(desk: Desk) -> None:
    dossier = desk.returned()
    told = "".join(entry.facts for entry in entries_of(dossier))
    assert HERSELF.to_name not in told
    assert HERSELF.to_id_number not in told
