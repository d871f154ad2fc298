"""The issued papers of a dossier, its living control slip, and many papers in one file."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.access import DESK, at_desk, officer_of
from motcua.desk.views.dossier import load
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.papers import actions as papers
from motcua.papers import bulk
from motcua.papers.models import IssuedPaper
from motcua.papers.queries import issued_to, pdfs_of
from motcua.ui.paging import whole

BACK = ("register", "work")
"""The lists that papers are printed from; the first when a form does not say."""


@require_safe
def paper(request: HttpRequest, code: str, paper: int) -> FileResponse:
    """An issued paper of the dossier, to the byte as issued (R40)."""
    found = load(request, code)
    if paper not in {one.pk for one in issued_to(found)}:
        raise Http404(_("Không có giấy này trong hồ sơ."))
    return files.response(
        get_object_or_404(IssuedPaper.objects.select_related("file"), pk=paper).file, inline=True
    )


@require_safe
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Mẫu số 05 until now; of a closed dossier the one that was kept (R42)."""
    found = Dossier.objects.select_related("unit__parent", "version__procedure", "step").get(
        pk=load(request, code).pk
    )
    return pdf(papers.slip_now(found, timezone.now()), f"{found.code}-mau-05.pdf")


@at_desk(*DESK)
@require_POST
def bulk_print(request: HttpRequest) -> HttpResponse:
    """The papers of all ticked dossiers in one file, in the order in which they stood in the list."""
    ticked = list(dict.fromkeys(filter(None, map(whole, request.POST.getlist("dossier")))))
    if not ticked:
        return _refuse(request, _("Chưa chọn hồ sơ nào."))
    if len(ticked) > bulk.MOST:
        most = {"most": bulk.MOST, "n": len(ticked)}
        return _refuse(request, _("Mỗi lần in được %(most)d hồ sơ; đã chọn %(n)d. Hãy chọn ít hơn.") % most)
    dossiers = Dossier.objects.filter(queries.visible_to(officer_of(request)), pk__in=ticked)
    rows = dossiers.select_related("unit__parent", "version__procedure", "applicant", "step").in_bulk()
    found = [rows[pk] for pk in ticked if pk in rows]
    pdfs = pdfs_of(found, request.POST.get("what", ""), timezone.now())
    if not pdfs:
        return _refuse(request, _("Những hồ sơ đã chọn chưa có giấy tờ nào để in."))
    return pdf(bulk.together(pdfs), f"in-{len(found)}-ho-so.pdf")


def _refuse(request: HttpRequest, words: str) -> HttpResponse:
    """Back to the list, which says why."""
    messages.warning(request, words)
    asked = request.POST.get("back", "")
    return redirect(asked if asked in BACK else BACK[0])


def pdf(made: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)
