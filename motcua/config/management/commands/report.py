import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from motcua.config.command import Command as OurCommand
from motcua.journal.errors import Refused
from motcua.people.queries import unit_called
from motcua.statistics.report import report
from motcua.statistics.tree import top

FORMATS = ("json", "xlsx", "pdf", "docx")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2019-11-15") from error


class Command(OurCommand):
    help = "The periodic report of a unit and all below it (R70, R71): the province without --unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", required=True, type=day, metavar="D", dest="first")
        parser.add_argument("--to", required=True, type=day, metavar="D", dest="last", help="included")
        parser.add_argument("--unit", metavar="CODE", help="statistical code or identifier")
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="else on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] != "json":
            raise Refused(f"Báo cáo dạng {options['format']} chưa có trong bản này; dùng --format json.")
        unit = unit_called(options["unit"]) if options["unit"] else top()
        said = json.dumps(report(unit, options["first"], options["last"]), ensure_ascii=False, indent=2)
        if options["output"] is None:
            self.stdout.write(said)
            return
        try:
            options["output"].write_text(f"{said}\n", encoding="utf-8")
        except OSError as error:
            raise Refused(f"Không ghi được {options['output']}: {error.strerror}") from error
