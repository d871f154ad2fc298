"""How a procedure's published facts read, and how it reads that there are none."""

from django.utils.translation import gettext as _

from motcua.rules.limits import Limit, LimitKind


def limit_words(limit: str, *, confirmed: bool = True) -> str:
    """A typed limit as people here write it: "03 ngày làm việc"; empty: "chưa công bố"."""
    if not limit:
        return _("chưa công bố")
    read = Limit.parse(limit)
    words = {
        LimitKind.AT_ONCE: _("Giải quyết ngay"),
        LimitKind.SAME_DAY: _("Trong ngày làm việc; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo"),
        LimitKind.WORKING_DAYS: _("%(n)02d ngày làm việc") % {"n": read.amount},
        LimitKind.WORKING_HOURS: _("%(n)02d giờ làm việc") % {"n": read.amount},
        LimitKind.CALENDAR_DAYS: _("%(n)02d ngày") % {"n": read.amount},
    }[read.kind]
    return words if confirmed else _("%(limit)s (chưa xác nhận)") % {"limit": words}
