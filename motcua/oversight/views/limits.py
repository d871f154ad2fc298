"""Time limits that the source left open: an administrator confirms or sets them, with the decision they rest on."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.catalog import actions as catalog
from motcua.catalog.errors import DraftRefused, ProcedureUnknown
from motcua.catalog.models import Offering, ProcedureVersion
from motcua.catalog.queries import current
from motcua.oversight.access import administering, officer_of, whole_number
from motcua.oversight.forms import LimitForm, auto_id, limit_form
from motcua.oversight.tabs import catalogue_tabs

PAGE = 20


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise
    narrowed: Q


TABS = (
    Tab("", gettext_lazy("Chưa có thời hạn"), Q(limit="")),
    Tab("chua-xac-nhan", gettext_lazy("Chưa xác nhận"), ~Q(limit="") & Q(limit_confirmed=False)),
    Tab("da-xac-nhan", gettext_lazy("Đã xác nhận"), ~Q(limit="") & Q(limit_confirmed=True)),
)


@dataclass(frozen=True, slots=True)
class Row:
    version: ProcedureVersion
    form: LimitForm


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """The procedures of one tab with a form each; a form with a mistake comes back in its place."""
    wrong = None
    if request.method == "POST":
        wrong = _wrong_after_setting(request)
        if wrong is None:
            return redirect(request.get_full_path())
    tab = next((tab for tab in TABS if tab.name == request.GET.get("muc", "")), TABS[0])
    versions = _page(tab, request)
    context = {
        "pages": catalogue_tabs("limits"),
        "tabs": _tabs(tab),
        "tab": tab,
        "rows": _rows(versions[:PAGE], wrong),
        "wrong": wrong,
        "next": f"?muc={tab.name}&sau={versions[PAGE - 1].procedure_id}" if len(versions) > PAGE else "",
        "first": f"?muc={tab.name}" if _after(request) else "",
    }
    return render(request, "oversight/limits.html", context, status=422 if wrong else 200)


def _wrong_after_setting(request: HttpRequest) -> LimitForm | None:
    """Set the limit that was posted; the form, if there is something wrong in it."""
    form = LimitForm(request.POST, auto_id=auto_id(_posted(request)))
    if not form.is_valid():
        return form
    facts = form.cleaned_data
    try:
        version = catalog.set_limit(
            officer_of(request), facts["procedure"], facts["limit"], facts["note"], timezone.now()
        )
    except (ProcedureUnknown, DraftRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"name": version.name, "limit": version.limit_label}
        messages.success(request, _("Đã công bố thời hạn của “%(name)s”: %(limit)s.") % told)
    return None


def _posted(request: HttpRequest) -> int:
    """The procedure whose form was sent; 404 for a page that nobody of ours made."""
    number = whole_number(request.POST.get("procedure", ""), 0)
    if number < 1:
        raise Http404
    return number


def _page(tab: Tab, request: HttpRequest) -> list[ProcedureVersion]:
    """A page of the tab and one row more; by key, because rows leave the tab while one works through it."""
    offer = Offering.objects.filter(procedure=OuterRef("procedure"))
    found: QuerySet[ProcedureVersion] = current().filter(tab.narrowed).annotate(is_offered=Exists(offer))
    return list(found.filter(procedure__gt=_after(request)).order_by("procedure")[: PAGE + 1])


def _after(request: HttpRequest) -> int:
    return whole_number(request.GET.get("sau", ""), 0)


def _rows(versions: list[ProcedureVersion], wrong: LimitForm | None) -> list[Row]:
    """The form with a mistake is shown even when its row has left the tab meanwhile."""
    posted = int(wrong["procedure"].value()) if wrong else 0
    if wrong and all(version.procedure_id != posted for version in versions):
        versions = [*current().filter(procedure=posted), *versions]
    return [
        Row(version, wrong if wrong and version.procedure_id == posted else _form_of(version))
        for version in versions
    ]


def _form_of(version: ProcedureVersion) -> LimitForm:
    return limit_form(version.procedure_id, version.typed_limit)


def _tabs(tab: Tab) -> list[dict[str, object]]:
    columns = {f"n{place}": Count("pk", filter=each.narrowed) for place, each in enumerate(TABS)}
    counts = current().aggregate(**columns)
    return [
        {
            "label": each.label,
            "url": f"?muc={each.name}",
            "current": each is tab,
            "count": counts[f"n{place}"],
        }
        for place, each in enumerate(TABS)
    ]
