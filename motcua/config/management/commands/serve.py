from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from motcua.config import server
from motcua.config.command import Command as OurCommand


class Command(OurCommand):
    help = "The production server, with its background worker beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=0, help="processes for pages; 0: one for each core"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if server.assets_are_old():
            call_command("collectstatic", interactive=False, verbosity=0, clear=False)
        self.stdout.write(f"http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        raise SystemExit(server.serve(options["host"], options["port"], options["workers"]))
