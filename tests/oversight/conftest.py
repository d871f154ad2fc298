"""Those who watch: on the tests' Monday at two o'clock, with dossiers in two communes of two districts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from tests.cast import COPIES, MONDAY, Played, received

NOW = MONDAY + timedelta(hours=5)
HUE, QUANG_DIEN, A_LUOI, PHUOC_VINH, A_NGO, QUANG_THANH = "474", "477", "481", "19798", "20068", "19891"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def province(supervisor: Played) -> Client:
    return supervisor.client()


@pytest.fixture
def office(administrator: Played) -> Client:
    """The administrator's browser."""
    return administrator.client()


@pytest.fixture
def dossiers(clerk: Played, specialist: Played, leader: Played, outsider: Played) -> dict[str, Dossier]:
    """In Phước Vĩnh one overdue since Friday, one open, one done, one returned; in A Ngo one open."""
    friday = MONDAY - timedelta(days=3)
    made = {
        "overdue": received(clerk, COPIES, friday),
        "open": received(clerk),
        "done": received(clerk, at=MONDAY + timedelta(minutes=1)),
        "returned": received(clerk, at=MONDAY + timedelta(minutes=2)),
        "elsewhere": received(outsider),
    }
    for name in ("done", "returned"):
        pk, at = made[name].pk, MONDAY + timedelta(minutes=30)
        actions.forward(specialist.act(at), pk)
        actions.approve(leader.act(at), pk)
        results.record(clerk.act(at), pk, ResultFacts(number="1/TL"))
    results.hand_over(clerk.act(NOW), made["returned"].pk, Collected(to_name="Nguyễn Thị Thử"))
    return made


def queries(client: Client, path: str) -> int:
    """How many queries a page costs, when the session needs no saving."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def copies(dossier: Dossier, number: int) -> None:
    """As many more of a dossier, written at once: for long lists only, they have no history."""
    rows = []
    for count in range(1, number + 1):
        row = Dossier.objects.get(pk=dossier.pk)
        row.pk, row._state.adding = None, True
        row.code, row.register_number = f"{dossier.code[:-4]}{9000 + count}", 9000 + count
        rows.append(row)
    Dossier.objects.bulk_create(rows)
