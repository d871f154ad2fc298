"""Note and attach: adding to a dossier without moving it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.files import actions as files
from motcua.journal.chain import digest
from motcua.rules.workflow import Action
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, entries_of, stored

LATER = MONDAY + 5 * HOUR


@pytest.fixture
def scan(desk: Desk):
    return files.keep(
        b"%PDF-1.7 a scan", name="quet.pdf", content_type="application/pdf", uploaded_by_id=desk.clerk.user.pk
    )


def test_a_note_stays_where_the_dossier_stands(desk: Desk) -> None:
    dossier = desk.at_processing()
    actions.note(desk.other.act(LATER), dossier.pk, words="  Đã gọi cho dân. ")
    now, move = stored(dossier), dossier.moves.latest("number")
    assert (move.action, move.words) == (Action.NOTE, "Đã gọi cho dân.")
    assert move.from_step_id == move.to_step_id == now.step_id
    assert (now.assignee_id, now.revision) == (desk.specialist.user.pk, 3)


def test_an_empty_note_is_refused(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(Incomplete, match="trống") as refusal:
        actions.note(desk.clerk.act(LATER), dossier.pk, words=" ")
    assert refusal.value.field == "words"


def test_a_closed_dossier_takes_no_note(desk: Desk) -> None:
    dossier = desk.returned()
    with pytest.raises(NotAllowed, match="Đã trả kết quả"):
        actions.note(desk.clerk.act(LATER), dossier.pk, words="Muộn.")


def test_who_only_watches_writes_nothing(desk: Desk, supervisor) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.note(supervisor.act(LATER), dossier.pk, words="Nhanh lên.")


def test_the_journal_has_the_digest_of_a_note_and_not_its_words(desk: Desk) -> None:
    """Personal data can be erased lawfully without touching the chain."""
    dossier = desk.at_processing()
    actions.note(desk.clerk.act(LATER), dossier.pk, words="Đã gọi cho dân.")
    move, entry = dossier.moves.latest("number"), entries_of(dossier)[-1]
    assert entry.read_facts()["words"] == digest(move.salt, "Đã gọi cho dân.")
    assert "gọi" not in entry.facts


def test_the_same_note_twice_has_two_digests(desk: Desk) -> None:
    """Else a short note could be guessed from its digest after it was erased."""
    dossier = desk.at_processing()
    for _ in range(2):
        actions.note(desk.clerk.act(LATER), dossier.pk, words="Có")
    first, second = (entry.read_facts()["words"] for entry in entries_of(dossier)[-2:])
    assert first != second


def test_a_file_is_attached_with_its_fingerprint_in_the_journal(desk: Desk, scan) -> None:
    dossier = desk.at_processing()
    actions.attach(desk.specialist.act(LATER), dossier.pk, scan, words="Bản quét")
    attachment = dossier.attachments.get()
    assert (attachment.file, attachment.move.action) == (scan, Action.ATTACH)
    facts = entries_of(dossier)[-1].read_facts()
    assert (facts["file"], facts["sha256"]) == (scan.pk, scan.sha256)


def test_nothing_is_attached_to_a_closed_dossier(desk: Desk, scan) -> None:
    dossier = desk.returned()
    with pytest.raises(NotAllowed):
        actions.attach(desk.clerk.act(LATER), dossier.pk, scan)
    assert dossier.attachments.count() == 0
