"""`motcua serve` with its worker, as a counter meets it, on a data base of its own."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases
from tests.databases import IsolatedDatabase

OWED = "UPDATE journal_reaction SET done_at = due_at WHERE handler IN ('papers.receipt', 'papers.refusal', 'papers.slip')"
"""Three hundred papers of the demo's past: to set them would keep a core busy through a whole walk. Who opens one has it."""


@contextmanager
def serving(database: IsolatedDatabase) -> Iterator[str]:
    """Yields the server's address. It must stop when told to, and leave nobody behind."""
    database.sql(OWED)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = database.start("serve", "--port", port, MOTCUA_PUBLIC_URL=address, MOTCUA_SMS="file")
    _wait_for_answer(address, process, database.log)
    yield address
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"motcua serve did not stop within 10 s:\n{database.log.read_text()}") from None
    assert not databases.leaves_children(process), "motcua serve left a process behind"


def _wait_for_answer(address: str, process: subprocess.Popen[str], log: Path) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return  # a refusal is an answer too
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"motcua serve does not answer:\n{log.read_text()}")
