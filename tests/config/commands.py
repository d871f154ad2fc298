"""`motcua WORDS…` without a process of its own: the words are read and the command is run as from a shell.

The real command closes the connection when it is done, and with it a test's transaction.
"""

from typing import NamedTuple

import pytest
from django.core.management import load_command_class


class Said(NamedTuple):
    status: int
    out: str
    err: str


def motcua(capsys: pytest.CaptureFixture[str], name: str, *words: object) -> Said:
    command = load_command_class("motcua.config", name.replace("-", "_"))
    command._called_from_command_line = True
    status = 0
    try:
        options = command.create_parser("motcua", name).parse_args([str(word) for word in words])
        command.execute(**vars(options))
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    return Said(status, *capsys.readouterr())
