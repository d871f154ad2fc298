"""Issuing a legal form: made once, kept, given out the same ever after (R40)."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from motcua.catalog.models import PaperKind
from motcua.catalog.words import limit_words
from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.models import Dossier, Move
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import actions as journal
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.papers.receipt import Paper, ReceiptData, render_receipt
from motcua.people.models import Unit
from motcua.rules.workflow import Action


def receipt(dossier: Dossier) -> StoredFile:
    """The receipt of a dossier as issued; issued now if it was not yet. Safe to call twice at once."""
    issued = (
        IssuedPaper.objects.filter(dossier=dossier, form=PaperForm.RECEIPT).select_related("file").first()
    )
    if issued is None:
        try:
            issued = _issue(dossier, PaperForm.RECEIPT, _in_vietnamese(dossier))
        except IntegrityError:  # another process was quicker; its paper is the paper
            issued = IssuedPaper.objects.select_related("file").get(dossier=dossier, form=PaperForm.RECEIPT)
    return issued.file


def _in_vietnamese(dossier: Dossier) -> bytes:
    """A paper of the State is in Vietnamese, whatever language the page has."""
    with translation.override("vi"):
        return render_receipt(receipt_data(dossier))


@transaction.atomic
def _issue(dossier: Dossier, form: PaperForm, pdf: bytes) -> IssuedPaper:
    stored = files.keep(
        pdf, name=f"{dossier.code}-mau-{form}.pdf", content_type="application/pdf", uploaded_by_id=None
    )
    issued = IssuedPaper.objects.create(dossier=dossier, form=form, file=stored)
    journal.record(
        chain=dossier.unit.code,
        kind="paper.issued",
        subject=f"paper:{issued.pk}",
        facts={"dossier": dossier.pk, "form": form, "sha256": stored.sha256},
        actor_id=None,
        at=issued.issued_at,
    )
    return issued


def tracking_url(code: str) -> str:
    """What the QR code opens."""
    return f"{settings.PUBLIC_URL}{reverse('track', args=[code])}"


def receipt_data(dossier: Dossier) -> ReceiptData:
    """What Mẫu số 01 says of a dossier, from the dossier alone."""
    version = dossier.version
    return ReceiptData(
        code=dossier.code,
        tracking_url=tracking_url(dossier.code),
        tracking_site=settings.PUBLIC_URL.partition("://")[2],
        hotline=dossier.unit.phone,
        superior=committee(dossier.unit.parent) if dossier.unit.parent else "",
        agency=committee(dossier.unit),
        place=place_of(dossier.unit),
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
        delivery=_delivery(dossier),
        fee=version.fee_text if len(version.fee_text) <= _SHORT_FEE else "",
        book=f"01/{dossier.register_year}",
        number=dossier.register_number,
        officer=_receiver(dossier),
        simulated=dossier.is_simulated,
    )


_SHORT_FEE = 90
"""A published fee of one line is printed; a longer text is on the procedure's page."""


def committee(unit: Unit) -> str:
    return f"UBND {unit.name[0].lower()}{unit.name[1:]}"


def place_of(unit: Unit) -> str:
    """The name without its kind: "Phường Phú Hậu" makes papers out at "Phú Hậu"."""
    for kind in ("Thành phố ", "Thị trấn ", "Thị xã ", "Phường ", "Huyện ", "Tỉnh ", "Xã "):
        if unit.name.startswith(kind):
            return unit.name.removeprefix(kind)
    return unit.name


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


def _delivery(dossier: Dossier) -> str:
    """Where the result is collected: at which desk, or by which way."""
    if dossier.return_method == ReturnMethod.DESK:
        return f"Bộ phận Tiếp nhận và Trả kết quả, {committee(dossier.unit)}"
    return str(dossier.get_return_method_display())


def _receiver(dossier: Dossier) -> str:
    move = Move.objects.filter(dossier=dossier, action=Action.RECEIVE).select_related("by").first()
    return move.by.full_name if move and move.by else ""
