"""Telling: queue what an entry gives to say, send what is queued, and mark what a person did about it."""

from motcua.notices.actions.forget import forget
from motcua.notices.actions.mark import called, read, retry, retry_all
from motcua.notices.actions.send import send_due
from motcua.notices.actions.tell import tell
from motcua.notices.actions.word import reword, set_sms_style, to_default

__all__ = [
    "called",
    "forget",
    "read",
    "retry",
    "retry_all",
    "reword",
    "send_due",
    "set_sms_style",
    "tell",
    "to_default",
]
