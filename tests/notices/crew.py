"""Two workers at one queue: `python -m tests.notices.crew`, started by a test. Both send for as long as there is something."""

import multiprocessing
import time
from multiprocessing.synchronize import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.notices import sms  # noqa: E402
from motcua.notices.actions import send_due  # noqa: E402
from motcua.notices.models import Message  # noqa: E402

send_one = sms.FileGateway.send


def slow(self: sms.FileGateway, number: str, text: str, reference: str) -> None:
    """As a gateway somewhere is: the other worker has time to look at the same row."""
    send_one(self, number, text, reference)
    time.sleep(0.01)


def work(gun: Barrier) -> None:
    sms.FileGateway.send = slow  # type: ignore[method-assign]
    gun.wait(30)
    while send_due(timezone.now()):
        pass
    connection.close()


def main() -> None:
    forked = multiprocessing.get_context("fork")  # before any connection is there; each opens its own
    gun = forked.Barrier(2)
    crew = [forked.Process(target=work, args=(gun,)) for _ in range(2)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert not Message.objects.filter(state="queued", channel="sms").exists()
    raise SystemExit(max(abs(one.exitcode or 0) for one in crew))


if __name__ == "__main__":
    main()
