"""What the visits need: somebody in each role, and one dossier with all that an address can ask for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge
from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import Fee, ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.journal.models import Reaction
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
    payment = _paid(clerk, dossier)
    return {
        "code": dossier.code,
        "payment": payment.pk,
        "month": payment.day.month,
        "file": stored.pk,
        "unit": dossier.unit.code,
        "version": version().pk,
        "year": dossier.register_year,
        "reaction": Reaction.objects.latest("pk").pk,
    }


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


def browser_of(role: str, **options: object) -> Client:
    """A browser with somebody of this role logged in, or nobody."""
    client = Client(**options)  # type: ignore[arg-type]
    if role != "anonymous":
        client.force_login(played(ACCOUNTS[role]).user, backend=BACKEND)
    return client
