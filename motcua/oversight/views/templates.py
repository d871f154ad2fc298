"""The province's templates: the list of them, and one drawn anew."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalog import adapting
from motcua.catalog.errors import RouteRefused
from motcua.catalog.models import ProcedureVersion, Route
from motcua.catalog.queries import current, find
from motcua.catalog.stages import stages_in
from motcua.oversight.access import administering, officer_of
from motcua.oversight.setup_tabs import setup_tabs
from motcua.oversight.template_forms import TemplateForm
from motcua.people.models import Unit
from motcua.ui.paging import page


@administering
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every procedure in force with its template, and how many units go another way."""
    words = request.GET.get("q", "")[:80]
    own = Count("routes", filter=Q(routes__unit__isnull=False, routes__ended_at=None))
    found = find(current(), words).annotate(own=own)
    shown = page(found, request.GET, ("procedure_id",), kept={"q": words} if words else None)
    now = Route.objects.filter(version__in=[row.pk for row in shown.rows], unit=None, ended_at=None)
    routes = {route.version_id: route for route in now.annotate(number_of_steps=Count("steps"))}
    context = {
        "tabs": setup_tabs(officer_of(request), _province(), "templates"),
        "words": words,
        "page": shown,
        "rows": [{"version": row, "route": routes.get(row.pk)} for row in shown.rows],
    }
    return render(request, "oversight/templates.html", context)


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def template_route(request: HttpRequest, procedure: int) -> HttpResponse:
    """Draw a template anew without a new version; it holds everywhere from that moment."""
    version = current().filter(procedure=procedure).first()
    if version is None:
        raise Http404
    shown = Route.objects.filter(version=version, unit=None, ended_at=None).select_related("made_by").first()
    stages = stages_in(shown) if shown else ()
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(data, stages=stages, initial={"base": shown.pk if shown else None})
    if form.is_valid() and _draw(request, procedure, form):
        messages.success(request, _("Quy trình mẫu mới có hiệu lực ở mọi đơn vị từ bây giờ."))
        return redirect("template_route", procedure=procedure)
    context = {
        "version": version,
        "route": shown,
        "whole": version.typed_limit.nominal_minutes if version.typed_limit else None,
        "form": form,
        "rows": form.rows(),
        "own": _own_ways(version),
        "tabs": setup_tabs(officer_of(request), _province(), "templates"),
    }
    return render(request, "oversight/template_route.html", context, status=422 if form.errors else 200)


def _draw(request: HttpRequest, procedure: int, form: TemplateForm) -> bool:
    facts = form.cleaned_data
    try:
        adapting.draw_template(
            officer_of(request),
            procedure,
            form.drawn,
            facts["decision"],
            timezone.now(),
            shown_id=facts["base"],
        )
    except RouteRefused as refusal:
        form.refuse(refusal)
        return False
    return True


def _own_ways(version: ProcedureVersion) -> int:
    """How many units go their own way now, which would lapse."""
    return Route.objects.filter(version=version, unit__isnull=False, ended_at=None).count()


def _province() -> Unit:
    return Unit.objects.get(parent=None)
