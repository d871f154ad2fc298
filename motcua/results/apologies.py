"""Apologies where a result waits for them: what was prepared is issued in the same act (R26)."""

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions.act import Act, load
from motcua.dossiers.actions.apology import Letter
from motcua.dossiers.errors import NotFound
from motcua.dossiers.models import Apology, Dossier
from motcua.results.actions import issue
from motcua.results.models import Result
from motcua.rules.workflow import State, StepKind


@transaction.atomic
def sign(act: Act, apology_id: int, letter: Letter) -> Dossier:
    """The leader signs; a late dossier whose result was kept back is finished at once, and needs no new date."""
    row = Apology.objects.filter(pk=apology_id).values_list("dossier", "cause").first()
    if row is None:
        raise NotFound(_("Không tìm thấy thư xin lỗi này."))
    dossier = load(act, row[0])
    result = kept_back(dossier) if row[1] == Apology.Cause.LATE else None
    dossiers.sign(act, dossier, apology_id, letter, dated=result is None)
    return _go_on(act, dossier, result)


@transaction.atomic
def waive(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """The leader lets it pass without an apology; a result that was kept back is issued at once."""
    dossier = load(act, dossier_id)
    result = kept_back(dossier)
    dossiers.waive(act, dossier, words=words)
    return _go_on(act, dossier, result)


def kept_back(dossier: Dossier) -> Result | None:
    """The result that lies ready at the last step, where only the apology is missing."""
    if dossier.state != State.PROCESSING or dossier.step_kind != StepKind.RETURN:
        return None
    return Result.objects.filter(dossier=dossier, issued_at=None).first()


def _go_on(act: Act, dossier: Dossier, result: Result | None) -> Dossier:
    return issue(Act(act.officer, act.at), dossier, result) if result else dossier
