"""Reading units, officers and applicants."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from motcua.people.errors import UnitUnknown
from motcua.people.models import (
    Absence,
    Field,
    Grant,
    Person,
    Role,
    Unit,
    UnitIdentifier,
    UnitLevel,
    UnitSuccession,
    User,
)
from motcua.people.officer import Held, Officer
from motcua.people.succession import acting, answering, exists_on, taken_over

HANDED_TO_A_SUBSTITUTE = (Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.UNIT_ADMIN)
"""What concerns the unit; who watches over others gives that to nobody."""


def in_force(day: date) -> Q:
    """Rows with valid_from and valid_to that hold on a day."""
    return exists_on(day)


def not_over(day: date) -> Q:
    """Rows with valid_to that hold on a day or will hold after it."""
    return Q(valid_to=None) | Q(valid_to__gte=day)


def unit_called(code: str) -> Unit:
    """The unit with this statistical code or dossier-code identifier. Raises UnitUnknown."""
    unit = Unit.objects.filter(Q(code=code) | Q(identifiers__identifier=code)).first()
    if unit is None:
        raise UnitUnknown(f"Không có đơn vị nào mang mã {code}.")
    return unit


def identifier(unit_id: int, day: date) -> str:
    """The unit's part of a dossier code received on a day (R04). Raises UnitUnknown when it has none."""
    found = (
        UnitIdentifier.objects.filter(in_force(day), unit=unit_id)
        .order_by(F("valid_from").desc(nulls_last=True))
        .values_list("identifier", flat=True)
        .first()
    )
    if found is None:
        raise UnitUnknown("Đơn vị chưa có mã định danh nên chưa cấp được mã hồ sơ. Báo quản trị tỉnh.")
    return found


def agency_for(unit: Unit, agency: str) -> Unit:
    """The agency that a route means for a receiving unit: `district` or `province` above it, else the nearest of a kind.

    Nearest: at the unit itself, else under its district, else under the province. Raises UnitUnknown.
    """
    codes = acting(unit).path.rstrip(".").split(".")
    if agency in (UnitLevel.DISTRICT, UnitLevel.PROVINCE):
        found = Unit.objects.filter(code__in=codes, level=agency).first()
    else:
        of_kind = Unit.objects.filter(agency_kind=agency, parent__code__in=codes, valid_to=None)
        found = max(of_kind.select_related("parent"), key=lambda one: len(one.path), default=None)
    if found is None:
        raise UnitUnknown(
            f"Quy trình có bước ở cơ quan “{agency}” mà {unit.name} chưa có. Báo quản trị tỉnh."
        )
    return found


def askable(unit: Unit) -> list[Unit]:
    """Agencies that an office may ask (NĐ 61/2018 Đ.19.5): those above it with their agencies, and its neighbours."""
    unit = acting(unit)
    codes = unit.path.rstrip(".").split(".")
    near = Q(code__in=codes) | Q(level=UnitLevel.AGENCY, parent__code__in=codes) | Q(parent=unit.parent_id)
    there = Unit.objects.filter(near, exists_on(timezone.localdate()))
    return list(there.exclude(pk=unit.pk).order_by("level", "name"))


def below(path: str) -> QuerySet[Unit]:
    """A unit and all under it, by its path."""
    return Unit.objects.filter(path__startswith=path)


def running(at: datetime) -> Q:
    """Absences that run at a moment."""
    return Q(cancelled_at=None, starts__lte=at, ends__gt=at)


def officer(user_id: int, full_name: str) -> Officer:
    """The roles that a user holds today, in two queries; one more where a unit has taken over another's work."""
    return officers_of({user_id: full_name})[user_id]


def officers_of(names: dict[int, str]) -> dict[int, Officer]:
    """Officers with the roles they hold today, those of whom they stand in for at this moment (R20), and all of them
    again in the units whose work theirs has taken over.
    """
    now = timezone.now()
    away = Absence.objects.filter(running(now), officer=OuterRef("user"), unit=OuterRef("unit"))
    inherits = UnitSuccession.objects.filter(successor=OuterRef("unit"), on__lte=timezone.localdate(now))
    rows = (
        Grant.objects.filter(in_force(timezone.localdate(now)))
        .annotate(stand_in=Subquery(away.values("substitute")[:1]), inherits=Exists(inherits))
        .filter(
            Q(user__in=names) | Q(stand_in__in=names, user__is_active=True, role__in=HANDED_TO_A_SUBSTITUTE)
        )
        .select_related("unit", "user")
        .prefetch_related("fields")
        .order_by("id")
    )
    own: dict[int, list[Held]] = {pk: [] for pk in names}
    for grant in rows:
        if grant.user_id in own:
            own[grant.user_id].append(_held(grant))
    for grant in rows:
        held = own.get(grant.stand_in, [])
        if any(
            one.unit_id == grant.unit_id for one in held
        ):  # who has left the unit stands in for nobody there
            held.append(_held(grant, on_behalf=True))
    taken = taken_over({grant.unit_id for grant in rows if grant.inherits}, timezone.localdate(now))
    return {pk: Officer(pk, names[pk], (*own[pk], *_inherited(own[pk], taken))) for pk in names}


def _inherited(own: list[Held], taken: dict[int, list[Unit]]) -> Iterator[Held]:
    """What concerns a unit goes on with its successor: whoever has the role there has it in both."""
    for held in own:
        for old in taken.get(held.unit_id, ()) if held.role in HANDED_TO_A_SUBSTITUTE else ():
            yield replace(held, unit_id=old.pk, unit_code=old.code, unit_name=old.name, unit_path=old.path)


def _held(grant: Grant, *, on_behalf: bool = False) -> Held:
    return Held(
        role=Role(grant.role),
        unit_id=grant.unit_id,
        unit_code=grant.unit.code,
        unit_name=grant.unit.name,
        unit_path=grant.unit.path,
        field_ids=frozenset(field.pk for field in grant.fields.all()),
        on_behalf_of=grant.user_id if on_behalf else None,
        on_behalf_name=grant.user.full_name if on_behalf else "",
    )


def available(
    unit_id: int, role: str, at: datetime, field_ids: Iterable[int] | None = None
) -> QuerySet[User]:
    """Officers to whom new work can be given: as `holders`, and neither away at the moment nor about to leave."""
    away = Absence.objects.filter(running(at), unit__in=answering(unit_id)).values("officer")
    return _holding(unit_id, role, field_ids).filter(closes_on=None).exclude(pk__in=away)


def holders(unit_id: int, role: str, field_ids: Iterable[int] | None = None) -> list[User]:
    """Active officers who hold a role in a unit today; of a specialist, those of one of the fields."""
    return list(_holding(unit_id, role, field_ids).order_by("full_name", "pk"))


def _holding(unit_id: int, role: str, field_ids: Iterable[int] | None) -> QuerySet[User]:
    grants = Grant.objects.filter(in_force(timezone.localdate()), unit__in=answering(unit_id), role=role)
    if field_ids is not None:
        grants = grants.filter(fields__in=list(field_ids))
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def colleagues(unit_id: int) -> QuerySet[User]:
    """Everybody with a role in the unit today and an open account, by name."""
    grants = Grant.objects.filter(
        in_force(timezone.localdate()), unit__in=answering(unit_id), role__in=HANDED_TO_A_SUBSTITUTE
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name", "pk")


def fields_of(user_ids: Iterable[int], unit_id: int) -> dict[int, set[int]]:
    """The fields for which specialists answer in a unit today, in one query."""
    there = {"unit__in": answering(unit_id), "role": Role.SPECIALIST, "user__in": list(user_ids)}
    grants = Grant.objects.filter(in_force(timezone.localdate()), **there)
    found: dict[int, set[int]] = {}
    for user_id, field_id in grants.values_list("user", "fields"):
        found.setdefault(user_id, set()).add(field_id)
    return found


def desk_officers(unit_ids: Iterable[int]) -> list[User]:
    """Active officers who work with dossiers in any of these units today."""
    roles = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
    asked = list(unit_ids)
    heirs = UnitSuccession.objects.filter(predecessor__in=asked, on__lte=timezone.localdate())
    there = Q(unit__in=asked) | Q(unit__in=heirs.values("successor"))
    grants = Grant.objects.filter(in_force(timezone.localdate()), there, role__in=roles)
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name", "pk"))


def person_with(id_number: str) -> Person | None:
    """Who came before with this number, exactly; nobody can be found by a part of it."""
    return Person.objects.filter(id_number=id_number).first() if id_number else None


def desk_fields() -> list[tuple[int, str]]:
    """The desk's fields of work, for a choice: (id, name)."""
    return list(Field.objects.filter(group=None).order_by("name").values_list("pk", "name"))
