"""What a process of tests.nursery begins with: the house is imported and set up, and nothing is open yet."""

import os
import runpy
import sys
from pathlib import Path

import django

django.setup()

from django.conf import empty, settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils.connection import BaseConnectionHandler  # noqa: E402

import motcua.config.cli  # noqa: E402
import motcua.config.management.commands.verify  # noqa: E402
import motcua.config.urls  # noqa: E402
import tests.cast  # noqa: E402
import tests.dossiers.crowd  # noqa: F401, E402


def live(words: list[str], environment: dict[str, str], out: Path, err: Path) -> None:
    """`motcua WORDS…` or, for `-m`, `python WORDS…`, as if it had been started with this environment."""
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    _read_settings_anew()
    if words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        motcua.config.cli.main(["motcua", *words])


def _read_settings_anew() -> None:
    """They come from the environment (motcua.config.settings), and what was made of them before is forgotten."""
    del sys.modules["motcua.config.settings"]
    settings._wrapped = empty
    handlers: tuple[BaseConnectionHandler, ...] = (connections, caches)
    for handler in handlers:
        handler.__dict__.clear()
        handler.__init__()  # type: ignore[misc]
