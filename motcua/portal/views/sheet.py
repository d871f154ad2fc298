"""The sheet for the notice board, for anybody to print (R50)."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from motcua.catalog.errors import ProcedureUnknown
from motcua.catalog.models import ProcedureVersion
from motcua.catalog.published import whole
from motcua.catalog.queries import version_called
from motcua.papers.actions import sheet as draw_sheet
from motcua.people.models import Unit, UnitLevel
from motcua.portal import places
from motcua.portal.answering import kept, same_for_all


@same_for_all
def sheet(request: HttpRequest, code: str) -> HttpResponseBase:
    """The version in force, as it hangs in the commune that the address names, or as the province publishes it."""
    try:
        version = version_called(code if code.isprintable() else "")
    except ProcedureUnknown as error:
        raise Http404(_("Không có thủ tục này.")) from error
    unit = places.unit_in(request) or Unit.objects.filter(level=UnitLevel.PROVINCE).first()
    if unit is None:
        raise Http404(_("Chưa có đơn vị nào."))
    found = whole(ProcedureVersion.objects.filter(pk=version.pk)).get()
    answer = kept(request, draw_sheet(found, unit), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="niem-yet-{version.procedure.code}.pdf"'
    return answer
