"""A session that ended while somebody typed: ask for the password, keep what was typed. A password that somebody else
gave: choose one's own first.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from motcua.desk.views.account import ask_again
from motcua.people.middleware import is_same_for_all


class LoginKeepingTyped(LoginRequiredMiddleware):
    """As Django's, but a form that was sent comes back with the log-in, to be sent again after it.

    For a public page it does not even look who asks: Django's would open the session first, and the answer would then
    depend on a cookie.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        answer: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        return answer

    def handle_no_permission(  # type: ignore[override]  # an answer of any kind
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        secret = any(
            "password" in name for name in request.POST
        )  # a password is typed again, not carried along
        if request.method == "POST" and not secret and not request.headers.get("HX-Request"):
            return ask_again(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


class OwnPasswordFirst:
    """Who logged in with a password that somebody else gave opens nothing before he has chosen one of his own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            is_same_for_all(request)  # asking who it is would open the session
            or not getattr(request.user, "must_change_password", False)
            or request.path in (reverse("password_change"), reverse("logout"))
        ):
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return redirect("password_change")
