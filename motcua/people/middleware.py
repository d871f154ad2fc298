"""request.officer: the roles of who is logged in, read once and only when asked for."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from motcua.people import queries
from motcua.people.officer import NOBODY, Officer


class OfficerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.officer = SimpleLazyObject(lambda: _officer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class SharedCounterMiddleware:
    """What a counter's machine must not keep: a session nobody uses, a page after the log-out.

    A session lives SESSION_COOKIE_AGE from the last click; it is written once a minute, not at every click. A page
    that is the same for all (`same_for_all` on its view) is no click: no session is opened for it, and anybody may keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        inside = has_session and not is_same_for_all(request) and request.user.is_authenticated
        minute = int(time.time()) // 60
        if inside and request.session.get("seen") != minute:
            request.session["seen"] = minute
        response = self.get_response(request)
        if inside:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def is_same_for_all(request: HttpRequest) -> bool:
    """Whether the address is of a page that asks nobody who he is."""
    try:
        return getattr(resolve(request.path_info).func, "same_for_all", False)
    except Resolver404:
        return False


def _officer(request: HttpRequest) -> Officer:
    if not request.user.is_authenticated:
        return NOBODY
    return queries.officer(request.user.pk, request.user.get_full_name())
