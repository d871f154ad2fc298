"""Who may draw routes in tests, and a few of them: Đăng ký giám hộ (three working days, 1,440 minutes)."""

from collections.abc import Sequence
from dataclasses import replace

from motcua.catalog import adapting, ways
from motcua.catalog.models import Route
from motcua.catalog.stages import stages_in
from motcua.people.models import Grant, Role, Unit
from motcua.rules.routes import Stage
from motcua.rules.workflow import StepKind
from tests.cast import GUARDIANSHIP, MONDAY, Played, played, version

DECISION = "QĐ 12/QĐ-UBND"
REASON = "Công chức hộ tịch kiêm nhiệm."


def made_admin(account: str, unit_code: str) -> Played:
    """One of the cast who administers a unit too."""
    who = played(account)
    Grant.objects.get_or_create(user=who.user, unit=Unit.objects.get(code=unit_code), role=Role.UNIT_ADMIN)
    return played(account)


def base_of(unit: Unit, code: str = GUARDIANSHIP) -> Route:
    base = ways.way_at(unit, version(code).procedure_id).base
    assert base is not None
    return base


def split(base: Sequence[Stage], *minutes: int, officer: int | None = None) -> list[Stage]:
    """The same steps with other minutes; the officer for the unit's own processing."""
    return [
        replace(stage, minutes=own, officer_id=officer if _is_own_work(stage) else None)
        for stage, own in zip(base, minutes, strict=True)
    ]


def _is_own_work(stage: Stage) -> bool:
    return stage.kind is StepKind.PROCESSING and not stage.agency


def adapted(
    admin: Played, unit: Unit, *minutes: int, code: str = GUARDIANSHIP, officer: int | None = None
) -> Route:
    base = base_of(unit, code)
    stages = split(stages_in(base), *minutes, officer=officer)
    return adapting.adapt(
        admin.officer, unit.pk, version(code).procedure_id, stages, REASON, MONDAY, shown_id=base.pk
    )


def drawn(administrator: Played, stages: Sequence[Stage], code: str = GUARDIANSHIP) -> Route:
    """The province's template drawn anew."""
    of = version(code)
    shown = Route.objects.filter(version=of, unit=None, ended_at=None).first()
    return adapting.draw_template(
        administrator.officer, of.procedure_id, stages, DECISION, MONDAY, shown_id=shown.pk if shown else None
    )
