from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from motcua.catalog.bulk_offer import carry_out
from motcua.catalog.errors import OfferRefused
from motcua.catalog.offer_file import read_offers
from motcua.config.command import Command as OurCommand
from motcua.people.officer import NOBODY


class Command(OurCommand):
    help = (
        "Put procedures on units' lists or take them off, from a CSV or XLSX file (unit, procedure, action)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--decision", default="", metavar="WORDS", help="by which decision")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {options['file']}: {error.strerror}.") from error
        try:
            lines = read_offers(content)
        except OfferRefused as refusal:
            rows = "; ".join(f"dòng {number}: {words}" for number, words in refusal.rows)
            raise CommandError(f"{refusal} {rows}".strip()) from refusal
        done = carry_out(NOBODY, lines, timezone.now(), decision=options["decision"], by_command=True)
        self.stdout.write(
            f"offerings: {len(done.added)} added, {len(done.removed)} withdrawn, {done.same} as before"
        )
