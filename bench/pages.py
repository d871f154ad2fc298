"""Lists over HTTP with a full data base: requests a second and how long one waits, beside their SQL alone."""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.fill import BIG_UNIT
from bench.raw import connect
from motcua.dossiers.models import Dossier
from motcua.people.models import User
from motcua.rules.workflow import State

HOST = "127.0.0.1"
WORKERS = 2
CONNECTIONS = (1, 8)
REQUESTS = {1: 24, 8: 96}
"""In each round, by connections."""
ROUNDS = 3
REPEATS = 40
SECONDS_TO_START, SECONDS_TO_STOP = 60, 20


@dataclass(frozen=True, slots=True)
class Visit:
    """A list that an officer looks at."""

    name: str
    account: str
    page: str
    query: str = ""

    @property
    def path(self) -> str:
        return reverse(self.page) + self.query


VISITS = (
    Visit("work list, specialist", "tuphap", "work"),
    Visit("work list, whole unit", "tuphap", "work", "?muc=tat-ca"),
    Visit("approvals, leader", "lanhdao", "approvals"),
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a number of connections got, one request after the other on each."""

    per_second: float
    waits: list[float]
    """Of each request, in ms."""
    size: int
    """Of an answer as sent, in bytes."""


def main() -> None:
    here = Dossier.objects.filter(unit__code=BIG_UNIT)
    print(
        f"{Dossier.objects.count():,} dossiers, {here.count():,} of them in the unit that is looked at, "
        f"{here.filter(state=State.PROCESSING).count():,} open there; {WORKERS} server processes"
    )
    with served() as port:
        clients = {visit.account: _logged_in(visit.account) for visit in VISITS}
        sql = {visit: _sql(visit, clients[visit.account][0]) for visit in VISITS}
        for visit in VISITS:  # every process has met every page
            visit_all(port, visit, clients[visit.account], 4 * WORKERS)
        rounds: dict[tuple[Visit, int], list[Load]] = {}
        floors: dict[Visit, list[float]] = {}
        for _round in range(ROUNDS):
            for visit in VISITS:
                floors.setdefault(visit, []).append(floor(sql[visit][1]))
                for count in CONNECTIONS:
                    load = visit_all(port, visit, clients[visit.account][:count], REQUESTS[count])
                    rounds.setdefault((visit, count), []).append(load)
    print(
        f"\n{'page':<24}{'connections':>12}{'requests/s':>12}{'p50 ms':>8}{'p95 ms':>8}{'kB':>6}"
        f"{'queries':>9}{'SQL ms':>8}{'SQL/p50':>9}"
    )
    for (visit, count), loads in rounds.items():
        waits = quantiles((wait for load in loads for wait in load.waits), n=20)
        p50, p95, alone = waits[9], waits[18], median(floors[visit])
        floor_words = f"{sql[visit][0]:>9}{alone:>8.1f}{alone / p50:>9.2f}" if count == 1 else ""
        print(
            f"{visit.name:<24}{count:>12}{median(load.per_second for load in loads):>12.1f}{p50:>8.1f}"
            f"{p95:>8.1f}{loads[0].size / 1000:>6.1f}{floor_words}"
        )
    print(
        f"median of {ROUNDS} rounds; SQL: the page's statements on dossiers (list and count), by psycopg alone"
    )


# -- the server ---------------------------------------------------------------------------------
@contextmanager
def served() -> Iterator[int]:
    """`motcua serve` on a free port of this machine, with its worker."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    words = ["serve", "--host", HOST, "--port", str(port), "--workers", str(WORKERS)]
    server = subprocess.Popen([sys.executable, "-m", "motcua", *words], stdout=subprocess.DEVNULL)
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            status, _body = ask(http.client.HTTPConnection(HOST, port, timeout=10), reverse("login"), "")
            if status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("motcua serve did not start")


# -- those who look -----------------------------------------------------------------------------
def _logged_in(account: str) -> list[Client]:
    """As many sessions of an officer as there are connections."""
    user = User.objects.get(username=f"{account}.{BIG_UNIT}")
    clients = [Client(SERVER_NAME=HOST) for _connection in range(max(CONNECTIONS))]
    for client in clients:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def visit_all(port: int, visit: Visit, clients: Sequence[Client], requests: int) -> Load:
    """Share a fixed number of requests out among as many connections as there are clients."""

    def one(client: Client) -> tuple[list[float], int]:
        server = http.client.HTTPConnection(HOST, port, timeout=60)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        waits, size = [], 0
        for _request in range(requests // len(clients)):
            begin = time.perf_counter()
            status, body = ask(server, visit.path, cookie)
            waits.append((time.perf_counter() - begin) * 1000)
            size = len(body)
            if status != http.HTTPStatus.OK:
                raise SystemExit(f"{visit.path} answered {status}")
        server.close()
        return waits, size

    begin = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(one, clients))
    seconds = time.perf_counter() - begin
    waits = [wait for each, _size in answers for wait in each]
    return Load(len(waits) / seconds, waits, answers[0][1])


def ask(server: http.client.HTTPConnection, path: str, cookie: str) -> tuple[int, bytes]:
    server.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = server.getresponse()
    return answer.status, answer.read()


# -- the page's SQL alone -----------------------------------------------------------------------
def _sql(visit: Visit, client: Client) -> tuple[int, list[str]]:
    """How many statements the page runs, and those that read dossiers."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(visit.path)
    if answer.status_code != http.HTTPStatus.OK:
        raise SystemExit(f"{visit.path} answered {answer.status_code}")
    run = [query["sql"] for query in captured.captured_queries]
    return len(run), [sql for sql in run if re.search(r'\bFROM "dossiers_dossier"', sql)]


def floor(statements: list[str]) -> float:
    """How long these take, in ms, all rows fetched, on a connection that stays open."""
    with connect(autocommit=True) as own:
        waits = []
        for _repeat in range(REPEATS):
            begin = time.perf_counter()
            for statement in statements:
                own.execute(statement).fetchall()
            waits.append((time.perf_counter() - begin) * 1000)
    return median(waits)
