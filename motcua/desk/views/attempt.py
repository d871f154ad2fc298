"""What every act on a dossier's page has in common: done and said, or the page again with all that was typed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.desk.access import act_of
from motcua.desk.forms import UploadForm
from motcua.desk.scan_forms import ScansForm
from motcua.desk.views.dossier import load, page
from motcua.dossiers.actions import Act
from motcua.dossiers.errors import Incomplete, NotFound
from motcua.journal.errors import Refused

Do = Callable[[Act, int], object]


def attempt(request: HttpRequest, code: str, name: str, form: forms.Form, do: Do, done: str) -> HttpResponse:
    """Do the act if the form is right; else, or if it is refused, the page again with the form as it was typed."""
    found = load(request, code)
    if form.is_valid():
        try:
            do(act_of(request), found.pk)
        except NotFound:
            raise
        except Refused as refusal:
            field = refusal.field if isinstance(refusal, Incomplete) else ""
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("dossier", code=code)
    if isinstance(form, UploadForm | ScansForm):
        form.hold()
    return page(request, load(request, code), {name: form})
