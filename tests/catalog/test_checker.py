"""The checker's figures, counted by hand: Phường Phước Vĩnh with six procedures, and then one thing after the other.

The six: guardianship (three working days), birth and certified copies (same day), all of the field of justice; the
health card with the insurance office on its way; one without a limit; one whose limit nobody has confirmed.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.catalog import adapting, bulk_offer, ways
from motcua.catalog.actions import set_limit
from motcua.catalog.bulk_offer import Line, What
from motcua.catalog.checker import checker, setup_counts, tallies
from motcua.catalog.errors import RouteRefused
from motcua.catalog.models import Offering, OnlineLevel, ProcedureVersion, Route, RouteStep
from motcua.catalog.offering import say_arising, say_not_arising
from motcua.catalog.queries import current
from motcua.people import absences
from motcua.people.absences import Plan
from motcua.people.models import AbsenceKind, Grant, Unit
from motcua.rules.limits import Limit
from motcua.rules.setup import Fault, Tally
from tests.cast import BIRTH, COPIES, GUARDIANSHIP, MONDAY, Played, version
from tests.catalog.routes import DECISION, adapted, made_admin
from tests.journal.tampering import disarm

HEALTH_CARD = "2.001023"


def without_limit() -> ProcedureVersion:
    return current().filter(limit="").order_by("procedure__code")[0]


def unconfirmed() -> ProcedureVersion:
    found = current().filter(limit_confirmed=False, field__group__name="Tư pháp - Hộ tịch").exclude(limit="")
    return found.exclude(procedure__code=HEALTH_CARD).order_by("procedure__code")[0]


@pytest.fixture(autouse=True)
def _six(unit: Unit) -> None:
    Offering.objects.all().delete()
    chosen = [version(code) for code in (GUARDIANSHIP, BIRTH, COPIES, HEALTH_CARD)]
    for one in (*chosen, without_limit(), unconfirmed()):
        Offering.objects.create(unit=unit, procedure_id=one.procedure_id)


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


def tally(unit: Unit) -> Tally:
    return tallies(checker(unit.path, timezone.localdate()))[unit.pk]


def faults(unit: Unit, code: str = GUARDIANSHIP) -> list[Fault]:
    made = checker(unit.path, timezone.localdate())
    return [finding.fault for finding in made.findings(unit.pk, version(code).procedure_id)]


# -- the figures -----------------------------------------------------------------------------------
def test_the_six_as_they_are(unit: Unit) -> None:
    """Five have a route; all five are right; what is unconfirmed is only said."""
    assert tally(unit) == Tally(6, 5, 5, 0)
    assert faults(unit) == []
    assert faults(unit, HEALTH_CARD) == []
    assert faults(unit, without_limit().procedure.code) == [Fault.NO_LIMIT]
    assert faults(unit, unconfirmed().procedure.code) == [Fault.LIMIT_UNCONFIRMED]


def test_a_shorter_limit_holds_at_once_and_all_stays_right(
    administrator: Played, unit: Unit, admin: Played
) -> None:
    """Publishing brings its route; only the unit's own way has lapsed, and it says so."""
    adapted(admin, unit, 60, 1200, 180, 0)
    set_limit(administrator.officer, version().procedure_id, Limit.parse("2 working days"), DECISION, MONDAY)
    assert tally(unit) == Tally(6, 5, 5, 0)
    assert faults(unit) == [Fault.TEMPLATE_CHANGED]
    base = ways.way_at(unit, version().procedure_id).base
    adapting.apply_again(admin.officer, unit.pk, version().procedure_id, MONDAY, shown_id=base.pk)
    assert faults(unit) == []


def test_a_shorter_limit_under_an_old_route_is_wrong(unit: Unit) -> None:
    """What no action can bring about, but a data base can hold."""
    disarm("catalog_procedureversion")
    ProcedureVersion.objects.filter(pk=version().pk).update(limit="2 working days")
    assert tally(unit) == Tally(6, 5, 4, 0)
    assert faults(unit) == [Fault.MINUTES]


def test_a_wrong_way_of_ones_own_is_refused_and_changes_no_figure(unit: Unit, admin: Played) -> None:
    with pytest.raises(RouteRefused):
        adapted(admin, unit, 60, 1200, 100, 0)
    assert tally(unit) == Tally(6, 5, 5, 0)
    adapted(admin, unit, 60, 1200, 180, 0)
    assert tally(unit) == Tally(6, 5, 5, 0)


def test_the_leader_gone_takes_all_five(unit: Unit, leader: Played) -> None:
    Grant.objects.filter(user=leader.user).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert tally(unit) == Tally(6, 5, 0, 0)
    assert faults(unit) == [Fault.NOBODY]


def test_a_field_without_anybody_takes_what_is_of_it(unit: Unit, specialist: Played) -> None:
    """Guardianship, birth, copies and the unconfirmed one are justice's; the health card is too, at home."""
    others = [
        one.procedure.code
        for one in current().filter(procedure__offerings__unit=unit).select_related("field__group")
        if str(one.field.group or one.field) != "Tư pháp - Hộ tịch"
    ]
    Grant.objects.filter(user=specialist.user).update(valid_to=timezone.localdate() - timedelta(days=1))
    routed = [code for code in others if code != without_limit().procedure.code]
    assert tally(unit) == Tally(6, 5, len(routed), 0)
    made = checker(unit.path, timezone.localdate())
    finding = made.findings(unit.pk, version().procedure_id)[0]
    assert (finding.fault, finding.role, finding.agency) == (Fault.NOBODY, "specialist", "")


def test_who_is_away_is_said_and_counts_for_nothing(unit: Unit, leader: Played, specialist: Played) -> None:
    now = timezone.now()
    away = Plan(specialist.user.pk, now, now + timedelta(days=3), AbsenceKind.SICK, None)
    row = absences.record(leader.officer, unit.pk, away, now)
    assert faults(unit) == [Fault.AWAY]
    assert tally(unit).set_up_correctly == 5
    other = Grant.objects.get(unit=unit, user__username="vanhoa.phuocvinh").user_id
    absences.change(leader.officer, row.pk, ends=row.ends, substitute_id=other, now=timezone.now())
    assert faults(unit) == []


def test_an_agency_of_the_way_without_people_or_not_there(unit: Unit) -> None:
    agency = Unit.objects.get(agency_kind="social_insurance", parent=unit.parent)
    Grant.objects.filter(unit=agency, role="leader").update(valid_to="2020-01-01")
    assert faults(unit, HEALTH_CARD) == [Fault.NOBODY]
    assert tally(unit) == Tally(6, 5, 4, 0)
    Unit.objects.filter(pk=agency.pk).update(valid_to="2020-01-01")
    assert faults(unit, HEALTH_CARD) == [Fault.NO_AGENCY]


def test_what_does_not_arise_here_is_missing_nowhere(unit: Unit, admin: Played, supervisor: Played) -> None:
    procedure_id = without_limit().procedure_id
    say_not_arising(admin.officer, unit.pk, procedure_id, "Xã không giáp biên giới.", MONDAY)
    assert tally(unit) == Tally(5, 5, 5, 0)
    counts = setup_counts(unit.path, timezone.localdate())
    assert (counts["units_all_set_up"], counts["units_all_correct"]) == (1, 1)
    say_arising(supervisor.officer, unit.pk, procedure_id, MONDAY)
    assert tally(unit) == Tally(6, 5, 5, 0)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("reception", Fault.NO_RECEPTION),
        ("processing", Fault.NO_PROCESSING),
        ("approval", Fault.NO_APPROVAL),
        ("return", Fault.NO_RETURN),
    ],
)
def test_a_route_that_lacks_a_part(unit: Unit, kind: str, fault: Fault) -> None:
    disarm("catalog_routestep", "catalog_routetask")
    RouteStep.objects.filter(route__version=version(), kind=kind).delete()
    assert fault in faults(unit)
    assert tally(unit) == Tally(6, 5, 4, 0)


def test_no_route_though_there_is_a_limit(unit: Unit) -> None:
    Route.objects.filter(version=version()).update(ended_at=MONDAY)
    assert faults(unit) == [Fault.NO_ROUTE]
    assert tally(unit) == Tally(6, 4, 4, 0)


def test_an_officer_named_who_has_left(unit: Unit, admin: Played, specialist: Played) -> None:
    """Said only: who is there has the work."""
    adapted(admin, unit, 72, 1008, 360, 0, officer=specialist.user.pk)
    assert faults(unit) == []
    Grant.objects.filter(unit=unit, user__username="vanhoa.phuocvinh").get().fields.add(
        version().field.group_id
    )
    Grant.objects.filter(user=specialist.user).update(valid_to="2020-01-01")
    assert faults(unit) == [Fault.OFFICER_GONE]
    assert tally(unit).set_up_correctly == 5


@pytest.mark.parametrize(
    ("level", "counted"),
    [("2", 0), ("3", 1), ("4", 1), ("part", 0), ("whole", 1), ("", 0)],
)
def test_online_levels(unit: Unit, level: str, counted: int) -> None:
    assert level in OnlineLevel.values
    disarm("catalog_procedureversion")
    ProcedureVersion.objects.filter(pk=version().pk).update(online_level=level)
    assert tally(unit).online_level_3_4 == counted


# -- the block -------------------------------------------------------------------------------------
def test_the_block_of_a_district_and_of_the_province(unit: Unit, outsider: Played) -> None:
    """By hand: Phước Vĩnh 5 of 6 right; A Ngo, of another district, 1 of 1; a third has a list and nobody at work."""
    a_ngo, third = (
        Unit.objects.get(code="20068"),
        Unit.objects.filter(parent=unit.parent).exclude(pk=unit.pk)[0],
    )
    for place in (a_ngo, third):
        Offering.objects.create(unit=place, procedure_id=version().procedure_id)
    today = timezone.localdate()
    communes = Unit.objects.filter(level="commune", valid_to=None)
    assert setup_counts("46.", today) == {
        "offerings": 8,
        "set_up": 7,
        "set_up_correctly": 6,
        "online_level_3_4": 0,
        "units_all_set_up": 2,
        "units_half_set_up": 1,
        "units_all_correct": 1,
        "units_half_correct": 1,
        "units_under_half_correct": 1,
        "units_synced": communes.count(),
    }
    district = setup_counts(unit.parent.path, today)
    assert (district["offerings"], district["set_up_correctly"], district["units_under_half_correct"]) == (
        7,
        5,
        1,
    )
    assert district["units_synced"] == communes.filter(parent=unit.parent).count()
    assert setup_counts(a_ngo.path, today)["units_all_correct"] == 1


def test_a_list_as_it_was_on_a_day(administrator: Played, unit: Unit) -> None:
    """The figures of a day that is over are its own."""
    first, now = version(), timezone.now()
    lines = [Line(unit.pk, first.procedure_id, What.WITHDRAW)]
    bulk_offer.carry_out(administrator.officer, lines, now)
    other = current().exclude(procedure__offerings__unit=unit).exclude(pk=first.pk)[0]
    lines = [Line(unit.pk, other.procedure_id, What.OFFER)]
    bulk_offer.carry_out(administrator.officer, lines, now)
    assert setup_counts(unit.path, timezone.localdate())["offerings"] == 6
    made = checker(unit.path, timezone.localdate() - timedelta(days=2))
    listed = {pair.procedure_id for pair in made.pairs()}
    assert len(listed) == 6
    assert first.procedure_id in listed
    assert other.procedure_id not in listed


@pytest.mark.usefixtures("admin")
def test_as_many_queries_for_one_commune_as_for_all(unit: Unit) -> None:
    today, costs = timezone.localdate(), []
    for path in (unit.path, "46."):
        with CaptureQueriesContext(connection) as captured:
            setup_counts(path, today)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 11
