"""Reception at the counter: find the procedure, write down who brings what, give the receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.cash import queries as cash
from motcua.catalog import queries as catalog
from motcua.catalog.errors import NotReady
from motcua.catalog.models import ProcedureVersion
from motcua.desk.access import act_of, at_desk, desk_of
from motcua.desk.forms import PaperRow, ReceiveForm, paper_rows
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Applicant, PaperTick, Reception
from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.clock import explain
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.people import queries as people
from motcua.people.models import Person, Role, Unit

MOST_FOUND = 20


@at_desk(Role.CLERK)
@require_safe
def receive_find(request: HttpRequest) -> HttpResponse:
    """Procedures of this unit by code or by name without accents; the commonest first."""
    words = request.GET.get("q", "").strip()
    unit_id = desk_of(request).unit_id
    common = queries.common_procedures(unit_id, timezone.now())
    found = list(catalog.find(catalog.offered(unit_id), words)) if words else _common(unit_id, common)
    found.sort(key=lambda version: (common.get(version.procedure_id, 0) * -1, version.name_search))
    context = {"q": words, "found": found[:MOST_FOUND], "more": max(0, len(found) - MOST_FOUND)}
    partial = bool(getattr(request, "htmx", False))
    return render(request, "desk/receive_found.html" if partial else "desk/receive_find.html", context)


def _common(unit_id: int, common: dict[int, int]) -> list[ProcedureVersion]:
    """With nothing typed yet: what people come for most; a unit that has no past yet shows its whole list."""
    listed = catalog.offered(unit_id)
    return list(listed.filter(procedure__in=list(common)) if common else listed)


@at_desk(Role.CLERK)
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, version: int) -> HttpResponse:
    """The counter's form. Due time and explanation stand on it before anything is saved."""
    unit = Unit.objects.get(pk=desk_of(request).unit_id)
    try:
        procedure = catalog.offered_version(unit.pk, version)
        due = explain(procedure, unit, timezone.now())
    except NotReady as refusal:
        messages.error(request, str(refusal))
        return redirect("receive_find")
    form = ReceiveForm(request.POST or None, initial={"sets": 1, "return_method": ReturnMethod.DESK})
    lookup = "lookup" in request.POST
    papers = paper_rows(procedure, request.POST or None, check=not lookup)
    if lookup:
        form = _filled_in(request, form)
    elif request.method == "POST" and _valid(form, papers):
        dossier = _save(request, unit, procedure, form, papers)
        if dossier is not None:
            return redirect(reverse("dossier", args=[dossier.code]) + "?moi=1")
    fees = cash.published(procedure)
    context = {
        "version": procedure,
        "fees": fees,
        "least": cash.estimate(fees),
        "due": due,
        "due_at": due.due_at,
        "form": form,
        "papers": papers,
        "paper_forms": [paper.form for paper in papers],
        "notes": _notes(procedure),
    }
    wrong = form.errors or any(paper.form.errors for paper in papers)
    return render(request, "desk/receive.html", context, status=422 if wrong else 200)


def _valid(form: ReceiveForm, papers: list[PaperRow]) -> bool:
    """All mistakes at once, each in its place."""
    rows_are = [paper.is_valid() for paper in papers]
    if papers and not any(paper.taken for paper in papers):
        form.add_error(None, _("Chưa đánh dấu giấy tờ nào. Đánh dấu những giấy tờ đã nhận."))
    return form.is_valid() and all(rows_are)


def _save(
    request: HttpRequest, unit: Unit, procedure: ProcedureVersion, form: ReceiveForm, papers: list[PaperRow]
) -> Dossier | None:
    facts = form.cleaned_data
    reception = Reception(
        version_id=procedure.pk,
        applicant=Applicant(**{name: facts[name] for name in ReceiveForm.APPLICANT}),
        papers=tuple(
            PaperTick(
                paper.requirement.pk, paper.form.cleaned_data["kind"], paper.form.cleaned_data["number"]
            )
            for paper in papers
            if paper.taken
        ),
        submitter_name=facts["submitter_name"],
        return_method=ReturnMethod(facts["return_method"]),
        sets=facts["sets"],
        note=facts["note"],
        forward=facts["forward"],
        is_simulated=getattr(request.user, "is_simulated", False),
    )
    try:
        return actions.receive(act_of(request), unit.pk, reception)
    except (Incomplete, NotAllowed, NotReady) as refusal:
        form.add_error(None, str(refusal))
        return None


def _notes(procedure: ProcedureVersion) -> list[str]:
    """Sentences of explanation that the published list has between its papers."""
    return [paper.name for paper in procedure.papers.all() if paper.is_note]


@at_desk(Role.CLERK)
@require_POST
def applicant(request: HttpRequest) -> HttpResponse:
    """The applicant's part of the form, filled in for a person who came before with this number.

    By POST: the number of an identity paper must not stand in an address or a log.
    """
    form = ReceiveForm(initial={name: request.POST.get(name, "") for name in ReceiveForm.APPLICANT})
    person = people.person_with(ReceiveForm.plain_number(request.POST.get("id_number", "")))
    if person is not None:
        form.initial.update(_known(person))
    form.fields["id_number"].widget.attrs.pop("autofocus")  # the clerk has gone on to the next field
    return render(request, "desk/applicant.html", {"form": form, "person": person, "looked_up": True})


def _filled_in(request: HttpRequest, form: ReceiveForm) -> ReceiveForm:
    """The same without scripts: what was typed stays, what is known is added."""
    person = people.person_with(ReceiveForm.plain_number(request.POST.get("id_number", "")))
    if person is None:
        messages.info(request, _("Chưa có người nào với số giấy tờ này. Nhập họ tên và địa chỉ."))
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in form.fields}
    typed["forward"] = "forward" in request.POST
    return ReceiveForm(initial=typed | (_known(person) if person else {}))


def _known(person: Person) -> dict[str, str]:
    facts = {name: getattr(person, name) for name in ReceiveForm.APPLICANT}
    return {name: value for name, value in facts.items() if value}
