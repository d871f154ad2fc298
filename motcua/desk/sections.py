"""The pages about a unit's people, as tabs: who may open which."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.desk.access import officer_of, unit_of
from motcua.people.models import Role

_SECTIONS: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("assignments", "Phân công", frozenset({Role.LEADER})),
    ("orphans", "Không ai xử lý được", frozenset({Role.LEADER})),
    ("staff", "Cán bộ", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("absences", "Vắng mặt", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("unit_settings", "Cách làm việc", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("unit", "Đơn vị, giờ, quầy", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("setup", "Thủ tục", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("changes", "Thay đổi", frozenset({Role.LEADER, Role.UNIT_ADMIN})),
    ("announcements", "Thông báo", frozenset({Role.UNIT_ADMIN})),
)
_OF_THE_UNIT = frozenset({"unit"})
"""Pages whose address has the unit in it."""


def sections(request: HttpRequest) -> list[dict[str, Any]]:
    """Tabs for one who directs the unit; none for others, who have a single page."""
    held = unit_of(request)
    roles = officer_of(request).roles_in(held.unit_id)
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        {
            "label": _(label),
            "url": reverse(name, args=[held.unit_code] if name in _OF_THE_UNIT else None),
            "current": name == here,
        }
        for name, label, whose in _SECTIONS
        if roles & whose
    ]
