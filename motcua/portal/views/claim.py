"""A dossier becomes the citizen's: its code from the receipt, and a one-time code to its telephone or mail."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers.models import Dossier
from motcua.portal import citizens, codes, guessing
from motcua.portal.citizens import not_stored
from motcua.portal.errors import TooManyCodes
from motcua.portal.forms import CodeForm, ContactForm
from motcua.portal.views.track import issued_form, too_many, unlisted
from motcua.ui import client


@login_not_required
@not_stored
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Telephone or mail of the dossier with this code. A code that nobody has looks like one that somebody has."""
    return _ask(request, issued_form(code) or code)


@login_not_required
@not_stored
@require_http_methods(["GET", "HEAD", "POST"])
def citizen_login(request: HttpRequest) -> HttpResponse:
    """Telephone or mail of somebody who was here before."""
    return _ask(request, "")


def _ask(request: HttpRequest, code: str) -> HttpResponse:
    address, now = client.address(request), timezone.now()
    if seconds := guessing.wait(address, now):
        return too_many(request, seconds)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, contact = form.cleaned_data["contact"]
        dossier = Dossier.objects.filter(code=code).first() if code else None
        try:
            made = codes.ask(kind, contact, dossier, now, is_decoy=bool(code) and dossier is None)
        except TooManyCodes as refusal:
            form.add_error("contact", str(refusal))
        else:
            if not made.is_real:
                guessing.miss(address, now)
            citizens.remember_code(request, made.pk, code)
            return redirect("citizen_code")
    context = {"form": form, "code": code, "ways": codes.ways()}
    return unlisted(render(request, "portal/claim.html", context, status=422 if form.errors else 200))


@login_not_required
@not_stored
@require_http_methods(["GET", "HEAD", "POST"])
def citizen_code(request: HttpRequest) -> HttpResponse:
    """The six digits. A wrong one stays where it was typed; after five a new code must be asked for."""
    address, now = client.address(request), timezone.now()
    if seconds := guessing.wait(address, now):
        return too_many(request, seconds)
    pending = citizens.pending_code(request)
    if pending is None:
        return redirect("citizen_login")
    pk, code = pending
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        citizen = codes.redeem(pk, form.cleaned_data["digits"], now)
        if citizen is not None:
            citizens.let_in(request, citizen)
            return redirect("my_dossier", code=code) if code else redirect("my_dossiers")
        guessing.miss(address, now)
        form.add_error(
            "digits", _("Mã chưa đúng hoặc đã hết hạn. Xem lại tin nhắn mới nhất, hoặc xin mã khác.")
        )
    _focus(form)
    context = {"form": form, "code": code}
    return unlisted(render(request, "portal/citizen_code.html", context, status=422 if form.errors else 200))


@login_not_required
@require_POST
def citizen_logout(request: HttpRequest) -> HttpResponse:
    citizens.let_out(request)
    messages.success(request, _("Đã thoát. Người khác dùng máy này không xem được hồ sơ của bạn."))
    return redirect("welcome")


def _focus(form: forms.Form) -> None:
    form.fields["digits"].widget.attrs["autofocus"] = True
