"""request.officer: the roles of who is logged in, read once and only when asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua.people import queries
from motcua.people.officer import NOBODY, Officer


class OfficerMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.officer = SimpleLazyObject(lambda: _officer(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _officer(request: HttpRequest) -> Officer:
    if not request.user.is_authenticated:
        return NOBODY
    return queries.officer(request.user.pk, request.user.get_full_name())
