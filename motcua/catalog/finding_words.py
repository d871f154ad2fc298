"""What the checker found, in a sentence for the one who can mend it."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.route_words import agency_names
from motcua.people.models import Field, Role, User
from motcua.rules.durations import duration_words
from motcua.rules.setup import Fault, Finding

SHORT: dict[Fault, Promise] = {
    Fault.NO_LIMIT: gettext_lazy("Chưa công bố thời hạn"),
    Fault.NO_ROUTE: gettext_lazy("Chưa có quy trình nội bộ"),
    Fault.NO_RECEPTION: gettext_lazy("Thiếu bước tiếp nhận"),
    Fault.NO_PROCESSING: gettext_lazy("Thiếu bước xử lý"),
    Fault.NO_APPROVAL: gettext_lazy("Thiếu bước lãnh đạo duyệt"),
    Fault.NO_RETURN: gettext_lazy("Thiếu bước trả kết quả"),
    Fault.MINUTES: gettext_lazy("Thời gian không bằng thời hạn"),
    Fault.NO_AGENCY: gettext_lazy("Thiếu cơ quan liên thông"),
    Fault.NOBODY: gettext_lazy("Chưa có người giữ vai trò"),
    Fault.AWAY: gettext_lazy("Người làm đang vắng, chưa ai thay"),
    Fault.OFFICER_GONE: gettext_lazy("Người được chỉ định không còn phụ trách"),
    Fault.TEMPLATE_CHANGED: gettext_lazy("Mẫu đã đổi, cách riêng hết hiệu lực"),
    Fault.LIMIT_UNCONFIRMED: gettext_lazy("Thời hạn chưa xác nhận"),
}
"""By kind, for a filter."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the sentences name."""

    agencies: dict[str, str]
    fields: dict[int, str]
    officers: dict[int, str] = field(default_factory=dict)


def names(officer_ids: set[int] | None = None) -> Names:
    """Two queries, and one for the officers if any are named."""
    fields = dict(Field.objects.values_list("pk", "name"))
    officers = (
        dict(User.objects.filter(pk__in=officer_ids).values_list("pk", "full_name")) if officer_ids else {}
    )
    return Names(agency_names(), fields, officers)


def sentence(finding: Finding, known: Names) -> str:
    """What is the matter, and with whom or where."""
    facts = {
        "where": _where(finding, known),
        "who": _who(finding, known),
        "name": known.officers.get(finding.officer_id or 0, ""),
        "has": duration_words(finding.has),
        "wants": duration_words(finding.wants),
    }
    return str(_SENTENCES.get(finding.fault, SHORT[finding.fault])) % facts


_SENTENCES: dict[Fault, Promise] = {
    Fault.NO_LIMIT: gettext_lazy("Tỉnh chưa công bố thời hạn giải quyết, nên chưa tiếp nhận được."),
    Fault.NO_ROUTE: gettext_lazy("Chưa có quy trình nội bộ, nên chưa tiếp nhận được."),
    Fault.MINUTES: gettext_lazy("Các bước cộng lại %(has)s, thời hạn công bố là %(wants)s."),
    Fault.NO_AGENCY: gettext_lazy("Quy trình có bước ở %(where)s mà đơn vị chưa có cơ quan này."),
    Fault.NOBODY: gettext_lazy("%(where)s chưa có ai là %(who)s."),
    Fault.AWAY: gettext_lazy("%(where)s: mọi %(who)s đang vắng và chưa có người thay."),
    Fault.OFFICER_GONE: gettext_lazy("%(name)s được chỉ định xử lý nhưng không còn phụ trách lĩnh vực này."),
    Fault.TEMPLATE_CHANGED: gettext_lazy(
        "Mẫu đã đổi: cách riêng của đơn vị hết hiệu lực, đang theo quy trình mẫu mới."
    ),
    Fault.LIMIT_UNCONFIRMED: gettext_lazy("Thời hạn chưa được tỉnh xác nhận."),
}


def _where(finding: Finding, known: Names) -> str:
    return known.agencies.get(finding.agency, finding.agency) if finding.agency else _("Đơn vị")


def _who(finding: Finding, known: Names) -> str:
    """công chức chuyên môn lĩnh vực Tư pháp - Hộ tịch"""
    if not finding.role:
        return ""
    role = str(Role(finding.role).label)
    role = role[0].lower() + role[1:]
    if finding.field_id is None:
        return _("người giữ vai trò %(role)s") % {"role": role}
    return _("%(role)s lĩnh vực %(field)s") % {
        "role": role,
        "field": known.fields.get(finding.field_id, ""),
    }
