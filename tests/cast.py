"""A few named people and the real province, for tests in the process.

The province (units, procedures, calendar, the demo's cast of officers) is loaded once a run and seen by every test
that uses `db`; what a test writes is rolled back. People: `clerk`, `specialist`, `leader` sit in Phường Phước Vĩnh,
`outsider` is the clerk of Xã A Ngo and must see nothing of it, `district_supervisor` watches Huyện Quảng Điền,
`supervisor` the province, `administrator` runs it.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from motcua.catalog.models import ProcedureVersion, RouteStep
from motcua.catalog.queries import version_called
from motcua.dossiers import actions
from motcua.dossiers.actions import Act, Applicant, PaperTick, Reception
from motcua.dossiers.models import Dossier
from motcua.people import queries
from motcua.people.models import Unit, User
from motcua.people.officer import Officer
from tests import databases
from tests.ground import PASSWORD  # noqa: F401  what they type

BIRTH, GUARDIANSHIP, COPIES = "1.001193", "1.004837", "2.000815"
"""Same day; three working days; certified copies, same day."""
MONDAY = datetime.fromisoformat("2026-11-16T09:00+07:00")
"""A working Monday without a holiday near it."""
FIRST = (
    *(f"{chair}.phuocvinh" for chair in ("tiepnhan", "tuphap", "vanhoa", "lanhdao")),
    *("tiepnhan.ango", "giamsat.quangdien", "giamsat.tinh", "quantri"),
)
"""Accounts of the fixtures below."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker, shared_folder: Path) -> Iterator[None]:
    """In place of pytest-django's: migrated and loaded once for all processes of a run, and copied."""
    ground = databases.ground(shared_folder)
    with django_db_blocker.unblock():
        databases.move_in(ground)
        for account in FIRST:
            _loaded(account)
    yield
    with django_db_blocker.unblock():
        databases.move_out()


@dataclass(frozen=True)
class Played:
    """One of the cast: the account and what it may do."""

    user: User
    officer: Officer

    def act(self, at: datetime | None = None, revision: int | None = None) -> Act:
        return Act(self.officer, at or timezone.now(), revision)

    def client(self) -> Client:
        """A browser in which this person is logged in."""
        client = Client()
        client.force_login(self.user, backend=BACKEND)
        return client


def played(account: str) -> Played:
    user = User.objects.get(username=account)
    return Played(user, queries.officer(user.pk, user.full_name))


@cache
def _loaded(account: str) -> Played:
    return played(account)


def _at_first(account: str) -> Played:
    """As `played` for one of FIRST, when a test begins and all are as they were loaded."""
    known = _loaded(account)
    return Played(deepcopy(known.user), known.officer)


@pytest.fixture
def clerk(db) -> Played:
    return _at_first("tiepnhan.phuocvinh")


@pytest.fixture
def specialist(db) -> Played:
    """Answers for Tư pháp - Hộ tịch."""
    return _at_first("tuphap.phuocvinh")


@pytest.fixture
def other_specialist(db) -> Played:
    """Same commune, another field: Văn hóa - Xã hội."""
    return _at_first("vanhoa.phuocvinh")


@pytest.fixture
def leader(db) -> Played:
    return _at_first("lanhdao.phuocvinh")


@pytest.fixture
def outsider(db) -> Played:
    return _at_first("tiepnhan.ango")


@pytest.fixture
def district_supervisor(db) -> Played:
    return _at_first("giamsat.quangdien")


@pytest.fixture
def supervisor(db) -> Played:
    return _at_first("giamsat.tinh")


@pytest.fixture
def administrator(db) -> Played:
    return _at_first("quantri")


@pytest.fixture
def unit(db) -> Unit:
    return Unit.objects.get(code="19798")


def version(code: str = GUARDIANSHIP) -> ProcedureVersion:
    return version_called(code)


def template(of: ProcedureVersion) -> QuerySet[RouteStep]:
    """The steps of a version's template, in their order."""
    return RouteStep.objects.filter(route__version=of, route__unit=None).order_by("position")


def ticks(of: ProcedureVersion, most: int = 2) -> tuple[PaperTick, ...]:
    papers = of.papers.filter(is_note=False).order_by("position")[:most]
    return tuple(PaperTick(paper.pk, paper.kind, 1) for paper in papers)


def reception(code: str = GUARDIANSHIP, **facts) -> Reception:
    of = version(code)
    given = {
        "version_id": of.pk,
        "applicant": Applicant("Nguyễn Thị Thử", id_number="046199000999", phone="0905000999"),
        "papers": ticks(of),
        "is_simulated": True,
    }
    return Reception(**(given | facts))


def received(clerk: Played, code: str = GUARDIANSHIP, at: datetime = MONDAY, **facts) -> Dossier:
    """A dossier just received in the clerk's unit; on to the specialist unless `forward=False`."""
    unit_id = clerk.officer.desk.unit_id
    return actions.receive(clerk.act(at), unit_id, reception(code, **facts))
