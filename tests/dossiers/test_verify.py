"""A verification on record: time, place, people, content (Đ.19.3, R21)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions import Facts
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Verification
from motcua.dossiers.queries import disagreements
from motcua.journal.chain import digest
from motcua.journal.models import Entry
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

NOW = MONDAY + 3 * HOUR
SEEN = Facts(MONDAY + HOUR, "12 Chi Lăng", "Bà Thử, tổ trưởng Nguyễn Văn Tổ", "Nhà có người giám hộ thật.")


def test_time_place_people_and_content_are_kept(desk: Desk) -> None:
    """R21."""
    dossier = desk.at_processing()
    actions.verify(desk.specialist.act(NOW), dossier.pk, SEEN)
    written = Verification.objects.get(dossier=dossier)
    assert (written.at, written.place, written.people, written.content) == (
        SEEN.at,
        SEEN.place,
        SEEN.people,
        SEEN.content,
    )
    assert (written.by_id, written.recorded_at) == (desk.specialist.user.pk, NOW)


def test_it_stops_no_clock_and_moves_nothing(desk: Desk) -> None:
    """R15, R21."""
    dossier = stored(desk.at_processing())
    actions.verify(desk.specialist.act(NOW), dossier.pk, SEEN)
    now = stored(dossier)
    assert (now.due_at, now.step_id, now.step_due_at, now.paused_at) == (
        dossier.due_at,
        dossier.step_id,
        dossier.step_due_at,
        None,
    )


def test_the_journal_holds_every_word_by_its_digest_and_names_nobody(desk: Desk) -> None:
    """R21, R27."""
    dossier = desk.at_processing()
    actions.verify(desk.specialist.act(NOW), dossier.pk, SEEN)
    move = stored(dossier).moves.latest("number")
    for words in ("10:00, 16/11/2026", SEEN.place, SEEN.people, SEEN.content):
        assert words in move.words
    assert entries_of(dossier)[-1].read_facts()["words"] == digest(move.salt, move.words)
    assert not Entry.objects.filter(facts__contains="Chi L").exists()
    assert list(disagreements("19798")) == []


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"at": NOW + timedelta(minutes=1)}, "at", "tương lai"),
        ({"at": MONDAY - timedelta(minutes=1)}, "at", "trước lúc nhận hồ sơ"),
        ({"place": " "}, "place", "địa điểm"),
        ({"people": ""}, "people", "thành phần"),
        ({"content": "\n"}, "content", "nội dung"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    desk: Desk, wrong: dict[str, Any], field: str, words: str
) -> None:
    """R21: neither tomorrow nor before the dossier was there."""
    dossier = desk.at_processing()
    before = trace(dossier)
    with pytest.raises(Incomplete, match=words) as refusal:
        actions.verify(desk.specialist.act(NOW), dossier.pk, replace(SEEN, **wrong))
    assert refusal.value.field == field
    assert trace(dossier) == before
    assert not Verification.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "other", "leader"])
def test_only_who_holds_it_verifies(desk: Desk, who: str) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed):
        actions.verify(getattr(desk, who).act(NOW), dossier.pk, SEEN)
