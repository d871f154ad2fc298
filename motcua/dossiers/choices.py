"""Words for the values of a dossier's columns: value, label, and the tone a badge takes."""

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind


class Wording(NamedTuple):
    label: Promise | str
    tone: str


def values(of: type[State | StepKind | Action | Punctuality]) -> list[tuple[str, str]]:
    """For a column whose values are the rules'; their words are below."""
    return [(value.value, value.value) for value in of]


class Channel(models.TextChoices):
    """How a dossier came in (R01)."""

    DIRECT = "direct", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính công ích")


class ReturnMethod(models.TextChoices):
    DESK = "desk", _("Tại Bộ phận Một cửa")
    POST = "post", _("Qua bưu chính công ích")
    ONLINE = "online", _("Trực tuyến")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Đã giải quyết")
    REFUSED = "refused", _("Từ chối")
    WITHDRAWN = "withdrawn", _("Đã rút")
    LAPSED = "lapsed", _("Đóng vì không bổ sung")
    """Counted as withdrawn where only three outcomes are known."""


class SupplementPolicy(models.TextChoices):
    """What a supplement does to the clock (R14); the law restarts it, some fields' own law pauses it."""

    RESTART = "restart", _("Tính lại từ đầu")
    PAUSE = "pause", _("Tạm dừng rồi tính tiếp")


class LateReason(models.TextChoices):
    """Why a dossier could not be answered in time (Mẫu 04); a text goes with it."""

    WORKLOAD = "workload", _("Số lượng hồ sơ nhiều, chưa bố trí đủ người giải quyết")
    VERIFICATION = "verification", _("Phải xác minh, thẩm tra thêm")
    OTHER_AGENCY = "other_agency", _("Cơ quan phối hợp chưa trả lời")
    COMPLEX = "complex", _("Hồ sơ có nội dung phức tạp")
    EQUIPMENT = "equipment", _("Sự cố máy móc, đường truyền, phần mềm")
    ABSENCE = "absence", _("Người giải quyết vắng mặt, chưa bàn giao kịp")
    OTHER = "other", _("Lý do khác")


STATES: dict[str, Wording] = {
    State.PROCESSING: Wording(_("Đang giải quyết"), "info"),
    State.WAITING: Wording(_("Chờ người nộp bổ sung"), "wait"),
    State.DONE: Wording(_("Có kết quả, chờ trả"), "ok"),
    State.RETURNED: Wording(_("Đã trả kết quả"), "neutral"),
    State.CORRECTING: Wording(_("Đang sửa kết quả sai"), "bad"),
}
STEPS: dict[str, Wording] = {
    StepKind.RECEPTION: Wording(_("Tiếp nhận"), "neutral"),
    StepKind.PROCESSING: Wording(_("Xử lý"), "info"),
    StepKind.APPROVAL: Wording(_("Lãnh đạo duyệt"), "wait"),
    StepKind.RETURN: Wording(_("Trả kết quả"), "ok"),
    StepKind.SUPPLEMENT: Wording(_("Chờ bổ sung"), "wait"),
}
PUNCTUALITY: dict[str, Wording] = {
    Punctuality.EARLY: Wording(_("Trước hạn"), "ok"),
    Punctuality.ON_TIME: Wording(_("Đúng hạn"), "ok"),
    Punctuality.LATE: Wording(_("Trễ hạn"), "bad"),
}
ACTIONS: dict[str, Wording] = {
    Action.RECEIVE: Wording(_("Tiếp nhận hồ sơ"), "info"),
    Action.FORWARD: Wording(_("Chuyển xử lý"), "info"),
    Action.SEND_BACK: Wording(_("Chuyển lại bước trước"), "wait"),
    Action.APPROVE: Wording(_("Lãnh đạo phê duyệt"), "ok"),
    Action.TAKE: Wording(_("Nhận xử lý"), "neutral"),
    Action.NOTE: Wording(_("Ghi chú"), "neutral"),
    Action.ATTACH: Wording(_("Đính kèm tệp"), "neutral"),
    Action.FINISH: Wording(_("Có kết quả"), "ok"),
    Action.HAND_OVER: Wording(_("Trả kết quả"), "ok"),
    Action.RECOUNT: Wording(_("Lịch làm việc thay đổi, tính lại hạn"), "wait"),
    Action.ASK_SUPPLEMENT: Wording(_("Yêu cầu bổ sung hồ sơ"), "wait"),
    Action.PROPOSE_SUPPLEMENT: Wording(_("Xin phép yêu cầu bổ sung lần nữa"), "wait"),
    Action.PERMIT_SUPPLEMENT: Wording(_("Lãnh đạo cho yêu cầu bổ sung lần nữa"), "bad"),
    Action.DECLINE_SUPPLEMENT: Wording(_("Lãnh đạo không cho yêu cầu bổ sung lần nữa"), "neutral"),
    Action.RESUME: Wording(_("Đã nhận đủ giấy tờ bổ sung, thời hạn tính tiếp"), "ok"),
    Action.SUBMIT_SUPPLEMENT: Wording(_("Người nộp gửi giấy tờ bổ sung qua mạng"), "info"),
    Action.REJECT_SUBMISSION: Wording(_("Giấy tờ gửi qua mạng chưa đạt, mời gửi lại"), "wait"),
    Action.WARN_LAPSE: Wording(_("Báo trước: sắp đóng hồ sơ vì chưa bổ sung"), "wait"),
    Action.LAPSE: Wording(_("Đóng hồ sơ vì không bổ sung"), "bad"),
    Action.WITHDRAW: Wording(_("Người nộp rút hồ sơ"), "neutral"),
    Action.DRAFT_APOLOGY: Wording(_("Soạn thư xin lỗi, chờ lãnh đạo ký"), "wait"),
    Action.REAPPOINT: Wording(_("Xin lỗi và hẹn lại"), "bad"),
    Action.WAIVE_APOLOGY: Wording(_("Lãnh đạo cho trả kết quả trễ không kèm thư xin lỗi"), "bad"),
    Action.ASSIGN: Wording(_("Phân công xử lý"), "info"),
    Action.ACKNOWLEDGE: Wording(_("Đã nhận hồ sơ chuyển đến"), "info"),
    Action.CONSULT: Wording(_("Lấy ý kiến cơ quan khác"), "info"),
    Action.ANSWER: Wording(_("Trả lời ý kiến"), "info"),
    Action.LATE_ANSWER: Wording(_("Cơ quan được hỏi trả lời trễ hạn"), "bad"),
    Action.VERIFY: Wording(_("Xác minh"), "info"),
    Action.SCAN: Wording(_("Số hóa giấy tờ"), "neutral"),
    Action.RECALL: Wording(_("Thu hồi kết quả sai"), "bad"),
    Action.REISSUE: Wording(_("Cấp lại kết quả"), "ok"),
    Action.RECORD_LOSS: Wording(_("Ghi nhận mất giấy tờ"), "bad"),
    Action.PAY: Wording(_("Thu phí, lệ phí"), "neutral"),
    Action.VOID_PAYMENT: Wording(_("Hủy biên lai"), "bad"),
}
