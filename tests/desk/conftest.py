"""The desk's tests: a Monday at ten, one office with its browsers, and dossiers at any point of their lives."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Max
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from tests.cast import GUARDIANSHIP, MONDAY, Played, received
from tests.desk.reading import Page

NOW = MONDAY + timedelta(hours=1)
STAGES = ("reception", "processing", "approval", "return", "done", "returned")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Ten o'clock on the tests' Monday, standing still; `clock.shift(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(clerk: Played) -> Client:
    """The clerk's browser."""
    return clerk.client()


@dataclass(frozen=True)
class Office:
    clerk: Played
    specialist: Played
    leader: Played

    def dossier(self, stage: str, code: str = GUARDIANSHIP, at: datetime = MONDAY, **facts: Any) -> Dossier:
        """A dossier received at nine and brought to a stage by the real actions, a minute for each."""
        dossier = received(self.clerk, code, at, forward=stage != "reception", **facts)
        acts = [
            lambda at: dossiers.forward(self.specialist.act(at), dossier.pk),
            lambda at: results.approve(self.leader.act(at), dossier.pk),
            lambda at: results.record(self.clerk.act(at), dossier.pk, ResultFacts(number="12/KQ-UBND")),
            lambda at: results.hand_over(self.clerk.act(at), dossier.pk, Collected("Nguyễn Thị Thử")),
        ]
        for number in range(max(0, STAGES.index(stage) - 1)):
            acts[number](at + timedelta(minutes=number + 1))
        return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def office(clerk: Played, specialist: Played, leader: Played) -> Office:
    return Office(clerk, specialist, leader)


def read(response: HttpResponse, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response.content.decode())


def copies(dossier: Dossier, number: int, **facts: Any) -> None:
    """As many more of a dossier, written at once: for long lists only, they have no history."""
    last = Dossier.objects.aggregate(last=Max("register_number"))["last"] + 1000
    rows = []
    for register_number in range(last, last + number):
        row = copy.copy(dossier)
        row.pk = None
        row.code = f"{dossier.code.rpartition('-')[0]}-{register_number:04d}"
        row.register_number = register_number
        for name, value in facts.items():
            setattr(row, name, value)
        rows.append(row)
    Dossier.objects.bulk_create(rows)
