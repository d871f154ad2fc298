"""The form and the filled-in sample of one paper of a draft, and either as a download."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalog import actions as catalog
from motcua.catalog import samples
from motcua.catalog.content import content_of
from motcua.catalog.errors import DraftStale
from motcua.catalog.models import PaperRequirement
from motcua.files import actions as files
from motcua.files.errors import FileRefused
from motcua.oversight.access import administering, officer_of, whole_number
from motcua.oversight.procedures import draft_called


class PaperFilesForm(forms.Form):
    template = forms.FileField(
        label=gettext_lazy("Mẫu đơn, để trống cho người dân điền"),
        help_text=gettext_lazy("Word, Excel, PDF hoặc ảnh."),
        required=False,
        allow_empty_file=True,
    )
    sample = forms.FileField(
        label=gettext_lazy("Bản điền mẫu"),
        help_text=gettext_lazy("PDF điền cho một người không có thật; phần mềm đóng chữ MẪU lên từng trang."),
        required=False,
        allow_empty_file=True,
    )
    no_template = forms.BooleanField(label=gettext_lazy("Bỏ mẫu đơn đang có"), required=False)
    no_sample = forms.BooleanField(label=gettext_lazy("Bỏ bản điền mẫu đang có"), required=False)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def paper_files(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """What is uploaded is checked by its content; what was there stays unless it is replaced or taken off."""
    known, draft = draft_called(code)
    rows = sorted(draft.papers.select_related("template", "sample"), key=lambda row: row.position)
    if not 0 < place <= len(rows) or rows[place - 1].is_note:
        raise Http404
    is_sent = request.method == "POST"
    form = PaperFilesForm(request.POST, request.FILES) if is_sent else PaperFilesForm()
    if is_sent and form.is_valid() and _is_kept(request, form, known.procedure.pk, place):
        messages.success(request, _("Đã lưu tệp."))
        return redirect("draft_part", code, "giay-to")
    context = {"known": known, "draft": draft, "paper": rows[place - 1], "form": form, "place": place}
    return render(request, "oversight/paper_files.html", context, status=422 if form.errors else 200)


def _is_kept(request: HttpRequest, form: PaperFilesForm, procedure_id: int, place: int) -> bool:
    typed, by_id = form.cleaned_data, officer_of(request).user_id
    new: dict[str, int | None] = {}
    for name, keep in (("template", samples.keep_template), ("sample", samples.keep_sample)):
        if typed[f"no_{name}"]:
            new[f"{name}_id"] = None
        if typed[name] is None:
            continue
        try:
            new[f"{name}_id"] = keep(typed[name], by_id=by_id).pk
        except FileRefused as refusal:
            form.add_error(name, str(refusal))
    if form.errors:
        return False
    draft = draft_called(request.resolver_match.kwargs["code"])[1]  # type: ignore[union-attr]
    papers = list(content_of(draft).papers)
    papers[place - 1] = replace(papers[place - 1], **new)  # type: ignore[arg-type]
    try:
        revision = whole_number(request.POST.get("revision", ""), -1)
        catalog.edit_draft(procedure_id, revision, papers=tuple(papers))
    except DraftStale as stale:
        form.add_error(None, str(stale))
        return False
    return True


@administering
@require_safe
def paper_file(request: HttpRequest, paper: int, which: str) -> HttpResponse:
    """Always as a download, never as a page of ours; 404 for any other file of the house."""
    column = {"mau": "template", "mau-dien": "sample"}.get(which)
    row = PaperRequirement.objects.select_related("template", "sample").filter(pk=paper).first()
    stored = getattr(row, column) if row is not None and column else None
    if stored is None:
        raise Http404
    sent: HttpResponse = files.response(stored)  # type: ignore[assignment]
    return sent
