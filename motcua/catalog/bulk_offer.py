"""Putting procedures on the lists of many units at once, or taking them off: seen first, then done, all or nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import ChangeKind, Offering, Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer


class What(StrEnum):
    OFFER = "offer"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A procedure to be put on a unit's list, or taken off it."""

    unit_id: int
    procedure_id: int
    what: What


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change: pairs of (unit, procedure); `same` is how many lines change nothing."""

    added: tuple[tuple[int, int], ...]
    removed: tuple[tuple[int, int], ...]
    same: int

    @property
    def fingerprint(self) -> str:
        """What was shown: another plan has another one."""
        return hashlib.sha256(repr((self.added, self.removed)).encode()).hexdigest()

    @property
    def is_empty(self) -> bool:
        return not self.added and not self.removed


def plan(lines: Iterable[Line]) -> Plan:
    """What the lines would change as lists are now, in one query. Raises OfferRefused for lines that contradict."""
    wanted: dict[tuple[int, int], What] = {}
    number = 0
    for line in lines:
        number += 1
        key = (line.unit_id, line.procedure_id)
        if wanted.setdefault(key, line.what) is not line.what:
            raise OfferRefused(_("Cùng một thủ tục ở cùng một đơn vị vừa thêm vừa rút."))
    procedures = {procedure_id for _unit_id, procedure_id in wanted}
    there = set(Offering.objects.filter(procedure__in=procedures).values_list("unit", "procedure"))
    added = sorted(key for key, what in wanted.items() if what is What.OFFER and key not in there)
    removed = sorted(key for key, what in wanted.items() if what is What.WITHDRAW and key in there)
    return Plan(tuple(added), tuple(removed), number - len(added) - len(removed))


@transaction.atomic
def carry_out(
    officer: Officer,
    lines: Sequence[Line],
    at: datetime,
    *,
    decision: str = "",
    shown: str | None = None,
    by_command: bool = False,
) -> Plan:
    """Change the lists; each unit concerned has it among what it must take note of. Running dossiers go on.

    `shown`: the fingerprint of the plan that the page had shown. The same again changes nothing. `by_command`: typed at
    the machine itself. Raises OfferRefused.
    """
    if not by_command and not officer.has(Role.ADMINISTRATOR):
        raise OfferRefused(_("Chỉ quản trị tỉnh mới đổi được danh mục của các đơn vị."))
    concerned = sorted({line.procedure_id for line in lines})
    list(Procedure.objects.select_for_update().filter(pk__in=concerned).order_by("pk"))
    planned = plan(lines)
    if shown is not None and shown != planned.fingerprint:
        raise OfferRefused(_("Danh mục vừa đổi trong lúc trang này đang mở. Xem lại rồi xác nhận."))
    versions = _versions({procedure_id for _unit_id, procedure_id in (*planned.added, *planned.removed)})
    codes = dict(Unit.objects.values_list("pk", "code"))
    _add(planned)
    _remove(planned)
    for what, kind, pairs in (
        (What.OFFER, ChangeKind.OFFERED, planned.added),
        (What.WITHDRAW, ChangeKind.WITHDRAWN, planned.removed),
    ):
        for procedure_id, units in _by_procedure(pairs).items():
            version = versions[procedure_id]
            _tell(officer, what, version, sorted(codes[pk] for pk in units), decision, at)
            by_id = officer.user_id or None
            changes.note(kind, version, at, by_id=by_id, decision=decision, units=units)
    return planned


def _add(planned: Plan) -> None:
    procedures = {procedure_id for _unit_id, procedure_id in planned.added}
    in_force = set(current().order_by().filter(procedure__in=procedures).values_list("procedure", flat=True))
    if gone := procedures - in_force:
        code = Procedure.objects.get(pk=min(gone)).code
        raise OfferRefused(_("Thủ tục %(code)s không còn hiệu lực.") % {"code": code})
    Offering.objects.bulk_create(
        (Offering(unit_id=unit_id, procedure_id=procedure_id) for unit_id, procedure_id in planned.added),
        ignore_conflicts=True,
        batch_size=5000,
    )


def _remove(planned: Plan) -> None:
    for procedure_id, units in _by_procedure(planned.removed).items():
        Offering.objects.filter(procedure=procedure_id, unit__in=units).delete()


def _versions(procedure_ids: set[int]) -> dict[int, ProcedureVersion]:
    """The version in force of each; of one that has none, the last that was published."""
    published = ProcedureVersion.objects.filter(procedure__in=procedure_ids, number__isnull=False)
    found = {one.procedure_id: one for one in published.select_related("procedure").order_by("number")}
    return found | {one.procedure_id: one for one in current().filter(procedure__in=procedure_ids)}


def _by_procedure(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for unit_id, procedure_id in pairs:
        found.setdefault(procedure_id, []).append(unit_id)
    return dict(sorted(found.items()))


def _tell(
    officer: Officer, what: What, version: ProcedureVersion, units: list[str], decision: str, at: datetime
) -> None:
    journal.record(
        chain=PUBLIC_CHAIN,
        kind=f"offering.{what}",
        subject=f"procedure:{version.procedure_id}",
        facts={"code": version.procedure.code, "units": units, "decision": decision},
        actor_id=officer.user_id or None,
        at=at,
    )
