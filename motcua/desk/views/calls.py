"""Citizens whom no mail and no SMS reaches: somebody of the desk tells them (NĐ 61/2018 Đ.19.9, Đ.20.4: by telephone)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.desk.access import at_desk, desk_of, officer_of
from motcua.notices import actions as notices
from motcua.notices import queries
from motcua.people.models import Role
from motcua.ui.paging import page, whole


@at_desk(Role.CLERK)
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Longest waiting first, with the words to say."""
    unit_id = desk_of(request).unit_id
    if request.method == "POST":
        _note(request, unit_id)
        return redirect("calls")
    waiting = queries.calls(unit_id).select_related("dossier__version")
    return render(request, "desk/calls.html", {"page": page(waiting, request.GET, ("id",))})


def _note(request: HttpRequest, unit_id: int) -> None:
    message = whole(request.POST.get("message", ""))
    if message is None:
        return
    if notices.called(officer_of(request), unit_id, message):
        messages.success(request, _("Đã ghi: người nộp đã được báo."))
    else:
        messages.info(request, _("Việc này đã có người làm, hoặc không cần nữa."))
