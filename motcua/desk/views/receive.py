"""Reception at the counter: find the procedure, write down who brings what, give the receipt."""

from dataclasses import dataclass
from typing import Any

from django import forms
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
from motcua.desk.access import act_of, at_desk, desk_of, officer_of
from motcua.desk.entry_forms import EntryForm, SpotForm
from motcua.desk.forms import PaperForm, PaperRow, ReceiveForm, paper_rows
from motcua.desk.scan_forms import CounterScanForm, with_scans
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Applicant, PaperTick, Reception
from motcua.dossiers.actions.presented import moment_of
from motcua.dossiers.choices import Channel, ReturnMethod
from motcua.dossiers.clock import aware, explain
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.people import queries as people
from motcua.people.models import Person, Role, Unit
from motcua.results.actions import Collected, ResultFacts
from motcua.results.spot import Answer, authority, on_the_spot
from motcua.rules.deadline import Deadline

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
    lookup = "lookup" in request.POST
    sheet = _sheet(request, unit, procedure, check=not lookup)
    if lookup:
        sheet.form = _filled_in(request, sheet.form)
    elif request.method == "POST" and sheet.is_valid() and _was_told(sheet, unit, due):
        dossier = _save(request, unit, sheet)
        if dossier is not None:
            return redirect(reverse("dossier", args=[dossier.code]) + "?moi=1")
    shown = sheet.late or due
    fees = cash.published(procedure)
    context = {
        "version": procedure,
        "fees": fees,
        "least": cash.estimate(fees),
        "now": timezone.now(),
        "due": shown,
        "due_at": shown.due_at,
        "late": sheet.late,
        "is_past": bool(sheet.late) and aware(shown.due_at) < timezone.now(),
        "presented_at": sheet.late and sheet.entry.presented,
        "form": sheet.form,
        "entry": sheet.entry,
        "spot": sheet.spot,
        "papers": sheet.papers,
        "scans": sheet.scans,
        "scans_open": any(scan.stored or scan.errors for scan in sheet.scans),
        "mistakes": sheet.forms,
        "notes": _notes(procedure),
    }
    return render(request, "desk/receive.html", context, status=422 if sheet.is_wrong else 200)


@dataclass(slots=True)
class Sheet:
    """All that the clerk fills in for one dossier."""

    procedure: ProcedureVersion
    form: ReceiveForm
    entry: EntryForm
    papers: list[PaperRow]
    spot: SpotForm | None
    late: Deadline | None = None
    """The due time of what was handed in earlier, to be seen before it is saved."""

    @property
    def forms(self) -> list[forms.Form]:
        parts = [part for paper in self.papers for part in (paper.form, paper.scan) if part is not None]
        return [self.form, self.entry, *parts, *([self.spot] if self.spot else [])]

    @property
    def scans(self) -> list[CounterScanForm]:
        return [paper.scan for paper in self.papers if isinstance(paper.scan, CounterScanForm)]

    @property
    def is_wrong(self) -> bool:
        return self.late is not None or any(part.errors for part in self.forms)

    def is_valid(self) -> bool:
        """All mistakes at once, each in its place."""
        rows_are = [paper.is_valid() for paper in self.papers]
        parts_are = [
            part.is_valid() for part in self.forms if part.is_bound and not isinstance(part, PaperForm)
        ]
        if self.papers and not any(paper.taken for paper in self.papers):
            self.form.add_error(None, _("Chưa đánh dấu giấy tờ nào. Đánh dấu những giấy tờ đã nhận."))
            return False
        return all(rows_are) and all(parts_are)


def _sheet(request: HttpRequest, unit: Unit, procedure: ProcedureVersion, *, check: bool) -> Sheet:
    officer = officer_of(request)
    data = request.POST or None
    rows = paper_rows(procedure, data, check=check)
    right = authority(officer, unit.pk, procedure.pk, timezone.localdate())
    spot = None
    if right is not None:
        spot = SpotForm(
            data,
            request.FILES or None,
            prefix="spot",
            officer_id=officer.user_id,
            initial={"signed_on": timezone.localdate(), "signer": officer.full_name},
        )
    return Sheet(
        procedure,
        ReceiveForm(data, initial={"sets": 1, "return_method": ReturnMethod.DESK}),
        EntryForm(data, initial={"channel": Channel.DIRECT}),
        with_scans(rows, request, officer_id=officer.user_id, check=check),
        spot,
    )


def _was_told(sheet: Sheet, unit: Unit, due: Deadline) -> bool:
    """Whether the due time that will be saved is the one that the clerk has seen; a late entry has another."""
    presented = sheet.entry.presented
    if presented is None:
        return True
    try:
        at = moment_of(timezone.now(), presented, sheet.procedure)
        found = explain(sheet.procedure, unit, at)
    except Incomplete as refusal:
        sheet.entry.add_error(refusal.field, str(refusal))
        return False
    except NotReady as refusal:
        sheet.entry.add_error("presented_at", str(refusal))
        return False
    if found.due_at == due.due_at or sheet.entry.was_shown(at):
        return True
    sheet.late = found
    sheet.form.fields["id_number"].widget.attrs.pop("autofocus", None)  # the clerk has only to confirm
    return False


def _save(request: HttpRequest, unit: Unit, sheet: Sheet) -> Dossier | None:
    facts = sheet.form.cleaned_data
    reception = Reception(
        version_id=sheet.procedure.pk,
        applicant=Applicant(**{name: facts[name] for name in ReceiveForm.APPLICANT}),
        papers=tuple(_tick(paper) for paper in sheet.papers if paper.taken),
        submitter_name=facts["submitter_name"],
        channel=sheet.entry.cleaned_data["channel"],
        return_method=ReturnMethod(facts["return_method"]),
        sets=facts["sets"],
        note=facts["note"],
        forward=facts["forward"],
        presented_at=sheet.entry.presented,
        is_simulated=getattr(request.user, "is_simulated", False),
    )
    try:
        if sheet.spot is not None and sheet.spot.cleaned_data["now"]:
            return on_the_spot(act_of(request), unit.pk, reception, _answer(sheet.spot, facts))
        return actions.receive(act_of(request), unit.pk, reception)
    except Incomplete as refusal:
        holder = next(
            (part for part in (sheet.entry, sheet.spot) if part and refusal.field in part.fields), None
        )
        (holder or sheet.form).add_error(refusal.field if holder else None, str(refusal))
    except (NotAllowed, NotReady) as refusal:
        sheet.form.add_error(None, str(refusal))
    return None


def _tick(paper: PaperRow) -> PaperTick:
    facts = paper.form.cleaned_data
    scan = paper.scan.stored if isinstance(paper.scan, CounterScanForm) else None
    return PaperTick(paper.requirement.pk, facts["kind"], facts["number"], scan)


def _answer(spot: SpotForm, applicant: dict[str, Any]) -> Answer:
    facts = spot.cleaned_data
    result = ResultFacts(spot.stored, facts["number"], facts["signed_on"], facts["signer"])
    name = facts["to_name"] or applicant["submitter_name"] or applicant["full_name"]
    return Answer(result, Collected(name, facts["to_id_number"]), facts["wants_receipt"])


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
