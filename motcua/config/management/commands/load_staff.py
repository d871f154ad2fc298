import csv
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.config.command import Command as OurCommand
from motcua.people.errors import StaffRefused
from motcua.people.load_staff import load_staff
from motcua.people.models import User


class Command(OurCommand):
    help = "Make accounts and give roles from a CSV or XLSX file (unit, username, full_name, title, role, fields)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--passwords",
            type=Path,
            metavar="OUT.csv",
            help="give new accounts a password for the first log-in and write them there, readable by you only",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        path, out = options["file"], options["passwords"]
        try:
            with path.open("rb") as file:
                loaded = load_staff(path.name, file, None, timezone.now(), with_passwords=out is not None)
        except OSError as error:
            raise StaffRefused(f"Không đọc được tệp {path}: {error.strerror}.") from error
        if out is not None:
            _write(out, loaded.passwords)
        self.stdout.write(
            f"staff: {loaded.accounts} accounts made, {loaded.roles} roles given, "
            f"{loaded.retitled} titles changed, {loaded.same} as before"
        )


def _write(out: Path, rows: Sequence[tuple[User, str]]) -> None:
    """A new file with mode 600; one that is there is not written over: it may be the only copy of other passwords."""
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StaffRefused(f"Không ghi được tệp mật khẩu {out}: {error.strerror}.") from error
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("username", "full_name", "password"))
        writer.writerows((user.username, user.full_name, secret) for user, secret in rows)
