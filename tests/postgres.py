"""A private PostgreSQL server that lives as long as one command, made from the system's binaries.

`python -m tests.postgres [--fsync] -- COMMAND …` runs COMMAND with MOTCUA_DATABASE_URL set. Nobody else can reach
the server: it listens on a socket in a temporary folder only. Without --fsync it may lose data when the machine
stops, which makes tests quick; with it, it writes as in production, which makes measurements true.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg

FORGETFUL = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",  # nothing lives long enough
    "jit=off",  # without statistics it compiles what runs once
)


def binaries() -> Path:
    """The folder of the newest initdb: Debian keeps each version in a place of its own."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))],
    )
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise SystemExit("No PostgreSQL server on this machine: run `make setup-dev`.")
    return (found[-1] if found else Path(str(on_path)).resolve()).parent


@contextmanager
def cluster(*, fsync: bool = False) -> Iterator[str]:
    """Yields the URL of an empty data base on a new server; the server is gone afterwards."""
    # PostgreSQL refuses to run as root. The two folders: /tmp is often in memory, /var/tmp is on the disk.
    owner = "postgres" if os.geteuid() == 0 else None
    place = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir="/var/tmp" if fsync else "/tmp"))  # noqa: S108
    try:
        if owner:
            shutil.chown(place, owner, owner)
        with _server(place, owner, settings=() if fsync else FORGETFUL):
            with _connect(place) as connection:
                connection.execute("CREATE DATABASE motcua")
            yield f"postgresql://postgres@/motcua?host={place}"
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _server(place: Path, owner: str | None, settings: tuple[str, ...]) -> Iterator[None]:
    # setpriv: the server also goes when we are killed without a chance to stop it.
    prefix = ["setpriv", "--pdeathsig", "QUIT"]
    if owner:
        prefix += [f"--reuid={owner}", f"--regid={owner}", "--clear-groups"]
    log, data, tools = place / "log", place / "data", binaries()
    settings = (f"unix_socket_directories={place}", "listen_addresses=", "max_connections=100", *settings)
    initdb = f"{tools}/initdb -D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync".split()
    with log.open("wb") as sink:
        made = subprocess.run([*prefix, *initdb], cwd=place, stdout=sink, stderr=sink, check=False)
        if made.returncode:
            raise SystemExit(f"initdb failed:\n{log.read_text()}")
        server = subprocess.Popen(
            [*prefix, tools / "postgres", "-D", data, *(f"--{setting}" for setting in settings)],
            cwd=place,
            stdout=sink,
            stderr=sink,
            start_new_session=True,  # Ctrl-C is for the command; the server stops after it
        )
    try:
        _wait_for(place, server)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: what it would still write is thrown away
        server.wait()


def _wait_for(place: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return _connect(place).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL did not start:\n{(place / 'log').read_text()}") from None
            time.sleep(0.02)


def _connect(place: Path) -> psycopg.Connection:
    return psycopg.connect(host=str(place), port=5432, user="postgres", dbname="postgres", autocommit=True)


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signal_number)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.postgres", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--fsync", action="store_true", help="write to the disk as in production")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with cluster(fsync=arguments.fsync) as url:
        # PGPORT and its kin would bend the address.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        command = subprocess.Popen(arguments.command, env=environment | {"MOTCUA_DATABASE_URL": url})
        try:
            return command.wait()
        except KeyboardInterrupt:
            return command.wait()  # the terminal told the command too
        except SystemExit:
            command.terminate()
            command.wait()
            raise


if __name__ == "__main__":
    sys.exit(main())
