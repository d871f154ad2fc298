"""The request for what is missing: Mẫu 02 of Thông tư 01/2018/TT-VPCP, on A5 (R03, R14, R40).

One form for both moments: before reception (nothing was received, no code, no clock) and after it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.papers import wording
from motcua.papers.common import Issuer, Request
from motcua.papers.typeset import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One paper of the published list that is missing or wrong, and what is wrong with it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementData:
    """All that a request for supplement says. An empty text leaves its line out."""

    issuer: Issuer
    request: Request
    number: str
    """Such as `05/HDHS`, as printed."""
    asked_at: datetime
    received_at: datetime | None = None
    """When the dossier was received; None before reception."""
    items: tuple[Item, ...] = ()
    reason: str = ""
    """What holds for all of it, in full."""
    time: int = 1
    """Which time it is; the law gives one (Đ.11.2.c), a second is said to be one."""
    permission: str = ""
    """Of a second: who permitted it and why."""
    bring_to: str
    """Where the papers are brought."""
    until: datetime | None = None
    """The last moment for them; None: no end is set."""
    otherwise: str = ""
    """What happens when they do not come."""
    clock: str = ""
    """What the request does to the time limit."""
    contact: str = ""
    contact_phone: str = ""
    officer: str
    """Who guides the citizen, printed under the place for the signature."""

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return (
            self.issuer.to_inputs(self.asked_at)
            | self.request.to_inputs()
            | {
                "number": self.number,
                "received_at": wording.moment(self.received_at) if self.received_at else "",
                "items": [[item.name, item.reason] for item in self.items],
                "reason": self.reason,
                "time": self.time,
                "permission": self.permission,
                "bring_to": self.bring_to,
                "until": wording.moment(self.until) if self.until else "",
                "otherwise": self.otherwise,
                "clock": self.clock,
                "contact": self.contact,
                "contact_phone": self.contact_phone,
                "officer": self.officer,
            }
        )


def render_supplement(data: SupplementData) -> bytes:
    """Mẫu 02 as PDF; the same data give the same bytes."""
    return render("supplement", data.to_inputs(), issued=data.asked_at, marks=data.request.marks())
