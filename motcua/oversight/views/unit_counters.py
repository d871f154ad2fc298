"""The counters of a unit's desk, and who sits at which: today, each week, and on single dates."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.oversight.access import officer_of
from motcua.oversight.days import WEEKDAYS
from motcua.oversight.staff_forms import CounterForm, DayPlanForm, WeekPlanForm
from motcua.oversight.units import frame, reading, unit_read
from motcua.people import counters
from motcua.people import queries as people
from motcua.people.errors import StaffRefused
from motcua.people.models import CounterDuty, DeskCounter, Unit, User
from motcua.ui.fields import put
from motcua.ui.formats import vn_date


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_counters(request: HttpRequest, unit: str) -> HttpResponse:
    """Who sits where now; the counters with their weeks; the form for one more."""
    place, now = unit_read(officer_of(request), unit), timezone.now()
    rows = list(place.counters.prefetch_related("fields", "duties__officer").order_by("number"))
    free = max((row.number for row in rows), default=0) + 1
    form = CounterForm(
        request.POST if request.method == "POST" else None, initial={"number": free, "is_active": True}
    )
    if form.is_valid() and _saved(request, place, form, None):
        return redirect("unit_counters", place.code)
    context = frame(request, place) | {
        "seats": counters.seats(place.pk, now),
        "today": timezone.localdate(now),
        "rows": [(row, _week_words(row.duties.all())) for row in rows],
        "form": form,
    }
    return render(request, "oversight/unit_counters.html", context, status=422 if form.errors else 200)


def _week_words(duties: Iterable[CounterDuty]) -> list[tuple[str, str]]:
    """Who sits there on which weekdays: ("Trần Thị Lan", "Thứ Hai, Thứ Ba")."""
    days: dict[str, list[str]] = {}
    for duty in sorted(duties, key=lambda duty: duty.weekday or 0):
        if duty.weekday is not None and duty.officer is not None:
            days.setdefault(duty.officer.full_name, []).append(str(WEEKDAYS[duty.weekday]))
    return [(name, ", ".join(words)) for name, words in days.items()]


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_counter(request: HttpRequest, unit: str, number: int) -> HttpResponse:
    """One counter: what it is, its week, and the dates that differ."""
    place = unit_read(officer_of(request), unit)
    counter = DeskCounter.objects.filter(unit=place, number=number).prefetch_related("fields").first()
    if counter is None:
        raise Http404
    colleagues = list(people.colleagues(place.pk))
    forms = _forms(request, counter, colleagues)
    act = request.POST.get("act", "")
    if request.method == "POST" and _done(request, place, counter, forms, act):
        return redirect(
            "unit_counters" if act == "counter" else "unit_counter", place.code, *_number(act, number)
        )
    days = counter.duties.filter(day__gte=timezone.localdate()).select_related("officer").order_by("day")
    wrong = any(form.errors for form in forms.values())
    context = frame(request, place) | forms | {"counter": counter, "days": days}
    return render(request, "oversight/unit_counter.html", context, status=422 if wrong else 200)


def _number(act: str, number: int) -> list[int]:
    """A counter may have got another number: then its list is shown."""
    return [] if act == "counter" else [number]


def _forms(request: HttpRequest, counter: DeskCounter, colleagues: list[User]) -> dict[str, Any]:
    act = request.POST.get("act", "") if request.method == "POST" else ""
    week = dict(counter.duties.filter(day=None).values_list("weekday", "officer"))
    known = {
        "number": counter.number,
        "name": counter.name,
        "fields_of_work": [field.pk for field in counter.fields.all()],
        "is_active": counter.is_active,
    }
    return {
        "form": CounterForm(request.POST if act == "counter" else None, initial=known),
        "week": WeekPlanForm(
            request.POST if act == "week" else None,
            colleagues=colleagues,
            initial={f"day{weekday}": user_id for weekday, user_id in week.items()},
        ),
        "date": DayPlanForm(
            request.POST if act == "day" else None, colleagues=colleagues, auto_id="id_date_%s"
        ),
    }


def _done(request: HttpRequest, place: Unit, counter: DeskCounter, forms: dict[str, Any], act: str) -> bool:
    if act == "counter":
        return bool(forms["form"].is_valid()) and _saved(request, place, forms["form"], counter.pk)
    if act == "week":
        return bool(forms["week"].is_valid()) and _planned(request, place, counter, forms["week"])
    if act == "day":
        return bool(forms["date"].is_valid()) and _day_planned(request, place, counter, forms["date"])
    if act == "forget":
        return _forgotten(request, place, counter)
    raise Http404


def _saved(request: HttpRequest, place: Unit, form: CounterForm, counter_id: int | None) -> bool:
    try:
        row = counters.save_counter(officer_of(request), place, form.plan, timezone.now(), counter_id)
    except StaffRefused as refusal:
        form.refused(refusal)
        return False
    messages.success(request, _("Đã lưu quầy %(n)d.") % {"n": row.number})
    return True


def _planned(request: HttpRequest, place: Unit, counter: DeskCounter, form: WeekPlanForm) -> bool:
    try:
        counters.plan_week(officer_of(request), place, counter.pk, form.week, timezone.now())
    except StaffRefused as refusal:
        form.refused(refusal)
        return False
    messages.success(request, _("Đã lưu lịch ngồi quầy hằng tuần."))
    return True


def _day_planned(request: HttpRequest, place: Unit, counter: DeskCounter, form: DayPlanForm) -> bool:
    facts = form.cleaned_data
    try:
        counters.plan_day(
            officer_of(request), place, counter.pk, facts["day"], facts["officer"], timezone.now()
        )
    except StaffRefused as refusal:
        put(form, refusal)
        return False
    messages.success(request, _("Đã ghi ngày %(day)s.") % {"day": vn_date(facts["day"])})
    return True


def _forgotten(request: HttpRequest, place: Unit, counter: DeskCounter) -> bool:
    """A button without a form of its own: what it sends is a day of the list, or nothing that is there."""
    days = {row.day.isoformat(): row.day for row in counter.duties.exclude(day=None) if row.day}
    day = days.get(request.POST.get("day", ""))
    try:
        if day is not None:
            counters.forget_day(officer_of(request), place, counter.pk, day, timezone.now())
    except StaffRefused as refusal:
        messages.error(request, str(refusal))
    return True
