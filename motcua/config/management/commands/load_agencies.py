from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from motcua.config.command import Command as OurCommand
from motcua.people.load_agencies import DATA, load_agencies


class Command(OurCommand):
    help = "Make the agencies of interlinked procedures at every unit of their level (kind, suffix, level, name)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", default=DATA, help="default: those of our catalogue"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_agencies(options["file"])
        self.stdout.write(f"agencies: {loaded.made} made, {loaded.changed} changed, {loaded.same} as before")
