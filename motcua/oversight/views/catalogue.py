"""All procedures of the province, in whatever state, and the beginning of a new one."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalog import actions as catalog
from motcua.catalog import listing
from motcua.catalog.errors import DraftRefused
from motcua.oversight.access import administering
from motcua.oversight.draft_forms import StartForm, field_choices
from motcua.oversight.tabs import catalogue_tabs
from motcua.ui.paging import page, whole


@administering
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Found by words without accents, by field and by state; paged by key."""
    words, field, state = (request.GET.get(name, "") for name in ("q", "linh-vuc", "muc"))
    today = timezone.localdate()
    found = listing.narrowed(listing.procedures(today), words, whole(field))
    counts = listing.counts(found)
    standing = next((each for each in listing.STANDINGS if each.name == state), None)
    kept = {name: value for name, value in (("q", words), ("linh-vuc", field)) if value}
    cut = page(
        found.filter(standing.rule) if standing else found,
        request.GET,
        ("pk",),
        kept=kept | ({"muc": state} if standing else {}),
    )
    versions = listing.versions_of(list(cut.rows), today)
    context = {
        "pages": catalogue_tabs("catalogue"),
        "states": _states(kept, standing, counts),
        "page": cut,
        "rows": [(row, versions.get(row.pk), listing.standings(row)) for row in cut.rows],
        "q": words,
        "state": state if standing else "",
        "field": whole(field),
        "fields": field_choices(),
    }
    return render(request, "oversight/catalogue.html", context)


def _states(
    kept: dict[str, str], chosen: listing.Standing | None, counts: dict[str, int]
) -> list[dict[str, object]]:
    rows = [("", _("Tất cả")), *((each.name, str(each.label)) for each in listing.STANDINGS)]
    return [
        {
            "label": label,
            "url": "?" + urlencode(kept | {"muc": name}),
            "current": name == (chosen.name if chosen else ""),
            "count": counts[name],
        }
        for name, label in rows
    ]


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def procedure_new(request: HttpRequest) -> HttpResponse:
    """Code, name and field; the rest is written in the draft."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        start = catalog.Start(typed["code"], typed["name"], int(typed["field"]))
        try:
            draft = catalog.new_procedure(start)
        except DraftRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("draft", draft.procedure.code)
    return render(request, "oversight/procedure_new.html", {"form": form}, status=422 if form.errors else 200)
