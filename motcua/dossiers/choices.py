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


STATES: dict[str, Wording] = {
    State.PROCESSING: Wording(_("Đang giải quyết"), "info"),
    State.DONE: Wording(_("Có kết quả, chờ trả"), "ok"),
    State.RETURNED: Wording(_("Đã trả kết quả"), "neutral"),
}
STEPS: dict[str, Wording] = {
    StepKind.RECEPTION: Wording(_("Tiếp nhận"), "neutral"),
    StepKind.PROCESSING: Wording(_("Xử lý"), "info"),
    StepKind.APPROVAL: Wording(_("Lãnh đạo duyệt"), "wait"),
    StepKind.RETURN: Wording(_("Trả kết quả"), "ok"),
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
}
