"""The public calendar of the province: what the library says, and what an administrator corrects (R10)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.oversight.access import administering, officer_of, whole_number
from motcua.oversight.days import hours_lines, special_days
from motcua.oversight.forms import CorrectionForm, WithdrawForm
from motcua.people import actions as people
from motcua.people.calendar import FIRST, LAST
from motcua.people.errors import CalendarRefused
from motcua.people.models import DayKind
from motcua.ui.formats import vn_date


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """A year's days, and the form that adds or replaces a correction."""
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _corrected(request, form):
        return _to_year(form.cleaned_data["day"].year)
    year = _year(request)
    context = {
        "form": form,
        "year": year,
        "years": _years(year),
        "days": special_days(year),
        "hours": hours_lines(),
    }
    return render(request, "oversight/calendar.html", context, status=422 if form.errors else 200)


@administering
@require_POST
def calendar_withdraw(request: HttpRequest) -> HttpResponse:
    """Take a correction back: the library's word counts again."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Không có ngày nào để rút lại. Tải lại trang rồi làm lại."))
        return redirect("calendar")
    day = form.cleaned_data["day"]
    try:
        people.withdraw_correction(officer_of(request), day)
    except CalendarRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã rút lại sửa đổi của ngày %(day)s.") % {"day": vn_date(day)})
    return _to_year(day.year)


def _corrected(request: HttpRequest, form: CorrectionForm) -> bool:
    """Whether the correction was written; if not, the form says why."""
    facts = form.cleaned_data
    try:
        people.correct_calendar(officer_of(request), facts["day"], DayKind(facts["kind"]), facts["name"])
    except CalendarRefused as refusal:
        form.add_error("day", str(refusal))
        return False
    messages.success(request, _("Đã ghi ngày %(day)s vào lịch.") % {"day": vn_date(facts["day"])})
    return True


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('calendar')}?nam={year}")


def _year(request: HttpRequest) -> int:
    year = whole_number(request.GET.get("nam", ""), timezone.localdate().year)
    return min(max(year, FIRST.year), LAST.year)


def _years(year: int) -> list[dict[str, object]]:
    """Tabs: the year, and two on either side as far as the calendar goes."""
    near = range(max(FIRST.year, year - 2), min(LAST.year, year + 2) + 1)
    return [{"label": str(y), "url": f"?nam={y}", "current": y == year} for y in near]
