"""Words for the values of a message's columns: value, label, and the tone a badge takes."""

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Wording(NamedTuple):
    label: Promise | str
    tone: str


class Channel(models.TextChoices):
    MAIL = "mail", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")
    INBOX = "inbox", _("Tin nội bộ")
    """On an officer's own page."""
    CALL = "call", _("Gọi điện")
    """A person of the desk must say it: no other way reaches the citizen."""


MACHINES = (Channel.MAIL, Channel.SMS)
"""What the worker sends."""


class State(models.TextChoices):
    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Lỗi, sẽ gửi lại")
    GIVEN_UP = "given_up", _("Thôi gửi")
    SKIPPED = "skipped", _("Không gửi")


TONES: dict[str, str] = {
    State.QUEUED: "wait",
    State.SENT: "ok",
    State.FAILED: "wait",
    State.GIVEN_UP: "bad",
    State.SKIPPED: "neutral",
}
STATES: dict[str, Wording] = {state.value: Wording(state.label, TONES[state]) for state in State}


class Reason(models.TextChoices):
    """Why a message was not sent, or why somebody must be called."""

    MAIL_NOT_SET = "mail_not_set", _("chưa cấu hình thư")
    SMS_NOT_SET = "sms_not_set", _("chưa cấu hình tin nhắn")
    NO_ADDRESS = "no_address", _("hồ sơ không có điện thoại và thư điện tử")
    NOT_MOBILE = "not_mobile", _("số điện thoại không nhận được tin nhắn")
    TURNED_OFF = "turned_off", _("tỉnh không gửi tin này")
    SIMULATED = "simulated", _("hồ sơ mô phỏng, không nhắn đến số thật")
    OUTDATED = "outdated", _("việc đã đi tiếp, tin không còn đúng")
    REFUSED = "refused", _("nơi nhận từ chối")
    TRIED_OUT = "tried_out", _("đã thử nhiều lần không được")
    REACHED = "reached", _("đã báo được bằng cách khác")


class Audience(models.TextChoices):
    CITIZEN = "citizen", _("Người nộp hồ sơ")
    OFFICERS = "officers", _("Cán bộ")
