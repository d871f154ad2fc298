"""What the visits need: somebody in each role, and one dossier with all that an address can ask for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import Fee, ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant, Refusal
from motcua.dossiers.models import Dossier, TurnedAway
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import seals
from motcua.journal.models import Reaction, SealedDay
from motcua.oversight.findings import Finding
from motcua.oversight.looking import keep
from motcua.oversight.models import Signal
from motcua.papers.models import ClosedBook, IssuedPaper, PaperForm
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.models import Absence, AbsenceKind
from motcua.rules.signals import Kind
from tests.cast import BACKEND, MONDAY, Played, played, received, version
from tests.house.addresses import ACCESS

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


@pytest.fixture
def scene(clerk: Played) -> Scene:
    """What stands in the addresses: a dossier of Phường Phước Vĩnh, its file, its unit, its year …"""
    get_user_model().objects.create(username="nguoi.moi", full_name="Người Mới")
    dossier = received(clerk)
    stored = files.store(SimpleUploadedFile("quét.pdf", b"%PDF-1.7\n%%EOF\n"), uploaded_by_id=clerk.user.pk)
    actions.attach(clerk.act(MONDAY + timedelta(minutes=1)), dossier.pk, stored)
    seals.seal_days(timezone.now() + timedelta(days=1))
    keep([Finding(Kind.NO_APOLOGY, "x", dossier.unit_id, MONDAY, dossier.pk)], MONDAY)
    payment = _paid(clerk, dossier)
    return {
        **paper_and_book(dossier, stored, clerk),
        "code": dossier.code,
        "signal": Signal.objects.get().pk,
        "day": SealedDay.objects.latest("day").day.isoformat(),
        "payment": payment.pk,
        "month": payment.day.month,
        "slip": _turned_away(clerk, dossier.unit_id).pk,
        "file": stored.pk,
        "unit": dossier.unit.code,
        "version": version().pk,
        "procedure": version().procedure_id,
        "year": dossier.register_year,
        "officer": played(ACCOUNTS["specialist"]).user.pk,
        "absence": _absence(dossier.unit_id).pk,
        "reaction": Reaction.objects.latest("pk").pk,
        "message": 1,
        "event": "finish",
        "channel": "sms",
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
    """A browser with somebody of this role logged in, or nobody."""
    client = Client(**options)  # type: ignore[arg-type]
    if role != "anonymous":
        client.force_login(played(ACCOUNTS[role]).user, backend=BACKEND)
    return client
