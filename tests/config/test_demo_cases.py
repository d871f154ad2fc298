"""The trial province has a dossier for each thing that the law lets happen, whatever day it is set up."""

import random
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from motcua.config import demo_cases
from motcua.config.demo_office import Office
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Apology, Consultation, Dossier, Leg, Supplement, TurnedAway
from motcua.dossiers.queries import disagreements
from motcua.journal.queries import first_break
from motcua.people.models import Role, Unit

TUESDAY, SUNDAY_AFTER_TET = "2026-11-24T10:20+07:00", "2026-02-22T23:50+07:00"


@pytest.fixture(params=[TUESDAY, SUNDAY_AFTER_TET])
def made(request: pytest.FixtureRequest, unit: Unit) -> dict[str, Dossier]:
    """Every case, by what happens in it."""
    with time_machine.travel(datetime.fromisoformat(request.param), tick=False):
        clerk, leader = (Office.officer(unit, role) for role in (Role.CLERK, Role.LEADER))
        office = Office(unit, clerk, leader, [], random.Random(1))
        for _begins, live in sorted(demo_cases.cases(office), key=lambda case: case[0]):
            live()
        dossiers.foresee(timezone.now())
    named = {row.applicant_name: row for row in Dossier.objects.select_related("holder_unit")}
    return {live.__name__: named[name] for _, name, _, live in demo_cases.CASES if name in named}


def test_every_state_a_user_meets_is_there(made: dict[str, Dossier]) -> None:
    now = {name: (row.state, row.step_kind, row.outcome, row.supplements) for name, row in made.items()}
    assert now == {
        "waiting": ("waiting", "supplement", "", 1),
        "proposed_again": ("processing", "processing", "", 1),
        "asked_again": ("waiting", "supplement", "", 2),
        "refused": ("done", "return", "refused", 0),
        "withdrawn": ("done", "return", "withdrawn", 0),
        "overdue": ("processing", "processing", "", 0),
        "reappointed": ("processing", "processing", "", 0),
        "at_agency": ("processing", "reception", "", 0),
        "acknowledged": ("processing", "reception", "", 0),
        "consulted": ("processing", "processing", "", 0),
        "to_be_decided": ("processing", "approval", "", 0),
        "to_be_recorded": ("processing", "return", "", 0),
        "not_collected": ("done", "return", "granted", 0),
        "recalled": ("correcting", "approval", "granted", 0),
        "reissued": ("done", "return", "granted", 0),
        "on_the_spot": ("returned", "", "granted", 0),
    }
    assert list(TurnedAway.objects.order_by("number").values_list("kind", flat=True)) == [
        "incomplete",
        "refused",
    ]
    assert Supplement.objects.get(dossier=made["proposed_again"], asked_at=None).declined_at is None
    assert Consultation.objects.get(answered_at=None).dossier == made["consulted"]
    assert made["not_collected"].unscanned
    _agencies(made)
    _apologies(made)
    assert first_break("19798") is None
    assert list(disagreements("19798")) == []


def _agencies(made: dict[str, Dossier]) -> None:
    sent, known = (
        Leg.objects.get(dossier=made[name], closed_at=None) for name in ("at_agency", "acknowledged")
    )
    assert (sent.unit.agency_kind, sent.acknowledged_at) == ("social_insurance", None)
    assert known.acknowledged_at is not None


def _apologies(made: dict[str, Dossier]) -> None:
    """One lies before the leader; another was signed in time, its first date is past and the new one is not."""
    unsigned = Apology.objects.get(dossier=made["overdue"])
    assert unsigned.signed_at is None
    assert made["overdue"].due_at < unsigned.drafted_at
    signed = Apology.objects.get(dossier=made["reappointed"])
    assert signed.signed_at is not None
    assert signed.signed_at <= signed.sign_by
    assert made["reappointed"].due_at < unsigned.drafted_at < made["reappointed"].appointment_at
