"""What a person does about messages: reads, calls, has one tried again."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from motcua.notices.choices import State
from motcua.notices.models import Message
from motcua.notices.queries import RETRIABLE, calls
from motcua.people.officer import Officer


def read(officer: Officer, ids: Iterable[int] | None = None) -> int:
    """The officer has read these own messages (None: all of them); how many were unread."""
    own = Message.objects.filter(officer=officer.user_id, read_at=None)
    if ids is not None:
        own = own.filter(pk__in=list(ids))
    return own.update(read_at=timezone.now())


def called(officer: Officer, unit_id: int, message_id: int) -> bool:
    """The citizen was told by a person of the desk; False: nobody needs to any more, or it is another desk's."""
    open_call = calls(unit_id).filter(pk=message_id)
    changed = open_call.update(state=State.SENT, sent_at=timezone.now(), called_by=officer.user_id)
    return bool(changed)


def retry(message_id: int) -> bool:
    """Give a message its attempts back; False for one that is not to be tried again."""
    return bool(_again(Q(pk=message_id)))


def retry_all() -> int:
    """All that were given up or waited for settings; how many."""
    return _again(Q())


def _again(which: Q) -> int:
    return Message.objects.filter(RETRIABLE & which).update(
        state=State.QUEUED, reason="", attempts=0, due_at=timezone.now(), last_error=""
    )
