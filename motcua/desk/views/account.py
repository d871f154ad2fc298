"""Coming in and going out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse_lazy
from django.utils.translation import gettext_lazy as _

from motcua.people import passwords


class LoginForm(AuthenticationForm):
    """One message for a wrong name and a wrong password: it tells nobody which accounts exist."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ rồi thử lại."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động. Liên hệ quản trị đơn vị."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["username"].error_messages["required"] = _("Hãy nhập tên đăng nhập.")
        self.fields["password"].error_messages["required"] = _("Hãy nhập mật khẩu.")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        return name.strip().lower()


class Login(LoginView):
    template_name = "desk/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = {name: self.request.POST.get(name, "") for name in ("typed", "typed_for")}
        return super().get_context_data(**kwargs) | kept

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        went_in = super().form_valid(form)
        typed_for = self.request.POST.get("typed_for", "")
        if not _is_ours(typed_for):
            return went_in
        return _send_again(self.request, typed_for, self.request.POST.get("typed", ""))


def ask_again(request: HttpRequest) -> HttpResponse:
    """The log-in page with a form that was sent too late inside it. Files cannot be kept so; the page says that."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    context = {"form": LoginForm(), "typed": typed.urlencode(), "typed_for": request.path}
    return render(request, "desk/login.html", context | {"with_file": bool(request.FILES)}, status=401)


def _send_again(request: HttpRequest, typed_for: str, typed: str) -> HttpResponse:
    rows = [(name, value) for name, values in QueryDict(typed).lists() for value in values]
    return render(request, "desk/send_again.html", {"rows": rows, "typed_for": typed_for})


def _is_ours(path: str) -> bool:
    """Whether a path is one of our pages; anything else is not sent to."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return path.startswith("/") and not path.startswith("//")


class OwnPasswordForm(PasswordChangeForm):
    """The new one is another one: a password that an administrator has seen is nobody's own."""

    def clean(self) -> dict[str, Any] | None:
        facts = super().clean()
        old, new = self.cleaned_data.get("old_password"), self.cleaned_data.get("new_password2")
        if new and new == old:
            self.add_error("new_password1", _("Mật khẩu mới phải khác mật khẩu hiện tại."))
        return facts


class PasswordChange(PasswordChangeView):
    template_name = "desk/password_change.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        done = super().form_valid(form)
        passwords.chosen(form.user.pk)
        messages.success(self.request, _("Đã đổi mật khẩu."))
        return done


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Too many wrong passwords: say how long to wait, whoever it was."""
    answer = render(request, "desk/locked_out.html", status=429)
    answer["Retry-After"] = "900"
    return answer
