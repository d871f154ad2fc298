"""The year's book of the unit (Mẫu số 06, TT 01/2018/TT-VPCP Đ.10.2): on the page, as PDF, as XLSX."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.access import DESK, at_desk, desk_of
from motcua.dossiers import queries
from motcua.dossiers.choices import PUNCTUALITY, STATES
from motcua.papers import books
from motcua.papers.register import RegisterTooLong
from motcua.people.models import Unit
from motcua.ui.paging import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_desk(*DESK)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Latest first, in key-set pages."""
    unit_id = desk_of(request).unit_id
    written = queries.register_years(unit_id)
    years = written or [timezone.localdate().year]
    asked = (request.POST or request.GET).get("nam", "")
    year = next((year for year in years if str(year) == asked), years[0])
    words = request.POST.get("q", "").strip()
    book = queries.with_words(queries.register(unit_id, year), words).select_related("version")
    context = {
        "q": words,
        "year": year,
        "is_empty": not written,
        "years": [{"label": str(y), "url": f"?nam={y}", "current": y == year} for y in years],
        "page": page(
            book, request.GET, ("register_number",), kept={"nam": str(year)}, words=words, falling=True
        ),
        "STATES": STATES,
        "PUNCTUALITY": PUNCTUALITY,
        "now": timezone.now(),
    }
    return render(request, "desk/register.html", context)


@at_desk(*DESK)
@require_safe
def register_pdf(request: HttpRequest, year: int) -> HttpResponse:
    return _file(request, year, books.register_pdf, "application/pdf", "pdf")


@at_desk(*DESK)
@require_safe
def register_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    return _file(request, year, books.register_xlsx, XLSX, "xlsx")


def _file(request: HttpRequest, year: int, make: books.Make, content_type: str, ending: str) -> HttpResponse:
    unit = Unit.objects.select_related("parent").get(pk=desk_of(request).unit_id)
    if year not in queries.register_years(unit.pk):
        raise Http404
    try:
        made = make(unit, year)
    except RegisterTooLong:
        messages.error(request, _("Sổ năm này quá dài để in một lần. Hãy tải tệp XLSX."))
        return redirect(reverse("register", query={"nam": year}))
    name = f"so-theo-doi-{unit.code}-{year}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type=content_type, headers=headers)
