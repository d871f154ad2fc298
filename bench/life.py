"""Dossiers per second through the whole life: the real actions beside the same rows by raw SQL."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.crew import ACTIONS, RAW, Crew, Pace
from bench.province import Desk, common, communes, desk_of, last_monday, live
from bench.raw import Writer, connect, pattern
from bench.rows import doubts

PROCESSES = (1, 2, 4)
ROUNDS = 5
SECONDS = 1.2


def main() -> None:
    codes = [unit.code for unit in communes()[-max(PROCESSES) :]]
    count(desk_of(codes[0]))
    cells = [("own unit each", n, codes[:n]) for n in PROCESSES]
    cells += [("all in one unit", n, codes[:1] * n) for n in PROCESSES[1:]]
    with Crew(max(PROCESSES)) as crew:
        for way in (ACTIONS, RAW):  # imports, connections, patterns of lives
            for units in codes, codes[:1] * len(codes):
                crew.pace(way, units, 0.1)
        paces: dict[tuple[str, int, str], list[Pace]] = {}
        for _round in range(ROUNDS):
            for name, n, units in cells:
                for way in (ACTIONS, RAW):
                    paces.setdefault((name, n, way), []).append(crew.pace(way, units, SECONDS))
    print(
        f"\n{'lives per second':<18}{'processes':>10}{'actions':>9}{'raw SQL':>9}{'ratio':>7}"
        "   lowest – highest   Python's CPU, ms a life"
    )
    for name, n, _units in cells:
        actions, raw = paces[name, n, ACTIONS], paces[name, n, RAW]
        ratios = sorted(a.per_second / b.per_second for a, b in zip(actions, raw, strict=True))
        rates = [median(pace.per_second for pace in side) for side in (actions, raw)]
        busy = [median(pace.busy_ms for pace in side) for side in (actions, raw)]
        print(
            f"{name:<18}{n:>10}{rates[0]:>9.1f}{rates[1]:>9.1f}{median(ratios):>7.2f}"
            f"   {ratios[0]:.2f} – {ratios[-1]:.2f}        {busy[0]:.1f} : {busy[1]:.1f}"
        )
    print(f"median of {ROUNDS} rounds of {SECONDS} s each, actions and raw SQL in turn")
    for code in codes:
        if found := next(doubts(code), None):
            raise SystemExit(f"what was measured does not hold: {found}")
    print("the journals of the units hold, and every dossier is what its journal says")


# -- what one life costs ------------------------------------------------------------------------
def count(desk: Desk) -> None:
    """Statements and rows written by one life, both ways."""
    chance, day, version = random.Random(1), last_monday(), common(desk)[0]
    life = pattern(desk, version, chance, day)
    live(desk, chance, version, day)  # what is read once a process has been read
    with tally_django() as written, CaptureQueriesContext(connection) as captured:
        live(desk, chance, version, day)
    kinds = Counter(_kind(query["sql"]) for query in captured.captured_queries)
    with connect(cursor_factory=Tally) as own:
        writer = Writer(desk, chance, own)
        writer.live(life)
        tally: Tally = writer.cursor  # type: ignore[assignment]
    raw_kinds = tally.kinds + Counter(dict.fromkeys(("BEGIN", "COMMIT"), len(life.transactions)))
    print(
        f"{'one life':<18}{'statements':>11}{'read':>6}{'lock':>6}{'insert':>8}{'update':>8}"
        f"{'begin … commit':>16}{'savepoints':>12}{'rows written':>14}"
    )
    for name, kind, rows in (("by actions", kinds, written), ("by raw SQL", raw_kinds, tally.written)):
        print(
            f"{name:<18}{kind.total():>11}{kind['SELECT']:>6}{kind['LOCK']:>6}{kind['INSERT']:>8}{kind['UPDATE']:>8}"
            f"{kind['BEGIN'] + kind['COMMIT']:>16}{kind['SAVEPOINT'] + kind['RELEASE']:>12}{rows.total():>14}"
        )
    for table in sorted(written.keys() | tally.written.keys()):
        if written[table] != tally.written[table]:
            print(f"  {table}: {written[table]} rows by actions, {tally.written[table]} by raw SQL")


def _kind(sql: str) -> str:
    word = sql.split(None, 1)[0].upper()
    return "LOCK" if word == "SELECT" and "FOR UPDATE" in sql else word


def _written(sql: str, rows: int) -> Counter[str]:
    found = re.match(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', sql)
    return Counter({f"{found[1].split()[0].lower()} {found[2]}": rows}) if found else Counter()


@contextmanager
def tally_django() -> Iterator[Counter[str]]:
    """Rows written through Django's connection, by act and table."""
    written: Counter[str] = Counter()

    def wrapper(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        written.update(_written(sql, context["cursor"].rowcount))
        return answer

    with connection.execute_wrapper(wrapper):
        yield written


class Tally(psycopg.Cursor[Any]):
    """A cursor that counts what it runs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds: Counter[str] = Counter()
        self.written: Counter[str] = Counter()

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        super().execute(query, params, **options)
        self.kinds[_kind(query)] += 1
        self.written.update(_written(query, self.rowcount))
        return self
