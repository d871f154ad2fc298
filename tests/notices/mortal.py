"""A sender whose gateway takes the message and never says so, to be killed: `python -m tests.notices.mortal`."""

import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.utils import timezone  # noqa: E402

from motcua.notices import sms  # noqa: E402
from motcua.notices.actions import send, send_due  # noqa: E402

send.LEASE = timedelta(seconds=1)
send_one = sms.FileGateway.send


def taken(self: sms.FileGateway, number: str, text: str, reference: str) -> None:
    send_one(self, number, text, reference)
    Path(settings.HOME, "in-the-middle").touch()
    time.sleep(60)


sms.FileGateway.send = taken  # type: ignore[method-assign]
send_due(timezone.now())
