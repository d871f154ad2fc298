"""The citizen's own pages: the dossiers shown to be his, each with its papers, what is asked for, and the result."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.standing import standing
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.files.pages import store_pages
from motcua.journal.errors import Refused
from motcua.notices import queries as notices
from motcua.portal import mine, tracking
from motcua.portal.citizens import by_citizen, own
from motcua.portal.forms import UploadForm
from motcua.portal.models import Citizen
from motcua.portal.story import story
from motcua.ui import paging


@require_safe
@by_citizen
def my_dossiers(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    page = paging.page(mine.dossiers_of(citizen), request.GET, ("received_at", "id"), falling=True)
    return render(request, "portal/my_dossiers.html", {"page": page, "citizen": citizen})


@require_safe
@by_citizen
def my_dossier(request: HttpRequest, citizen: Citizen, code: str) -> HttpResponse:
    return _page(request, citizen, own(citizen, code))


def _page(
    request: HttpRequest, citizen: Citizen, dossier: Dossier, wrong: dict[int, UploadForm] | None = None
) -> HttpResponse:
    """The dossier's page; `wrong`: the form of a paper whose file was not taken, with the reason."""
    progress, now, asked = tracking.progress(dossier.code), timezone.now(), mine.asked(dossier)
    if progress is None:
        raise Http404
    context = {
        "citizen": citizen,
        "dossier": dossier,
        "progress": progress,
        "steps": progress.steps(),
        "left": progress.left(now),
        "first_left": progress.first_left(now),
        "where": mine.where(dossier),
        "since": mine.since(dossier),
        "asked": asked,
        "rows": [
            (item, (wrong or {}).get(item.requirement_id) or UploadForm(prefix=f"p{item.requirement_id}"))
            for item in (asked.items if asked else [])
        ],
        "received": mine.received_papers(dossier),
        "papers": mine.papers(dossier),
        "result": mine.result(dossier),
        "told": notices.about(dossier),
        "story": story(dossier.pk, dossier.appointment_at),
        "standing": standing(dossier.pk),
        "simulated": dossier.is_simulated,
    }
    return render(request, "portal/my_dossier.html", context, status=422 if wrong else 200)


@require_POST
@by_citizen
def my_upload(request: HttpRequest, citizen: Citizen, code: str, paper: int) -> HttpResponse:
    """One file, or several photographs of one paper; those of the other papers stay as they are."""
    dossier = own(citizen, code)
    form = UploadForm(request.POST, request.FILES, prefix=f"p{paper}")
    if form.is_valid():
        try:
            _keep(dossier, paper, form)
        except Refused as refusal:
            form.add_error("pages", str(refusal))
        else:
            return redirect(f"{_address(code)}#bo-sung")
    return _page(request, citizen, dossier, {paper: form})


def _keep(dossier: Dossier, paper: int, form: forms.Form) -> None:
    """What is refused after it was stored leaves no file behind."""
    stored = store_pages(form.cleaned_data["pages"], uploaded_by_id=None)
    try:
        dossiers.keep_upload(dossier.pk, paper, stored)
    except Refused:
        files.discard(stored)
        raise


@require_POST
@by_citizen
def my_submit(request: HttpRequest, citizen: Citizen, code: str) -> HttpResponse:
    """All of it, to the desk."""
    dossier = own(citizen, code)
    try:
        dossiers.submit_supplement(dossier.pk, timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã gửi. Nơi tiếp nhận sẽ xem và báo cho bạn."))
    return redirect(f"{_address(code)}#bo-sung")


@require_safe
@by_citizen
def my_upload_file(request: HttpRequest, citizen: Citizen, code: str, paper: int) -> FileResponse:
    """What was put to a paper, to look at it again before it is sent."""
    asked = mine.asked(own(citizen, code))
    item = next((one for one in (asked.items if asked else []) if one.requirement_id == paper), None)
    return _sent(item.upload if item else None)


@require_safe
@by_citizen
def my_paper(request: HttpRequest, citizen: Citizen, code: str, paper: int) -> FileResponse:
    """A paper exactly as it was issued."""
    return _sent(mine.paper_file(own(citizen, code), paper))


@require_safe
@by_citizen
def my_result(request: HttpRequest, citizen: Citizen, code: str) -> FileResponse:
    """The electronic result; it can be had again at any time (NĐ 61/2018 Đ.20.5)."""
    return _sent(mine.result_file(own(citizen, code)))


def _sent(stored: StoredFile | None) -> FileResponse:
    if stored is None:
        raise Http404
    return files.response(stored)


def _address(code: str) -> str:
    return reverse("my_dossier", args=[code])
