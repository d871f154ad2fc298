"""The catalogue and the units for machines, each under an address that stays (R50)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from motcua.catalog.published import mark
from motcua.portal import open_data as data
from motcua.portal.answering import kept, page, same_for_all


@same_for_all
def open_data(request: HttpRequest) -> HttpResponseBase:
    """What there is, what its fields mean, and under which licence."""
    context = {"licence": data.licence(), "mark": mark(), "format": data.FORMAT, "columns": data.COLUMNS}
    return page(request, "portal/open_data.html", context)


@same_for_all
def procedures_json(request: HttpRequest) -> HttpResponseBase:
    now = mark()
    return _open(request, data.procedures_json(now), "application/json", f"{now}-json-{data.FORMAT}")


@same_for_all
def procedures_csv(request: HttpRequest) -> HttpResponseBase:
    now = mark()
    return _open(
        request,
        data.procedures_csv(now),
        "text/csv; charset=utf-8",
        f"{now}-csv-{data.FORMAT}",
        name="thu-tuc.csv",
    )


@same_for_all
def units_json(request: HttpRequest) -> HttpResponseBase:
    return _open(request, data.units_json(), "application/json")


def _open(
    request: HttpRequest, content: bytes, content_type: str, etag: str = "", *, name: str = ""
) -> HttpResponseBase:
    """Pages of other sites may read it too."""
    answer = kept(request, content, content_type, etag=etag, name=name)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
