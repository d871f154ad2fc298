"""Who works at a desk, as it must hang in the office and stand on its page (NĐ 61/2018 Đ.9.7): name, title, fields, telephone."""

from dataclasses import dataclass

from django.utils import timezone

from motcua.people.models import Grant, Role
from motcua.people.queries import in_force

_ORDER = (Role.LEADER, Role.CLERK, Role.SPECIALIST)


@dataclass(frozen=True, slots=True)
class Shown:
    """An officer as citizens may know him; nothing else of the account."""

    name: str
    title: str
    phone: str
    fields: str
    """What a specialist answers for."""
    is_simulated: bool


def on_show(unit_id: int) -> list[Shown]:
    """Whoever directs comes first, each person once. Two queries."""
    grants = (
        Grant.objects.filter(
            in_force(timezone.localdate()), unit=unit_id, role__in=_ORDER, user__is_active=True
        )
        .select_related("user")
        .prefetch_related("fields")
    )
    found: dict[int, list[Grant]] = {}
    for grant in sorted(grants, key=lambda one: (_ORDER.index(Role(one.role)), one.user.full_name, one.pk)):
        found.setdefault(grant.user_id, []).append(grant)
    return [_shown(held) for held in found.values()]


def _shown(held: list[Grant]) -> Shown:
    user = held[0].user
    fields = sorted({field.name for grant in held for field in grant.fields.all()})
    title = user.title or str(held[0].get_role_display())
    return Shown(user.full_name, title, user.phone, ", ".join(fields), user.is_simulated)
