"""The year's book of the unit (Mẫu số 06, TT 01/2018/TT-VPCP Đ.10.2): on the page, as PDF, as XLSX."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk.access import DESK, at_desk, book_of, books_of, desk_of, officer_of
from motcua.dossiers import queries
from motcua.dossiers.choices import PUNCTUALITY, STATES
from motcua.journal.errors import Refused
from motcua.papers import books, closing
from motcua.papers.actions.close_book import close_book
from motcua.papers.queries import Wanted
from motcua.papers.register import RegisterTooLong
from motcua.people.models import Role, Unit
from motcua.people.officer import Held
from motcua.ui.paging import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_desk(*DESK)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Latest first, in key-set pages."""
    of = book_of(request)
    unit_id = of.unit_id
    written = queries.register_years(unit_id)
    years = written or [timezone.localdate().year]
    asked = (request.POST or request.GET).get("nam", "")
    year = next((year for year in years if str(year) == asked), years[0])
    words = request.POST.get("q", "").strip()
    closed = closing.closed_book(unit_id, year) if written else None
    today = timezone.localdate()
    is_over = bool(written) and (year < today.year or _has_ended(request, of, year))
    book = queries.with_words(queries.register(unit_id, year), words).select_related("version")
    context = {
        "q": words,
        "year": year,
        "is_empty": not written,
        "of": _of(request, of),
        "units": _units(request, of),
        "unit_code": _named(request, of).get("don-vi", ""),
        "years": [
            {"label": str(y), "url": f"?nam={y}{_of(request, of, '&')}", "current": y == year} for y in years
        ],
        "page": page(
            book,
            request.GET,
            ("register_number",),
            kept={"nam": str(year)} | _named(request, of),
            words=words,
            falling=True,
        ),
        "closed": closed,
        "moved_on": closed is not None and closing.has_moved_on(closed),
        "can_close": is_over and Role.LEADER in officer_of(request).roles_in(unit_id),
        "WANTED": Wanted.choices,
        "STATES": STATES,
        "PUNCTUALITY": PUNCTUALITY,
        "now": timezone.now(),
    }
    return render(request, "desk/register.html", context)


def _has_ended(request: HttpRequest, of: Held, year: int) -> bool:
    """Whether the book is that of a unit which is no more; the desk's own unit is there."""
    return bool(_named(request, of)) and closing.is_over(
        Unit.objects.get(pk=of.unit_id), year, timezone.localdate()
    )


def _units(request: HttpRequest, of: Held) -> list[dict[str, object]]:
    """Tabs, where the desk has taken over the work of others; else none."""
    found = books_of(request)
    return [
        {"label": one.unit_name, "url": _of(request, one) or ".", "current": one.unit_id == of.unit_id}
        for one in found
        if len(found) > 1
    ]


def _named(request: HttpRequest, of: Held) -> dict[str, str]:
    """What an address needs to say whose book it is; nothing for the desk's own."""
    return {} if of.unit_id == desk_of(request).unit_id else {"don-vi": of.unit_code}


def _of(request: HttpRequest, of: Held, joined: str = "?") -> str:
    return "".join(f"{joined}{name}={code}" for name, code in _named(request, of).items())


@at_desk(*DESK)
@require_safe
def register_pdf(request: HttpRequest, year: int) -> HttpResponse:
    return _file(request, year, books.register_pdf, "application/pdf", "pdf")


@at_desk(*DESK)
@require_safe
def register_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    return _file(request, year, books.register_xlsx, XLSX, "xlsx")


def _file(request: HttpRequest, year: int, make: books.Make, content_type: str, ending: str) -> HttpResponse:
    of = book_of(request)
    unit = Unit.objects.select_related("parent").get(pk=of.unit_id)
    if year not in queries.register_years(unit.pk):
        raise Http404
    try:
        made = make(unit, year)
    except RegisterTooLong:
        messages.error(request, _("Sổ năm này quá dài để in một lần. Hãy tải tệp XLSX."))
        return redirect(reverse("register", query={"nam": year} | _named(request, of)))
    name = f"so-theo-doi-{unit.code}-{year}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type=content_type, headers=headers)


@at_desk(Role.LEADER)
@require_POST
def register_close(request: HttpRequest, year: int) -> HttpResponse:
    """The leader closes the year's book (R41)."""
    of = book_of(request)
    unit = Unit.objects.select_related("parent").get(pk=of.unit_id)
    if year not in queries.register_years(unit.pk):
        raise Http404
    try:
        book = close_book(officer_of(request), unit, year, timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"year": year, "n": book.count}
        messages.success(request, _("Đã khóa sổ năm %(year)d: %(n)d hồ sơ.") % said)
    return redirect(reverse("register", query={"nam": year} | _named(request, of)))


@at_desk(*DESK)
@require_safe
def register_changes(request: HttpRequest, year: int) -> HttpResponse:
    """What stands otherwise now than in the closed book, dossier by dossier."""
    of = book_of(request)
    unit_id = of.unit_id
    closed = closing.closed_book(unit_id, year)
    if closed is None:
        raise Http404
    found = closing.differences(closed, books.register_rows(unit_id, year))
    words = found.words()
    changed = queries.register(unit_id, year).filter(register_number__in=words).select_related("version")
    shown = page(changed, request.GET, ("register_number",))
    context = {
        "year": year,
        "of": _of(request, of),
        "back": reverse("register", query={"nam": year} | _named(request, of)),
        "closed": closed,
        "is_whole": closing.is_whole(closed),
        "gone": found.gone,
        "page": shown,
        "rows": [(row, words[row.register_number]) for row in shown.rows],
        "STATES": STATES,
    }
    return render(request, "desk/register_changes.html", context)
