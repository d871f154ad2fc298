"""The catalogue as a file: given out, and taken in after a look at what it would change."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalog.errors import BadCatalogue, DraftRefused, DraftStale
from motcua.catalog.exchange.export import exported
from motcua.catalog.exchange.formats import FORMATS
from motcua.catalog.exchange.load import Loading, load
from motcua.catalog.exchange.plan import Kind, Plan, canonical, plan
from motcua.catalog.models import CatalogueFile
from motcua.oversight.access import administering, officer_of
from motcua.oversight.decision_forms import PublishForm
from motcua.oversight.tabs import catalogue_tabs
from motcua.ui.formats import vn_date

LABELS = {
    Kind.NEW: gettext_lazy("Thủ tục mới"),
    Kind.CHANGED: gettext_lazy("Thay bằng bản mới"),
    Kind.ROUTE: gettext_lazy("Chỉ đổi quy trình hoặc sự kiện"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp danh mục"),
        help_text=gettext_lazy("Bảng tính (.xlsx), CSV hoặc JSON, như tệp xuất ra ở trên."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Chọn tệp.")},
    )


class LoadForm(PublishForm):
    """The decision that a file is published with; it has no last day."""

    ends = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Told:
    label: object
    items: list[object]


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_files(request: HttpRequest) -> HttpResponse:
    """Out: three formats. In: read and checked; every mistake is told, and nothing is kept of a wrong file."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    faults: list[str] = []
    if is_sent and form.is_valid():
        try:
            kept = _kept(form.cleaned_data["file"], officer_of(request).user_id, timezone.now())
        except BadCatalogue as bad:
            faults = bad.faults
        else:
            return redirect("catalogue_file", kept.pk)
    context = {"pages": catalogue_tabs("catalogue_files"), "form": form, "faults": faults, "formats": FORMATS}
    return render(
        request, "oversight/catalogue_files.html", context, status=422 if form.errors or faults else 200
    )


def _kept(upload: "File[bytes]", by_id: int, at: datetime) -> CatalogueFile:
    """The file as it was read, until somebody says yes to it; one at a time for each. Raises BadCatalogue."""
    name = (upload.name or "").replace("\\", "/").rpartition("/")[2][-120:]
    form = FORMATS.get(name.rpartition(".")[2].lower())
    if form is None:
        raise BadCatalogue([_("Tên tệp phải kết thúc bằng .xlsx, .csv hoặc .json.")])
    if upload.size is None or upload.size > settings.UPLOAD_LIMIT:
        raise BadCatalogue([_("Tệp quá lớn.")])
    rows = canonical(form.read(upload.read()))
    made = plan(rows)
    CatalogueFile.objects.filter(uploaded_by=by_id, loaded_at=None).delete()
    return CatalogueFile.objects.create(
        name=name, rows=rows, warnings=made.warnings, uploaded_by_id=by_id, uploaded_at=at
    )


@administering
@require_safe
def catalogue_export(request: HttpRequest, kind: str) -> HttpResponse:
    form = FORMATS.get(kind)
    if form is None:
        raise Http404
    name = f"danh-muc-thu-tuc-{timezone.localdate():%Y-%m-%d}.{form.ending}"
    return HttpResponse(
        form.write(exported()),
        content_type=form.mime,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_file(request: HttpRequest, file: int) -> HttpResponse:
    """What would change, and the word that changes it. Only who uploaded it has it."""
    own = CatalogueFile.objects.filter(uploaded_by=officer_of(request).user_id, loaded_at=None)
    kept = get_object_or_404(own, pk=file)
    form = LoadForm(
        request.POST if request.method == "POST" else None, initial={"starts": timezone.localdate()}
    )
    faults: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            done = load(officer_of(request), kept.rows, _loading(request, form), timezone.now())
        except BadCatalogue as bad:
            faults = bad.faults
        except (DraftRefused, DraftStale) as refusal:
            where = getattr(refusal, "field", "")
            form.add_error(where if where in form.fields else None, str(refusal))
        else:
            CatalogueFile.objects.filter(pk=kept.pk).update(loaded_at=timezone.now(), rows=[])
            told = {"n": len(done.changes), "day": vn_date(form.cleaned_data["starts"])}
            messages.success(request, _("Đã nạp: %(n)d thủ tục đổi, có hiệu lực từ %(day)s.") % told)
            return redirect("catalogue")
    return _preview(request, kept, form, faults)


def _loading(request: HttpRequest, form: LoadForm) -> Loading:
    typed = form.cleaned_data
    return Loading(
        typed["number"],
        typed["day"],
        typed["starts"],
        frozenset(request.POST.getlist("gone")),
        request.POST.get("mark", "-"),
    )


def _preview(request: HttpRequest, kept: CatalogueFile, form: LoadForm, faults: list[str]) -> HttpResponse:
    made = Plan()
    try:
        made = plan(kept.rows)
    except BadCatalogue as bad:
        faults = bad.faults
    groups = [Told(label, list(made.of(kind))) for kind, label in LABELS.items() if made.of(kind)]
    context = {
        "kept": kept,
        "form": form,
        "faults": faults,
        "plan": made,
        "groups": groups,
        "same": len(made.of(Kind.SAME)),
        "ticked": request.POST.getlist("gone"),
    }
    status = 422 if form.errors or faults else 200
    return render(request, "oversight/catalogue_file.html", context, status=status)
