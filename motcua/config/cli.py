"""The `motcua` command: ours, and Django's own management commands.

Exit status: 0 done; 1 refused, one line on standard error; 2 wrong arguments (docs/commands.md).
"""

import os
import sys

from django.core.management import ManagementUtility


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    words = list(argv if argv is not None else sys.argv)
    if len(words) > 1 and not words[1].startswith("-"):
        words[1] = words[1].replace("-", "_")  # load-units is the module load_units
    try:
        ManagementUtility(words).execute()
    except (BrokenPipeError, KeyboardInterrupt):
        raise SystemExit(1) from None
