"""`python -m bench [setup] [life] [http] [deadlines] [papers]`: all of it, or the parts named.

Without an (empty) PostgreSQL in MOTCUA_DATABASE_URL a throwaway one is started, which writes to the disk as one in
production does. A data base with anything in it is refused. Local state goes to a temporary folder.
"""

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType

PARTS = ("life", "http", "setup", "deadlines", "papers")
WITH_DATA = {"life", "http", "setup"}
DOSSIERS = 100_000
DUE_DATES = 200_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all when none is named"
    )
    parser.add_argument(
        "--dossiers", type=int, default=DOSSIERS, help="in the data base before it is measured"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    parts, begin = arguments.parts or PARTS, time.perf_counter()
    with ExitStack() as stack:
        if WITH_DATA & set(parts):
            prepare(stack, arguments.dossiers if {"life", "http"} & set(parts) else 0)
        for part in PARTS:
            if part in parts:
                print(f"\n== {part}")
                run(part)
    print(f"\n{time.perf_counter() - begin:.0f} s in all; load {os.getloadavg()[0]:.1f} afterwards")


def _stop(number: int, frame: FrameType | None) -> None:
    """Leave as after an error: servers, processes and folders of ours go too."""
    raise SystemExit(128 + number)


def prepare(stack: ExitStack, dossiers: int) -> None:
    """Django, over a data base with a province in it."""
    home = stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-bench-"))
    if not os.environ.get("MOTCUA_DATABASE_URL", "").startswith("postgres"):
        from tests.postgres import cluster

        os.environ["MOTCUA_DATABASE_URL"] = stack.enter_context(cluster(fsync=True))
    os.environ |= {"MOTCUA_HOME": home, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
    import django

    django.setup()
    from django.db import connection

    if connection.introspection.table_names():
        raise SystemExit("MOTCUA_DATABASE_URL: measurements need an empty data base, this one has tables")
    stack.callback(connection.close)
    machine()
    from bench import fill, province

    timed("the province, with officers at every desk", province.set_up)
    if dossiers:
        timed(f"{dossiers:,} dossiers", lambda: fill.fill(dossiers))


def machine() -> None:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores, load {load:.1f} before; Python {platform.python_version()}, "
        f"Django {django.__version__}, PostgreSQL {version.split()[0]}, fsync {fsync}"
    )


def timed(what: str, act: Callable[[], None]) -> None:
    begin = time.perf_counter()
    act()
    print(f"made: {what} ({time.perf_counter() - begin:.0f} s)")
    sys.stdout.flush()


def run(part: str) -> None:
    if part == "life":
        from bench import life

        life.main()
    elif part == "http":
        from bench import pages

        pages.main()
    elif part == "setup":
        from bench import setup

        setup.main()
    elif part == "papers":
        from bench import papers

        papers.main()
    else:
        from bench import deadlines

        deadlines.main(DUE_DATES)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
