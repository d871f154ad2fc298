"""The applicant takes the dossier back before there is a result."""

from django.db import transaction

from motcua.dossiers.actions.act import Act, load, permit
from motcua.dossiers.actions.close import close_without_result
from motcua.dossiers.choices import Outcome
from motcua.dossiers.models import Dossier
from motcua.rules.workflow import Action


@transaction.atomic
def withdraw(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """At the applicant's word and with the reason given; the desk that received it then gives the papers back."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.WITHDRAW, words)
    close_without_result(act, dossier, Action.WITHDRAW, Outcome.WITHDRAWN, words)
    return dossier
