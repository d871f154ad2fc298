"""The published procedures: found, read, printed for the notice board, with their forms to download (R50)."""

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.catalog.models import PaperRequirement
from motcua.files import actions as files
from motcua.portal import lists, places, publication
from motcua.portal.answering import KEPT, depends_on_cookie, page, same_for_all
from motcua.ui.paging import whole


@same_for_all
def procedures_public(request: HttpRequest) -> HttpResponseBase:
    """By words, by field, by life event, and of one commune; a dossier's code goes on to where it is followed."""
    if code := lists.dossier_code(request.GET.get("q", "")):
        return redirect("track", code=code)
    if elsewhere := to_remembered(request):
        return elsewhere
    unit = places.unit_in(request)
    versions = publication.listed(unit)
    context = {
        "unit": unit,
        "listed": lists.listed(request.GET, unit),
        "events": publication.events(versions),
        "groups": publication.fields(versions),
        "changes": publication.changes(versions),
        "of_unit": places.carried(request, unit),
    }
    return _by_address(request, page(request, "portal/procedures_public.html", context))


@same_for_all
def procedure_public(request: HttpRequest, code: str) -> HttpResponseBase:
    """All that is published of a procedure, on one page; with a commune also where to go and when."""
    if elsewhere := to_remembered(request):
        return elsewhere
    return _by_address(request, _procedure(request, code, None))


@same_for_all
def version_public(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One version, for links that were made when it was in force: what it said, and that it was replaced."""
    return _procedure(request, code, number)


def _procedure(request: HttpRequest, code: str, number: int | None) -> HttpResponseBase:
    unit = places.unit_in(request)
    context = {"told": publication.told(code, number, unit), "of_unit": places.carried(request, unit)}
    return page(request, "portal/procedure_public.html", context)


@same_for_all
def procedure_file(request: HttpRequest, code: str, file: int) -> HttpResponseBase:
    """A form or a filled-in sample of a published version; a draft's is not there."""
    published = Q(version__procedure__code=code, version__number__isnull=False)
    papers = PaperRequirement.objects.filter(published, Q(template=file) | Q(sample=file))
    paper = papers.first() if code.isprintable() and whole(str(file)) else None
    if paper is None:
        raise Http404(_("Không có tệp này."))
    stored = paper.template if paper.template_id == file else paper.sample
    if stored is None:
        raise Http404(_("Không có tệp này."))
    etag = f'"{stored.sha256[:32]}"'
    answer: HttpResponseBase = get_conditional_response(request, etag=etag) or files.response(stored)
    answer["Cache-Control"] = KEPT
    answer["ETag"] = etag
    return answer


def to_remembered(request: HttpRequest) -> HttpResponseBase | None:
    """The same page for the commune that this browser remembers, unless the address says which one, or none."""
    if places.PARAMETER in request.GET or (unit := places.remembered(request)) is None:
        return None
    query = urlencode({**request.GET.dict(), places.PARAMETER: unit.code})
    answer = redirect(f"{request.path}?{query}")
    answer["Cache-Control"] = "private, no-store"
    return depends_on_cookie(answer)


def _by_address(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    return answer if places.PARAMETER in request.GET else depends_on_cookie(answer)
