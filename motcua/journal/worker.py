"""The loop that works off reactions. Any number of processes may run it, on either data base.

How: lease one row by a conditional update (one row changed = ours), run its handler in a transaction of its
own, mark it done in that same transaction. A killed worker leaves a lease that runs out; an error is kept,
and tried again after 2, 4, 8 … seconds; after the last attempt a person must look.
"""

import logging
import math
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from motcua.journal import periodic, reactions
from motcua.journal.models import Reaction

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
PAUSE_SECONDS = 0.5


class WorkerDied(RuntimeError):
    """The last attempts ended without a word: their workers were killed."""


def run(stopping: Callable[[], bool]) -> None:
    """Work until `stopping()` says so; what has begun is finished first.

    Periodic work is looked for twice a second, however many reactions wait: what must be foreseen in time does not
    stand behind a thousand receipts.
    """
    periodic.enlist()
    looked = -math.inf
    while not stopping():
        close_old_connections()
        if time.monotonic() - looked >= PAUSE_SECONDS:
            looked = time.monotonic()
            periodic.run_one(timezone.now())
        elif not work_one():
            time.sleep(PAUSE_SECONDS)


def drain() -> int:
    """Work off all that is due now; how many were tried."""
    tried = 0
    while work_one():
        tried += 1
    return tried


def work_one() -> bool:
    """Take one reaction that is due and run it; False when none is due."""
    reaction = lease(timezone.now())
    if reaction is None:
        return False
    try:
        _handle(reaction)
    except Exception as error:  # noqa: BLE001  whatever a handler raises must not stop the others
        put_back(reaction, error)
    return True


def _handle(reaction: Reaction) -> None:
    if reaction.attempts > MOST_ATTEMPTS:
        raise WorkerDied
    with transaction.atomic():
        reactions.handler_called(reaction.handler)(reaction.entry)
        Reaction.objects.filter(pk=reaction.pk).update(done_at=timezone.now(), last_error="")


def lease(now: datetime) -> Reaction | None:
    """Make one due reaction ours for LEASE, or None. Another worker that saw the same row goes on to the next.

    The attempt counts from here: a reaction that kills its worker must not be tried for ever.
    """
    due = Reaction.objects.filter(done_at=None, failed_at=None, due_at__lte=now)
    for pk, was_due in due.order_by("due_at").values_list("pk", "due_at")[:20]:
        row = Reaction.objects.filter(pk=pk, due_at=was_due, done_at=None)
        ours = row.update(due_at=now + LEASE, attempts=F("attempts") + 1)
        if ours:
            return Reaction.objects.select_related("entry").get(pk=pk)
    return None


def put_back(reaction: Reaction, error: Exception) -> None:
    """Keep the kind of error (its text may hold personal data) and try again later, or give up."""
    attempts = reaction.attempts
    frame = traceback.extract_tb(error.__traceback__)[-1]  # where, not what: the text may name a person
    log.warning(
        "reaction %s of entry %s failed, attempt %s: %s at %s:%s",
        *(reaction.handler, reaction.entry_id, attempts, type(error).__name__, frame.name, frame.lineno),
    )
    now = timezone.now()
    Reaction.objects.filter(pk=reaction.pk).update(
        last_error=type(error).__name__,
        due_at=now + timedelta(seconds=2**attempts),
        failed_at=now if attempts >= MOST_ATTEMPTS else None,
    )
