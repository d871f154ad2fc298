"""The receipt for a fee (biên lai thu phí, lệ phí), on A5 (R33)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.papers import wording
from motcua.papers.common import Issuer, Request
from motcua.papers.typeset import render
from motcua.rules.money_words import money_words


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee of the published list. Money in whole đồng."""

    label: str
    quantity: int
    unit_price: int
    amount: int
    """What is charged: not always quantity × price, since some fees have a ceiling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeData:
    """All that a fee receipt says."""

    issuer: Issuer
    request: Request
    series: str = ""
    """Such as `BL-26`; the line is left out when empty."""
    number: str
    """As printed, such as `0000123`."""
    payer: str
    payer_address: str = ""
    lines: tuple[FeeLine, ...]
    method: str
    """Such as `Tiền mặt`."""
    paid_at: datetime
    collector: str
    copy: str = ""
    """Which copy this is, such as `Liên 2: Giao người nộp tiền`."""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return (
            self.issuer.to_inputs(self.paid_at)
            | self.request.to_inputs()
            | {
                "series": self.series,
                "number": self.number,
                "payer": self.payer,
                "payer_address": self.payer_address,
                "lines": [_line(line) for line in self.lines],
                "total": wording.money(self.total),
                "total_words": money_words(self.total),
                "method": self.method,
                "paid_at": wording.moment(self.paid_at),
                "collector": self.collector,
                "copy": self.copy,
            }
        )


def render_fee(data: FeeData) -> bytes:
    """The fee receipt as PDF; the same data give the same bytes. Raises ValueError for a total without words."""
    return render("fee", data.to_inputs(), issued=data.paid_at, marks=data.request.marks())


def _line(line: FeeLine) -> list[str]:
    return [
        line.label,
        wording.count(line.quantity),
        wording.money(line.unit_price),
        wording.money(line.amount),
    ]
