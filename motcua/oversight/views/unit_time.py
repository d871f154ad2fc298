"""When a unit is open: its hours through time, and its closures; each change is shown before it is written (R10)."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.dossiers.actions import Foretold, foretell
from motcua.oversight.access import officer_of, whole_number
from motcua.oversight.unit_forms import ClosureForm, WeekForm, week_words
from motcua.oversight.units import frame, keeping, reading, unit_read
from motcua.people import calendar, weeks, working_time
from motcua.people.errors import CalendarRefused, HoursRefused, StaffRefused
from motcua.people.models import Closure, Unit
from motcua.people.staffing import midnight
from motcua.people.weeks import Period
from motcua.ui.fields import put
from motcua.ui.paging import page


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_hours(request: HttpRequest, unit: str) -> HttpResponse:
    """The hours that hold, whose they are, and a week's table for others: first what would move, then the change."""
    place, today = unit_read(officer_of(request), unit), timezone.localdate()
    known = weeks.periods(place.path)
    now = next((period for period in known if period.holds(today)), None)
    form = WeekForm(
        request.POST if request.method == "POST" else None,
        has_above=place.parent_id is not None,
        initial={"own": WeekForm.OWN, "first": today} | WeekForm.shown(now.seasons if now else ()),
    )
    foretold = None
    if form.is_valid():
        if "save" in request.POST:
            if _hours_set(request, place, form):
                return redirect("unit_hours", place.code)
        else:
            foretold = _hours_foretold(request, place, form)
    context = frame(request, place) | {
        "form": form,
        "foretold": foretold,
        "periods": [_shown(period, place, is_now=period is now) for period in reversed(known)],
        "now": now,
    }
    return render(request, "oversight/unit_hours.html", context, status=422 if form.errors else 200)


def _shown(period: Period, place: Unit, *, is_now: bool) -> dict[str, object]:
    return {
        "period": period,
        "is_own": period.unit_code == place.code,
        "is_now": is_now,
        "seasons": [(season, week_words(season.week)) for season in period.seasons],
    }


def _hours_set(request: HttpRequest, place: Unit, form: WeekForm) -> bool:
    try:
        _set(request, place, form, timezone.now())
    except (HoursRefused, StaffRefused) as refusal:
        _put(form, refusal)
        return False
    messages.success(
        request, _("Đã ghi giờ làm việc. Hạn trả của hồ sơ đang giải quyết được tính lại trong ít phút.")
    )
    return True


def _set(request: HttpRequest, place: Unit, form: WeekForm, at: datetime) -> None:
    working_time.set_week(
        officer_of(request), place, form.seasons, form.week_from, form.cleaned_data["source"], at
    )


def _hours_foretold(request: HttpRequest, place: Unit, form: WeekForm) -> Foretold | None:
    at = timezone.now()
    return _foretold(
        form,
        lambda: _set(request, place, form, at),
        midnight(form.week_from),
        midnight(calendar.LAST),
        at,
        place,
    )


def _foretold(
    form: WeekForm | ClosureForm,
    change: Callable[[], object],
    since: datetime,
    until: datetime,
    at: datetime,
    place: Unit,
) -> Foretold | None:
    """What a change would move; None: it is refused, and the form says why."""
    try:
        return foretell(change, since, until, at=at, path=place.path)
    except (CalendarRefused, StaffRefused) as refusal:
        _put(form, refusal)
    return None


def _put(form: WeekForm | ClosureForm, refusal: CalendarRefused | StaffRefused) -> None:
    if isinstance(form, WeekForm) and isinstance(refusal, HoursRefused):
        form.add_refusal(refusal)
    else:
        put(form, refusal)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_closures(request: HttpRequest, unit: str) -> HttpResponse:
    """Times in which the office is shut, latest first, and the form for one more, with what it would move."""
    place, now = unit_read(officer_of(request), unit), timezone.now()
    form = ClosureForm(request.POST if request.method == "POST" else None)
    foretold = None
    if form.is_valid():
        if "save" in request.POST:
            if _closed(request, place, form):
                return redirect("unit_closures", place.code)
        else:
            foretold = _foretold(
                form, lambda: _close(request, place, form, now), form.starts, form.ends, now, place
            )
    rows = page(Closure.objects.filter(unit=place), request.GET, ("id",), falling=True)
    context = frame(request, place) | {"form": form, "foretold": foretold, "page": rows, "now": now}
    return render(request, "oversight/unit_closures.html", context, status=422 if form.errors else 200)


def _close(request: HttpRequest, place: Unit, form: ClosureForm, at: datetime) -> None:
    working_time.close_office(
        officer_of(request), place, form.starts, form.ends, form.cleaned_data["reason"], at
    )


def _closed(request: HttpRequest, place: Unit, form: ClosureForm) -> bool:
    try:
        _close(request, place, form, timezone.now())
    except (CalendarRefused, StaffRefused) as refusal:
        _put(form, refusal)
        return False
    messages.success(
        request, _("Đã ghi đóng cửa. Hạn trả của hồ sơ đang giải quyết được tính lại trong ít phút.")
    )
    return True


@keeping
@require_POST
def closure_withdraw(request: HttpRequest, unit: str) -> HttpResponse:
    """The office is open again, or does not close at all."""
    place = unit_read(officer_of(request), unit)
    try:
        working_time.open_again(
            officer_of(request), place, whole_number(request.POST.get("closure", ""), 0), timezone.now()
        )
    except (CalendarRefused, StaffRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi mở cửa lại. Hạn trả được tính lại trong ít phút."))
    return redirect("unit_closures", place.code)
