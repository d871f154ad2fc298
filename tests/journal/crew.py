"""Two workers at once: `python -m tests.journal.crew FILE`, started by a test.

Each writes a line to FILE when it begins with a receipt, and takes its time.
"""

import multiprocessing
import os
import sys
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

import django

django.setup()

from motcua.journal import reactions, worker  # noqa: E402
from motcua.journal.models import Entry, Reaction  # noqa: E402


def slow(file: Path) -> reactions.Handler:
    def handle(entry: Entry) -> None:
        with file.open("a") as lines:  # one short write: lines of two processes do not mix
            lines.write(f"{entry.pk} {os.getpid()}\n")
        time.sleep(0.02)

    return handle


def all_done() -> bool:
    return not Reaction.objects.filter(done_at=None).exists()


def work(file: Path, gun: Barrier) -> None:
    reactions._handlers["papers.receipt"] = slow(file)
    worker.PAUSE_SECONDS = 0.02
    gun.wait(30)
    worker.run(all_done)


def main(file: Path) -> None:
    forked = multiprocessing.get_context("fork")  # before any connection is there; each opens its own
    gun = forked.Barrier(2)
    crew = [forked.Process(target=work, args=(file, gun)) for _ in range(2)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    raise SystemExit(max(abs(one.exitcode or 0) for one in crew))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
