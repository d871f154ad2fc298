"""Mẫu 01: the receipt with its appointment (R03)."""

from dataclasses import replace
from datetime import datetime

from motcua.catalog.models import PaperKind
from motcua.catalog.words import limit_words
from motcua.dossiers.models import Dossier, Move, Supplement
from motcua.files.models import StoredFile
from motcua.papers import wording
from motcua.papers.actions.heading import (
    RATING_SITE,
    committee,
    delivery,
    place_of,
    tracking_site,
    tracking_url,
    who_answers,
)
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.errors import NotYet
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.papers.receipt import Paper, ReceiptData, render_receipt
from motcua.rules.workflow import Action


def receipt(dossier: Dossier) -> StoredFile:
    """The receipt of a dossier as issued; issued now if it was not yet."""
    return issued(PaperForm.RECEIPT, of_dossier(dossier), lambda: render_receipt(receipt_data(dossier)))


def receipt_again(answered: Supplement) -> StoredFile:
    """A new Mẫu 01 when the complete dossier is back: the time runs anew, and the citizen has the new date in hand.

    Raises NotYet while the papers have not come (NĐ 61/2018 Đ.19.4).
    """
    at = answered.answered_at
    if at is None:
        raise NotYet(f"supplement {answered.pk} is not answered")
    dossier = answered.dossier
    note = f"Sau khi bổ sung hồ sơ; thay giấy hẹn ngày {wording.day(dossier.received_at)}"

    def draw() -> bytes:
        return render_receipt(replace(receipt_data(dossier, at), received_at=at, copy=note))

    return issued(PaperForm.RECEIPT, of_dossier(dossier, f"supplement:{answered.pk}"), draw)


def receipt_in_force(dossier: Dossier) -> StoredFile:
    """The last receipt that was issued; the first is issued now if there was none yet."""
    papers = IssuedPaper.objects.filter(dossier=dossier, form=PaperForm.RECEIPT).select_related("file")
    last = papers.order_by("-pk").first()
    return last.file if last else receipt(dossier)


def receipt_data(dossier: Dossier, at: datetime | None = None) -> ReceiptData:
    """What Mẫu số 01 says of a dossier, from the dossier alone; `at`: made out when, if not at the reception."""
    version, at = dossier.version, at or dossier.received_at
    unit = who_answers(dossier.unit, at)
    return ReceiptData(
        code=dossier.code,
        tracking_url=tracking_url(dossier.code),
        tracking_site=tracking_site(),
        hotline=unit.phone,
        superior=committee(unit.parent) if unit.parent else "",
        agency=committee(unit),
        place=place_of(unit),
        applicant=dossier.applicant_name,
        submitter=dossier.submitter_name,
        address=dossier.applicant_address,
        phone=dossier.phone,
        email=dossier.email,
        identity=dossier.applicant.id_number,
        procedure=version.name,
        procedure_code=version.procedure.code,
        papers=_papers(dossier),
        sets=dossier.sets,
        limit_text=limit_words(dossier.limit, confirmed=version.limit_confirmed),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        local_due_at=dossier.local_due_at,
        delivery=delivery(dossier, at),
        fee=version.fee_text if len(version.fee_text) <= _SHORT_FEE else "",
        book=f"01/{dossier.register_year}",
        number=dossier.register_number,
        officer=_receiver(dossier),
        rating_site=RATING_SITE,
        simulated=dossier.is_simulated,
    )


_SHORT_FEE = 90
"""A published fee of one line is printed; a longer text is on the procedure's page."""


def _papers(dossier: Dossier) -> tuple[Paper, ...]:
    rows = dossier.papers.select_related("requirement").order_by("requirement__position")
    return tuple(
        Paper(
            name=row.requirement.name,
            originals=row.number if row.kind == PaperKind.ORIGINAL else 0,
            certified=row.number if row.kind == PaperKind.CERTIFIED else 0,
            copies=row.number if row.kind == PaperKind.COPY else 0,
            note="xuất trình" if row.requirement.to_show else "",
        )
        for row in rows
    )


def _receiver(dossier: Dossier) -> str:
    move = Move.objects.filter(dossier=dossier, action=Action.RECEIVE).select_related("by").first()
    return move.by.full_name if move and move.by else ""
