"""What a signal says, in one sentence a leader can answer."""

from django.utils.translation import gettext as _

from motcua.oversight.models import Signal, SignalKind, SignalState
from motcua.rules.signals import DAY_MINUTES

STATES = {
    SignalState.OPEN.value: (SignalState.OPEN.label, "wait"),
    SignalState.ANSWERED.value: (SignalState.ANSWERED.label, "info"),
    SignalState.SOLVED.value: (SignalState.SOLVED.label, "neutral"),
}
_HOUR = 60


def sentence(signal: Signal) -> str:
    """With its numbers; without the name of a citizen."""
    words = {
        SignalKind.ENTERED_LATE: _("Nhập vào phần mềm %(span)s làm việc sau ngày ghi trên giấy."),
        SignalKind.HASTE_DOSSIER: _("%(n)d lần chuyển bước trong một phút."),
        SignalKind.HASTE_OFFICER: _("%(n)d thao tác trong một phút của cùng một người."),
        SignalKind.MASS_CLOSING: _("%(n)d trong %(whole)d hồ sơ của kỳ kết thúc đúng ngày làm việc cuối."),
        SignalKind.SUPPLEMENT_LAST_DAY: _("Yêu cầu bổ sung vào ngày cuối hạn hoặc sau đó."),
        SignalKind.SUPPLEMENT_AGAIN: _("Yêu cầu bổ sung lần thứ %(n)d."),
        SignalKind.WAITING_NO_PAPER: _("Thời hạn đã dừng để chờ dân nhưng không có Phiếu yêu cầu bổ sung."),
        SignalKind.NO_APOLOGY: _("Có kết quả trễ hạn mà không có thư xin lỗi."),
        SignalKind.CLOCK_BACK: _("Ghi muộn %(span)s so với thời điểm khai."),
        SignalKind.READ_OUTSIDE: _("Người của đơn vị không tiếp nhận, không thụ lý đã mở hồ sơ."),
        SignalKind.BROKEN: _("Mục nhật ký số %(n)d hoặc dữ liệu đi cùng không còn khớp."),
    }[SignalKind(signal.kind)]
    return words % {"n": signal.measure, "whole": signal.whole, "span": _span(signal)}


def _span(signal: Signal) -> str:
    """Minutes as a person says them; of working time, a day has eight hours."""
    minutes = signal.measure
    day = DAY_MINUTES if signal.kind == SignalKind.ENTERED_LATE else 24 * _HOUR
    if minutes >= day:
        return _("%(n)d ngày") % {"n": minutes // day}
    if minutes >= _HOUR:
        return _("%(n)d giờ") % {"n": minutes // _HOUR}
    return _("%(n)d phút") % {"n": minutes}
