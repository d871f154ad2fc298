"""What is no longer needed is not kept: after a year a message is a line without address and words (NĐ 61/2018 Đ.5)."""

from datetime import datetime, timedelta

from motcua.notices.choices import Channel, State
from motcua.notices.models import Message

KEEP = timedelta(days=365)
MOST = 2000
"""In one go, so that nobody waits for it."""


def forget(now: datetime) -> int:
    """Erase addresses and words of messages that ended a year ago; how many. That it was sent, and when, stays."""
    ended = [State.SENT, State.SKIPPED, State.GIVEN_UP]
    old = Message.objects.filter(created_at__lt=now - KEEP, state__in=ended).exclude(text="")
    ids = list(old.exclude(channel=Channel.INBOX).order_by("pk").values_list("pk", flat=True)[:MOST])
    return Message.objects.filter(pk__in=ids).update(recipient="", subject="", text="")
