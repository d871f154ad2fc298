"""The receipt for a fee, from plain values: the room that takes the money calls it (R33)."""

from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.fee import FeeData, render_fee
from motcua.papers.models import PaperForm


def fee(dossier: Dossier, about: str, data: FeeData) -> StoredFile:
    """The receipt as issued; issued now if it was not yet. `about`: the payment, as `payment:7`.

    Raises ValueError for a total without words. `heading.issuer` and `heading.request_of` give what the data begin with.
    """
    return issued(PaperForm.FEE, of_dossier(dossier, about), lambda: render_fee(data))
