"""What a unit says of a procedure on its list."""

import pytest

from motcua.catalog.errors import NotReady, OfferRefused
from motcua.catalog.models import Offering
from motcua.catalog.offering import say_arising, say_not_arising, set_counter
from motcua.catalog.queries import offered
from motcua.dossiers import actions
from motcua.journal.models import Entry
from motcua.people.models import Unit
from tests.cast import MONDAY, Played, played, received, version
from tests.catalog.routes import made_admin

WHY = "Xã không giáp biên giới."


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


def not_arising(admin: Played, unit: Unit, why: str = WHY) -> Offering:
    return say_not_arising(admin.officer, unit.pk, version().procedure_id, why, MONDAY)


def test_what_does_not_arise_is_received_no_more_and_runs_on(
    admin: Played, clerk: Played, specialist: Played, unit: Unit
) -> None:
    dossier = received(clerk)
    not_arising(admin, unit)
    assert version() not in offered(unit.pk)
    with pytest.raises(NotReady):
        received(clerk)
    actions.forward(specialist.act(), dossier.pk)
    entry = Entry.objects.filter(chain=unit.code, kind="offering.not_arising").get()
    assert WHY not in entry.facts


def test_it_arises_after_all(admin: Played, supervisor: Played, clerk: Played, unit: Unit) -> None:
    for who in (admin, supervisor):
        not_arising(admin, unit)
        say_arising(who.officer, unit.pk, version().procedure_id, MONDAY)
        received(clerk)


@pytest.mark.parametrize(("why", "words"), [(" ", "vì sao"), ("x" * 301, "300")])
def test_the_reason_is_asked_for(admin: Played, unit: Unit, why: str, words: str) -> None:
    with pytest.raises(OfferRefused, match=words):
        not_arising(admin, unit, why)


def test_nobody_else_says_so(clerk: Played, leader: Played, district_supervisor: Played, unit: Unit) -> None:
    """Whoever watches over another district undoes nothing here."""
    for who in (clerk, leader, played("quantri"), made_admin("vanphong.ango", "20068")):
        with pytest.raises(OfferRefused):
            not_arising(who, unit)
    for who in (clerk, leader, district_supervisor):
        with pytest.raises(OfferRefused):
            say_arising(who.officer, unit.pk, version().procedure_id, MONDAY)


def test_only_what_is_on_the_list(admin: Played, unit: Unit) -> None:
    Offering.objects.filter(unit=unit, procedure=version().procedure).delete()
    with pytest.raises(OfferRefused, match="danh mục"):
        not_arising(admin, unit)


def test_the_counter_that_takes_it_in(admin: Played, leader: Played, unit: Unit) -> None:
    procedure_id = version().procedure_id
    assert set_counter(admin.officer, unit.pk, procedure_id, 2, MONDAY).counter == 2
    before = Entry.objects.count()
    set_counter(admin.officer, unit.pk, procedure_id, 2, MONDAY)
    assert Entry.objects.count() == before
    assert set_counter(admin.officer, unit.pk, procedure_id, None, MONDAY).counter is None
    for number in (0, 100):
        with pytest.raises(OfferRefused):
            set_counter(admin.officer, unit.pk, procedure_id, number, MONDAY)
    with pytest.raises(OfferRefused):
        set_counter(leader.officer, unit.pk, procedure_id, 1, MONDAY)
