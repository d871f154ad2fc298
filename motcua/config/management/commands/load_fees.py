from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.catalog.actions import set_fees
from motcua.catalog.load_fees import read_file
from motcua.catalog.queries import version_called
from motcua.config.command import Command as OurCommand
from motcua.people.officer import NOBODY


class Command(OurCommand):
    help = (
        "Publish fees from a CSV file that the province typed from a decision; running dossiers keep theirs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        changed = 0
        typed = read_file(options["file"])
        for row in typed:
            old = version_called(row.code)
            new = set_fees(NOBODY, old.procedure_id, row.fees, row.decision, timezone.now())
            changed += new.pk != old.pk
        self.stdout.write(f"fees: {changed} procedures changed, {len(typed) - changed} as before")
