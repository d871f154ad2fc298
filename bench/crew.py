"""Processes that live dossiers for a while, all at once, and say how many they finished."""

import multiprocessing
import os
import random
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Self

ACTIONS, RAW = "actions", "raw"
SECONDS_TO_START = 0.05


@dataclass(frozen=True, slots=True)
class Order:
    """Live dossiers at a unit's desk in one of the two ways, from a moment of the monotonic clock on."""

    way: str
    unit_code: str
    start: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    lives: int
    seconds: float
    busy: float
    """Seconds of the processor, in Python; the data base's are not among them."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What some processes did together."""

    per_second: float
    busy_ms: float
    """Of the processor, for one life, in Python."""


class Crew:
    """As many processes as the widest measurement needs; those without an order sleep."""

    def __init__(self, size: int) -> None:
        context = multiprocessing.get_context("spawn")
        pipes = [context.Pipe() for _number in range(size)]
        self._ends: list[Connection] = [ours for ours, _theirs in pipes]
        self._processes = [
            context.Process(target=_work, args=(theirs, number), daemon=True)
            for number, (_ours, theirs) in enumerate(pipes)
        ]
        for process in self._processes:
            process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        for end, process in zip(self._ends, self._processes, strict=True):
            if kind is None:
                end.send(None)
            else:
                process.terminate()
        for process in self._processes:
            process.join()

    def pace(self, way: str, unit_codes: list[str], seconds: float) -> Pace:
        """Lives by one process at each of these desks."""
        start = time.monotonic() + SECONDS_TO_START
        ends = self._ends[: len(unit_codes)]
        for end, code in zip(ends, unit_codes, strict=True):
            end.send(Order(way, code, start, seconds))
        done: list[Done] = [end.recv() for end in ends]
        busy = sum(each.busy for each in done) / sum(each.lives for each in done)
        return Pace(sum(each.lives / each.seconds for each in done), busy * 1000)


def _work(orders: Connection, number: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    from bench.province import Desk, common, desk_of, last_monday, live
    from bench.raw import Pattern, Writer, connect, patterns
    from motcua.catalog.models import ProcedureVersion

    chance = random.Random(time.time_ns() + number)
    connection, day = connect(), last_monday()
    desks: dict[str, tuple[Desk, Writer, list[ProcedureVersion]]] = {}
    lives: list[Pattern] = []
    while (order := orders.recv()) is not None:
        if order.unit_code not in desks:
            desk = desk_of(order.unit_code)
            desks[order.unit_code] = desk, Writer(desk, chance, connection), common(desk)
            lives = lives or patterns(desk, chance)
        desk, writer, versions = desks[order.unit_code]
        while time.monotonic() < order.start:
            time.sleep(0.001)
        count, begin, busy = 0, time.monotonic(), time.process_time()
        while time.monotonic() < begin + order.seconds:
            if order.way == RAW:
                writer.live(chance.choice(lives))
            else:
                live(desk, chance, chance.choice(versions), day)
            count += 1
        orders.send(Done(count, time.monotonic() - begin, time.process_time() - busy))
