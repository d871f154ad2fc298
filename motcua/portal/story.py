"""What happened to a dossier, as a citizen understands it and as anyone with the code may know it (R51, R24).

Days and agencies only: no name of a person, no word that an officer typed, no hour at which somebody stood at the desk.
What an office does within itself (who takes it, a note, a draft) is not told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.models import Move
from motcua.rules.workflow import Action, StepKind
from motcua.ui.formats import vn_date

# All that is read from the data base: what is not fetched cannot slip into a page.
_COLUMNS = (
    "action",
    "at",
    "from_step__unit",
    "from_step__unit__name",
    "to_step__unit",
    "to_step__unit__name",
    "to_step__kind",
)

_PLAIN: dict[Action, tuple[Promise, str]] = {
    Action.RECEIVE: (gettext_lazy("Đã tiếp nhận hồ sơ"), ""),
    Action.RECOUNT: (gettext_lazy("Lịch làm việc của cơ quan thay đổi, ngày hẹn được tính lại"), ""),
    Action.ASK_SUPPLEMENT: (gettext_lazy("Chờ bạn bổ sung giấy tờ, mời đến nơi tiếp nhận"), ""),
    Action.PERMIT_SUPPLEMENT: (
        gettext_lazy("Chờ bạn bổ sung giấy tờ lần nữa, mời đến nơi tiếp nhận"),
        "bad",
    ),
    Action.RESUME: (gettext_lazy("Đã nhận đủ giấy tờ bổ sung, tiếp tục giải quyết"), "ok"),
    Action.SUBMIT_SUPPLEMENT: (
        gettext_lazy("Đã nhận giấy tờ bổ sung gửi qua mạng, chờ nơi tiếp nhận kiểm tra"),
        "",
    ),
    Action.REJECT_SUBMISSION: (gettext_lazy("Giấy tờ gửi qua mạng chưa đạt, mời gửi lại"), ""),
    Action.WARN_LAPSE: (gettext_lazy("Báo trước: hồ sơ sẽ được đóng nếu giấy tờ bổ sung không đến"), ""),
    Action.LAPSE: (gettext_lazy("Đã đóng hồ sơ vì giấy tờ bổ sung không đến"), "bad"),
    Action.WITHDRAW: (gettext_lazy("Đã rút hồ sơ theo yêu cầu của người nộp"), ""),
    Action.WAIVE_APOLOGY: (gettext_lazy("Kết quả trễ hẹn được trả khi chưa có thư xin lỗi"), "bad"),
    Action.CONSULT: (gettext_lazy("Đã hỏi ý kiến cơ quan khác"), ""),
    Action.ANSWER: (gettext_lazy("Cơ quan được hỏi đã trả lời"), ""),
    Action.LATE_ANSWER: (gettext_lazy("Cơ quan được hỏi ý kiến chưa trả lời đúng hạn"), "bad"),
    Action.VERIFY: (gettext_lazy("Đã xác minh"), ""),
    Action.FINISH: (gettext_lazy("Đã có kết quả"), "ok"),
    Action.HAND_OVER: (gettext_lazy("Đã trả kết quả"), "ok"),
    Action.RECALL: (gettext_lazy("Kết quả có sai sót, được thu hồi để sửa"), "bad"),
    Action.REISSUE: (gettext_lazy("Kết quả đã được cấp lại"), "ok"),
    Action.RECORD_LOSS: (gettext_lazy("Có giấy tờ bị mất, cơ quan chịu trách nhiệm khắc phục"), "bad"),
}
_ON: dict[str, Promise] = {
    StepKind.PROCESSING: gettext_lazy("Đã chuyển đến bộ phận giải quyết"),
    StepKind.APPROVAL: gettext_lazy("Đã xử lý xong, trình lãnh đạo duyệt"),
    StepKind.RETURN: gettext_lazy("Đã chuyển về nơi trả kết quả"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: the day, the sentence, and a tone (ok, bad, or none)."""

    at: datetime
    words: str
    tone: str = ""


def story(dossier_id: int, appointment_at: datetime | None) -> list[Told]:
    """Newest first, in one query. `appointment_at`: the new date that came with the apology."""
    rows = Move.objects.filter(dossier=dossier_id, action__in=_SHOWN).order_by("-number").values(*_COLUMNS)
    return [_told(row, appointment_at) for row in rows]


def _told(row: dict[str, Any], appointment_at: datetime | None) -> Told:
    action = Action(row["action"])
    if action is Action.REAPPOINT:
        return Told(row["at"], _apology(appointment_at), "bad")
    if action in _MOVING:
        return Told(row["at"], _MOVING[action](row), "ok" if action is Action.APPROVE else "")
    words, tone = _PLAIN[action]
    return Told(row["at"], str(words), tone)


def _apology(appointment_at: datetime | None) -> str:
    if appointment_at is None:
        return _("Cơ quan xin lỗi vì trễ hẹn")
    return _("Cơ quan xin lỗi vì trễ hẹn; ngày hẹn mới: %(day)s") % {"day": vn_date(appointment_at)}


def _elsewhere(row: dict[str, Any]) -> str:
    """The agency to which this act brought it; empty when it stayed where it was."""
    crossed = None not in (row["from_step__unit"], row["to_step__unit"])
    return row["to_step__unit__name"] if crossed and row["from_step__unit"] != row["to_step__unit"] else ""


def _forwarded(row: dict[str, Any]) -> str:
    if agency := _elsewhere(row):
        return _("Đã chuyển đến %(agency)s") % {"agency": agency}
    return str(_ON.get(row["to_step__kind"]) or _("Đã chuyển bước tiếp theo"))


def _approved(row: dict[str, Any]) -> str:
    if agency := _elsewhere(row):
        return _("Lãnh đạo đã duyệt, chuyển đến %(agency)s") % {"agency": agency}
    return _("Lãnh đạo đã duyệt")


def _sent_back(row: dict[str, Any]) -> str:
    if agency := _elsewhere(row):
        return _("Được chuyển lại %(agency)s để xem lại") % {"agency": agency}
    return _("Được chuyển lại bước trước để xem lại")


def _acknowledged(row: dict[str, Any]) -> str:
    agency = row["to_step__unit__name"] or row["from_step__unit__name"]
    return _("%(agency)s xác nhận đã nhận hồ sơ") % {"agency": agency or _("Cơ quan giải quyết")}


_MOVING: dict[Action, Callable[[dict[str, Any]], str]] = {
    Action.FORWARD: _forwarded,
    Action.APPROVE: _approved,
    Action.SEND_BACK: _sent_back,
    Action.ACKNOWLEDGE: _acknowledged,
}
_SHOWN = (*_PLAIN, *_MOVING, Action.REAPPOINT)
