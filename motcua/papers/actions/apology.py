"""Mẫu 04: the apology that a leader signed, with a new date where there is one (R26, R32)."""

from motcua.dossiers.choices import LateReason
from motcua.dossiers.models import Apology
from motcua.files.models import StoredFile
from motcua.papers.actions.heading import committee, delivery, issuer, request_of, who_answers
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.apology import ApologyData, Cause, render_apology
from motcua.papers.errors import NotYet
from motcua.papers.models import PaperForm


def apology(signed: Apology) -> StoredFile:
    """The apology as issued; issued now if it was not yet. Raises NotYet for one that nobody has signed."""
    subject = of_dossier(signed.dossier, f"apology:{signed.pk}")
    return issued(PaperForm.APOLOGY, subject, lambda: render_apology(apology_data(signed)))


def apology_data(signed: Apology) -> ApologyData:
    dossier = signed.dossier
    if signed.signed_at is None or signed.signed_by is None:
        raise NotYet(f"apology {signed.pk} is not signed")
    return ApologyData(
        issuer=issuer(who_answers(signed.unit, signed.signed_at), simulated=dossier.is_simulated),
        request=request_of(dossier),
        number=_number(signed),
        cause=Cause(signed.cause),
        received_by=committee(dossier.unit),
        received_at=dossier.received_at,
        old_due_at=signed.old_due_at,
        new_due_at=signed.new_due_at,
        is_ready=dossier.finished_at is not None and dossier.finished_at <= signed.signed_at,
        collect_at=delivery(dossier, signed.signed_at),
        reason=_reason(signed),
        signer=signed.signed_by.full_name,
        signer_title=signed.signed_by.title,
        signed_at=signed.signed_at,
    )


def _number(signed: Apology) -> str:
    """A dossier has one apology for being late, and may have others for other faults."""
    before = Apology.objects.filter(dossier=signed.dossier, signed_at__lt=signed.signed_at).count()
    return f"{signed.dossier.code}{f'.{before + 1}' if before else ''}/PXL"


def _reason(signed: Apology) -> str:
    """Out of the list, and the text that goes with it; the list is of reasons for being late only."""
    text = signed.text.strip()
    if signed.cause != Apology.Cause.LATE or (signed.reason == LateReason.OTHER and text):
        return text
    label = f"{LateReason(signed.reason).label}."
    return f"{label} {text}" if text else label
