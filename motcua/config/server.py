"""The web server and the worker as two children of one process: stop it and both stop; a dead worker is replaced."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles import finders

STOP_SECONDS = 8
PAUSE_SECONDS = 0.2


def assets_are_old() -> bool:
    """Whether a source of our assets is newer than what the server gives out."""
    made = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not made.exists():
        return True
    sources = (
        Path(storage.path(name)) for finder in finders.get_finders() for name, storage in finder.list([])
    )
    return any(source.stat().st_mtime > made.stat().st_mtime for source in sources)


def serve(host: str, port: int, workers: int) -> int:
    """Run until told to stop, or until the web server ends by itself; its exit status."""
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    web, worker = _web(host, port, workers), _worker()
    while not told and web.poll() is None:
        if worker.poll() is not None:
            time.sleep(1)  # not faster: a worker that dies at once should not fill the machine
            worker = _worker()
        time.sleep(PAUSE_SECONDS)
    _end(web, worker)
    return 0 if told else int(web.returncode or 0)


def _web(host: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    """Granian, one thread a process: Django's pages are Python work, more threads only wait for each other."""
    count = workers or os.cpu_count() or 1
    words = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(count)]
    words += [
        "--blocking-threads",
        "1",
        "--no-ws",
        "--log-level",
        "warning",
        "motcua.config.wsgi:application",
    ]
    return subprocess.Popen([sys.executable, "-m", "granian", *words])  # noqa: S603  our own words


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "motcua", "worker"])


def _end(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
