"""Writing down who opened a dossier, and saying who may know it (NĐ 61/2018 Đ.5; R27)."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import DESK_ROLES, WATCHING_ROLES
from motcua.journal import readings
from motcua.journal.models import Reading, Relation
from motcua.people.models import Role
from motcua.people.officer import Held, Officer


def note_reading(officer: Officer, dossier: Dossier, kind: str, at: datetime) -> None:
    """One INSERT. `kind`: the name of the page's address. For an officer who may see the dossier."""
    held, relation = _relation(officer, dossier)
    readings.note(
        officer_id=officer.user_id,
        unit_id=held.unit_id,
        relation=relation,
        subject=subject(dossier),
        kind=kind,
        at=at,
    )


def _relation(officer: Officer, dossier: Dossier) -> tuple[Held, Relation]:
    """In which unit's name it is read, and what that unit has to do with it: the nearest tie counts."""
    desks = [held for held in officer.held if held.role in DESK_ROLES]
    for unit_id, relation in (
        (dossier.holder_unit_id, Relation.HOLDS),
        (dossier.unit_id, Relation.RECEIVED),
    ):
        for held in desks:
            if held.unit_id == unit_id:
                return held, relation
    above = _watching(officer, dossier)
    return (above, Relation.WATCHES) if above else (desks[0], Relation.TOOK_PART)


def _watching(officer: Officer, dossier: Dossier) -> Held | None:
    path = dossier.unit.path
    watching = (held for held in officer.held if held.role in WATCHING_ROLES)
    return next((held for held in watching if path.startswith(held.unit_path)), None)


def may_know_readers(officer: Officer, dossier: Dossier) -> bool:
    """The leaders of the unit that received it and of the one that holds it, and who watches over the former."""
    leads = Role.LEADER in officer.roles_in(dossier.unit_id) | officer.roles_in(dossier.holder_unit_id)
    return leads or _watching(officer, dossier) is not None


def readings_of(dossier: Dossier) -> QuerySet[Reading]:
    """Who opened it, to be ordered by id."""
    return Reading.objects.filter(subject=subject(dossier))


def subject(dossier: Dossier) -> str:
    return f"dossier:{dossier.pk}"
