"""What our commands share: a refusal is one line on standard error and status 1."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from motcua.journal.errors import Refused


class Command(BaseCommand):
    """A command whose refusals are read by scripts as well as by persons."""

    requires_migrations_checks = False

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (CommandError, Refused) as error:
            self._refuse(str(error), error)
        except (OperationalError, ProgrammingError) as error:
            reason = _not_ready()
            if not reason:
                raise
            self._refuse(reason, error)

    def _refuse(self, reason: str, error: Exception) -> NoReturn:
        self.stderr.write(" ".join(reason.split()), self.style.ERROR)
        raise SystemExit(1) from error


def _not_ready() -> str:
    """Why the data base cannot be used yet; empty: it can, and the error is ours."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        return f"Không mở được cơ sở dữ liệu: {error}"
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "Cơ sở dữ liệu chưa được tạo hoặc cập nhật. Chạy: motcua migrate"
    return ""
