"""A wrong result is called back, and its correction issued in its place (NĐ 61/2018 Đ.21.1, R32)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions.act import Act, load, permit
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier
from motcua.results.actions import ResultFacts, check, keep, named
from motcua.results.models import RecalledResult, Result
from motcua.rules.workflow import Action, State


@dataclass(frozen=True, slots=True)
class Recall:
    """Why a result is wrong, and whether the citizen has given its paper back."""

    why: str
    came_back: bool = False


@transaction.atomic
def recall(act: Act, dossier_id: int, facts: Recall) -> Dossier:
    """Call the issued result back: it is kept as it was, marked, and no longer the dossier's result.

    Raises NotAllowed (nothing issued, not the leader), Incomplete (no reason), Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.RECALL, facts.why)
    wrong = Result.objects.filter(dossier=dossier, issued_at__isnull=False).first()
    if wrong is None or wrong.issued_at is None:
        raise NotAllowed(_("Hồ sơ này không có kết quả nào đã ban hành để thu hồi."))
    had_it = dossier.state == State.RETURNED
    RecalledResult.objects.create(
        dossier=dossier,
        kind=wrong.kind,
        file_id=wrong.file_id,
        number=wrong.number,
        signed_on=wrong.signed_on,
        signer=wrong.signer,
        issued_at=wrong.issued_at,
        why=facts.why.strip(),
        was_with_citizen=had_it,
        came_back=had_it and facts.came_back,
        by_id=act.officer.user_id,
        at=act.at,
    )
    wrong.delete()
    return dossiers.recall(act, dossier, words=facts.why)


@transaction.atomic
def reissue(act: Act, dossier_id: int, facts: ResultFacts) -> Dossier:
    """Issue the corrected result; the dossier lies at its desk again, to be handed over.

    Raises NotAllowed, Incomplete (neither file nor number), Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.REISSUE)
    check(act, dossier, facts)
    result = keep(act, dossier, facts)
    Result.objects.filter(pk=result.pk).update(issued_at=act.at)
    return dossiers.reissue(act, dossier, words=named(facts))
