"""What our commands share: a refusal is one line on standard error and status 1."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.journal.errors import Refused


class Command(BaseCommand):
    """A command whose refusals are read by scripts as well as by persons."""

    requires_migrations_checks = False

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (CommandError, Refused) as error:
            self.stderr.write(" ".join(str(error).split()), self.style.ERROR)
            raise SystemExit(1) from error
