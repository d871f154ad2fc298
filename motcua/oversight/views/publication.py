"""What citizens should be able to read and cannot, because nobody has published it: counted, and listed (R50)."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.catalog.published import GAPS, count_gaps
from motcua.catalog.queries import current
from motcua.oversight.access import administering
from motcua.people.models import Unit, UnitLevel
from motcua.ui.paging import page

UNIT_GAPS = (("address", _("Địa chỉ")), ("phone", _("Điện thoại")))


@administering
@require_safe
def publication(request: HttpRequest) -> HttpResponse:
    """How many procedures lack what; of one gap also which; and how many communes lack address or telephone."""
    gap = request.GET.get("thieu", "")
    counts = count_gaps(current())
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None)
    lacking = communes.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=Q(**{name: ""})) for name, _label in UNIT_GAPS}
    )
    context = {
        "gaps": counts,
        "total": current().count(),
        "communes": lacking["all"],
        "unit_gaps": [(label, lacking[name]) for name, label in UNIT_GAPS],
        "gap": gap,
    }
    if gap in GAPS:
        label, missing = GAPS[gap]
        context["label"] = label
        context["page"] = page(
            current().filter(missing), request.GET, ("name_search", "id"), kept={"thieu": gap}
        )
    return render(request, "oversight/publication.html", context)
