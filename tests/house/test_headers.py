"""What every answer tells the browser: nothing inline runs, nothing is guessed, nothing is kept, nothing is framed."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers import queries
from tests.desk.reading import Page
from tests.house.addresses import ACCESS, EVERYBODY, Line
from tests.house.conftest import Scene, browser_of

PAGES = [name for name, line in ACCESS.items() if line.html]
STRICT = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def somebody(line: Line) -> str:
    """The first of those who get in; where all do, nobody in particular."""
    order = ("citizen", "clerk", "specialist", "leader", "supervisor", "administrator")
    if line.roles == EVERYBODY:
        return "anonymous"
    return next(role for role in order if role in line.roles)


def visited(name: str, path: str) -> HttpResponse:
    line = ACCESS[name]
    client = browser_of(somebody(line))
    return client.get(path) if line.get else client.post(path, line.post)


def check_headers(answer: HttpResponse) -> None:
    assert set(answer["Content-Security-Policy"].split("; ")) == STRICT
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def check_html(answer: HttpResponse) -> None:
    page = Page(answer.content.decode())
    assert page.h1
    assert page.all("title")[0].text.endswith("· Motcua")
    assert page.all("html")[0].attrs["lang"] == "vi"
    for node in page.all():
        assert "style" not in node.attrs, node
        assert not [name for name in node.attrs if re.match(r"on[a-z]+$|hx-on", name)], node
        assert node.tag != "style", node
        assert node.tag != "script" or (node.attrs["src"].startswith("/static/") and not node.text), node
        for name in ("href", "src", "action"):
            assert not re.match(r"(?i)(https?:)?//|javascript:", node.attrs.get(name, "")), node
    ids = [node.attrs["id"] for node in page.all() if "id" in node.attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_page(scene: Scene, address: Callable[[str], str], name: str) -> None:
    answer = visited(name, address(name))
    assert answer.status_code == 200
    check_headers(answer)
    check_html(answer)
    if ACCESS[name].roles != EVERYBODY:
        assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_page_after_the_log_in_is_not_kept_even_where_all_may_see_it(
    scene: Scene, address: Callable[[str], str]
) -> None:
    assert "no-store" in browser_of("clerk").get(address("welcome"))["Cache-Control"]
    assert "no-store" in Client().get(address("track"))["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "name", "status"), [("clerk", "approvals", 403), ("outsider", "dossier", 404)]
)
def test_a_refusal_is_a_page_like_any_other(
    scene: Scene, address: Callable[[str], str], role: str, name: str, status: int
) -> None:
    answer = browser_of(role).get(address(name))
    assert answer.status_code == status
    check_headers(answer)
    check_html(answer)
    assert str(scene["code"]) not in answer.content.decode().replace(address(name), "")


def test_a_fault_is_said_in_vietnamese_and_tells_nothing(
    scene: Scene, address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("số 046199000999 của Nguyễn Thị Thử")

    monkeypatch.setattr(queries, "desk_counts", broken)
    client = browser_of("clerk", raise_request_exception=False)
    answer = client.get(address("home"))
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
    assert "046199000999" not in answer.content.decode()
    check_headers(answer)
    check_html(answer)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, line in ACCESS.items()
        if not line.html and line.get and not (line.kept or line.open or line.absent)
    ],
)
def test_a_file_is_no_page_and_is_not_kept(scene: Scene, address: Callable[[str], str], name: str) -> None:
    answer = visited(name, address(name))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert "default-src" in answer["Content-Security-Policy"]
    assert not answer["Content-Type"].startswith("text/")


@pytest.mark.parametrize("name", [name for name, line in ACCESS.items() if line.kept])
def test_a_public_file_that_never_changes_may_be_kept(
    scene: Scene, address: Callable[[str], str], name: str
) -> None:
    answer = visited(name, address(name))
    check_headers(answer)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", [name for name, line in ACCESS.items() if line.open])
def test_what_is_the_same_for_all_is_kept_by_all(
    scene: Scene, address: Callable[[str], str], name: str
) -> None:
    """R50: no session and no cookie, ten minutes in any cache, and 304 for who has it; an officer gets the very same."""
    path = address(name)
    answer, client = Client().get(path), browser_of("clerk")
    assert answer["Cache-Control"] == "public, max-age=600"
    assert not answer.cookies
    for one in (client.get(path), Client().head(path)):
        assert (one.status_code, one["ETag"], one["Cache-Control"]) == (
            200,
            answer["ETag"],
            answer["Cache-Control"],
        )
        assert not one.cookies
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    varies = answer.headers.get("Vary", "")
    assert ("Cookie" in varies) == (name in ("procedures_public", "procedure_public"))
    if name in ("procedure_public", "version_public", "kiosk_procedure"):
        assert len(answer.content) <= 20_000


def test_cookies(clerk_client: Client, address: Callable[[str], str]) -> None:
    clerk_client.get(address("home"))
    session = clerk_client.cookies[settings.SESSION_COOKIE_NAME]
    token = clerk_client.cookies["csrftoken"]
    assert session["httponly"]
    assert (session["samesite"], token["samesite"]) == ("Lax", "Lax")


@pytest.fixture
def clerk_client(scene: Scene) -> Client:
    return browser_of("clerk")


def test_behind_https_cookies_and_addresses_stay_there(tmp_path) -> None:
    """The settings as an installation with an https address has them."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")
    program = f"import json; from motcua.config import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"

    def read(public_url: str) -> list[object]:
        env = {"MOTCUA_PUBLIC_URL": public_url, "MOTCUA_HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
        )
        return list(json.loads(done.stdout))

    assert read("https://motcua.example") == [True, True, 31_536_000, ["HTTP_X_FORWARDED_PROTO", "https"]]
    assert read("http://127.0.0.1:8000") == [False, False, 0, None]
