"""The apology with its new appointment: Mẫu 04 of Thông tư 01/2018/TT-VPCP, on A5 (R26, R32, R40)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.papers import wording
from motcua.papers.common import Issuer, Request
from motcua.papers.typeset import render


class Cause(StrEnum):
    """For what the agency apologises (QĐ 3461/QĐ-UBND, Huế, 2016)."""

    LATE = "late"
    SUPPLEMENT_AGAIN = "supplement"
    WRONG_RESULT = "wrong_result"
    LOST_PAPER = "lost_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyData:
    """All that an apology says. `issuer` is the agency that apologises, which need not be the one that received."""

    issuer: Issuer
    request: Request
    number: str
    """Such as `000.19.75.H57-190304-0001/PXL`, as printed."""
    cause: Cause = Cause.LATE
    received_by: str
    """The agency at whose desk the dossier was received."""
    received_at: datetime
    old_due_at: datetime
    new_due_at: datetime | None = None
    """None: the result is there already, or the fault moves no date."""
    is_ready: bool = False
    """Whether the result can be collected now."""
    collect_at: str
    """Where the result is collected."""
    reason: str
    signer: str
    signer_title: str = ""
    """Such as `Chủ tịch UBND phường`; empty: head of the agency."""
    signed_at: datetime

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return (
            self.issuer.to_inputs(self.signed_at)
            | self.request.to_inputs()
            | {
                "number": self.number,
                "cause": self.cause,
                "received_by": self.received_by,
                "received_at": wording.moment(self.received_at),
                "old_due_at": wording.moment(self.old_due_at),
                "new_due_at": wording.moment(self.new_due_at) if self.new_due_at else "",
                "is_ready": self.is_ready,
                "collect_at": self.collect_at,
                "reasons": [line for line in self.reason.splitlines() if line.strip()],
                "signer": self.signer,
                "signer_title": self.signer_title,
                "signed_at": wording.moment(self.signed_at),
            }
        )


def render_apology(data: ApologyData) -> bytes:
    """Mẫu 04 as PDF; the same data give the same bytes."""
    return render("apology", data.to_inputs(), issued=data.signed_at, marks=data.request.marks())
