"""Electronic results that are kept, and used again so that nobody is asked for what an office has given (NĐ 61/2018 Đ.20.5)."""

from motcua.dossiers.models import Dossier
from motcua.results.models import Result, ResultKind
from motcua.rules.workflow import State

MOST = 20


def reusable(dossier: Dossier) -> list[Result]:
    """What the same applicant was given as a file before, newest first; one recalled is none.

    Only who is known by the number of an identity paper is the same: a name is not enough.
    """
    if not dossier.applicant.id_number:
        return []
    rows = Result.objects.filter(
        kind=ResultKind.FILE,
        issued_at__isnull=False,
        dossier__applicant=dossier.applicant_id,
        dossier__state__in=[State.DONE, State.RETURNED],
    )
    rows = rows.exclude(dossier=dossier).select_related("file", "dossier__version", "dossier__unit")
    return list(rows.order_by("-issued_at", "-pk")[:MOST])
