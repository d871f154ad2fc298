"""The receipt with its appointment: Mẫu số 01 of Thông tư 01/2018/TT-VPCP, on A5 (R03, R04, R40)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.papers import marks, wording
from motcua.papers.typeset import render

LATER: Final = "sẽ được thông báo sau"
"""Stands for an appointment that nobody can give yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper received, and how many of each kind of it."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    note: str = ""
    """In brackets after the name, such as `bản điện tử`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """All that a receipt says. An empty text prints as a dotted line where the form has a place for it, else as nothing.

    Times carry a time zone and are printed on a clock in Viet Nam. Numbers of identity papers are printed in full: it is the
    person's own paper.
    """

    code: str
    """The dossier's code (R04), printable ASCII; nothing is read out of it."""
    tracking_url: str
    """Where the QR code leads."""
    tracking_site: str = ""
    """The short address that a person types, such as `dichvucong.thuathienhue.gov.vn`."""
    hotline: str = ""

    superior: str
    """The line above the agency, such as `UBND thành phố Huế`; the form writes it in capitals."""
    agency: str
    """Such as `UBND phường Phú Hậu`; in capitals in the heading, as given in the text."""
    place: str
    """Where the paper is made out, such as `Phú Hậu`."""

    applicant: str
    """Whose dossier it is (chủ hồ sơ)."""
    submitter: str = ""
    """Who brought it, if it is another person."""
    address: str = ""
    phone: str = ""
    email: str = ""
    identity: str = ""
    """Number of the identity card, citizen card or passport."""

    procedure: str
    procedure_code: str = ""
    papers: tuple[Paper, ...]
    sets: int = 1
    """How many sets of papers (bộ)."""
    limit_text: str
    """The time limit in words, such as `03 ngày làm việc` or `chưa công bố`."""
    received_at: datetime
    due_at: datetime | None
    """None when no appointment can be given: the form then says that one will be announced."""
    local_due_at: datetime | None = None
    """Of an interlinked dossier: when the receiving unit's own part is done."""
    delivery: str
    """Where and how the result is collected."""
    fee: str = ""
    """Fees and charges in words; the line is left out when empty."""

    book: str = ""
    """Number of the register (Quyển số)."""
    number: int | None = None
    """Running number in the register."""
    officer: str
    """Who received it, printed under the place for the signature."""
    copy: str = ""
    """Which copy this is, such as `Liên 2: Giao người nộp`."""
    rating_site: str = ""
    """Where the service is rated (TT01 Đ.12.2); empty: no such page, and the paper says nothing of it."""
    simulated: bool = False
    """Whether the dossier is made up: the paper then says so."""

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        return {
            "code": self.code,
            "site": self.tracking_site,
            "hotline": self.hotline,
            "superior": self.superior,
            "agency": self.agency,
            "place_and_day": wording.place_and_day(self.place, self.received_at),
            "applicant": self.applicant,
            "submitter": self.submitter,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
            "identity": self.identity,
            "procedure": self.procedure,
            "procedure_code": self.procedure_code,
            "papers": [_paper(paper) for paper in self.papers],
            "sets": wording.count(self.sets),
            "limit": self.limit_text,
            "received_at": wording.moment(self.received_at),
            "due_at": wording.moment(self.due_at) if self.due_at else LATER,
            "local_due_at": wording.moment(self.local_due_at) if self.local_due_at else "",
            "delivery": self.delivery,
            "fee": self.fee,
            "book": self.book,
            "number": "" if self.number is None else wording.count(self.number),
            "officer": self.officer,
            "copy": self.copy,
            "rating_site": self.rating_site,
            "simulated": self.simulated,
        }


def render_receipt(data: ReceiptData) -> bytes:
    """The receipt as PDF; the same data give the same bytes.

    Raises marks.MarkImpossible for a code or an address that can't be drawn as a mark.
    """
    return render(
        "receipt",
        data.to_inputs(),
        issued=data.received_at,
        marks={"barcode": marks.code128(data.code), "qr": marks.qr(data.tracking_url)},
    )


def _paper(paper: Paper) -> dict[str, Any]:
    counts = (paper.originals, paper.certified, paper.copies)
    return {
        "name": paper.name,
        "note": paper.note,
        "counts": [wording.count(number) if number else "" for number in counts],
    }
