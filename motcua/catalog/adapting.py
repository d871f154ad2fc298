"""The internal process of a procedure: the province's template, and what a district or a commune makes of it.

Whatever is drawn holds from that moment for what is received; running dossiers keep the route they came with.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.errors import ProcedureUnknown, RouteRefused
from motcua.catalog.models import ChangeKind, Offering, Procedure, ProcedureVersion, Route
from motcua.catalog.queries import current
from motcua.catalog.route_words import told
from motcua.catalog.stages import save_route, stages_in
from motcua.catalog.ways import Way, able, may_adapt, measure_of, remade, way_at
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Role, Unit, UnitLevel
from motcua.people.officer import Officer
from motcua.rules import routes as rules
from motcua.rules.routes import Measure, Stage

LONGEST_REASON = 200


# -- the province ----------------------------------------------------------------------------------
@transaction.atomic
def draw_template(
    officer: Officer,
    procedure_id: int,
    stages: Sequence[Stage],
    decision: str,
    at: datetime,
    *,
    shown_id: int | None,
) -> Route:
    """Draw the province's template anew without a new version; what units had made of the old one lapses.

    `shown_id`: the template that the page had shown. The same again is nothing. Raises RouteRefused, ProcedureUnknown.
    """
    if not officer.has(Role.ADMINISTRATOR):
        raise RouteRefused(_("Chỉ quản trị tỉnh mới đổi được quy trình mẫu."))
    version = _locked(procedure_id)
    old = Route.objects.filter(version=version, unit=None, ended_at=None).first()
    _check_shown(old, shown_id)
    decision = _checked_reason(decision, _("Hãy ghi căn cứ: số quyết định phê duyệt quy trình nội bộ."))
    limit = version.typed_limit
    if limit is None:
        raise RouteRefused(
            _("Thủ tục chưa có thời hạn nên chưa chia được thời gian. Công bố thời hạn trước.")
        )
    _refuse(rules.check_route(stages, limit))
    if any(stage.officer_id for stage in stages):
        raise RouteRefused(_("Quy trình mẫu không chỉ định người làm."))
    if old is not None and stages_in(old) == tuple(stages):
        return old
    route = save_route(version, None, stages, at, decision=decision, by_id=officer.user_id or None)
    _record(PUBLIC_CHAIN, "route.template_drawn", route, officer, at, {"decision": decision})
    changes.note(ChangeKind.ROUTE, version, at, by_id=officer.user_id or None, decision=decision)
    return route


# -- a district or a commune -----------------------------------------------------------------------
@transaction.atomic
def adapt(
    officer: Officer,
    unit_id: int,
    procedure_id: int,
    stages: Sequence[Stage],
    reason: str,
    at: datetime,
    *,
    shown_id: int | None,
) -> Route:
    """A unit's own way, within its measure, with the reason. `shown_id`: the route above that the page had shown.

    Raises RouteRefused with what is wrong at which step, ProcedureUnknown.
    """
    unit, measure = _own_unit(officer, unit_id)
    _locked(procedure_id)
    way = way_at(unit, procedure_id)
    _check_shown(way.base, shown_id)
    if way.base is None:
        raise RouteRefused(_("Tỉnh chưa có quy trình mẫu cho thủ tục này."))
    base = stages_in(way.base)
    _refuse(rules.check_adaptation(base, stages, measure))
    _check_agencies(unit, base, stages)
    _check_officers(unit, way.version, stages)
    reason = _checked_reason(reason, _("Hãy ghi lý do làm khác quy trình mẫu."))
    if tuple(stages) == base:
        raise RouteRefused(_("Chưa có gì khác quy trình mẫu. Nếu muốn theo mẫu, bấm “Theo quy trình mẫu”."))
    return _save_own(officer, unit, way, stages, reason, at)


@transaction.atomic
def apply_again(
    officer: Officer, unit_id: int, procedure_id: int, at: datetime, *, shown_id: int | None
) -> Route:
    """A lapsed own way made again from the route that holds above now, in the same proportion, exact to the minute.

    Raises RouteRefused where the steps are others now.
    """
    unit, measure = _own_unit(officer, unit_id)
    _locked(procedure_id)
    way = way_at(unit, procedure_id)
    _check_shown(way.base, shown_id)
    stages = remade(way, measure)
    if way.own is None or stages is None:
        raise RouteRefused(
            _("Các bước của mẫu nay đã khác, nên không tự chia lại được. Hãy lập lại cách riêng.")
        )
    _refuse(rules.check_adaptation(stages_in(way.base) if way.base else (), stages, measure))
    gone = _unfit_officers(unit, way.version, stages)
    stages = [_unnamed(stage) if place in gone else stage for place, stage in enumerate(stages)]
    return _save_own(officer, unit, way, stages, way.own.decision, at)


def apply_all_again(officer: Officer, unit_id: int, at: datetime) -> tuple[int, int]:
    """Every own way of a unit that has lapsed: how many were made again, and how many a person must look at.

    Each in a transaction of its own. Raises RouteRefused for one who may not.
    """
    unit, _measure = _own_unit(officer, unit_id)
    mine = Route.objects.filter(
        unit=unit, ended_at=None, version__procedure__in=current().values("procedure")
    )
    done = left = 0
    for procedure_id in sorted(set(mine.values_list("version__procedure", flat=True))):
        way = way_at(unit, procedure_id)
        if not way.is_lapsed:
            continue
        try:
            apply_again(officer, unit_id, procedure_id, at, shown_id=way.base.pk if way.base else None)
        except RouteRefused:
            left += 1
        else:
            done += 1
    return done, left


@transaction.atomic
def follow(officer: Officer, unit_id: int, procedure_id: int, at: datetime) -> None:
    """Back to the route above, at once; a unit that follows it already changes nothing. Raises RouteRefused."""
    unit, _measure = _own_unit(officer, unit_id)
    _locked(procedure_id)
    mine = Route.objects.filter(unit=unit, version__procedure=procedure_id, ended_at=None)
    for route in mine.select_related("version__procedure", "unit").order_by("pk"):
        Route.objects.filter(pk=route.pk).update(ended_at=at)
        _tell(officer, unit, "route.own_ended", route, at, held=route.version.valid_to is None)


def _save_own(
    officer: Officer, unit: Unit, way: Way, stages: Sequence[Stage], reason: str, at: datetime
) -> Route:
    older = Route.objects.filter(unit=unit, version__procedure=way.version.procedure_id, ended_at=None)
    older.update(ended_at=at)
    by_id = officer.user_id or None
    route = save_route(way.version, unit, stages, at, base=way.base, decision=reason, by_id=by_id)
    _tell(officer, unit, "route.adapted", route, at, held=True)
    return route


def _tell(officer: Officer, unit: Unit, kind: str, route: Route, at: datetime, *, held: bool) -> None:
    """A commune's way is its own affair; a district's is one for all communes below it that have the procedure."""
    if unit.level == UnitLevel.COMMUNE:
        _record(unit.code, kind, route, officer, at, {})
        return
    _record(PUBLIC_CHAIN, kind, route, officer, at, {})
    below = Offering.objects.filter(unit__path__startswith=unit.path, procedure=route.version.procedure_id)
    units = list(below.exclude(unit=unit).values_list("unit", flat=True))
    if units and held:
        changes.note(ChangeKind.ROUTE, route.version, at, by_id=officer.user_id or None, units=units)


# -- what both check -------------------------------------------------------------------------------
def _own_unit(officer: Officer, unit_id: int) -> tuple[Unit, Measure]:
    unit = Unit.objects.get(pk=unit_id)
    measure = measure_of(unit)
    if measure is None or not may_adapt(officer, unit_id):
        raise RouteRefused(_("Chỉ quản trị của đơn vị mới đổi được quy trình của đơn vị."))
    return unit, measure


def _locked(procedure_id: int) -> ProcedureVersion:
    """The version in force; whoever publishes another, or draws a route of it, waits."""
    Procedure.objects.select_for_update().filter(pk=procedure_id).first()
    version = current().filter(procedure=procedure_id).first()
    if version is None:
        raise ProcedureUnknown(_("Thủ tục này không còn hiệu lực. Tải lại trang."))
    return version


def _check_shown(route: Route | None, shown_id: int | None) -> None:
    if shown_id != (route.pk if route else None):
        raise RouteRefused(
            _("Quy trình mẫu vừa đổi trong lúc trang này đang mở. Xem lại mẫu mới rồi làm lại.")
        )


def _checked_reason(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise RouteRefused(missing)
    if len(words) > LONGEST_REASON:
        raise RouteRefused(_("Nhiều nhất 200 chữ."))
    return words


def _refuse(complaints: Iterable[rules.Complaint]) -> None:
    whole, places = told(complaints)
    if whole or places:
        raise RouteRefused(whole or _("Có bước chưa đúng."), places)


def _check_agencies(unit: Unit, base: Sequence[Stage], stages: Sequence[Stage]) -> None:
    """A step that was added lies in the district itself or in an agency that it has."""
    places = rules.align(base, stages) or []
    there = {
        rules.DISTRICT,
        *Unit.objects.filter(parent=unit, valid_to=None).values_list("agency_kind", flat=True),
    }
    wrong = [n for n, at in enumerate(places) if at is None and stages[n].agency not in there]
    if wrong:
        words = _("Huyện chưa có cơ quan này, nên không thêm bước ở đó được.")
        raise RouteRefused(_("Có bước chưa đúng."), dict.fromkeys(wrong, words))


def _check_officers(unit: Unit, version: ProcedureVersion, stages: Sequence[Stage]) -> None:
    if unfit := _unfit_officers(unit, version, stages):
        words = _("Người này không phụ trách lĩnh vực của thủ tục ở đơn vị.")
        raise RouteRefused(_("Có bước chưa đúng."), dict.fromkeys(unfit, words))


def _unfit_officers(unit: Unit, version: ProcedureVersion, stages: Sequence[Stage]) -> list[int]:
    """Places whose named officer does not hold the role and the field here."""
    return [
        place
        for place, stage in enumerate(stages)
        if stage.officer_id is not None
        and stage.officer_id not in {user.pk for user in able(unit.pk, version, stage)}
    ]


def _unnamed(stage: Stage) -> Stage:
    return Stage(
        stage.kind,
        stage.role,
        stage.minutes,
        stage.agency,
        stage.field_id,
        officer_id=None,
        tasks=stage.tasks,
    )


def _record(
    chain: str, kind: str, route: Route, officer: Officer, at: datetime, more: dict[str, object]
) -> None:
    """Ids and minutes only: what a person wrote as a reason stays with the route."""
    steps = route.steps.order_by("position").values_list("kind", "agency", "minutes", "officer")
    facts: dict[str, object] = {
        "code": route.version.procedure.code,
        "version": route.version_id,
        "route": route.pk,
        "unit": route.unit.code if route.unit else None,
        "base": route.base_id,
        "steps": [list(step) for step in steps],
    }
    journal.record(
        chain=chain,
        kind=kind,
        subject=f"procedure:{route.version.procedure_id}",
        facts=facts | more,
        actor_id=officer.user_id or None,
        at=at,
    )
