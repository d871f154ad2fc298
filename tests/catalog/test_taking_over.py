"""Each unit's list of what changed, and who has not taken it over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.catalog import changes
from motcua.catalog.bulk_offer import Line, What, carry_out
from motcua.catalog.checker import setup_counts
from motcua.catalog.errors import TakeOverRefused
from motcua.catalog.models import Change, ChangeKind, Offering, TakenOver
from motcua.catalog.taking_over import behind, pending, take_over, waiting
from motcua.journal.models import Entry
from motcua.people.models import Unit
from tests.cast import BIRTH, COPIES, MONDAY, Played, version
from tests.catalog.routes import made_admin


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


@pytest.fixture
def a_ngo(db) -> Unit:
    return Unit.objects.get(code="20068")


def changed(code: str = BIRTH, units: tuple[Unit, ...] = (), day: int = 0) -> Change:
    return changes.note(ChangeKind.REPLACED, version(code), MONDAY + timedelta(days=day), units=units)


def test_what_concerns_a_unit(unit: Unit, a_ngo: Unit) -> None:
    """All that have it on their list, or those that are named, and no other."""
    Offering.objects.filter(unit=a_ngo, procedure=version(COPIES).procedure).delete()
    everybodys, listed, named = changed(), changed(COPIES), changed(units=(a_ngo,))
    assert list(pending(unit.pk).order_by("pk")) == [everybodys, listed]
    assert list(pending(a_ngo.pk).order_by("pk")) == [everybodys, named]


def test_taking_over_up_to_what_was_shown_and_no_further(admin: Played, unit: Unit) -> None:
    first, second = changed(), changed(COPIES)
    later = changed()
    assert take_over(admin.officer, unit.pk, second.pk, MONDAY) == 2
    assert list(pending(unit.pk)) == [later]
    row, entry = TakenOver.objects.get(), Entry.objects.filter(chain=unit.code).latest("number")
    assert (row.last, row.by) == (second, admin.user)
    assert entry.read_facts()["changes"] == [first.pk, second.pk]
    assert take_over(admin.officer, unit.pk, second.pk, MONDAY) == 0
    assert TakenOver.objects.count() == 1


def test_only_the_units_administrator(
    leader: Played, clerk: Played, administrator: Played, unit: Unit
) -> None:
    last = changed()
    for who in (leader, clerk, administrator, made_admin("vanphong.ango", "20068")):
        with pytest.raises(TakeOverRefused):
            take_over(who.officer, unit.pk, last.pk, MONDAY)
    assert not TakenOver.objects.exists()


def test_a_change_of_others_is_not_ours(admin: Played, unit: Unit, a_ngo: Unit) -> None:
    ours, theirs = changed(units=(unit,)), changed(units=(a_ngo,))
    assert take_over(admin.officer, unit.pk, theirs.pk, MONDAY) == 1
    assert TakenOver.objects.get().last == ours


def test_who_has_not_confirmed_and_since_when(admin: Played, unit: Unit, a_ngo: Unit) -> None:
    """Both wait for the first; then only one, and of what came later both again."""
    first = changed(units=(unit, a_ngo))
    assert set(waiting("46.")) == {unit, a_ngo}
    take_over(admin.officer, unit.pk, first.pk, MONDAY)
    assert set(waiting("46.")) == {a_ngo}
    changed(units=(unit, a_ngo), day=1)
    rows = {row.pk: row for row in waiting("46.")}
    assert (rows[a_ngo.pk].first_at, rows[a_ngo.pk].number) == (MONDAY, 2)
    assert (rows[unit.pk].first_at, rows[unit.pk].number) == (MONDAY + timedelta(days=1), 1)
    assert set(waiting(a_ngo.path)) == {a_ngo}


def test_synced_as_of_a_moment(admin: Played, unit: Unit, a_ngo: Unit) -> None:
    """The report of a day that is over counts what had been taken over by then."""
    changed(units=(unit, a_ngo))
    assert behind("46.", MONDAY - timedelta(hours=1)) == set()
    assert behind("46.", MONDAY) == {unit.pk, a_ngo.pk}
    take_over(admin.officer, unit.pk, Change.objects.latest("pk").pk, MONDAY + timedelta(days=2))
    assert behind("46.", MONDAY + timedelta(days=1)) == {unit.pk, a_ngo.pk}
    assert behind("46.", MONDAY + timedelta(days=2)) == {a_ngo.pk}
    communes = Unit.objects.filter(level="commune", valid_to=None).count()
    assert setup_counts("46.", max(timezone.localdate(), (MONDAY + timedelta(days=3)).date()))[
        "units_synced"
    ] in (
        communes - 1,
        communes,
    )


def test_bulk_offers_are_among_what_changed(administrator: Played, unit: Unit, a_ngo: Unit) -> None:
    Offering.objects.filter(unit=a_ngo, procedure=version(COPIES).procedure).delete()
    lines = [Line(place.pk, version(COPIES).procedure_id, What.OFFER) for place in (unit, a_ngo)]
    carry_out(administrator.officer, lines, MONDAY)
    assert [one.kind for one in pending(a_ngo.pk)] == [ChangeKind.OFFERED]
    assert not pending(unit.pk).exists()
