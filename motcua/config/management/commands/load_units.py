from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from motcua.config.command import Command as OurCommand
from motcua.people.load_units import load_units


class Command(OurCommand):
    help = "Create or update units from a CSV file (code, name_with_type, district_code, district_name)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_units(options["file"])
        self.stdout.write(f"units: {loaded.made} made, {loaded.changed} changed, {loaded.same} as before")
