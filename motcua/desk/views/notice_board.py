"""The notice board of the office (NĐ 61/2018 Đ.15.1): sheets of the unit's procedures, field by field, to be printed at once."""

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalog.models import ProcedureVersion
from motcua.catalog.published import whole
from motcua.catalog.queries import offered
from motcua.desk.access import DESK, in_unit, unit_of
from motcua.desk.views.papers import pdf
from motcua.papers import actions as papers
from motcua.people.models import Role, Unit
from motcua.ui.paging import whole as number


@in_unit(*DESK, Role.UNIT_ADMIN)
@require_safe
def notice_board(request: HttpRequest) -> HttpResponse:
    """The fields of the unit's list, with as many sheets as they have procedures; and the unit's own gaps."""
    unit = Unit.objects.get(pk=unit_of(request).unit_id)
    rows = offered(unit.pk).values("field", "field__name").annotate(n=Count("pk")).order_by("field__name")
    return render(request, "desk/notice_board.html", {"unit": unit, "rows": rows})


@in_unit(*DESK, Role.UNIT_ADMIN)
@require_safe
def notice_board_pdf(request: HttpRequest, field: int) -> HttpResponse:
    """One PDF for a field: a page a procedure, in the order of their names."""
    unit = Unit.objects.select_related("parent").get(pk=unit_of(request).unit_id)
    versions = list(_of_field(unit, field)) if number(str(field)) else []
    if not versions:
        raise Http404(_("Đơn vị không có thủ tục nào ở lĩnh vực này."))
    return pdf(papers.sheets(versions, unit), f"niem-yet-{unit.code}-{field}.pdf")


def _of_field(unit: Unit, field: int) -> QuerySet[ProcedureVersion]:
    return whole(offered(unit.pk)).filter(field=field).order_by("name_search", "pk")
