from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.config.command import Command as OurCommand
from motcua.config.management.commands.report import day
from motcua.dossiers import mergers
from motcua.journal.errors import Refused
from motcua.people import csv_file
from motcua.people.errors import BadUnitFile
from motcua.people.merging import Plan
from motcua.people.models import Merger, Role
from motcua.people.officer import Held, Officer
from motcua.people.queries import unit_called
from motcua.statistics.tree import top

COLUMNS = ("ends", "successor", "name", "district")
MOST = {"name": 120}


class Command(OurCommand):
    help = (
        "Plan mergers of communes from a file, all or none: which unit ends, which goes on, its name and its district "
        "from the day on (empty: as they are). Lines with the same successor are one merger."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help=", ".join(COLUMNS))
        parser.add_argument(
            "--on", required=True, type=day, metavar="D", help="the first day of the new order"
        )
        parser.add_argument("--decision", required=True)
        parser.add_argument(
            "--preview", action="store_true", help="say what would be planned, and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            plans = list(_plans(options["file"], options["on"], options["decision"]))
            made = [_plan(line, plan) for line, plan in plans]
            transaction.set_rollback(options["preview"])
        for merger in made:
            self.stdout.write(f"{merger.on}  {merger.title}")


def _plans(path: Path, on: date, decision: str) -> Iterator[tuple[str, Plan]]:
    """One for each successor, with the line of the file that named it first."""
    rows: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, cells in csv_file.read(path, COLUMNS, BadUnitFile, MOST):
        rows.setdefault(cells["successor"], []).append((line, cells))
    for code, same in rows.items():
        where = f"{path.name}, dòng {same[0][0]}"
        try:
            yield (
                where,
                Plan(
                    on=on,
                    decision=decision,
                    predecessors=tuple(
                        unit_called(cells["ends"]).pk for _line, cells in same if cells["ends"]
                    ),
                    successor_id=unit_called(code).pk,
                    name=next((cells["name"] for _line, cells in same if cells["name"]), ""),
                    parent_id=next(
                        (unit_called(cells["district"]).pk for _line, cells in same if cells["district"]),
                        None,
                    ),
                ),
            )
        except Refused as refusal:
            raise BadUnitFile(f"{where}: {refusal}") from refusal


def _plan(where: str, plan: Plan) -> Merger:
    try:
        return mergers.plan(_whoever_runs_this(), plan, timezone.now())
    except Refused as refusal:
        raise BadUnitFile(f"{where}: {refusal}") from refusal


def _whoever_runs_this() -> Officer:
    """Who has the machine's shell administers the province; the journal names nobody."""
    whole = top()
    held = Held(Role.ADMINISTRATOR, whole.pk, whole.code, whole.name, whole.path)
    return Officer(user_id=0, full_name="", held=(held,))
