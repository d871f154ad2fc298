import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from motcua.config.command import Command as OurCommand
from motcua.people import accounts
from motcua.people.models import Role


class Command(OurCommand):
    help = "Make an account, or give one that exists another role; the password comes from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True, metavar="FULL NAME")
        parser.add_argument("--title", default="")
        parser.add_argument(
            "--field", action="append", default=[], help="a specialist's field of work; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = accounts.add_officer(
            unit_code=options["unit"],
            role=Role(options["role"]),
            username=options["username"],
            full_name=options["name"],
            title=options["title"],
            fields=options["field"],
            password=_password,
        )
        self.stdout.write(f"{user.username}: {options['role']} in {options['unit']}")


def _password() -> str:
    """Asked for only when the account is new; typed without echo, or piped in."""
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
