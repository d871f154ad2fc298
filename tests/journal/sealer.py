"""A worker at midnight: `python -m tests.journal.sealer DAYS`; with `HELD`, it keeps its transaction open until told."""

import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.journal import seals  # noqa: E402


def seal(days: int) -> int:
    return seals.seal_days(timezone.now() + timedelta(days=days))


if len(sys.argv) > 2:
    held = Path(sys.argv[2])
    with transaction.atomic():
        made = seal(int(sys.argv[1]))
        held.touch()
        while not held.with_suffix(".go").exists():
            time.sleep(0.01)
else:
    made = seal(int(sys.argv[1]))
sys.stdout.write(f"made {made}\n")
