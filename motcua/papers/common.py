"""What the papers share: who issues them, and whose request they are about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.papers import marks, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues a paper. An empty text is left out."""

    superior: str
    """The line above the agency, such as `UBND thành phố Huế`; the form writes it in capitals."""
    agency: str
    """Such as `UBND phường Phú Hậu`; in capitals in the heading, as given in the text."""
    place: str
    """Where the paper is made out, such as `Phú Hậu`."""
    site: str = ""
    """The short address that a person types, such as `dichvucong.thuathienhue.gov.vn`."""
    hotline: str = ""
    rating_site: str = ""
    """Where the service is rated (TT01 Đ.12.2); empty: no such page, and the paper says nothing of it."""
    simulated: bool = False
    """Whether the dossier is made up: the paper then says so."""

    def to_inputs(self, on: datetime) -> dict[str, Any]:
        return {
            "superior": self.superior,
            "agency": self.agency,
            "place_and_day": wording.place_and_day(self.place, on),
            "site": self.site,
            "hotline": self.hotline,
            "rating_site": self.rating_site,
            "simulated": self.simulated,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Whose request, and for what. An empty text prints as a dotted line where the form has a place for it."""

    code: str = ""
    """The dossier's code (R04), printable ASCII; empty where nothing was received: then no marks are printed."""
    tracking_url: str = ""
    """Where the QR code leads."""
    applicant: str
    address: str = ""
    phone: str = ""
    email: str = ""
    procedure: str
    procedure_code: str = ""

    def to_inputs(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "applicant": self.applicant,
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
            "procedure": self.procedure,
            "procedure_code": self.procedure_code,
        }

    def marks(self) -> dict[str, bytes]:
        """The pictures by the names that the forms know. Raises marks.MarkImpossible."""
        wanted: tuple[tuple[str, Callable[[str], bytes], str], ...] = (
            ("barcode", marks.code128, self.code),
            ("qr", marks.qr, self.tracking_url),
        )
        return {name: draw(text) for name, draw, text in wanted if text}
