"""When a dossier was really handed in: now, or earlier than it is entered (network down, paper book, post; R01)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.catalog.models import ProcedureVersion
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete
from motcua.people.calendar import FIRST

DAYS_BACK = 30
"""How much later than it was handed in a dossier may be entered; the law names no limit."""


def moment_of(now: datetime, presented_at: datetime | None, version: ProcedureVersion) -> datetime:
    """The moment of reception in law, in whole minutes; a late entry gains no time.

    Raises Incomplete: in the future, too long ago, before the calendar begins, before the version was in force.
    """
    if presented_at is None:
        return _minute(now)
    at = _minute(presented_at)
    if at > now:
        raise Incomplete(
            _("Thời điểm nhận hồ sơ ở tương lai. Ghi ngày giờ trên giấy hoặc trên biên bản giao nhận."),
            field="presented_at",
        )
    if local(at).date() < max(local(now).date() - timedelta(days=DAYS_BACK), FIRST):
        raise Incomplete(
            _("Chỉ nhập được hồ sơ đã nhận trong %(days)d ngày gần đây. Kiểm tra lại ngày, tháng, năm.")
            % {"days": DAYS_BACK},
            field="presented_at",
        )
    if version.valid_from is not None and local(at).date() < version.valid_from:
        raise Incomplete(
            _("Ngày này trước ngày bản công bố đang dùng của thủ tục có hiệu lực (%(day)s).")
            % {"day": f"{version.valid_from:%d/%m/%Y}"},
            field="presented_at",
        )
    return at


def _minute(moment: datetime) -> datetime:
    """The law counts minutes; the paper prints minutes."""
    return moment.replace(second=0, microsecond=0)
