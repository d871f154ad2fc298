"""A draft: what it still lacks, its parts as forms, how it will look, what is new in it, and its publication."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalog import actions as catalog
from motcua.catalog.checks import advisable, lacking
from motcua.catalog.content import Content, content_of, with_content
from motcua.catalog.described import Difference, Section, compare, described, names_for
from motcua.catalog.errors import DraftRefused, DraftStale, ProcedureUnknown
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import ProcedureVersion
from motcua.oversight.access import administering, officer_of, whole_number
from motcua.oversight.decision_forms import PublishForm
from motcua.oversight.draft_forms import DoingForm, EventsForm, GeneralForm, SupplementForm, TimeForm
from motcua.oversight.draft_row_forms import FeeForm, FeeStateForm, PaperForm
from motcua.oversight.procedures import Known, draft_called, reach
from motcua.oversight.rows import ACT, Rows
from motcua.oversight.views.procedure import public_parts
from motcua.ui.formats import vn_date


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a draft: its name in the address, the key of its sections (catalog.described), its forms."""

    slug: str
    key: str
    label: Promise
    form: type[forms.Form] | None = None
    row: type[forms.Form] | None = None


PARTS = (
    Part("chung", "general", gettext_lazy("Thông tin chung"), GeneralForm),
    Part("thuc-hien", "doing", gettext_lazy("Đối tượng, trình tự, kết quả, căn cứ"), DoingForm),
    Part("thoi-han", "limit", gettext_lazy("Thời hạn"), TimeForm),
    Part("giay-to", "papers", gettext_lazy("Thành phần hồ sơ"), row=PaperForm),
    Part("phi", "fees", gettext_lazy("Phí, lệ phí"), FeeStateForm, FeeForm),
    Part("bo-sung", "supplement", gettext_lazy("Khi phải bổ sung"), SupplementForm),
    Part("su-kien", "events", gettext_lazy("Sự kiện trong đời"), EventsForm),
)


@dataclass(slots=True)
class Sheet:
    """The forms of a part, as kept or as sent."""

    form: Any = None
    rows: Rows[Any] | None = None

    def is_valid(self) -> bool:
        checked = [one.is_valid() for one in (self.form, self.rows) if one is not None]
        return all(checked)

    @property
    def mistakes(self) -> list[forms.Form]:
        return [one for one in (self.form, *(self.rows.forms if self.rows else ())) if one is not None]


@administering
@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """All parts with what stands in them, and what is missing."""
    known, now = draft_called(code)
    content = content_of(now)
    sections = described(content, names_for(content))
    events = known.procedure.life_events.order_by("position", "name").values_list("name", flat=True)
    context = {
        "known": known,
        "draft": now,
        "parts": [
            (part, [one for one in sections if one.part == part.key] or [Section("", "", tuple(events))])
            for part in PARTS
        ],
        "lacking": [(fault, _part_of(fault.part)) for fault in lacking(content)],
        "advisable": [(fault, _part_of(fault.part)) for fault in advisable(content)],
        "changes": len(_changes(known, content)),
    }
    return render(request, "oversight/draft.html", context)


def _part_of(key: str) -> Part:
    return next(part for part in PARTS if part.key == key)


def _changes(known: Known, content: Content) -> list[Difference]:
    """What is new against the last version; without one, all of it."""
    if known.newest is None:
        return compare(None, content)
    with_content([known.newest])
    return compare(content_of(known.newest), content)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def draft_part(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """One part as a form. A row's button changes nothing but the page; what was typed stays typed."""
    known, now = draft_called(code)
    shown = next((each for each in PARTS if each.slug == part), None)
    if shown is None:
        raise Http404
    content = content_of(now)
    # What was typed belongs to the draft as it was opened: only who has been told of another one may go on from that.
    revision = _revision(request) if request.method == "POST" else now.revision
    status = 200
    if request.method != "POST":
        sheet = _kept(shown, known, content)
    elif ACT in request.POST:
        sheet = _moved(shown, request)
    else:
        sheet, status = _sent(shown, request, content), 422
        try:
            if sheet.is_valid() and _is_saved(request, shown, known, sheet):
                messages.success(request, _("Đã lưu phần “%(part)s”.") % {"part": shown.label})
                return redirect("draft", code)
        except DraftStale as stale:
            messages.error(request, str(stale))
            revision = draft_called(code)[1].revision
    context = {
        "known": known,
        "draft": now,
        "part": shown,
        "sheet": sheet,
        "revision": revision,
        "is_kept": request.method != "POST",
    }
    return render(request, f"oversight/draft_{_template(shown)}.html", context, status=status)


def _revision(request: HttpRequest) -> int:
    return whole_number(request.POST.get("revision", ""), -1)


def _template(part: Part) -> str:
    return part.key if part.row else "part"


def _kept(part: Part, known: Known, content: Content) -> Sheet:
    if part.form is EventsForm:
        return Sheet(EventsForm(initial={"events": known.procedure.life_events.all()}))
    form = part.form(initial=part.form.of(content)) if part.form else None  # type: ignore[attr-defined]
    rows = Rows(part.row, part.key, initial=part.row.of(content)) if part.row else None  # type: ignore[attr-defined]
    return Sheet(form, rows)


def _sent(part: Part, request: HttpRequest, content: Content) -> Sheet:
    initial = {"fee_state": content.facts["fee_state"]}
    form = part.form(request.POST, initial=initial) if part.form else None
    rows = Rows(part.row, part.key, data=request.POST) if part.row else None
    return Sheet(form, rows)


def _moved(part: Part, request: HttpRequest) -> Sheet:
    """After a button of a row: as typed, right or wrong."""
    form = None
    if part.form is not None:
        typed = part.form(request.POST)
        form = part.form(initial={bound.name: bound.data for bound in typed})
    rows = Rows(part.row, part.key, data=request.POST).after(request.POST[ACT]) if part.row else None
    return Sheet(form, rows)


def _is_saved(request: HttpRequest, part: Part, known: Known, sheet: Sheet) -> bool:
    """False: it was not, and a form says why. Raises DraftStale."""
    revision = _revision(request)
    procedure_id = known.procedure.pk
    try:
        if part.form is EventsForm:
            events = [event.pk for event in sheet.form.cleaned_data["events"]]
            catalog.set_life_events(officer_of(request), procedure_id, events, timezone.now())
            return True
        facts = sheet.form.facts() if sheet.form is not None else {}
        if part.row is PaperForm and sheet.rows is not None:
            papers = tuple(PaperForm.paper(row) for row in sheet.rows.typed())
            catalog.edit_draft(procedure_id, revision, facts, papers=papers)
        elif part.row is FeeForm and sheet.rows is not None:
            return _are_fees_saved(procedure_id, revision, facts, sheet)
        else:
            catalog.edit_draft(procedure_id, revision, facts)
    except ProcedureUnknown as gone:
        raise Http404 from gone
    return True


def _are_fees_saved(procedure_id: int, revision: int, facts: dict[str, Any], sheet: Sheet) -> bool:
    fees = tuple(row["fee"] for row in sheet.rows.typed()) if sheet.rows else ()
    if facts["fee_state"] != FeeState.LISTED and fees:
        words = _("Bên dưới có ghi khoản thu: chọn “Thu theo các khoản”, hoặc bỏ các dòng ấy.")
        sheet.form.add_error("fee_state", words)
        return False
    catalog.edit_draft(procedure_id, revision, facts, fees=fees)
    return True


@administering
@require_safe
def draft_preview(request: HttpRequest, code: str) -> HttpResponse:
    """As the citizen will see it."""
    known, now = draft_called(code)
    return render(request, "oversight/draft_preview.html", {"known": known, "said": now} | public_parts(now))


@administering
@require_POST
def draft_discard(request: HttpRequest, code: str) -> HttpResponse:
    known, _draft = draft_called(code)
    try:
        is_gone = catalog.discard_draft(known.procedure.pk, _revision(request))
    except DraftStale as stale:
        messages.error(request, str(stale))
        return redirect("draft", code)
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("catalogue") if is_gone else redirect("procedure", code)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What is new, whom it reaches, and the decision."""
    known, now = draft_called(code)
    form = PublishForm(
        request.POST if request.method == "POST" else None, initial={"starts": timezone.localdate()}
    )
    if form.is_bound and form.is_valid():
        try:
            version = _published(request, known, form.cleaned_data)
        except (DraftRefused, DraftStale) as refusal:
            where = getattr(refusal, "field", "")
            form.add_error(where if where in form.fields else None, str(refusal))
        else:
            told = {"n": version.number, "name": version.name, "day": vn_date(version.valid_from)}
            messages.success(
                request, _("Đã công bố bản số %(n)d của “%(name)s”, có hiệu lực từ %(day)s.") % told
            )
            return redirect("procedure", code)
    content = content_of(now)
    context = {
        "known": known,
        "draft": now,
        "form": form,
        "changes": _changes(known, content),
        "lacking": [(fault, _part_of(fault.part)) for fault in lacking(content)],
    } | reach(known.procedure)
    return render(request, "oversight/publish.html", context, status=422 if form.errors else 200)


def _published(request: HttpRequest, known: Known, typed: dict[str, Any]) -> ProcedureVersion:
    day: date = typed["day"]
    decision = catalog.Decision(typed["number"], day, typed["starts"], typed["ends"])
    after = whole_number(request.POST.get("after", ""), 0)
    return catalog.publish(
        officer_of(request),
        known.procedure.pk,
        decision,
        timezone.now(),
        revision=_revision(request),
        after=after or None,
    )
