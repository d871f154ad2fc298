"""Pages about how procedures are set up, side by side, and where those above mend what the checker found."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.checker import Pair
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer
from motcua.rules.setup import Fault, Finding

_OF_A_UNIT = (
    ("unit_setup", gettext_lazy("Thiết lập")),
    ("unit_routes", gettext_lazy("Khác mẫu")),
    ("unconfirmed", gettext_lazy("Chưa xác nhận thay đổi")),
)
_OF_THE_PROVINCE = (
    ("templates", gettext_lazy("Quy trình mẫu")),
    ("offerings", gettext_lazy("Đưa vào, rút ra")),
)
_LIMIT = (Fault.NO_LIMIT, Fault.LIMIT_UNCONFIRMED)
_TEMPLATE = (
    *(Fault.NO_ROUTE, Fault.NO_RECEPTION, Fault.NO_PROCESSING, Fault.NO_APPROVAL, Fault.NO_RETURN),
    Fault.MINUTES,
)
Link = tuple[str, str]


def setup_tabs(officer: Officer, unit: Unit, current: str) -> list[dict[str, Any]]:
    """For the component `tabs`; the province's own pages only for who administers it."""
    tabs = [
        {"label": label, "url": reverse(name, args=[unit.code]), "current": name == current}
        for name, label in _OF_A_UNIT
    ]
    if officer.has(Role.ADMINISTRATOR):
        tabs += [
            {"label": label, "url": reverse(name), "current": name == current}
            for name, label in _OF_THE_PROVINCE
        ]
    return tabs


def mended_by(finding: Finding, pair: Pair, officer: Officer) -> Link | None:
    """Where this officer mends it; None: somebody else does."""
    if finding.fault is Fault.NOBODY and not finding.agency:
        return _staff(pair.place.code)
    if not officer.has(Role.ADMINISTRATOR):
        return None
    if finding.fault in _LIMIT:
        tab = "?muc=chua-xac-nhan" if finding.fault is Fault.LIMIT_UNCONFIRMED else ""
        return reverse("limits") + tab, _("Thời hạn")
    if finding.fault in _TEMPLATE:
        return reverse("template_route", args=[pair.procedure_id]), _("Quy trình mẫu")
    return None


def _staff(code: str) -> Link:
    return reverse("unit_staff", args=[code]), _("Cán bộ")
