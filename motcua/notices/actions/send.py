"""One turn of sending. Any number of workers may take turns: each message is leased by a conditional update.

Kill -9 between the server's yes and our note of it sends a message twice: at least once is what mail can promise. The
reference is the same both times (mail: Message-ID), so that a double can be recognised as one.
"""

import logging
import time
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from motcua.notices import queries, sms, ways
from motcua.notices.actions.tell import call_instead
from motcua.notices.choices import MACHINES, Channel, Reason, State
from motcua.notices.errors import NotSent
from motcua.notices.events import EVENTS
from motcua.notices.mail import Mailer
from motcua.notices.models import Message
from motcua.rules.sms import mobile_number

log = logging.getLogger(__name__)

TURN_SECONDS = 5.0
"""Then receipts and other work have their turn."""
LEASE = timedelta(minutes=5)
"""Longer than any server or gateway may take."""
MOST_ATTEMPTS = 12
LONGEST_PAUSE: Final = timedelta(hours=2)
"""Pauses of 1, 2, 4 … minutes up to this: twelve attempts reach over half a day without a server."""
WAITING = Q(state__in=[State.QUEUED, State.FAILED])


def send_due(now: datetime) -> int:
    """Send what is due, for some seconds at most; how many were tried."""
    ends, tried = time.monotonic() + TURN_SECONDS, 0
    channels = set(MACHINES)
    with closing(Mailer()) as mailer:
        while channels and time.monotonic() < ends and (message := lease(now, channels)):
            tried += 1
            if not _try(message, mailer):
                channels.discard(Channel(message.channel))  # down for one is down for all
    return tried


def lease(now: datetime, channels: set[Channel]) -> Message | None:
    """Make one message ours for LEASE. The attempt counts from here: one that kills its worker is not tried for ever."""
    due = Message.objects.filter(WAITING, channel__in=channels, due_at__lte=now).order_by("due_at", "id")
    for pk, was_due in due.values_list("pk", "due_at")[:20]:
        row = Message.objects.filter(WAITING, pk=pk, due_at=was_due)
        if row.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1):
            return Message.objects.select_related("dossier", "entry").get(pk=pk)
    return None


def _try(message: Message, mailer: Mailer) -> bool:
    """Send one; False: nobody's would be taken now."""
    event = EVENTS.get(message.event)
    reason = ways.hindrance(message.channel, message.recipient, message.dossier)
    if event is None or queries.is_moot(event, message.entry):
        reason = Reason.OUTDATED
    if reason:
        _end(message, State.SKIPPED, reason)
        return True
    try:
        _hand_over(message, mailer)
    except NotSent as error:
        _put_back(message, error)
        return not error.is_down
    except Exception as error:  # noqa: BLE001  one message must not stop the others
        _put_back(message, NotSent(type(error).__name__[:40]))
        return True
    _sent(message)
    return True


def _hand_over(message: Message, mailer: Mailer) -> None:
    if message.attempts > MOST_ATTEMPTS:
        raise NotSent("worker_died")  # the last attempts ended without a word
    if message.channel == Channel.MAIL:
        mailer.send(message.recipient, message.subject, message.text, message.reference)
        return
    gateway = sms.gateway()
    if gateway is None:
        raise NotSent("not_set")
    gateway.send(mobile_number(message.recipient), message.text, message.reference)


@transaction.atomic
def _sent(message: Message) -> None:
    """And who was to be called about the same need not be any more."""
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=timezone.now(), reason="", last_error=""
    )
    Message.objects.filter(entry=message.entry_id, channel=Channel.CALL, state=State.QUEUED).update(
        state=State.SKIPPED, reason=Reason.REACHED
    )


def _ours(message: Message) -> QuerySet[Message]:
    """The row, if the lease did not run out meanwhile and give it to another worker."""
    return Message.objects.filter(WAITING, pk=message.pk, attempts=message.attempts)


def _put_back(message: Message, error: NotSent) -> None:
    """Keep the kind of error and try again later, or give up and have somebody call."""
    log.warning("message %s failed, attempt %s: %s", message.pk, message.attempts, error.kind)
    if error.for_ever or message.attempts >= MOST_ATTEMPTS:
        _end(message, State.GIVEN_UP, Reason.REFUSED if error.for_ever else Reason.TRIED_OUT, error.kind)
        return
    pause = min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_PAUSE)
    _ours(message).update(state=State.FAILED, due_at=timezone.now() + pause, last_error=error.kind)


@transaction.atomic
def _end(message: Message, state: State, reason: str, error: str = "") -> None:
    if not _ours(message).update(state=state, reason=reason, last_error=error):
        return
    message.state, message.reason = state, reason
    if reason != Reason.OUTDATED:
        call_instead(message)
