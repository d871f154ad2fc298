"""The receipt for a fee, from what the till says of a payment (R33)."""

from motcua.cash.models import Payment
from motcua.cash.queries import ReceiptLine, receipt_facts
from motcua.files.models import StoredFile
from motcua.papers.actions.heading import issuer, request_of
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.fee import FeeData, FeeLine, render_fee
from motcua.papers.models import PaperForm


def fee(payment: Payment) -> StoredFile:
    """The receipt as issued; issued now if it was not yet. An exemption has no number and no receipt.

    Raises ValueError for a payment without a number.
    """
    if not payment.number:
        raise ValueError("an exemption has no receipt")
    subject = of_dossier(payment.dossier, f"payment:{payment.pk}")
    return issued(PaperForm.FEE, subject, lambda: render_fee(fee_data(payment)))


def fee_data(payment: Payment) -> FeeData:
    """What the receipt of a payment says."""
    facts = receipt_facts(payment)
    return FeeData(
        issuer=issuer(payment.unit, simulated=facts.simulated),
        request=request_of(payment.dossier),
        series=facts.series,
        number=facts.label,
        payer=facts.payer,
        lines=tuple(_line(line) for line in facts.lines),
        method=f"{facts.method} ({facts.reference})" if facts.reference else facts.method,
        paid_at=facts.at,
        collector=facts.officer,
    )


def _line(line: ReceiptLine) -> FeeLine:
    label = line.label
    if line.ground:
        label += (
            f" (miễn: {line.ground})" if not line.amount else f" (giảm {line.percent_off} %: {line.ground})"
        )
    return FeeLine(label=label, quantity=line.quantity, unit_price=line.unit_price or 0, amount=line.amount)
