"""What a draft still lacks before it can be published (NĐ 61/2018 Đ.15), each with the part where it is mended."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.catalog.content import Content
from motcua.catalog.fee_text import FeeState
from motcua.rules.limits import Limit, LimitUnreadable


class Fault(NamedTuple):
    """`part` is one of those in which a draft is edited, `field` the fact."""

    part: str
    field: str
    words: str


def lacking(content: Content) -> Iterator[Fault]:
    """In the order of the parts; nothing: it can be published."""
    facts = content.facts
    if not facts["name"].strip():
        yield Fault("general", "name", _("Chưa có tên thủ tục."))
    if not facts["field_id"]:
        yield Fault("general", "field", _("Chưa chọn lĩnh vực."))
    if not facts["result_name"].strip():
        yield Fault("doing", "result_name", _("Chưa ghi kết quả của thủ tục."))
    if not facts["limit"]:
        yield Fault("limit", "kind", _("Chưa có thời hạn giải quyết."))
    elif not _is_limit(facts["limit"]):
        yield Fault("limit", "kind", _("Thời hạn “%(limit)s” không đọc được.") % {"limit": facts["limit"]})
    elif not facts["limit_confirmed"]:
        yield Fault("limit", "limit_confirmed", _("Thời hạn chưa được xác nhận theo văn bản."))
    if facts["fee_state"] == FeeState.LISTED and not content.fees:
        yield Fault("fees", "fee_state", _("Ghi là có phí, lệ phí nhưng chưa liệt kê khoản nào."))


def advisable(content: Content) -> Iterator[Fault]:
    """What the law wants published and a citizen misses; it can be published without."""
    facts = content.facts
    if not facts["steps_text"]:
        yield Fault("doing", "steps_text", _("Chưa ghi trình tự thực hiện."))
    if not facts["legal_basis"]:
        yield Fault("doing", "legal_basis", _("Chưa ghi căn cứ pháp lý."))
    if not facts["audience"]:
        yield Fault("doing", "audience", _("Chưa ghi đối tượng thực hiện."))
    if not content.papers:
        yield Fault("papers", "papers", _("Chưa liệt kê giấy tờ nào."))
    if facts["fee_state"] in (FeeState.UNKNOWN, FeeState.UNREAD):
        yield Fault("fees", "fee_state", _("Chưa công bố có thu phí, lệ phí hay không."))
    if not facts["online_level"]:
        yield Fault("general", "online_level", _("Chưa công bố mức độ trực tuyến."))


def _is_limit(text: str) -> bool:
    try:
        Limit.parse(text)
    except LimitUnreadable:
        return False
    return True
