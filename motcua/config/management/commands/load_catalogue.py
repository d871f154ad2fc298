from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from motcua.catalog.errors import BadCatalogue
from motcua.catalog.exchange.formats import FORMATS
from motcua.catalog.exchange.load import Loading, load
from motcua.catalog.exchange.plan import Kind
from motcua.config.command import Command as OurCommand
from motcua.people.officer import NOBODY


class Command(OurCommand):
    help = "Publish what a file of `export-catalogue` says otherwise; what it does not name stays. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--decision", required=True, help="number of the decision")
        parser.add_argument("--decided", type=date.fromisoformat, help="its day; today")
        parser.add_argument("--from", dest="starts", type=date.fromisoformat, help="in force from; today")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        form = FORMATS.get(path.suffix.lower().removeprefix("."))
        if form is None:
            raise CommandError("Tên tệp phải kết thúc bằng .json, .xlsx hoặc .csv.")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
        now = timezone.now()
        today = timezone.localdate(now)
        loading = Loading(options["decision"], options["decided"] or today, options["starts"] or today)
        try:
            done = load(NOBODY, form.read(content), loading, now)
        except BadCatalogue as bad:
            for fault in bad.faults:
                self.stdout.write(fault)
            raise CommandError(f"{path.name}: {len(bad.faults)} lỗi, không nạp gì.") from bad
        counts = {kind: len(done.of(kind)) for kind in Kind}
        self.stdout.write(
            f"procedures: {counts[Kind.NEW]} new, {counts[Kind.CHANGED]} changed, "
            f"{counts[Kind.ROUTE]} with another route or life event, {counts[Kind.SAME]} as before, "
            f"{len(done.missing)} not in the file"
        )
        for warning in done.warnings:
            self.stdout.write(warning)
