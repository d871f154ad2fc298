"""The register of a year: Mẫu số 06 of Thông tư 01/2018/TT-VPCP, on A4 as PDF and as XLSX (R40, R41)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    number: int
    code: str
    procedure: str
    sets: int = 1
    applicant: str
    address: str = ""
    phone: str = ""
    received_at: datetime
    due_at: datetime | None = None
    returned_at: datetime | None = None
    delivery: str = ""
    received_by: str = ""
    outcome: str = ""
    note: str = ""
