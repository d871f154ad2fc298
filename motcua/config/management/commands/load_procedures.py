from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from motcua.catalog.load_procedures import load_procedures
from motcua.config.command import Command as OurCommand


class Command(OurCommand):
    help = "Create or update procedures from a CSV file; limits and fees that cannot be read are listed, never guessed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_procedures(options["file"])
        self.stdout.write(
            f"procedures: {loaded.made} made, {loaded.changed} changed, {loaded.same} as before"
        )
        if loaded.kept:
            self.stdout.write(f"published by a decision, left alone: {', '.join(loaded.kept)}")
        self.stdout.write(f"limits: {loaded.without_limit} not published, {loaded.unconfirmed} not confirmed")
        for line in loaded.unreadable:
            self.stdout.write(f"limit not readable, left empty: {line}")
        for line in loaded.unreadable_fees:
            self.stdout.write(f"fee not readable, not charged: {line}")
