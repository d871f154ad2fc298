"""Data bases of their own, for tests with real processes and real commits.

The journal refuses DELETE, so such a test can't clean up behind itself, and Django's transactional tests, which
empty every table, can't work at all. Instead each test gets a copy of a template and throws it away. The template is
the demo's province; one run of pytest builds it once, on the engine that MOTCUA_DATABASE_URL names. So it does with
the province on which tests in the process stand: each process of the run moves into a copy.
"""

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.nursery import Forked

MOTCUA = str(Path(sys.executable).with_name("motcua"))
SERVER = os.environ.get("MOTCUA_DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")


@dataclass
class IsolatedDatabase:
    """A data base and a home that no other test sees, and processes that live in them."""

    url: str
    home: Path
    processes: list[subprocess.Popen[str] | Forked] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to live here; nothing of the developer's own settings."""
        own = ("MOTCUA_", "DJANGO_")
        outside = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return outside | {
            "MOTCUA_DATABASE_URL": self.url,
            "MOTCUA_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def run(
        self, *words: object, check: bool = True, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """`motcua WORDS…`, waited for; with `check`, a failure ends the test with what the command said."""
        command, said = [str(word) for word in words], [self.home / name for name in ("out", "err")]
        for file in said:
            file.unlink(missing_ok=True)
        process = Forked.start(command, self.env, *said)
        self.processes.append(process)
        status = process.wait(timeout)
        out, err = (file.read_text(encoding="utf-8") for file in said)
        if check and status:
            raise AssertionError(f"motcua {' '.join(command)}: status {status}\n{out}{err}")
        return subprocess.CompletedProcess(command, status, out, err)

    def run_anew(self, *words: object) -> subprocess.CompletedProcess[str]:
        """`motcua WORDS…` as a shell starts it: the program itself, in an interpreter of its own."""
        return subprocess.run(
            [MOTCUA, *map(str, words)], env=self.env, capture_output=True, text=True, check=False, timeout=300
        )

    def start(self, *words: object, **environment: str) -> subprocess.Popen[str]:
        """`motcua WORDS…` as a shell starts it, left running, output in home/log; ended with the test."""
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [MOTCUA, *map(str, words)],
                env=self.env | environment,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_python(self, module: str, *words: object, **environment: str) -> Forked:
        """`python -m MODULE WORDS…`, a module of the tests, as `start`."""
        command = ["-m", module, *map(str, words)]
        process = Forked.start(command, self.env | environment, self.log, self.log)
        self.processes.append(process)
        return process

    @property
    def log(self) -> Path:
        return self.home / "log"

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """One statement past Django, committed: to look at what processes wrote, or to tamper with it."""
        if ON_POSTGRES:
            with psycopg.connect(self.url, autocommit=True) as connection:
                cursor = connection.execute(statement.encode(), values)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(_path(self.url), timeout=30, isolation_level=None)) as connection:
            return connection.execute(statement.replace("%s", "?"), values).fetchall()

    def end_processes(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def leaves_children(process: subprocess.Popen[str]) -> bool:
    """Whether others of its group still live a second after it has ended."""
    for _ in range(20):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


def template(folder: Path) -> IsolatedDatabase:
    """The demo's province."""

    def build(database: IsolatedDatabase) -> None:
        database.run("demo", "--no-serve")
        database.run("collectstatic", "--no-input")  # once here, not at the start of every server

    return _shared(folder, "template", build)


def ground(folder: Path) -> IsolatedDatabase:
    """The province without a dossier, and the tests' cast (tests.ground)."""

    def build(database: IsolatedDatabase) -> None:
        assert database.start_python("tests.ground").wait() == 0, database.log.read_text()

    return _shared(folder, "ground", build)


def _shared(folder: Path, name: str, build: Callable[[IsolatedDatabase], None]) -> IsolatedDatabase:
    """A data base in `folder` for all processes of one run: who comes first builds it."""
    home = folder / name
    url = _beside(name) if ON_POSTGRES else f"sqlite:///{home / 'motcua.sqlite3'}"
    built = IsolatedDatabase(url, home)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)  # another process began and failed
            home.mkdir()
            if ON_POSTGRES:
                _manage(f'DROP DATABASE IF EXISTS "{_name(url)}"', f'CREATE DATABASE "{_name(url)}"')
            build(built)
            (home / "complete").touch()
    return built


def move_in(original: IsolatedDatabase) -> None:
    """From now on this process's Django lives in a copy of `original`; on SQLite, in memory."""
    from django.db import connection

    connection.close()
    if ON_POSTGRES:
        name = _name(_beside(uuid.uuid4().hex[:12]))
        _manage(f'CREATE DATABASE "{name}" TEMPLATE "{_name(original.url)}"')
        connection.settings_dict["NAME"] = name
    else:
        connection.settings_dict["NAME"] = "file:motcua?mode=memory&cache=shared"
        connection.ensure_connection()
        with closing(sqlite3.connect(_path(original.url))) as source:
            source.backup(connection.connection)


def move_out() -> None:
    """The copy of `move_in` is gone."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.close()
    if ON_POSTGRES:
        _manage(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def clone(original: IsolatedDatabase, home: Path) -> Iterator[IsolatedDatabase]:
    """A copy of `original`, files included; its processes and its data are gone afterwards, its log stays."""
    shutil.copytree(original.home, home, dirs_exist_ok=True)
    if ON_POSTGRES:
        url = _beside(uuid.uuid4().hex[:12])
        _manage(f'CREATE DATABASE "{_name(url)}" TEMPLATE "{_name(original.url)}"')
    else:
        url = f"sqlite:///{home / 'motcua.sqlite3'}"
    database = IsolatedDatabase(url, home)
    try:
        yield database
    finally:
        database.end_processes()
        if ON_POSTGRES:
            _manage(f'DROP DATABASE "{_name(url)}" WITH (FORCE)')
        for left in set(home.iterdir()) - {database.log}:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _manage(*statements: str) -> None:
    """Creating and dropping: from another data base, outside any transaction."""
    with psycopg.connect(SERVER, dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _beside(suffix: str) -> str:
    """The URL of another data base on the tests' server."""
    parts = urlsplit(SERVER)
    # Not _replace(…).geturl(): without a host it would lose the slashes.
    return urlunsplit((parts.scheme, parts.netloc, f"/{_name(SERVER)}_{suffix}", parts.query, ""))


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")
