"""What the frame of every staff page needs: unit, roles, the pages open to this officer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.desk.access import officer_of
from motcua.people.models import Role
from motcua.people.officer import Held, Officer

_NAV: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    # url name, msgid, hotkey, roles
    ("home", "Bàn làm việc", "1", (Role.CLERK, Role.SPECIALIST, Role.LEADER)),
    ("receive_find", "Tiếp nhận", "n", (Role.CLERK,)),
    ("work", "Việc cần làm", "2", (Role.CLERK, Role.SPECIALIST)),
    ("approvals", "Chờ duyệt", "3", (Role.LEADER,)),
    ("interlinked", "Liên thông", "l", (Role.CLERK, Role.SPECIALIST, Role.LEADER)),
    ("ready", "Chờ trả kết quả", "4", (Role.CLERK,)),
    ("assignments", "Phân công", "0", (Role.LEADER,)),
    ("staff", "Cán bộ", "", (Role.UNIT_ADMIN,)),
    ("register", "Sổ theo dõi", "5", (Role.CLERK, Role.SPECIALIST, Role.LEADER)),
    ("overview", "Giám sát", "6", (Role.SUPERVISOR, Role.ADMINISTRATOR)),
    ("calendar", "Lịch làm việc", "7", (Role.ADMINISTRATOR,)),
    ("catalogue", "Thủ tục", "8", (Role.ADMINISTRATOR,)),
    ("reactions", "Việc nền", "9", (Role.ADMINISTRATOR,)),
)


_UNDER = (
    dict.fromkeys(
        (
            *("orphans", "staff", "departure", "absences", "absence", "unit_settings"),
            *("setup", "changes", "own_route"),
        ),
        ("assignments", "staff"),
    )
    | dict.fromkeys(
        (
            *("units", "unit", "unit_hours", "unit_closures", "unit_counters", "unit_counter", "unit_staff"),
            *("unit_officer", "staff_import"),
        ),
        ("assignments", "staff", "overview"),
    )
    | dict.fromkeys(
        (
            *("limits", "procedure", "procedure_new", "version", "compare", "repeal"),
            *("draft", "draft_part", "draft_preview", "publish", "paper_files"),
            *("catalogue_files", "catalogue_file"),
        ),
        ("catalogue",),
    )
    | dict.fromkeys(
        ("unit_setup", "unit_routes", "unconfirmed", "templates", "template_route", "offerings"),
        ("overview",),
    )
)
"""Pages that stand below one of the menu: the first of these that the officer has."""


def desk(request: HttpRequest) -> dict[str, Any]:
    """Nothing for a citizen's page: no query is made."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {"home_url": "/"}
    officer = officer_of(request)
    seat = officer.desk or officer.oversees or officer.first(Role.UNIT_ADMIN)
    return {
        "desk_unit": seat.unit_name if seat else "",
        "desk_roles": ", ".join(dict.fromkeys(_role(held) for held in officer.held)),
        "nav_items": _nav(request, officer),
        "home_url": reverse("home"),
        "search_url": reverse("find"),
        "logout_url": reverse("logout"),
        "password_url": reverse("password_change"),
        "simulated": getattr(request.user, "is_simulated", False),
    }


def _nav(request: HttpRequest, officer: Officer) -> list[dict[str, Any]]:
    here = (request.resolver_match.url_name if request.resolver_match else "") or ""
    items = [item for item in _NAV if officer.has(*item[3])]
    names = {name for name, *_rest in items}
    current = next((name for name in (*_UNDER.get(here, ()), here) if name in names), "")
    return [
        {"label": _(msgid), "url": reverse(name), "current": name == current, "hotkey": hotkey}
        for name, msgid, hotkey, _roles in items
    ]


def _role(held: Held) -> str:
    """A role in words; somebody else's with whose it is."""
    label = str(held.role.label)
    return (
        _("%(role)s (thay %(name)s)") % {"role": label, "name": held.on_behalf_name}
        if held.on_behalf_of
        else label
    )
