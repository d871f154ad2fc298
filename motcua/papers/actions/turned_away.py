"""Mẫu 02 and 03 at the desk: nothing was received, and the citizen takes the reason home in writing (R03)."""

from motcua.dossiers.models import TurnedAway
from motcua.files.models import StoredFile
from motcua.papers.actions.heading import desk_of, issuer, phone_of
from motcua.papers.actions.issue import Subject, issued
from motcua.papers.common import Request
from motcua.papers.models import PaperForm
from motcua.papers.refusal import RefusalData, render_refusal
from motcua.papers.supplement import Item, SupplementData, render_supplement

NOT_RECEIVED = "Hồ sơ chưa được tiếp nhận; thời hạn giải quyết tính từ khi hồ sơ đầy đủ và được tiếp nhận."


def turned_away(row: TurnedAway) -> StoredFile:
    """Mẫu 02 for papers that were incomplete, Mẫu 03 for a refusal; issued now if it was not yet."""
    subject = Subject(f"turned_away:{row.pk}", row.unit, None, f"{row.unit.code}-{row.year}-{row.number:02}")
    if row.kind == TurnedAway.Kind.INCOMPLETE:
        return issued(PaperForm.SUPPLEMENT, subject, lambda: render_supplement(incomplete_data(row)))
    return issued(PaperForm.REFUSAL, subject, lambda: render_refusal(refused_data(row)))


def incomplete_data(row: TurnedAway) -> SupplementData:
    missing = row.missing.select_related("requirement").order_by("requirement__position")
    return SupplementData(
        issuer=issuer(row.unit, simulated=row.is_simulated),
        request=_request(row),
        number=f"{row.number:02}/HDHS",
        asked_at=row.at,
        items=tuple(Item(name=paper.requirement.name, reason=paper.reason) for paper in missing),
        reason=row.reason,
        bring_to=desk_of(row.unit),
        clock=NOT_RECEIVED,
        contact=row.by.full_name,
        contact_phone=phone_of(row.by, row.unit),
        officer=row.by.full_name,
    )


def refused_data(row: TurnedAway) -> RefusalData:
    return RefusalData(
        issuer=issuer(row.unit, simulated=row.is_simulated),
        request=_request(row),
        number=f"{row.number:02}/TCHS",
        refused_at=row.at,
        reason=row.reason,
        contact=row.by.full_name,
        contact_phone=phone_of(row.by, row.unit),
        officer=row.by.full_name,
    )


def _request(row: TurnedAway) -> Request:
    return Request(
        applicant=row.applicant_name,
        address=row.applicant_address,
        phone=row.phone,
        email=row.email,
        procedure=row.version.name,
        procedure_code=row.version.procedure.code,
    )
