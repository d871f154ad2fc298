"""One template for all, and what a district or a commune makes of it, within its measure (NĐ 61/2018 Đ.36.4)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from motcua.catalog import adapting, ways
from motcua.catalog.actions import set_limit
from motcua.catalog.errors import RouteRefused
from motcua.catalog.models import Change, ChangeKind, Route
from motcua.catalog.queries import current, route_for
from motcua.catalog.stages import stages_in, stages_of
from motcua.journal.models import Entry
from motcua.people.models import Grant, Unit
from motcua.rules.limits import Limit
from motcua.rules.routes import Stage, check_route
from motcua.rules.workflow import StepKind
from tests.cast import GUARDIANSHIP, MONDAY, Played, played, version
from tests.catalog.routes import DECISION, REASON, adapted, base_of, drawn, made_admin, split

HEALTH_CARD = "2.001023"


@pytest.fixture
def admin(unit: Unit) -> Played:
    return made_admin("vanphong.phuocvinh", unit.code)


@pytest.fixture
def district(db) -> Unit:
    return Unit.objects.get(code="474")


@pytest.fixture
def district_admin(district: Unit) -> Played:
    return made_admin("chutich.hue", district.code)


def used(unit: Unit, code: str = GUARDIANSHIP) -> list[int]:
    """The minutes of the way that a dossier received now would take."""
    route = route_for(unit, version(code).pk)
    assert route is not None
    return [stage.minutes for stage in stages_in(route)]


def with_check(base: tuple[Stage, ...], minutes: int = 60) -> list[Stage]:
    """A district's own check before the return, its time out of the processing."""
    check = Stage(StepKind.APPROVAL, "leader", minutes, "district")
    work = replace(base[1], minutes=base[1].minutes - minutes)
    return [base[0], work, *base[2:-1], check, base[-1]]


def test_every_template_of_the_catalogue_passes_the_rules(db) -> None:
    """R13."""
    templates = Route.objects.filter(unit=None, version__in=current().exclude(limit="")).select_related(
        "version"
    )
    stages = stages_of(templates)
    assert len(templates) > 100
    wrong = {str(one.version): check_route(stages[one.pk], one.version.typed_limit) for one in templates}
    assert not [name for name, complaints in wrong.items() if complaints]


# -- a commune -------------------------------------------------------------------------------------
def test_a_commune_shares_its_time_out_otherwise(admin: Played, unit: Unit) -> None:
    """Only what is received from now on goes the new way, and only here."""
    other = Unit.objects.get(code="20068")
    assert used(unit) == used(other) == [72, 1008, 360, 0]
    route = adapted(admin, unit, 60, 1200, 180, 0)
    assert used(unit) == [60, 1200, 180, 0]
    assert used(other) == [72, 1008, 360, 0]
    assert (route.number, route.base, route.decision) == (1, base_of(unit), REASON)
    entry = Entry.objects.filter(chain=unit.code).latest("number")
    assert entry.kind == "route.adapted"
    assert entry.read_facts()["steps"][1] == ["processing", "", 1200, None]
    assert REASON not in entry.facts
    assert not Change.objects.exists()


def test_again_otherwise_ends_the_one_before(admin: Played, unit: Unit) -> None:
    first = adapted(admin, unit, 60, 1200, 180, 0)
    second = adapted(admin, unit, 60, 1100, 280, 0)
    first.refresh_from_db()
    assert first.ended_at == MONDAY
    assert (second.number, used(unit)) == (2, [60, 1100, 280, 0])


def test_back_to_the_template(admin: Played, unit: Unit) -> None:
    adapted(admin, unit, 60, 1200, 180, 0)
    adapting.follow(admin.officer, unit.pk, version().procedure_id, MONDAY)
    assert used(unit) == [72, 1008, 360, 0]
    assert Entry.objects.filter(chain=unit.code).latest("number").kind == "route.own_ended"
    before = Entry.objects.count()
    adapting.follow(admin.officer, unit.pk, version().procedure_id, MONDAY)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("minutes", "words", "place"),
    [
        ((72, 1008, 300, 0), "còn thiếu 1 giờ so với thời hạn 3 ngày", None),
        ((72, 1068, 360, 0), "vượt 1 giờ so với thời hạn 3 ngày", None),
        ((72, 1368, 0, 0), "Bước này phải có thời gian", 2),
    ],
)
def test_what_is_too_much_is_refused_and_nothing_changes(
    admin: Played, unit: Unit, minutes: tuple[int, ...], words: str, place: int | None
) -> None:
    """R13."""
    before = Entry.objects.count()
    with pytest.raises(RouteRefused) as refusal:
        adapted(admin, unit, *minutes)
    told = str(refusal.value) if place is None else refusal.value.places[place]
    assert words in told
    assert used(unit) == [72, 1008, 360, 0]
    assert not Route.objects.filter(unit=unit).exists()
    assert Entry.objects.count() == before


def test_no_step_goes_and_no_agency_loses_its_time(admin: Played, unit: Unit) -> None:
    base = base_of(unit, HEALTH_CARD)
    stages = stages_in(base)
    less = [replace(one, minutes=one.minutes - (one.agency != "")) for one in stages]
    for own in (stages[:2] + stages[3:], less):
        with pytest.raises(RouteRefused):
            adapting.adapt(
                admin.officer,
                unit.pk,
                version(HEALTH_CARD).procedure_id,
                own,
                REASON,
                MONDAY,
                shown_id=base.pk,
            )
    with pytest.raises(RouteRefused) as refusal:
        adapting.adapt(
            admin.officer, unit.pk, version(HEALTH_CARD).procedure_id, less, REASON, MONDAY, shown_id=base.pk
        )
    assert set(refusal.value.places) == {3, 4, 5}


def test_only_who_administers_the_unit(clerk: Played, leader: Played, admin: Played, unit: Unit) -> None:
    for who in (clerk, leader, played("quantri"), made_admin("vanphong.ango", "20068")):
        with pytest.raises(RouteRefused, match="quản trị của đơn vị"):
            adapted(who, unit, 60, 1200, 180, 0)


@pytest.mark.parametrize(("reason", "words"), [(" ", "lý do"), ("x" * 201, "200")])
def test_the_reason_is_asked_for(admin: Played, unit: Unit, reason: str, words: str) -> None:
    base = base_of(unit)
    stages = split(stages_in(base), 60, 1200, 180, 0)
    with pytest.raises(RouteRefused, match=words):
        adapting.adapt(
            admin.officer, unit.pk, version().procedure_id, stages, reason, MONDAY, shown_id=base.pk
        )


def test_the_same_as_the_template_is_no_way_of_ones_own(admin: Played, unit: Unit) -> None:
    with pytest.raises(RouteRefused, match="Chưa có gì khác"):
        adapted(admin, unit, 72, 1008, 360, 0)


def test_a_page_that_showed_another_template(admin: Played, administrator: Played, unit: Unit) -> None:
    old = base_of(unit)
    stages = stages_in(old)
    drawn(administrator, split(stages, 40, 1040, 360, 0))
    own = split(stages, 60, 1200, 180, 0)
    with pytest.raises(RouteRefused, match="vừa đổi"):
        adapting.adapt(admin.officer, unit.pk, version().procedure_id, own, REASON, MONDAY, shown_id=old.pk)


# -- an officer named ------------------------------------------------------------------------------
def test_an_officer_of_the_field_can_be_named_and_no_other(
    admin: Played, specialist: Played, other_specialist: Played, clerk: Played, unit: Unit
) -> None:
    with pytest.raises(RouteRefused) as refusal:
        adapted(admin, unit, 72, 1008, 360, 0, officer=other_specialist.user.pk)
    assert "không phụ trách lĩnh vực" in refusal.value.places[1]
    adapted(admin, unit, 72, 1008, 360, 0, officer=specialist.user.pk)
    route = route_for(unit, version().pk)
    assert stages_in(route)[1].officer_id == specialist.user.pk


# -- the province draws anew -----------------------------------------------------------------------
def test_a_new_template_holds_everywhere_from_that_moment(
    administrator: Played, admin: Played, unit: Unit
) -> None:
    """Own ways made of the old one lapse; each unit has it among what changed."""
    adapted(admin, unit, 60, 1200, 180, 0)
    base = stages_in(base_of(unit))
    route = drawn(administrator, split(base, 40, 1000, 400, 0))
    assert used(unit) == used(Unit.objects.get(code="20068")) == [40, 1000, 400, 0]
    assert ways.way_at(unit, version().procedure_id).is_lapsed
    change = Change.objects.get()
    assert (change.kind, change.version, change.decision) == (ChangeKind.ROUTE, version(), DECISION)
    assert not change.units.exists()
    assert (route.number, Route.objects.get(version=version(), unit=None, number=1).ended_at) == (2, MONDAY)
    assert Entry.objects.filter(chain="46").latest("number").kind == "route.template_drawn"


def test_the_same_template_again_is_nothing(administrator: Played, unit: Unit) -> None:
    base = base_of(unit)
    assert drawn(administrator, stages_in(base)) == base
    assert not Change.objects.exists()


@pytest.mark.parametrize("minutes", [(40, 1000, 300, 0), (40, 1100, 400, 0)])
def test_a_template_is_held_to_the_limit(administrator: Played, unit: Unit, minutes: tuple[int, ...]) -> None:
    with pytest.raises(RouteRefused, match="so với thời hạn 3 ngày"):
        drawn(administrator, split(stages_in(base_of(unit)), *minutes))


def test_only_the_province_draws_the_template(admin: Played, unit: Unit) -> None:
    with pytest.raises(RouteRefused, match="quản trị tỉnh"):
        drawn(admin, split(stages_in(base_of(unit)), 40, 1000, 400, 0))


def test_without_a_limit_there_is_nothing_to_share_out(administrator: Played, unit: Unit) -> None:
    code = current().filter(limit="").order_by("pk")[0].procedure.code
    with pytest.raises(RouteRefused, match="chưa có thời hạn"):
        drawn(administrator, stages_in(base_of(unit)), code)


def test_a_named_officer_has_no_place_in_a_template(
    administrator: Played, specialist: Played, unit: Unit
) -> None:
    stages = split(stages_in(base_of(unit)), 40, 1000, 400, 0, officer=specialist.user.pk)
    with pytest.raises(RouteRefused, match="không chỉ định"):
        drawn(administrator, stages)


# -- what lapsed is made again, or let go ------------------------------------------------------------
def test_a_shorter_limit_and_the_split_made_again(
    administrator: Played, admin: Played, specialist: Played, unit: Unit
) -> None:
    """1,440 minutes shared out as 100 : 1200 : 140 become 960 as 67 : 800 : 93, to the minute."""
    adapted(admin, unit, 100, 1200, 140, 0, officer=specialist.user.pk)
    set_limit(administrator.officer, version().procedure_id, Limit.parse("2 working days"), DECISION, MONDAY)
    assert used(unit) == [48, 672, 240, 0]
    way = ways.way_at(unit, version().procedure_id)
    assert way.is_lapsed
    assert way.used == way.base
    route = adapting.apply_again(admin.officer, unit.pk, version().procedure_id, MONDAY, shown_id=way.base.pk)
    assert used(unit) == [67, 800, 93, 0]
    assert (route.decision, stages_in(route)[1].officer_id) == (REASON, specialist.user.pk)
    assert not ways.way_at(unit, version().procedure_id).is_lapsed


def test_made_again_without_an_officer_who_has_left(
    administrator: Played, admin: Played, specialist: Played, unit: Unit
) -> None:
    adapted(admin, unit, 100, 1200, 140, 0, officer=specialist.user.pk)
    set_limit(administrator.officer, version().procedure_id, Limit.parse("2 working days"), DECISION, MONDAY)
    Grant.objects.filter(user=specialist.user).update(valid_to="2020-01-01")
    base = base_of(unit)
    route = adapting.apply_again(admin.officer, unit.pk, version().procedure_id, MONDAY, shown_id=base.pk)
    assert stages_in(route)[1].officer_id is None


def test_other_steps_are_not_made_again_by_a_machine(
    administrator: Played, admin: Played, unit: Unit
) -> None:
    adapted(admin, unit, 60, 1200, 180, 0)
    base = stages_in(base_of(unit))
    drawn(administrator, with_check(base))
    with pytest.raises(RouteRefused, match="lập lại cách riêng"):
        adapting.apply_again(
            admin.officer, unit.pk, version().procedure_id, MONDAY, shown_id=base_of(unit).pk
        )
    adapting.follow(admin.officer, unit.pk, version().procedure_id, MONDAY)
    assert ways.way_at(unit, version().procedure_id).own is None


# -- a district ------------------------------------------------------------------------------------
def test_a_districts_check_holds_in_its_communes_and_nowhere_else(
    district_admin: Played, admin: Played, unit: Unit, district: Unit
) -> None:
    """What a commune had made of the template lapses: the way above it is another one now."""
    adapted(admin, unit, 60, 1200, 180, 0)
    base = base_of(district)
    stages = with_check(stages_in(base))
    adapting.adapt(
        district_admin.officer, district.pk, version().procedure_id, stages, REASON, MONDAY, shown_id=base.pk
    )
    assert used(unit) == [72, 948, 360, 60, 0]
    assert used(Unit.objects.get(code="20068")) == [72, 1008, 360, 0]
    assert ways.way_at(unit, version().procedure_id).is_lapsed
    change = Change.objects.get()
    assert change.kind == ChangeKind.ROUTE
    assert {one.path.startswith(district.path) for one in change.units.all()} == {True}
    assert unit in change.units.all()
    route = adapted(admin, unit, 72, 900, 408, 60, 0)
    assert used(unit) == [72, 900, 408, 60, 0]
    adapting.follow(district_admin.officer, district.pk, version().procedure_id, timezone.now())
    assert used(unit) == [72, 1008, 360, 0]
    assert ways.way_at(unit, version().procedure_id).own == route


def test_a_commune_leaves_the_districts_check_alone(
    district_admin: Played, admin: Played, unit: Unit, district: Unit
) -> None:
    base = base_of(district)
    adapting.adapt(
        district_admin.officer,
        district.pk,
        version().procedure_id,
        with_check(stages_in(base)),
        REASON,
        MONDAY,
        shown_id=base.pk,
    )
    with pytest.raises(RouteRefused) as refusal:
        adapted(admin, unit, 72, 978, 360, 30, 0)
    assert "cơ quan khác" in refusal.value.places[3]


def test_a_district_adds_only_what_there_is(district_admin: Played, district: Unit) -> None:
    base = base_of(district)
    stages = list(stages_in(base))
    for agency in ("province", "labour_department", "no_such_agency", ""):
        step = Stage(StepKind.APPROVAL, "leader", 60, agency)
        own = [stages[0], replace(stages[1], minutes=948), stages[2], step, stages[3]]
        with pytest.raises(RouteRefused):
            adapting.adapt(
                district_admin.officer,
                district.pk,
                version().procedure_id,
                own,
                REASON,
                MONDAY,
                shown_id=base.pk,
            )
    assert not Route.objects.filter(unit=district).exists()
