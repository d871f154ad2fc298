"""Mẫu 05: the way of a dossier from hand to hand, filled by the system (R42).

A living paper: drawn at any moment from the moves until then; kept for good when the dossier is closed, and once more
when it is closed again after a wrong result was recalled.
"""

from datetime import datetime

from motcua.dossiers import queries
from motcua.dossiers.choices import STATES, Outcome
from motcua.dossiers.models import Dossier, Move
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.papers.actions.handings import Way, stretches
from motcua.papers.actions.heading import issuer, request_of
from motcua.papers.actions.issue import in_vietnamese, issued, of_dossier
from motcua.papers.errors import NotYet
from motcua.papers.models import PaperForm
from motcua.papers.slip import OUTCOMES, SlipData, render_slip
from motcua.rules.workflow import Action, State


def slip(dossier: Dossier) -> StoredFile:
    """The slip of a closed dossier as issued; issued now if it was not yet. Raises NotYet while it is open."""
    closing = _closing(dossier)
    if dossier.state != State.RETURNED or closing is None:
        raise NotYet(f"{dossier.code} is not closed")
    subject = of_dossier(dossier, f"move:{closing.pk}")
    return issued(PaperForm.SLIP, subject, lambda: render_slip(slip_data(dossier, closing.at, closing)))


def slip_now(dossier: Dossier, at: datetime) -> bytes:
    """The slip as PDF: the kept one of a closed dossier, else drawn from the moves until now."""
    if dossier.state == State.RETURNED and _closing(dossier):
        return files.read(slip(dossier))
    return in_vietnamese(lambda: render_slip(slip_data(dossier, at)))


def slip_data(dossier: Dossier, drawn_at: datetime, closing: Move | None = None) -> SlipData:
    """All moves, or those until the dossier was closed."""
    moves = queries.moves(dossier)
    if closing is not None:
        moves = [move for move in moves if move.number <= closing.number]
    way = Way(dossier, moves)
    open_step = dossier.step if closing is None else None
    return SlipData(
        issuer=issuer(dossier.unit, simulated=dossier.is_simulated),
        request=request_of(dossier),
        helpers=", ".join(way.helpers()),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        appointment_at=dossier.appointment_at,
        handings=way.handings(),
        stretches=stretches(way),
        now_with=way.last_hand() if open_step else None,
        now_due_at=dossier.step_due_at if open_step and dossier.state == State.PROCESSING else None,
        state=_state(dossier),
        finished_at=dossier.finished_at,
        outcome=OUTCOMES[dossier.punctuality] if dossier.punctuality else "",
        drawn_at=drawn_at,
    )


def _closing(dossier: Dossier) -> Move | None:
    return Move.objects.filter(dossier=dossier, action=Action.HAND_OVER).order_by("-number").first()


def _state(dossier: Dossier) -> str:
    state = str(STATES[dossier.state].label)
    if dossier.outcome in ("", Outcome.GRANTED):
        return state
    return f"{state} ({str(Outcome(dossier.outcome).label).lower()})"
