"""Processes that are there at once: forks of one that has imported the house, not interpreters that import it anew.

To import Django and the house takes more than half a second, and tests of concurrency start a hundred processes. Each
is a process of its own with its own connection all the same: it is forked before any is open, and leads a group of its
own as one that is started.
"""

import multiprocessing
import os
import signal
import subprocess
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.newborn"])


def _begin(*what: object) -> None:
    from tests import newborn  # the nursery has it; whoever only asks for a process need not set Django up

    newborn.live(*what)


@dataclass
class Forked:
    """As much of subprocess.Popen as tests ask for."""

    args: list[str]
    _process: ForkServerProcess

    @classmethod
    def start(cls, words: list[str], environment: dict[str, str], out: Path, err: Path) -> Self:
        process = _nursery.Process(target=_begin, args=(words, environment, out, err))
        process.start()
        return cls(words, process)

    @property
    def pid(self) -> int:
        return int(self._process.pid or 0)

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
