"""Where the unit's own people mend what the checker found."""

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalog.setup_list import Row
from motcua.rules.setup import Fault, Finding

Link = tuple[str, str]
"""Where, and the button's words."""


def mended_by(finding: Finding, procedure_id: int, unit_code: str) -> Link | None:
    """None: only the province, or another agency, can."""
    if finding.fault is Fault.NOBODY and not finding.agency:
        return reverse("unit_staff", args=[unit_code]), _("Giao vai trò")
    if finding.fault is Fault.AWAY and not finding.agency:
        return reverse("absences"), _("Ghi người thay")
    if finding.fault in (Fault.OFFICER_GONE, Fault.TEMPLATE_CHANGED):
        return reverse("own_route", args=[procedure_id]), _("Xem cách riêng")
    return None


def with_links(row: Row) -> list[dict[str, object]]:
    """What was found in a row, each with the button that mends it, each button once."""
    seen: set[Link] = set()
    lines: list[dict[str, object]] = []
    for said in row.said:
        link = mended_by(said.finding, row.pair.procedure_id, row.pair.place.code)
        is_new = link is not None and link not in seen
        lines.append({"words": said.words, "is_soft": said.finding.is_soft, "link": link if is_new else None})
        if link is not None:
            seen.add(link)
    return lines
