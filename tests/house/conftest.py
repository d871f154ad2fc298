"""What the visits need: somebody in each role, and one dossier with all that an address can ask for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge
from motcua.catalog.actions import edit_draft, start_draft
from motcua.catalog.content import content_of
from motcua.catalog.exchange.export import exported
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import CatalogueFile, Fee, ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant, Refusal
from motcua.dossiers.models import Dossier, TurnedAway
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import seals
from motcua.journal.models import Reaction, SealedDay
from motcua.notices.actions.announce import Draft, announce
from motcua.notices.models import Announcement, Audience
from motcua.oversight.findings import Finding
from motcua.oversight.looking import keep
from motcua.oversight.models import Signal
from motcua.papers.models import ClosedBook, IssuedPaper, PaperForm
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.models import Absence, AbsenceKind, DeskCounter, Merger, Unit, User
from motcua.portal.models import Citizen, Claim, ContactKind
from motcua.rules.signals import Kind
from tests.cast import BACKEND, BIRTH, MONDAY, Played, played, received, version
from tests.house.addresses import ACCESS
from tests.journal.tampering import disarm

ACCOUNTS = {
    "clerk": "tiepnhan.phuocvinh",
    "specialist": "tuphap.phuocvinh",
    "leader": "lanhdao.phuocvinh",
    "outsider": "tiepnhan.ango",
    "district_supervisor": "giamsat.quangdien",
    "supervisor": "giamsat.tinh",
    "administrator": "quantri",
    "stranger": "nguoi.moi",
}
Scene = Mapping[str, object]


_sessions: dict[str, SimpleCookie] = {}
"""What the browser of each role keeps once its officer has logged in."""


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[Scene]:
    """The scene, played once for all visits of a module; `db` rolls each visit back to what stands here."""
    atomic = transaction.atomic()
    with django_db_blocker.unblock():
        atomic.__enter__()
        made = played_scene(played(ACCOUNTS["clerk"]))
        for role in (*ACCOUNTS, "citizen"):
            _sessions[role] = _logged_in(role)
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def scene(stage: Scene, db: None) -> Scene:
    return stage


def played_scene(clerk: Played) -> Scene:
    """What stands in the addresses: a dossier of Phường Phước Vĩnh, its file, its unit, its year …"""
    get_user_model().objects.create(username="nguoi.moi", full_name="Người Mới")
    dossier = received(clerk)
    stored = files.store(SimpleUploadedFile("quét.pdf", b"%PDF-1.7\n%%EOF\n"), uploaded_by_id=clerk.user.pk)
    actions.attach(clerk.act(MONDAY + timedelta(minutes=1)), dossier.pk, stored)
    seals.seal_days(timezone.now() + timedelta(days=1))
    keep([Finding(Kind.NO_APOLOGY, "x", dossier.unit_id, MONDAY, dossier.pk)], MONDAY)
    payment = _paid(clerk, dossier)
    citizen = Citizen.objects.create(kind=ContactKind.PHONE, contact="0905000999", since=MONDAY)
    Claim.objects.create(citizen=citizen, dossier=dossier, at=MONDAY)
    return {
        **paper_and_book(dossier, stored, clerk),
        "code": dossier.code,
        "signal": Signal.objects.get().pk,
        "day": SealedDay.objects.latest("day").day.isoformat(),
        "payment": payment.pk,
        "month": payment.day.month,
        "slip": _turned_away(clerk, dossier.unit_id).pk,
        "file": stored.pk,
        "published": dossier.version.procedure.code,
        "published_number": dossier.version.number,
        "form": _form(dossier, stored),
        "procedure_id": dossier.version.procedure_id,
        "field": dossier.version.field_id,
        "announcement": _announcement().pk,
        "unit": dossier.unit.code,
        "version": version().pk,
        "year": dossier.register_year,
        "officer": played(ACCOUNTS["specialist"]).user.pk,
        "counter": DeskCounter.objects.create(unit=dossier.unit, number=1).number,
        "absence": _absence(dossier.unit_id).pk,
        "reaction": Reaction.objects.latest("pk").pk,
        "message": 1,
        "merger": _merger().pk,
        "event": "finish",
        **catalogue(stored),
        "channel": "sms",
    }


def _announcement() -> Announcement:
    """The province's, of next week."""
    day = timezone.localdate() + timedelta(days=7)
    draft = Draft("Nghỉ lễ", "Cơ quan nghỉ lễ.", Audience.BOTH, day, day)
    administrator, unit = played(ACCOUNTS["administrator"]), Unit.objects.get(code="46")
    return announce(administrator.officer, unit.pk, draft, timezone.now())


def _form(dossier: Dossier, stored: StoredFile) -> int:
    """A form to fill in, published with the dossier's procedure."""
    disarm("catalog_paperrequirement")
    dossier.version.papers.filter(position=1).update(template=stored)
    return stored.pk


def _merger() -> Merger:
    """A plan that was taken back, so that nobody can do it again."""
    return Merger.objects.create(
        on="2026-12-01",
        decision="01/NQ-HĐND",
        title="Xã A → Xã B",
        planned_at=MONDAY,
        cancelled_at=MONDAY,
    )


def catalogue(stored: StoredFile) -> dict[str, object]:
    """A procedure with a draft that has a form, and a file of the catalogue that somebody looks at."""
    draft = start_draft(version(BIRTH).procedure_id)
    content = content_of(draft)
    papers = (replace(content.papers[0], template_id=stored.pk), *content.papers[1:])
    edit_draft(draft.procedure_id, 0, papers=papers)
    looked_at = CatalogueFile.objects.create(
        name="x.json",
        rows=[row for row in exported() if row["code"] == BIRTH],
        uploaded_by=played(ACCOUNTS["administrator"]).user,
        uploaded_at=MONDAY,
    )
    return {
        "procedure": BIRTH,
        "number": 1,
        "part": "giay-to",
        "place": 1,
        "requirement": draft.papers.get(position=1).pk,
        "which": "mau",
        "kind": "json",
        "catalogue_file": looked_at.pk,
    }


def _turned_away(clerk: Played, unit_id: int) -> TurnedAway:
    """Somebody whose papers could not be received."""
    refusal = Refusal(
        version().pk, TurnedAway.Kind.REFUSED, Applicant("Nguyễn Thị Thử"), "Không thuộc thẩm quyền."
    )
    return actions.turn_away(clerk.act(MONDAY), unit_id, refusal)


def _absence(unit_id: int) -> Absence:
    """The specialist's, planned for next week."""
    specialist, now = played(ACCOUNTS["specialist"]), timezone.now()
    plan = Plan(specialist.user.pk, now + timedelta(days=7), now + timedelta(days=8), AbsenceKind.LEAVE, None)
    return absences.record(specialist.officer, unit_id, plan, now)


def _paid(clerk: Played, dossier: Dossier) -> Payment:
    """A payment of the scene's dossier, whose procedure is given a fee for it."""
    disarm("catalog_procedureversion", "catalog_fee")
    ProcedureVersion.objects.filter(pk=dossier.version_id).update(fee_state=FeeState.LISTED)
    fee = Fee.objects.create(
        version_id=dossier.version_id, position=1, label="Lệ phí", unit="bản", price=1, confirmed=True
    )
    act = clerk.act(MONDAY + timedelta(minutes=2))
    return cash.pay(act, dossier.pk, Taking((Charge(fee.pk),), Method.CASH, "Nguyễn Thị Thử"))


@pytest.fixture
def address(scene: Scene) -> Callable[[str], str]:
    """The address of a url name in the scene."""
    return lambda name: reverse(name, args=[scene[arg] for arg in ACCESS[name].args])


def paper_and_book(dossier: Dossier, file: StoredFile, by: Played) -> dict[str, object]:
    """An issued paper, and the closed book of a year before: as rows, since setting them would take its time."""
    paper = IssuedPaper.objects.create(
        unit=dossier.unit, dossier=dossier, form=PaperForm.SUPPLEMENT, about="supplement:1", file=file
    )
    book = ClosedBook.objects.create(
        unit=dossier.unit,
        year=dossier.register_year - 2,
        closed_by=by.user,
        closed_at=MONDAY,
        count=0,
        last_number=0,
        revisions=0,
        rows=[],
        file=file,
    )
    return {"paper": paper.pk, "closed_year": book.year}


def browser_of(role: str, **options: object) -> Client:
    """A browser with somebody of this role logged in, or nobody; it takes the scene."""
    client = Client(**options)  # type: ignore[arg-type]
    if role != "anonymous":
        client.cookies.update(_sessions[role])
    return client


def _logged_in(role: str) -> SimpleCookie:
    client = Client()
    if role == "citizen":
        session = client.session
        session["citizen"], session["citizen_code"] = Citizen.objects.get().pk, [0, ""]
        session.save()
    else:
        client.force_login(User.objects.get(username=ACCOUNTS[role]), backend=BACKEND)
    return client.cookies
