"""Who may change a unit's offices, people and roles, and who may read about them.

The province's administrator everywhere; a unit's administrator there and in the units below it. Neither gives himself
anything, and only the province's gives roles that watch over others.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.people.errors import StaffRefused
from motcua.people.models import Grant, Role, Unit
from motcua.people.officer import Officer
from motcua.people.queries import HANDED_TO_A_SUBSTITUTE, not_over

_MANAGING = (Role.ADMINISTRATOR, Role.UNIT_ADMIN)
_READING = (*_MANAGING, Role.SUPERVISOR, Role.LEADER)


def is_provinces(officer: Officer, unit: Unit) -> bool:
    """Whether the officer administers the province to which the unit belongs."""
    return _reaches(officer, unit.path, Role.ADMINISTRATOR)


def may_manage(officer: Officer, unit: Unit) -> bool:
    return _reaches(officer, unit.path, *_MANAGING)


def may_read(officer: Officer, unit: Unit) -> bool:
    return _reaches(officer, unit.path, *_READING)


def readable_paths(officer: Officer) -> list[str]:
    """The tops of what the officer may read about, none of them below another."""
    paths = sorted({held.unit_path for held in officer.held if held.role in _READING})
    return [path for path in paths if not any(path != top and path.startswith(top) for top in paths)]


def may_grant(officer: Officer, role: str, unit: Unit) -> bool:
    if role in HANDED_TO_A_SUBSTITUTE:
        return may_manage(officer, unit)
    return is_provinces(officer, unit) and (role != Role.ADMINISTRATOR or unit.parent_id is None)


def grantable(officer: Officer, unit: Unit) -> list[Role]:
    """The roles that the officer may give in a unit."""
    return [role for role in Role if may_grant(officer, role, unit)]


def may_keep(officer: Officer, user_id: int) -> bool:
    """Whether the officer may give somebody a new password or close the account: not his own, and only where all roles
    that are held (or were, when none is) are his to give. Else a unit's administrator could become the province's.
    """
    if user_id == officer.user_id:
        return False
    grants = Grant.objects.filter(user=user_id).select_related("unit")
    held = list(grants.filter(not_over(timezone.localdate()))) or list(grants)
    if not held:
        return officer.has(Role.ADMINISTRATOR)
    return all(may_grant(officer, grant.role, grant.unit) for grant in held)


def check_manages(officer: Officer, unit: Unit) -> None:
    """Raises StaffRefused."""
    if not may_manage(officer, unit):
        raise StaffRefused(_("Chỉ quản trị của đơn vị hoặc của cấp trên mới làm được việc này."))


def check_grants(officer: Officer, role: str, unit: Unit, user_id: int | None) -> None:
    """Raises StaffRefused."""
    if user_id is not None and user_id == officer.user_id:
        raise StaffRefused(_("Không ai tự đổi vai trò của chính mình. Nhờ quản trị cấp trên."))
    if not may_grant(officer, role, unit):
        raise StaffRefused(
            _("Bạn không trao hoặc kết thúc được vai trò “%(role)s” ở %(unit)s.")
            % {"role": Role(role).label, "unit": unit.name},
            field="role",
        )


def check_keeps(officer: Officer, user_id: int) -> None:
    """Raises StaffRefused."""
    if user_id == officer.user_id:
        raise StaffRefused(
            _("Tài khoản của chính mình thì đổi ở “Đổi mật khẩu”, hoặc nhờ quản trị cấp trên.")
        )
    if not may_keep(officer, user_id):
        raise StaffRefused(
            _("Người này còn vai trò ở nơi bạn không quản trị, nên tài khoản do quản trị cấp trên giữ.")
        )


def _reaches(officer: Officer, path: str, *roles: Role) -> bool:
    return any(held.role in roles and path.startswith(held.unit_path) for held in officer.held)
