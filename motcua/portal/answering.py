"""Answers that are the same for everybody: no session, no person, kept by browsers and proxies for ten minutes.

A page is made without the request, so nothing of who asks can slip into it. Its ETag is a digest of what is sent: the
same page asked for again is answered with 304 and no body.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MINUTES_KEPT = 10
KEPT = f"public, max-age={60 * MINUTES_KEPT}"


def same_for_all(view: View[P]) -> View[P]:
    """Public, by GET only, and no click of an officer's session (people.middleware)."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    shown = cast("View[P]", login_not_required(require_safe(open_to_all)))
    shown.same_for_all = True  # type: ignore[attr-defined]
    return shown


def page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponseBase:
    content = render_to_string(template, {"home_url": "/", **context})
    return kept(request, content.encode(), "text/html; charset=utf-8")


def kept(
    request: HttpRequest, content: bytes, content_type: str, *, etag: str = "", name: str = ""
) -> HttpResponseBase:
    """Anything that may be kept; `etag`: of what the content is made from, if that is cheaper than its digest."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Cache-Control"] = KEPT
    answer["ETag"] = f'"{etag or hashlib.sha256(content).hexdigest()[:32]}"'
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def depends_on_cookie(answer: HttpResponseBase) -> HttpResponseBase:
    """The same address leads somebody else elsewhere: to the commune that the browser remembers."""
    patch_vary_headers(answer, ("Cookie",))
    return answer
