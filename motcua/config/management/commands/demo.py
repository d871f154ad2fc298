import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from motcua.config import demo
from motcua.config.command import Command as OurCommand


class Command(OurCommand):
    help = "The trial province: migrate, load real data and a simulated cast, print the logins, serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self._say("Chuẩn bị cơ sở dữ liệu …")
        call_command("migrate", verbosity=0)
        demo.set_up(self._say)
        self.stdout.write("\nĐăng nhập (người và hồ sơ là mô phỏng; đơn vị, thủ tục, lịch nghỉ là thật):\n")
        for line in demo.logins():
            self.stdout.write(f"  {line}")
        if options["no_serve"]:
            return
        os.environ.setdefault(
            "MOTCUA_SMS", "file"
        )  # a trial sends nobody an SMS; what it would send can be read
        self.stdout.write("")
        call_command("serve", port=options["port"])

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
