"""How far a dossier is, by its code: typed here, or read out of the QR code on the receipt. Public."""

import math

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.dossiers.standing import standing
from motcua.portal import guessing, tracking
from motcua.portal.forms import TrackForm
from motcua.portal.story import story
from motcua.rules.numbering import CodeMalformed, normalise_code
from motcua.ui import client

# Progress is true for a moment only, and a phone may be lent: no browser or proxy keeps it.
not_stored = cache_control(no_store=True, private=True)


@login_not_required
@require_safe
@not_stored
def track_find(request: HttpRequest) -> HttpResponse:
    """From what was typed to the page of the dossier; what cannot be a code stays in the form with a message."""
    if "code" not in request.GET:
        return _form_page(request, TrackForm())
    address, now = client.address(request), timezone.now()
    if seconds := guessing.wait(address, now):
        return too_many(request, seconds)
    form = TrackForm(request.GET)
    if form.is_valid():
        return redirect("track", code=form.cleaned_data["code"])
    if request.GET["code"].strip():
        guessing.miss(address, now)
    return _form_page(request, form, status=422)


@login_not_required
@require_safe
@not_stored
def track(request: HttpRequest, code: str) -> HttpResponse:
    """Progress only. An unknown code and one that is none look alike, and both count as a guess."""
    address, now = client.address(request), timezone.now()
    if seconds := guessing.wait(address, now):
        return too_many(request, seconds)
    issued = issued_form(code)
    if issued and issued != code:
        return redirect("track", code=issued)
    progress = tracking.progress(issued) if issued else None
    if progress is None:
        guessing.miss(address, now)
        return _unknown(request, code)
    context = {
        "progress": progress,
        "steps": progress.steps(),
        "left": progress.left(now),
        "first_left": progress.first_left(now),
        "story": story(progress.pk, progress.appointment_at),
        "standing": standing(progress.pk),
        "form": TrackForm(),
        "simulated": progress.is_simulated,
    }
    return unlisted(render(request, "portal/track.html", context))


def issued_form(code: str) -> str:
    """The code as we issue it; empty for what cannot be one."""
    try:
        return normalise_code(code)
    except CodeMalformed:
        return ""


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    form = TrackForm({"code": code})
    if form.is_valid():
        form.add_error("code", _("Không có hồ sơ nào mang mã này. So lại từng chữ số với giấy tiếp nhận."))
    return _form_page(request, form, status=404)


def _form_page(request: HttpRequest, form: TrackForm, status: int = 200) -> HttpResponse:
    if form.errors:
        form.fields["code"].widget.attrs["autofocus"] = True
    return unlisted(render(request, "portal/track_find.html", {"form": form}, status=status))


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"minutes": math.ceil(seconds / 60)}
    answer = render(request, "portal/too_many.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def unlisted(answer: HttpResponse) -> HttpResponse:
    """No search engine lists the codes of dossiers."""
    answer["X-Robots-Tag"] = "noindex"
    return answer
