"""Answering a signal, and concluding it. Both are on record in the journal of the unit that was asked."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.journal.chain import digest
from motcua.oversight.access import is_within
from motcua.oversight.errors import SignalRefused
from motcua.oversight.models import Signal, SignalState
from motcua.people.models import Role
from motcua.people.officer import Officer


@transaction.atomic
def answer(officer: Officer, signal_id: int, words: str, at: datetime) -> Signal:
    """The leader of the unit says what there was; again, as long as nobody has concluded. Raises SignalRefused."""
    signal = _locked(signal_id)
    if not may_answer(officer, signal):
        raise SignalRefused(_("Chỉ lãnh đạo của đơn vị được hỏi mới giải trình."))
    if signal.state == SignalState.SOLVED:
        raise SignalRefused(_("Dấu hiệu này đã được kết luận."))
    return _write(
        officer, signal, "answered", words, at, state=SignalState.ANSWERED, answer=words,
        answered_by_id=officer.user_id, answered_at=at,
    )  # fmt: skip


@transaction.atomic
def solve(officer: Officer, signal_id: int, words: str, at: datetime) -> Signal:
    """The supervisor concludes, answered or not. Raises SignalRefused."""
    signal = _locked(signal_id)
    if not may_solve(officer, signal):
        raise SignalRefused(_("Chỉ người giám sát đơn vị này mới kết luận."))
    if signal.state == SignalState.SOLVED:
        raise SignalRefused(_("Dấu hiệu này đã được kết luận."))
    return _write(
        officer, signal, "solved", words, at, state=SignalState.SOLVED, conclusion=words,
        solved_by_id=officer.user_id, solved_at=at,
    )  # fmt: skip


def may_answer(officer: Officer, signal: Signal) -> bool:
    return Role.LEADER in officer.roles_in(signal.unit_id)


def may_solve(officer: Officer, signal: Signal) -> bool:
    return is_within(officer, signal.unit)


def _locked(signal_id: int) -> Signal:
    return Signal.objects.select_related("unit").select_for_update(of=("self",)).get(pk=signal_id)


def _write(officer: Officer, signal: Signal, what: str, words: str, at: datetime, **changes: Any) -> Signal:
    if not words.strip():
        raise SignalRefused(_("Hãy ghi nội dung."))
    signal.salt = signal.salt or secrets.token_hex(16)
    for name, value in changes.items():
        setattr(signal, name, value)
    signal.save(update_fields=["salt", *changes])
    journal.record(
        chain=signal.unit.code,
        kind=f"signal.{what}",
        subject=f"signal:{signal.pk}",
        facts={"kind": signal.kind, "dossier": signal.dossier_id, "words": digest(signal.salt, words)},
        actor_id=officer.user_id,
        at=at,
    )
    return signal
