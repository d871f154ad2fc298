"""Work that comes back by the clock: `config/wiring.py` lists it, the worker does it.

Any number of workers may run: one of them leases a turn by a conditional update. A handler takes the moment, makes its
own transactions, and does what is still to be done, so that a turn that is missed or comes twice does no harm.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.journal.models import Periodic

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""A turn whose worker was killed comes back after this."""
AGAIN = timedelta(minutes=1)
"""After a turn that failed."""

Handler = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Work:
    every: timedelta
    handler: Handler


_known: dict[str, Work] = {}


def connect(name: str, every: timedelta, handler: Handler) -> None:
    """From now on the worker calls the handler again and again, `every` apart."""
    _known[name] = Work(every, handler)


def enlist() -> None:
    """Give every known work its row; what was never done is due now."""
    Periodic.objects.bulk_create([Periodic(name=name) for name in _known], ignore_conflicts=True)


def run_one(now: datetime) -> bool:
    """Do one work whose turn has come; False when there is none."""
    name = _lease(now)
    if name is None:
        return False
    work = _known[name]
    try:
        work.handler(now)
    except Exception as error:  # noqa: BLE001  one broken work must not stop the others
        log.warning("periodic work %s failed: %s", name, type(error).__name__)
        Periodic.objects.filter(pk=name).update(
            due_at=timezone.now() + AGAIN, last_error=type(error).__name__
        )
    else:
        Periodic.objects.filter(pk=name).update(due_at=now + work.every, ran_at=timezone.now(), last_error="")
    return True


def _lease(now: datetime) -> str | None:
    due = Periodic.objects.filter(name__in=list(_known), due_at__lte=now).order_by("due_at")
    for name, was_due in due.values_list("name", "due_at"):
        if Periodic.objects.filter(pk=name, due_at=was_due).update(due_at=now + LEASE):
            return name
    return None
