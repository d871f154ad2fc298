"""Sets a large paper in a process of its own, so that its memory ends with it.

Typst needs about 0.2 MB for a row of the register and keeps it for the next ten papers. A web process that printed
two registers would never be small again; a child process gives everything back, for 0.2 s.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from motcua.papers.typeset import render

PATIENCE: Final = 300
"""Seconds after which a paper is given up: five thousand rows take ten to twenty."""


class NotSet(RuntimeError):
    """The child process could not set the paper; the message is what it said."""


def render_apart(form: str, data: Mapping[str, Any], *, issued: datetime, **options: Any) -> bytes:
    """As `typeset.render`, without marks. Raises NotSet when the child fails or takes longer than PATIENCE."""
    order = {"form": form, "data": data, "issued": issued.isoformat(), "options": options}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "motcua.papers.apart"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"{form}: not ready after {PATIENCE} s") from error
    except subprocess.CalledProcessError as error:
        raise NotSet(f"{form}: {error.stderr.decode(errors='replace')[-500:]}") from error
    return child.stdout


def main() -> None:
    order = json.load(sys.stdin.buffer)
    issued = datetime.fromisoformat(order["issued"])
    sys.stdout.buffer.write(render(order["form"], order["data"], issued=issued, **order["options"]))


if __name__ == "__main__":
    main()
