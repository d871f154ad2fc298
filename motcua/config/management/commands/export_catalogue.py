from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from motcua.catalog.exchange.export import exported
from motcua.catalog.exchange.formats import FORMATS
from motcua.config.command import Command as OurCommand


class Command(OurCommand):
    help = "Write all procedures in force with papers, fees and routes into a file: .json, .xlsx or .csv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["output"]
        form = FORMATS.get(path.suffix.lower().removeprefix("."))
        if form is None:
            raise CommandError("Tên tệp phải kết thúc bằng .json, .xlsx hoặc .csv.")
        rows = exported()
        try:
            path.write_bytes(form.write(rows))
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
        self.stdout.write(f"procedures: {len(rows)} written")
