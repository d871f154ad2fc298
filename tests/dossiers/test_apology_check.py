"""An apology changed past the software is found by `motcua verify` (R26, R27)."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers.actions import Letter
from motcua.dossiers.apology_check import disagreements
from motcua.dossiers.choices import LateReason
from motcua.dossiers.models import Apology
from tests.cast import GUARDIANSHIP
from tests.config.commands import motcua
from tests.dossiers.lives import HOUR, Desk
from tests.dossiers.test_apology import IN_TIME, drafted, signed

UNIT = "19798"
LETTER = Letter(LateReason.VERIFICATION, "Phải xác minh tại tổ dân phố.")


def found() -> list[str]:
    return list(disagreements(UNIT))


def tampered(apology: Apology, **columns: Any) -> str:
    """The one line that is said of it."""
    Apology.objects.filter(pk=apology.pk).update(**columns)
    [line] = found()
    assert line.startswith(f"{apology.dossier.code}: apology {apology.pk} ")
    return line


@pytest.fixture
def letter(desk: Desk) -> Apology:
    _dossier, apology = drafted(desk, letter=LETTER)
    signed(desk, apology, LETTER)
    return Apology.objects.select_related("dossier").get()


def test_what_was_signed_holds(letter: Apology) -> None:
    assert found() == []


def test_a_reason_or_a_word_changed_afterwards_shows(letter: Apology, capsys) -> None:
    assert tampered(letter, reason="complex", text="").endswith("differs from what was signed: reason")
    assert tampered(letter, reason="verification", text="Lỗi của dân.").endswith(": text")
    said = motcua(capsys, "verify")
    assert (said.status, "apologies differ" in said.err) == (1, True)


def test_a_signature_made_earlier_shows(letter: Apology) -> None:
    """Late signatures are counted."""
    assert "was not signed as its entry says" in tampered(letter, signed_at=IN_TIME - HOUR)


@pytest.mark.parametrize(
    ("column", "said"),
    [("new_due_at", "appointment_at"), ("old_due_at", "due_at"), ("sign_by", "in_time")],
)
def test_a_moment_moved_shows(letter: Apology, column: str, said: str) -> None:
    moved = getattr(letter, column) - timedelta(days=9)
    assert tampered(letter, **{column: moved}).endswith(f": {said}")


def test_a_signature_that_nobody_gave_shows(desk: Desk) -> None:
    _dossier, apology = drafted(desk)
    assert "was not signed" in tampered(apology, signed_at=IN_TIME, signed_by=desk.leader.user)


def test_a_draft_dropped_or_made_by_hand_shows(desk: Desk) -> None:
    _dossier, apology = drafted(desk)
    assert "was not dropped" in tampered(apology, dropped_at=IN_TIME)
    Apology.objects.filter(pk=apology.pk).update(dropped_at=None)
    apology.pk, apology.dossier = None, desk.at_processing(code=GUARDIANSHIP)
    apology.save()
    [line] = found()
    assert line.endswith("was drafted by no act")


def test_a_letter_taken_away_is_missed(letter: Apology) -> None:
    pk = letter.pk
    letter.delete()
    assert found() == [f"{UNIT}: apology {pk} is told of and gone"]
