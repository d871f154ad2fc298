"""The first page: a citizen asks for a dossier, an officer goes on to the log-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.portal.forms import TrackForm


@login_not_required
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/welcome.html", {"form": TrackForm()})
