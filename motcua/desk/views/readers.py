"""Who has opened a dossier, for those who answer for it and those who watch over them (NĐ 61/2018 Đ.5; R27)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.desk.access import officer_of
from motcua.desk.views.dossier import find, record_reading
from motcua.dossiers.reading import may_know_readers, readings_of
from motcua.journal.models import Relation
from motcua.people.models import Unit, User
from motcua.ui.paging import page

KINDS = {
    "dossier": _("Trang hồ sơ"),
    "file": _("Tệp"),
    "receipt": _("Giấy tiếp nhận"),
    "readers": _("Danh sách người đã xem"),
}
RELATIONS = {
    Relation.HOLDS.value: (Relation.HOLDS.label, "neutral"),
    Relation.RECEIVED.value: (Relation.RECEIVED.label, "neutral"),
    Relation.TOOK_PART.value: (Relation.TOOK_PART.label, "bad"),
    Relation.WATCHES.value: (Relation.WATCHES.label, "info"),
}


@require_safe
def readers(request: HttpRequest, code: str) -> HttpResponse:
    """Latest first, in key-set pages. Opening this list is a reading as well."""
    found = find(request, code)
    if not may_know_readers(officer_of(request), found):
        raise PermissionDenied
    record_reading(request, found)
    listed = page(readings_of(found), request.GET, ("id",), falling=True)
    officers = User.objects.in_bulk([row.officer_id for row in listed.rows])
    units = Unit.objects.in_bulk([row.unit_id for row in listed.rows])
    context = {
        "dossier": found,
        "page": listed,
        "rows": [
            (
                row,
                officers.get(row.officer_id),
                units.get(row.unit_id),
                KINDS.get(row.kind, _("Giấy tờ khác")),
            )
            for row in listed.rows
        ],
        "RELATIONS": RELATIONS,
    }
    return render(request, "desk/readers.html", context)
