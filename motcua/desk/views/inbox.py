"""What an officer was told: about dossiers that wait for him, newest first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.desk.access import DESK, at_desk, officer_of
from motcua.notices import actions as notices
from motcua.notices import queries
from motcua.ui.paging import page, whole


@at_desk(*DESK)
@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """Only his own; each or all of them can be marked as read."""
    officer = officer_of(request)
    if request.method == "POST":
        _mark(request)
        return redirect("inbox")
    context = {
        "page": page(queries.inbox(officer.user_id), request.GET, ("id",), falling=True),
        "unread": queries.unread(officer.user_id),
    }
    return render(request, "desk/inbox.html", context)


def _mark(request: HttpRequest) -> None:
    officer = officer_of(request)
    if "all" in request.POST:
        done = notices.read(officer)
    else:
        ids = [whole(value) for value in request.POST.getlist("message")]
        done = notices.read(officer, [pk for pk in ids if pk is not None])
    if done:
        words = ngettext("Đã đánh dấu %(n)d tin là đã đọc.", "Đã đánh dấu %(n)d tin là đã đọc.", done)
        messages.success(request, words % {"n": done})
