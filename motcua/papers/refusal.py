"""The refusal: Mẫu 03 of Thông tư 01/2018/TT-VPCP, on A5 (R03, R25, R40)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.papers import wording
from motcua.papers.common import Issuer, Request
from motcua.papers.typeset import render


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalData:
    """All that a refusal says: at the desk before reception, or after examination (NĐ 61/2018 Đ.17.1.b, 19.8)."""

    issuer: Issuer
    request: Request
    number: str
    """Such as `05/TCHS`, as printed."""
    refused_at: datetime
    received_at: datetime | None = None
    """When the dossier was received; None: it was not, and reception is what is refused."""
    submitter: str = ""
    """Who brought it, if it is another person than the applicant."""
    reason: str
    contact: str = ""
    contact_phone: str = ""
    officer: str
    """Who tells the citizen, printed under the place for the signature."""
    decided_by: str = ""
    """Who decided it after examination; empty before reception."""

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return (
            self.issuer.to_inputs(self.refused_at)
            | self.request.to_inputs()
            | {
                "number": self.number,
                "received_at": wording.moment(self.received_at) if self.received_at else "",
                "submitter": self.submitter,
                "reasons": [line for line in self.reason.splitlines() if line.strip()],
                "contact": self.contact,
                "contact_phone": self.contact_phone,
                "officer": self.officer,
                "decided_by": self.decided_by,
            }
        )


def render_refusal(data: RefusalData) -> bytes:
    """Mẫu 03 as PDF; the same data give the same bytes."""
    return render("refusal", data.to_inputs(), issued=data.refused_at, marks=data.request.marks())
