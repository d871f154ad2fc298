import signal
from typing import Any

from motcua.config.command import Command as OurCommand
from motcua.journal import worker


class Command(OurCommand):
    help = "Work off reactions (receipts …) until told to stop; `serve` runs one beside the web server."

    def handle(self, *args: Any, **options: Any) -> None:
        told: list[int] = []
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda number, _frame: told.append(number))
        worker.run(lambda: bool(told))
