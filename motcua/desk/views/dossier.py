"""One dossier: what it is, where it is, why it is due then, all that happened, and what can be done now."""

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalog.errors import NotReady
from motcua.desk.access import officer_of
from motcua.desk.forms import AttachForm, HandOverForm, NoteForm, ReasonForm, ResultForm, WordsForm
from motcua.desk.letters import Letters, letter_forms, letters_of
from motcua.desk.timeline import timeline
from motcua.dossiers import queries
from motcua.dossiers.actions.act import EVERYBODYS
from motcua.dossiers.choices import PUNCTUALITY, STATES, STEPS
from motcua.dossiers.clock import aware, explain, step_sentence
from motcua.dossiers.errors import NotFound
from motcua.dossiers.models import Attachment, Dossier
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.papers import actions as papers
from motcua.people.models import Role
from motcua.people.officer import Officer
from motcua.results.models import HandOver, Result
from motcua.rules import workflow
from motcua.rules.deadline import Deadline
from motcua.rules.workflow import Action, State, StepKind


def load(request: HttpRequest, code: str) -> Dossier:
    """The dossier, if this officer may see it; 404 for everybody else."""
    try:
        return queries.get(officer_of(request), code)
    except NotFound as refusal:
        raise Http404(str(refusal)) from refusal


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    return page(request, load(request, code))


def page(request: HttpRequest, found: Dossier, bound: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The dossier's page; `bound` has a form that came back with its mistakes and all that was typed."""
    result = Result.objects.filter(dossier=found).select_related("file").first()
    moves, now = queries.moves(found), timezone.now()
    acts, letters = possible(request, found), letters_of(found, now)
    shown = _forms(request, found) | letter_forms(found, letters, acts, now) | (bound or {})
    context = {
        "now": now,
        "letters": letters,
        "dossier": found,
        "papers": found.papers.select_related("requirement").order_by("requirement__position"),
        "result": result,
        "hand_over": HandOver.objects.filter(dossier=found).first(),
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
        "attachments": [item for move in moves for item in move.attachments.all()],
        "just_received": "moi" in request.GET,
        "STATES": STATES,
        "STEPS": STEPS,
        "PUNCTUALITY": PUNCTUALITY,
    }
    return render(request, "desk/dossier.html", context, status=422 if bound else 200)


def _explained(found: Dossier) -> Deadline | None:
    """Why it is due then; None when the calendar has changed since, and today's would tell another story."""
    try:
        due = explain(found.version, found.unit, found.received_at)
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
    if kind is StepKind.PROCESSING and not _is_theirs(officer, found):
        acts -= {rule.action for rule in workflow.TABLE if Role.SPECIALIST in rule.roles} - EVERYBODYS
    if found.assignee_id is not None:
        acts -= {Action.TAKE}
    if found.step is not None and found.step.position == 1:
        acts -= {Action.SEND_BACK}  # nobody had it before
    return acts


def _is_theirs(officer: Officer, found: Dossier) -> bool:
    """Whether it lies with this specialist, or with nobody yet of a field that he answers for."""
    if found.assignee_id is None:
        return found.step is not None and found.step.field_id in officer.fields_in(found.holder_unit_id)
    return found.assignee_id == officer.user_id


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


def _forms(request: HttpRequest, found: Dossier) -> dict[str, forms.Form]:
    """Empty forms for what can be done; names on papers are filled in with what is known."""
    officer_id = officer_of(request).user_id
    whom: dict[str, Any] = {
        "to_name": found.submitter_name or found.applicant_name,
        "method": found.return_method,
    }
    return {
        "forward": WordsForm(prefix="forward"),
        "send_back": ReasonForm(prefix="send_back"),
        "note": NoteForm(prefix="note"),
        "attach": AttachForm(prefix="attach", officer_id=officer_id),
        "result": ResultForm(prefix="result", officer_id=officer_id),
        "hand_over": HandOverForm(prefix="hand_over", initial=whom),
    }


@require_safe
def receipt(request: HttpRequest, code: str) -> FileResponse:
    """Mẫu số 01 exactly as issued, whoever prints it again and whenever."""
    found = Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get(
        pk=load(request, code).pk
    )
    return files.response(papers.receipt(found), inline=True)


@require_safe
def file(request: HttpRequest, code: str, file: int) -> FileResponse:
    """A file of the dossier, sent as a download."""
    found = load(request, code)
    stored = next((one for one in _files(found) if one.pk == file), None)
    if stored is None:
        raise Http404(_("Không có tệp này trong hồ sơ."))
    return files.response(stored)


def _files(found: Dossier) -> list[StoredFile]:
    """What was attached, and the result."""
    attached = Attachment.objects.filter(dossier=found).select_related("file")
    results = Result.objects.filter(dossier=found).select_related("file")
    return [item.file for item in attached] + [result.file for result in results if result.file]
