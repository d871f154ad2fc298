"""One dossier: what it is, where it is, why it is due then, all that happened, and what can be done now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.cash import queries as cash
from motcua.cash.models import Payment
from motcua.catalog.errors import NotReady
from motcua.desk import panels
from motcua.desk.access import DESK, officer_of
from motcua.desk.forms import AttachForm, HandOverForm, NoteForm, ReasonForm, ResultForm, WordsForm
from motcua.desk.interlinked_forms import AnswerForm, ConsultForm
from motcua.desk.letters import Letters, letter_forms, letters_of
from motcua.desk.people_forms import AssignForm
from motcua.desk.supplement_forms import ResumeForm, SupplementForm
from motcua.desk.timeline import timeline
from motcua.dossiers import queries
from motcua.dossiers.actions.act import EVERYBODYS
from motcua.dossiers.apologies import RETURNED_UNANSWERED
from motcua.dossiers.choices import PUNCTUALITY, STATES, STEPS
from motcua.dossiers.clock import aware, explain, pauses_of, step_sentence
from motcua.dossiers.errors import NotFound
from motcua.dossiers.models import Attachment, Consultation, Dossier, Leg, Supplement
from motcua.dossiers.reading import may_know_readers, note_reading
from motcua.dossiers.standing import standing
from motcua.dossiers.whose import lies_with
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.notices import queries as notices
from motcua.notices.choices import STATES as MESSAGE_STATES
from motcua.papers import actions as paper_actions
from motcua.papers.queries import issued_to
from motcua.people import queries as people
from motcua.people.models import Role
from motcua.people.succession import heir
from motcua.results.models import RecalledResult, Result
from motcua.rules import workflow
from motcua.rules.deadline import Deadline
from motcua.rules.workflow import Action, State, StepKind


def find(request: HttpRequest, code: str) -> Dossier:
    """The dossier, if this officer may see it; 404 for everybody else."""
    try:
        return queries.get(officer_of(request), code)
    except NotFound as refusal:
        raise Http404(str(refusal)) from refusal


def load(request: HttpRequest, code: str) -> Dossier:
    """The same, for every page and file of a dossier: that it was opened is written down (R27)."""
    found = find(request, code)
    if request.method in ("GET", "HEAD"):
        record_reading(request, found)
    return found


def record_reading(request: HttpRequest, found: Dossier) -> None:
    kind = request.resolver_match.url_name if request.resolver_match else ""
    note_reading(officer_of(request), found, kind or "", timezone.now())


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    return page(request, load(request, code))


def page(request: HttpRequest, found: Dossier, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The dossier's page; `bound` has a form that came back with its mistakes and all that was typed."""
    result = Result.objects.filter(dossier=found).select_related("file").first()
    supplement = queries.last_supplement(found) if found.supplements else None
    asked = queries.consultations(found)
    papers = panels.papers_of(found)
    moves, now = queries.moves(found), timezone.now()
    letters = letters_of(found, now)
    acts = possible(request, found) - _not_now(found, supplement)
    acts -= panels.impossible(found, has_result=result is not None)
    shown = _forms(request, found, acts) | panels.acts(request, found, papers)
    shown |= letter_forms(found, letters, acts, now) | (bound or {})
    context = {
        "now": now,
        "letters": letters,
        "dossier": found,
        "answers": heir(found.holder_unit),
        "papers": papers,
        "issued": issued_to(found),
        "result": result,
        "supplement": supplement,
        "legs": queries.legs(found),
        "consultations": asked,
        "to_answer": _to_answer(request, asked),
        "fees": fee_card(found, acts, bound or {}),
        "due": _explained(found),
        "step_why": step_sentence(found),
        "can": {action.value for action in acts},
        "forms": shown,
        "failed": next((form for form in (bound or {}).values()), None),
        "typed": [
            row
            for name, form in (bound or {}).items()
            if not _has_form(name, found, acts, letters)
            for row in _typed(form)
        ],
        "timeline": timeline(moves),
        "standing": standing(found.pk, seen=found, way=moves),
        "shows_readers": may_know_readers(officer_of(request), found),
        "attachments": [item for move in moves for item in move.attachments.all()],
        "told": notices.about(found),
        "ends_unanswered": found.outcome in RETURNED_UNANSWERED,
        "gives_back": found.outcome in RETURNED_UNANSWERED and found.state == State.DONE,
        "just_received": "moi" in request.GET,
        "STATES": STATES,
        "STEPS": STEPS,
        "PUNCTUALITY": PUNCTUALITY,
        "MESSAGE_STATES": MESSAGE_STATES,
    } | panels.facts(found, moves)
    return render(request, "desk/dossier.html", context, status=422 if bound else 200)


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment on the page, with the form that voids it where this officer may."""

    payment: Payment
    void: forms.Form | None


def fee_card(found: Dossier, acts: frozenset[Action], bound: dict[str, forms.Form]) -> dict[str, Any]:
    """What is published, what was paid, what is still owed (R33)."""
    wrong = bound.get("void_payment")
    payments, published, taken = cash.payments(found), cash.published(found.version), []
    for payment in payments:
        own = (
            wrong
            if wrong and wrong.prefix == f"void-{payment.pk}"
            else ReasonForm(prefix=f"void-{payment.pk}")
        )
        may = Action.VOID_PAYMENT in acts and payment.voided_at is None
        taken.append(Taken(payment, own if may or own is wrong else None))
    settled = cash.settled(payments)
    return {
        "published": published,
        "taken": taken,
        "owed": cash.owed_of(found, published, settled),
        "is_open": any(fee.pk not in settled for fee in published),
        "wrong": wrong,
    }


def _explained(found: Dossier) -> Deadline | None:
    """Why it is due then; None when the calendar has changed since, and today's would tell another story."""
    try:
        due = explain(found.version, found.unit, found.received_at, pauses_of(found))
    except NotReady:
        return None
    return due if aware(due.due_at) == found.due_at else None


def possible(request: HttpRequest, found: Dossier) -> frozenset[Action]:
    """What this officer could do to the dossier now, as the table says."""
    officer = officer_of(request)
    state, kind = State(found.state), StepKind(found.step_kind) if found.step_kind else None
    acts = workflow.allowed(
        state,
        kind,
        officer.roles_in(found.holder_unit_id),
        at_receiver=officer.roles_in(found.unit_id),
    )
    if kind is StepKind.PROCESSING and not lies_with(officer, found):
        acts -= {rule.action for rule in workflow.TABLE if Role.SPECIALIST in rule.roles} - EVERYBODYS
    if found.assignee_id is not None:
        acts -= {Action.TAKE}
    if found.step is not None and found.step.position == 1:
        acts -= {Action.SEND_BACK}  # nobody had it before
    return acts


def _not_now(found: Dossier, supplement: Supplement | None) -> set[Action]:
    """What the table allows and the dossier's own past does not: one request for supplement, the next by permission."""
    arrived = {Action.ACKNOWLEDGE} if _acknowledged(found) else set()
    if supplement is None or supplement.submitted_at is None:
        arrived |= {Action.REJECT_SUBMISSION}
    return arrived | _not_asked_now(found, supplement)


def _acknowledged(found: Dossier) -> bool:
    """Whether the agency that has it has said so; what never left its unit needs no word."""
    return (
        not found.local_due_at
        or not Leg.objects.filter(dossier=found, closed_at=None, acknowledged_at=None).exists()
    )


def _to_answer(request: HttpRequest, asked: Iterable[Consultation]) -> list[Consultation]:
    """Questions that this officer's own unit is to answer."""
    officer = officer_of(request)
    return [one for one in asked if one.answered_at is None and officer.roles_in(one.to_unit_id) & set(DESK)]


def _not_asked_now(found: Dossier, supplement: Supplement | None) -> set[Action]:
    proposed = supplement is not None and supplement.asked_at is None and supplement.declined_at is None
    if not found.supplements:
        return {Action.PROPOSE_SUPPLEMENT, Action.PERMIT_SUPPLEMENT, Action.DECLINE_SUPPLEMENT}
    if proposed:
        return {Action.ASK_SUPPLEMENT, Action.PROPOSE_SUPPLEMENT}
    return {Action.ASK_SUPPLEMENT, Action.PERMIT_SUPPLEMENT, Action.DECLINE_SUPPLEMENT}


def _has_form(name: str, found: Dossier, acts: frozenset[Action], letters: Letters) -> bool:
    """Whether the page shows the form of an act; a draft of the result is prepared where one passes on."""
    if name == "result":
        drafting = found.step_kind == StepKind.PROCESSING and Action.FORWARD in acts
        return drafting or Action.FINISH in acts
    if name == "waive_apology" and not letters.is_owed:
        return False
    if name == "reappoint" and letters.unsigned is None:
        return False
    if name == "draft_apology" and not letters.can_be_drafted:
        return False
    return Action(name) in acts


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    """What stands in a form that the page no longer has: to be read and copied, not lost."""
    values = [(str(field.label), field.value()) for field in form.visible_fields()]
    return [(label, value) for label, value in values if isinstance(value, str) and value]


def _forms(request: HttpRequest, found: Dossier, acts: frozenset[Action]) -> dict[str, forms.Form]:
    """Empty forms for what can be done; names on papers are filled in with what is known."""
    officer_id = officer_of(request).user_id
    whom: dict[str, Any] = {
        "to_name": found.submitter_name or found.applicant_name,
        "method": found.return_method,
    }
    asking = {
        name.value: SupplementForm(prefix="supplement", papers=queries.listed_papers(found))
        for name in (Action.ASK_SUPPLEMENT, Action.PROPOSE_SUPPLEMENT)
        if name in acts
    }
    back: dict[str, forms.Form] = {}
    if Action.RESUME in acts:
        back["resume"] = ResumeForm(prefix="resume", items=queries.wanted_items(found))
    if Action.CONSULT in acts:
        back["consult"] = ConsultForm(prefix="consult", units=people.askable(found.holder_unit))
    return {
        **asking,
        **back,
        "permit_supplement": ReasonForm(prefix="again"),
        "decline_supplement": ReasonForm(prefix="again"),
        "reject_submission": ReasonForm(prefix="reject_submission"),
        "withdraw": ReasonForm(prefix="withdraw"),
        "answer": AnswerForm(prefix="answer"),
        "forward": WordsForm(prefix="forward"),
        "send_back": ReasonForm(prefix="send_back"),
        "assign": AssignForm(prefix="assign", unit_id=found.holder_unit_id),
        "note": NoteForm(prefix="note"),
        "attach": AttachForm(prefix="attach", officer_id=officer_id),
        "result": ResultForm(prefix="result", officer_id=officer_id),
        "hand_over": HandOverForm(prefix="hand_over", initial=whom),
    }


@require_safe
def receipt(request: HttpRequest, code: str) -> FileResponse:
    """The last Mẫu số 01 exactly as issued, whoever prints it again and whenever."""
    found = Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(
        pk=load(request, code).pk
    )
    return files.response(paper_actions.receipt_in_force(found), inline=True)


@require_safe
def file(request: HttpRequest, code: str, file: int) -> FileResponse:
    """A file of the dossier, sent as a download."""
    found = load(request, code)
    stored = next((one for one in _files(found) if one.pk == file), None)
    if stored is None:
        raise Http404(_("Không có tệp này trong hồ sơ."))
    return files.response(stored)


def _files(found: Dossier) -> list[StoredFile]:
    """What was attached, scanned or sent in, the result, and what was once given out as one."""
    attached = Attachment.objects.filter(dossier=found).select_related("file")
    scanned = found.papers.filter(scan__isnull=False).select_related("scan")
    issued = Result.objects.filter(dossier=found).select_related("file")
    recalled = RecalledResult.objects.filter(dossier=found).select_related("file")
    return [
        *(item.file for item in attached),
        *(paper.scan for paper in scanned if paper.scan),
        *(result.file for result in issued if result.file),
        *(result.file for result in recalled if result.file),
    ]
