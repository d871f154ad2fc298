"""Results that wait for the citizen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of
from motcua.dossiers import queries
from motcua.people.models import Role
from motcua.ui.paging import page


@at_desk(Role.CLERK)
@require_http_methods(["GET", "POST"])
def ready(request: HttpRequest) -> HttpResponse:
    """Longest waiting first; narrowed by the name or code that the citizen at the counter says."""
    words = request.POST.get("q", "").strip()
    found = queries.with_words(queries.ready(desk_of(request).unit_id), words).select_related(
        "version", "result"
    )
    shown = page(found, request.GET, ("finished_at", "id"), words=words)
    context = {"now": timezone.now(), "q": words, "page": shown}
    return render(request, "desk/ready.html", context)
