"""The desk's tests: a Monday at ten, and what several of them ask for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.models import Dossier
from tests.cast import MONDAY, Played
from tests.desk.reading import Page

NOW = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Ten o'clock on the tests' Monday, standing still; `clock.shift(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(clerk: Played) -> Client:
    """The clerk's browser."""
    return clerk.client()


def read(response: HttpResponse, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response.content.decode())


def copies(dossier: Dossier, number: int, **facts: Any) -> None:
    """As many more of a dossier, written at once: for long lists only, they have no history."""
    unit = dossier.code.rpartition("-")[0]
    first = dossier.register_number
    rows = []
    for count in range(1, number + 1):
        row = Dossier.objects.get(pk=dossier.pk)
        row.pk, row._state.adding = None, True
        row.code, row.register_number = f"{unit}-{first + count:04d}", first + count
        for name, value in facts.items():
            setattr(row, name, value)
        rows.append(row)
    Dossier.objects.bulk_create(rows)
