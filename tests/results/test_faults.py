"""A wrong result: kept as it was, marked, and made anew (Đ.21.1, R32)."""

import pytest

from motcua.dossiers.errors import Incomplete, NotAllowed, Stale
from motcua.files import actions as files
from motcua.results import actions as results
from motcua.results import faults
from motcua.results.actions import Collected, ResultFacts
from motcua.results.faults import Recall
from motcua.results.models import HandOver, RecalledResult, Result
from motcua.rules.workflow import State
from tests.cast import MONDAY
from tests.dossiers.lives import HERSELF, HOUR, WRONG, Desk, entries_of, stored, trace

LATER = MONDAY + 6 * HOUR
RIGHT = ResultFacts(number="13/QĐ-UBND", signer="Nguyễn Văn Hùng")


def test_what_was_wrong_is_kept_with_why_and_whether_it_came_back(desk: Desk) -> None:
    """R32."""
    dossier = desk.correcting()
    assert not Result.objects.filter(dossier=dossier).exists()
    wrong = RecalledResult.objects.get(dossier=dossier)
    assert (wrong.kind, wrong.number, wrong.signer) == ("paper", "12/QĐ-UBND", "Nguyễn Văn Hùng")
    assert (wrong.why, wrong.was_with_citizen, wrong.came_back) == ("Sai năm sinh của trẻ.", True, True)
    assert (wrong.by_id, wrong.at) == (desk.leader.user.pk, MONDAY + 5 * HOUR)
    assert wrong.issued_at == MONDAY + 3 * HOUR


def test_found_before_the_citizen_had_it_there_is_nothing_to_give_back(desk: Desk) -> None:
    dossier = desk.done()
    faults.recall(desk.leader.act(LATER), dossier.pk, WRONG)
    wrong = RecalledResult.objects.get(dossier=dossier)
    assert (wrong.was_with_citizen, wrong.came_back) == (False, False)


def test_both_hand_overs_are_on_record(desk: Desk) -> None:
    """R31, R32."""
    dossier = desk.correcting()
    faults.reissue(desk.leader.act(LATER), dossier.pk, RIGHT)
    result = Result.objects.get(dossier=dossier)
    assert (result.number, result.issued_at) == ("13/QĐ-UBND", LATER)
    results.hand_over(desk.clerk.act(LATER + HOUR), dossier.pk, Collected("Trần Văn Hộ"))
    given = HandOver.objects.filter(dossier=dossier).order_by("at").values_list("to_name", flat=True)
    assert list(given) == [HERSELF.to_name, "Trần Văn Hộ"]
    assert stored(dossier).state == State.RETURNED


def test_a_file_is_recalled_with_its_bytes(desk: Desk) -> None:
    dossier = desk.at_return()
    pdf = files.keep(b"%PDF-1.7", name="kq.pdf", content_type="application/pdf", uploaded_by_id=None)
    results.record(desk.clerk.act(MONDAY + 3 * HOUR), dossier.pk, ResultFacts(file=pdf))
    faults.recall(desk.leader.act(LATER), dossier.pk, WRONG)
    assert RecalledResult.objects.get(dossier=dossier).file == pdf


@pytest.mark.parametrize("facts", [ResultFacts(), ResultFacts(number="  ")])
def test_a_correction_is_a_result(desk: Desk, facts: ResultFacts) -> None:
    dossier = desk.correcting()
    before = trace(dossier)
    with pytest.raises(Incomplete) as refusal:
        faults.reissue(desk.leader.act(LATER), dossier.pk, facts)
    assert refusal.value.field == "number"
    assert trace(dossier) == before


def test_a_dossier_without_a_result_has_none_to_recall(desk: Desk) -> None:
    """A withdrawn one, say."""
    dossier = desk.done()
    Result.objects.all().delete()
    with pytest.raises(NotAllowed, match="không có kết quả"):
        faults.recall(desk.leader.act(LATER), dossier.pk, WRONG)


def test_the_clerk_who_hands_it_over_at_that_moment_is_told(desk: Desk) -> None:
    dossier = desk.done()
    seen = dossier.revision
    faults.recall(desk.leader.act(LATER, seen), dossier.pk, WRONG)
    with pytest.raises(Stale, match="thu hồi"):
        results.hand_over(desk.clerk.act(LATER, seen), dossier.pk, HERSELF)
    with pytest.raises(NotAllowed):
        results.hand_over(desk.clerk.act(LATER), dossier.pk, HERSELF)


def test_the_journal_names_neither_result_nor_reason(desk: Desk) -> None:
    """R27."""
    told = "".join(entry.facts for entry in entries_of(desk.correcting()))
    assert "12/QĐ" not in told
    assert "năm sinh" not in told


@pytest.mark.parametrize("day", ["2026-11-17", "2026-11-15"])
def test_nobody_signed_it_tomorrow_or_before_it_was_asked_for(desk: Desk, day: str) -> None:
    dossier = desk.at_return()
    before = trace(dossier)
    facts = ResultFacts(number="1", signed_on=MONDAY.date().fromisoformat(day))
    with pytest.raises(Incomplete, match="Ngày ký") as refusal:
        results.record(desk.clerk.act(LATER), dossier.pk, facts)
    assert refusal.value.field == "signed_on"
    assert trace(dossier) == before


def test_without_a_reason_the_result_stands(desk: Desk) -> None:
    dossier = desk.returned()
    with pytest.raises(Incomplete):
        faults.recall(desk.leader.act(LATER), dossier.pk, Recall(" "))
    assert Result.objects.filter(dossier=dossier).exists()
    assert not RecalledResult.objects.exists()
