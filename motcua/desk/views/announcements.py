"""What a unit tells citizens and officers: its administrator writes it, the province's for the province."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk.access import officer_of
from motcua.desk.announcement_forms import AnnouncementForm, ShortenForm
from motcua.desk.sections import sections
from motcua.notices.actions import announce as notices
from motcua.notices.announced import written_by
from motcua.notices.errors import AnnouncementRefused
from motcua.notices.models import Announcement
from motcua.people.models import Role
from motcua.people.officer import Held
from motcua.ui.paging import page, whole

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Held, P], HttpResponse]


def writing(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for who announces for a unit, which the view gets; others meet 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        held = notices.writes_for(officer_of(request))
        if held is None:
            raise PermissionDenied
        return view(request, held, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)


@writing
@require_safe
def announcements(request: HttpRequest, held: Held) -> HttpResponse:
    """All that the unit has written, latest first."""
    context = {
        "unit_name": held.unit_name,
        "page": page(written_by(held.unit_id), request.GET, ("id",), falling=True),
        "today": timezone.localdate(),
        "sections": sections(request) if held.role is Role.UNIT_ADMIN else [],
    }
    return render(request, "desk/announcements.html", context)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_new(request: HttpRequest, held: Held) -> HttpResponse:
    today = timezone.localdate()
    form = AnnouncementForm(request.POST if request.method == "POST" else None, initial={"first_day": today})
    if form.is_valid() and _done(
        request,
        form,
        lambda: notices.announce(officer_of(request), held.unit_id, form.draft(), timezone.now()),
        _("Đã ghi thông báo."),
    ):
        return redirect("announcements")
    return _page(request, "desk/announcement_new.html", {"form": form, "unit_name": held.unit_name}, form)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: HttpRequest, held: Held, announcement: int) -> HttpResponse:
    """Written anew until it begins; then an earlier end."""
    row = _own(held, announcement)
    has_begun = row.has_begun(timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form: AnnouncementForm | ShortenForm
    if has_begun:
        form = ShortenForm(data, initial={"last_day": row.last_day})
    else:
        names = ("title", "body", "audience", "first_day", "last_day")
        form = AnnouncementForm(data, initial={name: getattr(row, name) for name in names})
    if form.is_valid() and _done(request, form, lambda: _change(request, row, form), _("Đã lưu.")):
        return redirect("announcements")
    context = {
        "row": row,
        "form": form,
        "has_begun": has_begun,
        "is_over": row.is_over(timezone.localdate()),
    }
    return _page(request, "desk/announcement.html", context, form)


@writing
@require_POST
def announcement_withdraw(request: HttpRequest, held: Held, announcement: int) -> HttpResponse:
    row = _own(held, announcement)
    try:
        notices.withdraw(officer_of(request), row.pk, timezone.now())
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã rút lại thông báo."))
    return redirect("announcements")


def _change(request: HttpRequest, row: Announcement, form: AnnouncementForm | ShortenForm) -> Announcement:
    """By the form that was shown: a page left open over midnight may offer what is no longer possible, and is told so."""
    officer, now = officer_of(request), timezone.now()
    if isinstance(form, AnnouncementForm):
        return notices.reannounce(officer, row.pk, form.draft(), now)
    return notices.shorten(officer, row.pk, form.cleaned_data["last_day"], now)


def _done(request: HttpRequest, form: Form, act: Callable[[], object], words: str) -> bool:
    """Whether it was done; if not, the form says why."""
    try:
        act()
    except AnnouncementRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, words)
    return True


def _own(held: Held, pk: int) -> Announcement:
    row = written_by(held.unit_id).filter(pk=pk).first() if whole(str(pk)) else None
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)
