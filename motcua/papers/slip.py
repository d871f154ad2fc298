"""The control slip: Mẫu 05 of Thông tư 01/2018/TT-VPCP, on A5, filled by the system from the moves (R40, R42)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.papers import wording
from motcua.papers.common import Issuer, Request
from motcua.papers.typeset import render
from motcua.rules.punctuality import Punctuality

OUTCOMES: Final[dict[str, str]] = {
    Punctuality.EARLY: "Trước hạn",
    Punctuality.ON_TIME: "Đúng hạn",
    Punctuality.LATE: "Quá hạn",
}
"""The words of the form for how a step ended."""

_TALL: Final = 600
"""Letters from which a row might not fit on a sheet and may be torn apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """In whose hands: the place (agency and desk), and the person where one has it."""

    place: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """The dossier passed from one hand to another, at a minute."""

    giver: Hand
    taker: Hand
    at: datetime
    acknowledged_at: datetime | None = None
    """When another agency said that it has it; None inside one agency, or not said yet."""
    is_unacknowledged: bool = False
    """Sent to another agency that has not said so yet."""
    outcome: str = ""
    """How the giver's own step ended: `Trước hạn`, `Đúng hạn`, `Quá hạn`; empty: none ended."""
    due_at: datetime | None = None
    """When that step was due."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The whole time of one agency of an interlinked dossier, or of one that was asked."""

    agency: str
    since: datetime
    due_at: datetime
    until: datetime | None = None
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipData:
    """The way of a dossier so far, or all of it when it is closed."""

    issuer: Issuer
    request: Request
    helpers: str = ""
    """Agencies that take part (cơ quan phối hợp), in words."""
    received_at: datetime
    due_at: datetime
    appointment_at: datetime | None = None
    """The new date given with an apology; the law's stays beside it."""
    handings: tuple[Handing, ...]
    stretches: tuple[Stretch, ...] = ()
    now_with: Hand | None = None
    """Who has it; None: it is closed."""
    now_due_at: datetime | None = None
    state: str
    """The state of the dossier in words."""
    finished_at: datetime | None = None
    outcome: str = ""
    """The dossier's punctuality, decided once (R15); empty until then."""
    drawn_at: datetime
    """Until when it tells."""

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return (
            self.issuer.to_inputs(self.drawn_at)
            | self.request.to_inputs()
            | {
                "helpers": self.helpers,
                "received_at": wording.moment(self.received_at),
                "due_at": wording.moment(self.due_at),
                "appointment_at": _moment(self.appointment_at),
                "handings": [_handing(handing) for handing in self.handings],
                "torn": any(_letters(handing) > _TALL for handing in self.handings),
                "stretches": [_stretch(stretch) for stretch in self.stretches],
                "now_with": _hand(self.now_with) if self.now_with else "",
                "now_due_at": _moment(self.now_due_at),
                "state": self.state,
                "finished_at": _moment(self.finished_at),
                "outcome": self.outcome,
                "drawn_at": wording.moment(self.drawn_at),
            }
        )


def render_slip(data: SlipData) -> bytes:
    """Mẫu 05 as PDF; the same data give the same bytes."""
    return render("slip", data.to_inputs(), issued=data.drawn_at, marks=data.request.marks(), longest_run=16)


def _moment(value: datetime | None) -> str:
    return wording.moment(value) if value else ""


def _short(value: datetime | None) -> str:
    return wording.short_moment(value) if value else ""


def _hand(hand: Hand) -> dict[str, str]:
    return {"place": hand.place, "person": hand.person}


def _letters(handing: Handing) -> int:
    hands = (handing.giver, handing.taker)
    return max(len(handing.note), sum(len(hand.place) + len(hand.person) for hand in hands))


def _handing(handing: Handing) -> dict[str, Any]:
    return {
        "giver": _hand(handing.giver),
        "taker": _hand(handing.taker),
        "at": wording.moment(handing.at),
        "acknowledged_at": _short(handing.acknowledged_at),
        "is_unacknowledged": handing.is_unacknowledged,
        "outcome": handing.outcome,
        "due_at": _short(handing.due_at),
        "note": handing.note,
    }


def _stretch(stretch: Stretch) -> dict[str, str]:
    return {
        "agency": stretch.agency,
        "since": _short(stretch.since),
        "due_at": _short(stretch.due_at),
        "until": _short(stretch.until),
        "outcome": stretch.outcome,
        "note": stretch.note,
    }
