"""A dossier with a fee, and somebody who pays it: certified copies, received on the tests' Monday at nine."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge
from motcua.catalog.models import Fee, ProcedureVersion
from motcua.dossiers.models import Dossier
from tests.cast import COPIES, MONDAY, version
from tests.dossiers.lives import HOUR, Desk

PAYER = "Nguyễn Thị Thử"
ADOPTION, SIGNATURE, BIRTH = "2.001263", "2.000884", "1.001193"


def fee_of(of: ProcedureVersion) -> Fee:
    return of.fees.get()


def charge(of: ProcedureVersion, **facts: Any) -> Charge:
    return Charge(fee_of(of).pk, **facts)


def taking(*charges: Charge, **facts: Any) -> Taking:
    given: dict[str, Any] = {"charges": charges, "method": Method.CASH, "payer_name": PAYER}
    return Taking(**(given | facts))


def pay(desk: Desk, dossier: Dossier, at: datetime = MONDAY + HOUR, **facts: Any) -> Payment:
    """Two pages, once: 4.000 đ; `units`, `items`, `exemption_id` change that."""
    own = {name: facts.pop(name) for name in ("units", "items", "exemption_id") if name in facts}
    charges: Sequence[Charge] = (charge(dossier.version, **({"units": 2} | own)),)
    return cash.pay(desk.clerk.act(at), dossier.pk, taking(*charges, **facts))


def with_copies(desk: Desk, at: datetime = MONDAY) -> Dossier:
    return desk.at_processing(at, COPIES)


def copies() -> ProcedureVersion:
    return version(COPIES)
