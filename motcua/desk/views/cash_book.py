"""The counter's book: what was taken on a day, by method; closing it with the drawer counted; earlier days."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.cash import actions as cash
from motcua.cash import books, queries
from motcua.cash.models import DayBook, Method
from motcua.desk.access import act_of, at_desk, desk_of, officer_of
from motcua.desk.fee_forms import CountForm
from motcua.desk.views.register import XLSX
from motcua.dossiers.errors import Incomplete
from motcua.journal.errors import Refused
from motcua.papers.cash_book import month_xlsx
from motcua.people.models import Role, Unit
from motcua.ui.formats import vn_date
from motcua.ui.paging import page

MONTHS = range(1, 13)


@at_desk(Role.CLERK, Role.LEADER)
@require_safe
def cash_book(request: HttpRequest) -> HttpResponse:
    """One day's entries, latest first; today's unless another is asked for."""
    return _day(request, _asked(request.GET.get("ngay", "")))


def _asked(text: str) -> date:
    """The day that an address or a form names; today for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _day(request: HttpRequest, day: date, form: CountForm | None = None) -> HttpResponse:
    unit_id = desk_of(request).unit_id
    today = timezone.localdate()
    book = queries.day_books(unit_id).filter(day=day).first()
    is_clerk = Role.CLERK in officer_of(request).roles_in(unit_id)
    entries = books.entries(unit_id, day).select_related("dossier", "taken_by")
    sums = books.sums(unit_id, day)
    context = {
        "day": day,
        "is_today": day == today,
        "book": book,
        "is_closed": bool(book and book.closed_at),
        "sums": sums,
        "methods": [(method.label, sums.by_method[method]) for method in Method],
        "page": page(entries, request.GET, ("id",), kept={"ngay": day.isoformat()}, falling=True),
        "form": form or CountForm(),
        "can_close": is_clerk and day <= today and not (book and book.closed_at),
        "unclosed": None if form else _unclosed(unit_id, today),
    }
    return render(request, "desk/cash_book.html", context, status=422 if form else 200)


def _unclosed(unit_id: int, today: date) -> DayBook | None:
    """The latest earlier day that somebody forgot to close."""
    return queries.day_books(unit_id).filter(day__lt=today, closed_at=None).order_by("-day").first()


@at_desk(Role.CLERK)
@require_POST
def close_day(request: HttpRequest) -> HttpResponse:
    """Close a day's book with the count; a mistake comes back on the day's page."""
    day = _asked(request.POST.get("day", ""))
    form = CountForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            cash.close_day(
                act_of(request),
                desk_of(request).unit_id,
                day,
                counted=facts["counted"],
                reason=facts["reason"],
            )
        except Refused as refusal:
            field = refusal.field if isinstance(refusal, Incomplete) else ""
            form.add_error(field or None, str(refusal))
        else:
            messages.success(request, _("Đã khóa sổ thu ngày %(day)s.") % {"day": vn_date(day)})
            return redirect(f"{reverse('cash_book')}?ngay={day.isoformat()}")
    return _day(request, day, form)


@at_desk(Role.CLERK, Role.LEADER)
@require_safe
def cash_days(request: HttpRequest) -> HttpResponse:
    """The days that have a book, latest first, in key-set pages."""
    found = queries.day_books(desk_of(request).unit_id)
    shown = page(found, request.GET, ("day",), falling=True)
    months = sorted({(book.day.year, book.day.month) for book in shown.rows}, reverse=True)
    return render(request, "desk/cash_days.html", {"page": shown, "months": months})


@at_desk(Role.CLERK, Role.LEADER)
@require_safe
def cash_xlsx(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month's entries as a sheet."""
    unit = Unit.objects.select_related("parent").get(pk=desk_of(request).unit_id)
    if month not in MONTHS or not queries.entries_of_month(unit.pk, year, month).exists():
        raise Http404
    name = f"so-thu-phi-{unit.code}-{year}-{month:02d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(month_xlsx(unit, year, month), content_type=XLSX, headers=headers)
