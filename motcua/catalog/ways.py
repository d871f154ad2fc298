"""How a procedure goes at a unit: the route above it, what the unit has made of it, and how far it may go."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.catalog.errors import ProcedureUnknown
from motcua.catalog.models import ProcedureVersion, Route
from motcua.catalog.queries import current, in_use
from motcua.catalog.stages import stages_in
from motcua.people import queries as people
from motcua.people.models import Role, Unit, UnitLevel, User
from motcua.people.officer import Officer
from motcua.rules import routes as rules
from motcua.rules.routes import Measure, Stage

_MEASURES = {UnitLevel.COMMUNE: Measure.COMMUNE, UnitLevel.DISTRICT: Measure.DISTRICT}


@dataclass(frozen=True, slots=True)
class Way:
    """How a procedure goes at a unit: the route above it, and what the unit has made of it."""

    version: ProcedureVersion
    base: Route | None
    """The route that holds above the unit; None: the province has drawn none."""
    own: Route | None
    """The unit's last own one that it has not ended; None: it follows the one above."""
    is_lapsed: bool
    """The own one was made from another route than the one that holds above now, so that one holds here too."""

    @property
    def used(self) -> Route | None:
        return self.base if self.own is None or self.is_lapsed else self.own


def measure_of(unit: Unit) -> Measure | None:
    """How far a unit may go; None: it draws the template, or has no say."""
    return _MEASURES.get(UnitLevel(unit.level))


def way_at(unit: Unit, procedure_id: int) -> Way:
    """Raises ProcedureUnknown for one that is not in force."""
    version = current().filter(procedure=procedure_id).first()
    if version is None:
        raise ProcedureUnknown(_("Thủ tục này không còn hiệu lực. Tải lại trang."))
    above = unit.path.rstrip(".").split(".")[:-1]
    whose = Q(unit=None) | Q(unit__code__in=above)
    found = Route.objects.filter(whose, version=version, ended_at=None).select_related("unit", "made_by")
    base, own = in_use(found), own_route(unit.pk, procedure_id)
    is_lapsed = own is not None and (base is None or own.base_id != base.pk)
    return Way(version, base, own, is_lapsed)


def own_route(unit_id: int, procedure_id: int) -> Route | None:
    """What a unit has drawn of a procedure last and not ended, of whichever version."""
    mine = Route.objects.filter(unit=unit_id, version__procedure=procedure_id, ended_at=None)
    return mine.select_related("version", "made_by", "base").order_by("-version__number", "-number").first()


def may_adapt(officer: Officer, unit_id: int) -> bool:
    return Role.UNIT_ADMIN in officer.roles_in(unit_id)


def able(unit_id: int, version: ProcedureVersion, stage: Stage) -> list[User]:
    """Who can be named for a step of a unit's own; nobody where no one can."""
    if not rules.may_name(stage):
        return []
    field_id = stage.field_id or version.field.group_id or version.field_id
    return people.holders(unit_id, stage.role, [field_id])


def remade(way: Way, measure: Measure) -> list[Stage] | None:
    """What `apply_again` would make; None: it cannot."""
    if way.own is None or way.own.base is None or way.base is None or not way.is_lapsed:
        return None
    return rules.again(stages_in(way.own.base), stages_in(way.own), stages_in(way.base), measure)
