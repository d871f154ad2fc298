"""The queue of mail and SMS: what went out, what waits, what failed and why; and having it tried again."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.notices import actions as notices
from motcua.notices import queries
from motcua.notices.choices import STATES, State
from motcua.oversight.access import administering
from motcua.oversight.tabs import background_tabs
from motcua.ui.paging import page


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise | str
    state: State | None = None


TABS = (
    Tab("", gettext_lazy("Tất cả")),
    Tab("cho", State.QUEUED.label, State.QUEUED),
    Tab("loi", State.FAILED.label, State.FAILED),
    Tab("thoi", State.GIVEN_UP.label, State.GIVEN_UP),
    Tab("khong", State.SKIPPED.label, State.SKIPPED),
    Tab("da-gui", State.SENT.label, State.SENT),
)


@administering
@require_safe
def message_queue(request: HttpRequest) -> HttpResponse:
    """Newest first, in key-set pages. Addresses are masked: whose they are is the desk's business."""
    tab = next((tab for tab in TABS if tab.name == request.GET.get("muc", "")), TABS[0])
    found = queries.queue().filter(state=tab.state) if tab.state else queries.queue()
    counts = queries.queue_counts()
    context = {
        "pages": background_tabs("message_queue"),
        "tabs": [
            {
                "label": each.label,
                "url": f"?muc={each.name}" if each.name else ".",
                "current": each is tab,
                "count": counts.get(each.state, 0) if each.state else sum(counts.values()),
            }
            for each in TABS
        ],
        "page": page(found, request.GET, ("id",), kept={"muc": tab.name} if tab.name else None, falling=True),
        "STATES": STATES,
        "mail_host": settings.EMAIL_HOST,
        "sms": settings.SMS["adapter"],
        "can_retry": queries.anything_to_retry(),
    }
    return render(request, "oversight/message_queue.html", context)


@administering
@require_POST
def message_retry(request: HttpRequest, message: int) -> HttpResponse:
    """Give it its attempts back; one that was sent, or is not true any more, is left alone."""
    if notices.retry(message):
        messages.success(request, _("Tin sẽ được gửi lại trong ít phút."))
    else:
        messages.info(request, _("Tin này không gửi lại được nữa."))
    return redirect("message_queue")


@administering
@require_POST
def message_retry_all(request: HttpRequest) -> HttpResponse:
    """All that were given up, or waited for settings: after a server was mended, say."""
    done = notices.retry_all()
    words = ngettext("%(n)d tin sẽ được gửi lại.", "%(n)d tin sẽ được gửi lại.", done) % {"n": done}
    messages.success(request, words)
    return redirect("message_queue")
