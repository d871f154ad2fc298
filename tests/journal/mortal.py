"""A worker whose handler takes its time, to be killed in the middle: `python -m tests.journal.mortal`."""

import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()

from motcua.journal import reactions, worker  # noqa: E402
from motcua.journal.models import Entry  # noqa: E402

worker.LEASE = timedelta(seconds=2)
make_receipt = reactions.handler_called("papers.receipt")


def slow(entry: Entry) -> None:
    """Writes what it would write, says that it has, and takes a long time to end."""
    make_receipt(entry)
    Path(settings.HOME, "in-the-middle").touch()
    time.sleep(60)


reactions._handlers["papers.receipt"] = slow
worker.run(lambda: False)
