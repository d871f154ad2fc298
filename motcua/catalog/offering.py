"""What a unit says of a procedure on its list: which counter takes it in, or that it does not arise there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import Offering
from motcua.journal import actions as journal
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer

LONGEST_REASON = 300
COUNTERS = (1, 99)


@transaction.atomic
def say_not_arising(officer: Officer, unit_id: int, procedure_id: int, reason: str, at: datetime) -> Offering:
    """The unit's administrator: nobody will ever come with it here, and why. It is then received no more, and counted
    nowhere as missing; dossiers that run go on. Raises OfferRefused.
    """
    _check_admin(officer, unit_id)
    reason = reason.strip()
    if not reason:
        raise OfferRefused(_("Hãy ghi vì sao thủ tục này không phát sinh ở đơn vị."))
    if len(reason) > LONGEST_REASON:
        raise OfferRefused(_("Nhiều nhất 300 chữ."))
    offering = _locked(unit_id, procedure_id)
    if offering.not_arising != reason:
        offering.not_arising = reason
        offering.save(update_fields=["not_arising"])
        _tell(officer, offering, "offering.not_arising", at)
    return offering


@transaction.atomic
def say_arising(officer: Officer, unit_id: int, procedure_id: int, at: datetime) -> Offering:
    """It does arise: said by the unit's administrator, or by who watches over the unit or administers the province.

    Raises OfferRefused.
    """
    offering = _locked(unit_id, procedure_id)
    if not (_is_admin(officer, unit_id) or watches(officer, offering.unit)):
        raise OfferRefused(_("Chỉ quản trị của đơn vị hoặc cấp trên mới đổi được điều này."))
    if offering.not_arising:
        offering.not_arising = ""
        offering.save(update_fields=["not_arising"])
        _tell(officer, offering, "offering.arising", at)
    return offering


@transaction.atomic
def set_counter(
    officer: Officer, unit_id: int, procedure_id: int, counter: int | None, at: datetime
) -> Offering:
    """Which counter of the unit takes it in; None: any. Raises OfferRefused."""
    _check_admin(officer, unit_id)
    if counter is not None and not COUNTERS[0] <= counter <= COUNTERS[1]:
        raise OfferRefused(_("Số quầy từ 1 đến 99."))
    offering = _locked(unit_id, procedure_id)
    if offering.counter != counter:
        offering.counter = counter
        offering.save(update_fields=["counter"])
        _tell(officer, offering, "offering.counter", at)
    return offering


def watches(officer: Officer, unit: Unit) -> bool:
    """Whether somebody supervises or administers this unit from above."""
    above = (Role.SUPERVISOR, Role.ADMINISTRATOR)
    return any(held.role in above and unit.path.startswith(held.unit_path) for held in officer.held)


def _is_admin(officer: Officer, unit_id: int) -> bool:
    return Role.UNIT_ADMIN in officer.roles_in(unit_id)


def _check_admin(officer: Officer, unit_id: int) -> None:
    if not _is_admin(officer, unit_id):
        raise OfferRefused(_("Chỉ quản trị của đơn vị mới làm được việc này."))


def _locked(unit_id: int, procedure_id: int) -> Offering:
    found = Offering.objects.select_for_update(of=("self",)).filter(unit=unit_id, procedure=procedure_id)
    offering = found.select_related("unit", "procedure").first()
    if offering is None:
        raise OfferRefused(_("Thủ tục này không có trong danh mục của đơn vị."))
    return offering


def _tell(officer: Officer, offering: Offering, kind: str, at: datetime) -> None:
    """What a person wrote stays with the row; the entry says that, when and by whom."""
    journal.record(
        chain=offering.unit.code,
        kind=kind,
        subject=f"procedure:{offering.procedure_id}",
        facts={
            "code": offering.procedure.code,
            "counter": offering.counter,
            "arises": not offering.not_arising,
        },
        actor_id=officer.user_id or None,
        at=at,
    )
