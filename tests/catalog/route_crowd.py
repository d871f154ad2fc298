"""What one of several processes does in tests of concurrency: `python -m tests.catalog.route_crowd WHAT …`.

Each says what became of it as one line of JSON. `--hold FILE`: make FILE when the act is done but not committed, and
commit when FILE.go is there.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.catalog import adapting  # noqa: E402
from motcua.catalog.bulk_offer import Line, What, carry_out  # noqa: E402
from motcua.catalog.models import Route  # noqa: E402
from motcua.catalog.queries import version_called  # noqa: E402
from motcua.catalog.stages import stages_in  # noqa: E402
from motcua.catalog.taking_over import take_over  # noqa: E402
from motcua.catalog.ways import way_at  # noqa: E402
from motcua.journal.errors import Refused  # noqa: E402
from motcua.people import queries as people  # noqa: E402
from motcua.people.models import Unit, User  # noqa: E402
from tests.cast import GUARDIANSHIP, Played  # noqa: E402
from tests.catalog.routes import REASON, drawn, split  # noqa: E402

UNIT = "19798"
PATIENCE_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=[*ACTS])
    parser.add_argument("account")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--hold", type=Path)
    asked = parser.parse_args()
    user = User.objects.get(username=asked.account)
    officer = people.officer(user.pk, user.full_name)
    try:
        with transaction.atomic():
            done = ACTS[asked.what](Played(user, officer), *asked.words)
            if asked.hold:
                asked.hold.touch()
                wait_for(asked.hold.with_suffix(".go"))
    except Refused as refusal:
        say(what=asked.what, refused=str(refusal))
    else:
        say(what=asked.what, refused="", done=done)


def draw(who: Played) -> int:
    """The province's template with another split."""
    base = way_at(unit(), version_called(GUARDIANSHIP).procedure_id).base
    assert base is not None
    return drawn(who, split(stages_in(base), 40, 1000, 400, 0)).pk


def adapt(who: Played, shown: str) -> int:
    """The commune's own split of the template that its page had shown."""
    procedure_id = version_called(GUARDIANSHIP).procedure_id
    stages = split(stages_in(Route.objects.get(pk=int(shown))), 60, 1200, 180, 0)
    return adapting.adapt(
        who.officer, unit().pk, procedure_id, stages, REASON, timezone.now(), shown_id=int(shown)
    ).pk


def withdraw(who: Played, code: str) -> int:
    lines = [Line(unit().pk, version_called(code).procedure_id, What.WITHDRAW)]
    return len(carry_out(who.officer, lines, timezone.now()).removed)


def confirm(who: Played) -> int:
    """All that a page could have shown by now."""
    return take_over(who.officer, unit().pk, 2**31, timezone.now())


def unit() -> Unit:
    return Unit.objects.get(code=UNIT)


ACTS: dict[str, Callable[..., int]] = {"draw": draw, "adapt": adapt, "withdraw": withdraw, "confirm": confirm}


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main()
