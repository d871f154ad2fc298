"""Pages of the look itself: every component on one page, and what stands where no other page can."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.ui import sample


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with content as in an office; all of it made up."""
    return render(request, "ui/components.html", sample.context())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that waited longer than the session: say so, lose nothing (the browser still has the form)."""
    return render(request, "ui/stale.html", status=403)
