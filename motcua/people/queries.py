"""Reading units, officers and applicants."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from motcua.people.errors import UnitUnknown
from motcua.people.models import Field, Grant, Person, Role, Unit, UnitIdentifier, UnitLevel, User
from motcua.people.officer import Held, Officer


def in_force(day: date) -> Q:
    """Rows with valid_from and valid_to that hold on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


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
    codes = unit.path.rstrip(".").split(".")
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


def below(path: str) -> QuerySet[Unit]:
    """A unit and all under it, by its path."""
    return Unit.objects.filter(path__startswith=path)


def officer(user_id: int, full_name: str) -> Officer:
    """The roles that a user holds today, in a constant two queries."""
    return officers_of(Grant.objects.filter(user=user_id), {user_id: full_name})[user_id]


def officers_of(grants: QuerySet[Grant], names: dict[int, str]) -> dict[int, Officer]:
    held: dict[int, list[Held]] = {pk: [] for pk in names}
    today = timezone.localdate()
    rows = grants.filter(in_force(today)).select_related("unit").prefetch_related("fields").order_by("id")
    for grant in rows:
        held[grant.user_id].append(
            Held(
                role=Role(grant.role),
                unit_id=grant.unit_id,
                unit_code=grant.unit.code,
                unit_name=grant.unit.name,
                unit_path=grant.unit.path,
                field_ids=frozenset(field.pk for field in grant.fields.all()),
            )
        )
    return {pk: Officer(pk, names[pk], tuple(held[pk])) for pk in names}


def holders(unit_id: int, role: str, field_ids: Iterable[int] | None = None) -> list[User]:
    """Active officers who hold a role in a unit today; of a specialist, those of one of the fields."""
    grants = Grant.objects.filter(in_force(timezone.localdate()), unit=unit_id, role=role)
    if field_ids is not None:
        grants = grants.filter(fields__in=list(field_ids))
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name", "pk"))


def desk_officers(unit_ids: Iterable[int]) -> list[User]:
    """Active officers who work with dossiers in any of these units today."""
    roles = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
    grants = Grant.objects.filter(in_force(timezone.localdate()), unit__in=list(unit_ids), role__in=roles)
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name", "pk"))


def person_with(id_number: str) -> Person | None:
    """Who came before with this number, exactly; nobody can be found by a part of it."""
    return Person.objects.filter(id_number=id_number).first() if id_number else None


def desk_fields() -> list[tuple[int, str]]:
    """The desk's fields of work, for a choice: (id, name)."""
    return list(Field.objects.filter(group=None).order_by("name").values_list("pk", "name"))
