"""How a procedure's published facts read, and how it reads that there are none."""

from django.utils.translation import gettext as _

from motcua.rules.fees import Price
from motcua.rules.limits import Limit, LimitKind, LimitUnreadable
from motcua.rules.text import unaccent
from motcua.ui.formats import money


def limit_words(limit: str, *, confirmed: bool = True, short: bool = False) -> str:
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
    words = words.partition(";")[0] if short else words
    return words if confirmed else _("%(limit)s (chưa xác nhận)") % {"limit": words}


def price_words(price: Price | None, unit: str, item: str = "", *, confirmed: bool = True) -> str:
    """A published price as people write it: "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản"."""
    if price is None:
        return _("chưa có mức thu, hỏi quản trị tỉnh")
    words = [_("%(price)s/%(unit)s") % {"price": money(price.first), "unit": unit}]
    words += [
        _("từ %(unit)s thứ %(start)d: %(price)s/%(unit)s")
        % {"unit": unit, "start": start, "price": money(each)}
        for start, each in price.steps
    ]
    if price.most is not None:
        words.append(_("tối đa %(price)s/%(item)s") % {"price": money(price.most), "item": item or unit})
    said = "; ".join(words)
    return said if confirmed else _("%(price)s (chưa xác nhận)") % {"price": said}


def plain_limit(limit: str) -> str:
    """A typed limit for a cell of a spreadsheet: "3 ngày làm việc"; `read_plain_limit` reads it back."""
    read = Limit.parse(limit)
    return {
        LimitKind.AT_ONCE: "Giải quyết ngay",
        LimitKind.SAME_DAY: "Trong ngày làm việc",
        LimitKind.WORKING_DAYS: f"{read.amount} ngày làm việc",
        LimitKind.WORKING_HOURS: f"{read.amount} giờ làm việc",
        LimitKind.CALENDAR_DAYS: f"{read.amount} ngày",
    }[read.kind]


_UNITS = {
    "ngay lam viec": LimitKind.WORKING_DAYS,
    "gio lam viec": LimitKind.WORKING_HOURS,
    "ngay": LimitKind.CALENDAR_DAYS,
    "ngay lich": LimitKind.CALENDAR_DAYS,
}
_FIXED = {
    "giai quyet ngay": LimitKind.AT_ONCE,
    "trong ngay": LimitKind.SAME_DAY,
    "trong ngay lam viec": LimitKind.SAME_DAY,
}


def read_plain_limit(text: str) -> str:
    """The typed limit that an official wrote in a cell; empty for an empty one. Raises ValueError, and never guesses."""
    if not text:
        return ""
    try:
        return str(Limit.parse(text))
    except LimitUnreadable:
        words = unaccent(text)
    amount, _space, unit = words.partition(" ")
    if words in _FIXED:
        return str(Limit(_FIXED[words]))
    if amount.isdecimal() and 0 < int(amount[:6]) <= 999 and unit in _UNITS:  # noqa: PLR2004
        return str(Limit(_UNITS[unit], int(amount)))
    raise ValueError(
        f"“{text}” không phải thời hạn; viết như “3 ngày làm việc”, “15 ngày”, “Giải quyết ngay”."
    )
