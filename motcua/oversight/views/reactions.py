"""Work after the transaction that did not get done: given up, or waiting for too long."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.journal import actions as journal
from motcua.journal import queries
from motcua.oversight.access import administering
from motcua.oversight.tabs import background_tabs


@administering
@require_safe
def reactions(request: HttpRequest) -> HttpResponse:
    """Latest first; more than none owed means that no worker runs."""
    context = {
        "owed": queries.owed(),
        "rows": queries.given_up(),
        "pages": background_tabs("reactions"),
    }
    return render(request, "oversight/reactions.html", context)


@administering
@require_POST
def reaction_retry(request: HttpRequest, reaction: int) -> HttpResponse:
    """Give it its attempts back; one that is not given up any more is left alone."""
    journal.retry(reaction)
    messages.success(request, _("Đã giao lại cho tiến trình nền. Tải lại trang sau ít phút để xem kết quả."))
    return redirect("reactions")
