"""What one of many processes does in tests of concurrency: `python -m tests.dossiers.crowd WHAT …`, started by a test.

Each says what became of it as one line of JSON. `--hold FILE`: make FILE when the act is done but not committed, and
commit when FILE.go is there.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.catalog.queries import version_called  # noqa: E402
from motcua.dossiers import actions  # noqa: E402
from motcua.dossiers.actions import (  # noqa: E402
    Act,
    Applicant,
    Brought,
    Letter,
    PaperTick,
    Reception,
    Wanted,
)
from motcua.dossiers.choices import LateReason  # noqa: E402
from motcua.dossiers.clock import aware  # noqa: E402
from motcua.dossiers.models import Apology, Dossier  # noqa: E402
from motcua.journal.errors import Refused  # noqa: E402
from motcua.people import queries as people  # noqa: E402
from motcua.people.actions import correct_calendar  # noqa: E402
from motcua.people.models import DayKind, User  # noqa: E402
from motcua.people.officer import Officer  # noqa: E402
from motcua.results import actions as results  # noqa: E402
from motcua.results import apologies, faults  # noqa: E402
from motcua.results.actions import Collected, ResultFacts  # noqa: E402
from motcua.results.faults import Recall  # noqa: E402

GUARDIANSHIP = "1.004837"
PATIENCE_SECONDS = 30
WORKLOAD = Letter(LateReason.WORKLOAD)


class SecondThoughts(Exception):
    """Something goes wrong after the dossier was written and before it was committed."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["receive", *ACTS])
    parser.add_argument("account")
    parser.add_argument("number", type=int, help="how many each receives; or the dossier's id")
    parser.add_argument("--counters", type=int, default=1, help="so many processes receive at once")
    parser.add_argument("--hold", type=Path)
    asked = parser.parse_args()
    if asked.what != "receive":
        act(officer_called(asked.account), asked.what, asked.number, asked.hold)
        return
    forked = multiprocessing.get_context("fork")  # before any connection is there; each opens its own
    gun = forked.Barrier(asked.counters)
    counters = [
        forked.Process(target=receive, args=(asked.account, asked.number, gun, place))
        for place in range(asked.counters)
    ]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    raise SystemExit(max(abs(counter.exitcode or 0) for counter in counters))


def officer_called(account: str) -> Officer:
    user = User.objects.get(username=account)
    return people.officer(user.pk, user.full_name)


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not file.exists():
        if time.monotonic() > deadline:
            raise SystemExit(f"{file} never came")
        time.sleep(0.01)


def receive(account: str, number: int, gun: Barrier, place: int) -> None:
    """Receive so many; the second counter has second thoughts at each other one."""
    officer = officer_called(account)
    gun.wait(PATIENCE_SECONDS)
    for count in range(number):
        if place == 1 and count % 2:
            with suppress(SecondThoughts), transaction.atomic():
                one(officer, count)
                raise SecondThoughts
        dossier = one(officer, count)
        say(code=dossier.code, number=dossier.register_number, id=dossier.pk)


def one(officer: Officer, number: int) -> Dossier:
    version = version_called(GUARDIANSHIP)
    paper = version.papers.filter(is_note=False)[0]
    applicant = Applicant(
        "Nguyễn Thị Đông", id_number=f"0461990{number:05d}"
    )  # the same people at all counters
    assert officer.desk
    return actions.receive(
        Act(officer, timezone.now()),
        officer.desk.unit_id,
        Reception(version.pk, applicant, (PaperTick(paper.pk, paper.kind, 1),), is_simulated=True),
    )


def holiday(act: Act, pk: int) -> Dossier:
    """The day on which a dossier is due is declared off, and due times follow."""
    due = Dossier.objects.get(pk=pk).due_at
    day = timezone.localdate(due)
    correct_calendar(act.officer, day, DayKind.OFF, "QĐ 99/QĐ-UBND")
    midnight = aware(datetime.combine(day, datetime.min.time()))
    actions.recount(midnight, midnight + timedelta(days=1), at=act.at, why="QĐ 99/QĐ-UBND")
    return Dossier.objects.get(pk=pk)


def ask(act: Act, pk: int) -> Dossier:
    return actions.ask_supplement(act, pk, (Wanted(first_paper(pk), "Mờ."),), reason="Chụp mờ.")


def bring(act: Act, pk: int) -> Dossier:
    return actions.resume(act, pk, (Brought(first_paper(pk), "original", 1),))


def first_paper(pk: int) -> int:
    return Dossier.objects.get(pk=pk).version.papers.filter(is_note=False).order_by("position")[0].pk


def foresee(act: Act, pk: int) -> Dossier:
    """The software looks ten days ahead, where all is late."""
    actions.foresee(act.at + timedelta(days=10))
    return Dossier.objects.get(pk=pk)


ACTS: dict[str, Callable[[Act, int], Dossier]] = {
    "holiday": holiday,
    "ask": ask,
    "bring": bring,
    "withdraw": lambda act, pk: actions.withdraw(act, pk, words="Đổi ý."),
    "forward": actions.forward,
    "send_back": lambda act, pk: actions.send_back(act, pk, words="Thiếu chữ ký."),
    "approve": results.approve,
    "note": lambda act, pk: actions.note(act, pk, words="Đã gọi."),
    "result": lambda act, pk: results.record(act, pk, ResultFacts(number="12/KQ-UBND")),
    "hand_over": lambda act, pk: results.hand_over(act, pk, Collected("Nguyễn Thị Đông")),
    "recall": lambda act, pk: faults.recall(act, pk, Recall("Sai năm sinh.")),
    "finish": actions.finish,
    "draft": lambda act, pk: actions.draft(act, pk, WORKLOAD),
    "sign": lambda act, pk: apologies.sign(act, Apology.objects.get(dossier=pk).pk, WORKLOAD),
    "foresee": foresee,
}


def act(officer: Officer, name: str, pk: int, hold: Path | None) -> None:
    try:
        with transaction.atomic():
            dossier = ACTS[name](Act(officer, timezone.now()), pk)
            if hold:
                hold.touch()
                wait_for(hold.with_suffix(".go"))
    except Refused as refusal:
        say(refused=type(refusal).__name__)
    else:
        say(refused="", step=dossier.step_kind, revision=dossier.revision)


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main()
