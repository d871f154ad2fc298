"""Mẫu 03 after examination: the dossier is refused, with its reason (R25)."""

from motcua.dossiers.choices import Outcome
from motcua.dossiers.models import Dossier, Move, Step
from motcua.files.models import StoredFile
from motcua.papers.actions.heading import issuer, phone_of, request_of, who_answers
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.errors import NotYet
from motcua.papers.models import PaperForm
from motcua.papers.refusal import RefusalData, render_refusal
from motcua.people.models import User
from motcua.results.models import Result
from motcua.rules.workflow import Action, StepKind


def refusal(dossier: Dossier) -> StoredFile:
    """The refusal as issued; issued now if it was not yet. Raises NotYet for a dossier that is not refused.

    One for each decision: a refusal that was recalled and made anew is another paper.
    """
    decision = _last(dossier, Action.FINISH, Action.REISSUE)
    if dossier.outcome != Outcome.REFUSED or decision is None:
        raise NotYet(f"{dossier.code} is not refused")
    subject = of_dossier(dossier, f"move:{decision.pk}")
    return issued(PaperForm.REFUSAL, subject, lambda: render_refusal(refusal_data(dossier, decision)))


def refusal_data(dossier: Dossier, decision: Move) -> RefusalData:
    approval = _last(dossier, Action.APPROVE)
    examined_by, unit = _examiner(dossier), who_answers(dossier.unit, decision.at)
    return RefusalData(
        issuer=issuer(unit, simulated=dossier.is_simulated),
        request=request_of(dossier),
        number=f"{dossier.code}/TCHS",
        refused_at=decision.at,
        received_at=dossier.received_at,
        submitter=dossier.submitter_name,
        reason=_reason(dossier, decision),
        contact=examined_by.full_name if examined_by else "",
        contact_phone=phone_of(examined_by, unit),
        officer="",  # whoever will hand it over signs by hand
        decided_by=_named((approval or decision).by),
    )


def _reason(dossier: Dossier, decision: Move) -> str:
    """As the result has it, else as it was said with the decision."""
    result = Result.objects.filter(dossier=dossier).first()
    return (result.reason if result else "") or decision.words


def _last(dossier: Dossier, *actions: Action) -> Move | None:
    found = Move.objects.filter(dossier=dossier, action__in=actions).select_related("by")
    return found.order_by("-number").first()


def _examiner(dossier: Dossier) -> User | None:
    steps = Step.objects.filter(dossier=dossier, kind=StepKind.PROCESSING).exclude(assignee=None)
    last = steps.select_related("assignee").order_by("-pk").first()
    return last.assignee if last else None


def _named(officer: User | None) -> str:
    """With the title that stands under a signature."""
    return ", ".join(filter(None, (officer.full_name, officer.title))) if officer else ""
