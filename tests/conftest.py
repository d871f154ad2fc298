"""What every test can ask for.

In the process: pytest-django's `db`, rolled back at the end. With real processes and commits: `isolated_database`.
In a browser: `server` and `page`.
"""

import os
import shutil
import threading
import unittest
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests import databases
from tests.cast import *  # noqa: F403  the named people, as fixtures for all
from tests.databases import IsolatedDatabase
from tests.serving import serving

NEVER = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
CHROMIUM = (
    "--headless=new",
    "--no-sandbox",  # root has none, and continuous integration is root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.hookimpl(tryfirst=True)  # before xdist reads its marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        marked = item.get_closest_marker("django_db")
        if NEVER & _fixtures(item) or (marked and marked.kwargs.get("transaction")):
            raise pytest.UsageError(
                f"{item.nodeid}: the journal can't be emptied after a test; use `db` or `isolated_database`"
            )
        if item.get_closest_marker("postgres") and not databases.ON_POSTGRES:
            item.add_marker(pytest.mark.skip(reason="SQLite has one writer at a time by design"))
        if item.get_closest_marker("walk"):
            item.add_marker(pytest.mark.xdist_group(_browser(item)))
    # The quick ones first: a broken rule shows at once, not after a minute of clicking. Among several processes some of
    # the quick ones last: they fill what time the others leave, or all would wait for one long one at the end.
    items.sort(key=_slowness)
    if _is_one_of_several():
        quick = sum(not _slowness(item) for item in items)
        items[:] = items[: quick // 4] + items[quick:] + items[quick // 4 : quick]
    if databases.ON_POSTGRES:
        # What touches no data base can't come out otherwise than it did on SQLite.
        config.hook.pytest_deselected(items=[item for item in items if not _touches_data(item)])
        items[:] = [item for item in items if _touches_data(item)]


def _browser(item: pytest.Item) -> str:
    """Two browsers, in two of the processes: what is looked at page by page takes as long as all journeys."""
    return "pages" if item.path.stem in ("test_accessibility", "test_bytes") else "walk"


def _slowness(item: pytest.Item) -> int:
    """0: quick; 1: a walk; 2: starts processes."""
    if item.get_closest_marker("walk"):
        return 1
    return 2 if "database_template" in _fixtures(item) else 0


def _is_one_of_several() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _touches_data(item: pytest.Item) -> bool:
    marks = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "walk"))
    in_class = issubclass(getattr(item, "cls", None) or object, unittest.TestCase)
    return marks or in_class or bool({"db", "isolated_database", "database_template"} & _fixtures(item))


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stored files go to a temporary folder, and a password costs no time."""
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
    ):
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all processes of this run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if _is_one_of_several() else folder


@pytest.fixture(scope="session")
def database_template(shared_folder: Path) -> IsolatedDatabase:
    return databases.template(shared_folder)


@pytest.fixture(scope="session", autouse=True)
def _template_in_time(request: pytest.FixtureRequest, shared_folder: Path) -> None:
    """Among several processes the template is built beside the first tests, so that nobody stands and waits for it."""
    wanted = any("database_template" in _fixtures(item) for item in request.session.items)
    if wanted and os.environ.get("PYTEST_XDIST_WORKER") == "gw0":
        threading.Thread(target=databases.template, args=(shared_folder,), daemon=True).start()


@pytest.fixture
def isolated_database(database_template: IsolatedDatabase, tmp_path: Path) -> Iterator[IsolatedDatabase]:
    """The demo's province, in a data base of this test's own."""
    with databases.clone(database_template, tmp_path / "home") as database:
        yield database


@pytest.fixture
def server(isolated_database: IsolatedDatabase) -> Iterator[str]:
    """`motcua serve` with its worker on the isolated data base; yields its address. It must stop when told to."""
    with serving(isolated_database) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: run `make setup-dev`"
    # Playwright keeps an event loop running in this thread until the end, and Django would refuse its data base to
    # every later test in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=CHROMIUM)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a clerk in Viet Nam; a broken script or a breach of the content policy fails the test."""
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(10_000)
    complaints: list[str] = []

    def listen(error: Error) -> None:
        complaints.append(f"script: {error.message}")

    def read(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    context.on("weberror", lambda error: listen(error.error))
    context.on("console", read)
    yield context.new_page()
    context.close()
    assert not complaints
