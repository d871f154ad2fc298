"""What one of many processes does at a till: `python -m tests.cash.crowd WHAT …`, started by a test.

As tests.dossiers.crowd: one line of JSON for what became of it; `--hold FILE` commits when FILE.go is there.
"""

import argparse
import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path

from tests.dossiers.crowd import (  # sets Django up
    PATIENCE_SECONDS,
    SecondThoughts,
    officer_called,
    say,
    wait_for,
)

from django.db import transaction  # isort: skip
from django.utils import timezone

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge
from motcua.catalog.queries import version_called
from motcua.dossiers import actions
from motcua.dossiers.actions import Act, Applicant, PaperTick, Reception
from motcua.journal.errors import Refused
from motcua.people.officer import Officer

COPIES = "2.000815"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["receive", "till", *ACTS])
    parser.add_argument("account")
    parser.add_argument("number", type=int, help="how many each takes; or the dossier's id")
    parser.add_argument("--counters", type=int, default=1)
    parser.add_argument("--hold", type=Path)
    asked = parser.parse_args()
    officer = officer_called(asked.account)
    if asked.what == "receive":
        say(id=received(officer))
    elif asked.what == "till":
        at_once(asked.account, asked.number, asked.counters)
    else:
        act(Act(officer, timezone.now()), asked.what, asked.number, asked.hold)


def at_once(account: str, number: int, counters: int) -> None:
    from django.db import connection

    connection.close()  # each process opens its own
    forked = multiprocessing.get_context("fork")
    gun = forked.Barrier(counters)
    tills = [forked.Process(target=till, args=(account, number, gun, place)) for place in range(counters)]
    for one in tills:
        one.start()
    for one in tills:
        one.join()
    raise SystemExit(max(abs(one.exitcode or 0) for one in tills))


def till(account: str, number: int, gun: Barrier, place: int) -> None:
    """Take so many payments; the second till has second thoughts at each other one, the third voids each other one."""
    officer = officer_called(account)
    dossiers = [received(officer) for _ in range(number)]
    gun.wait(PATIENCE_SECONDS)
    for count, dossier in enumerate(dossiers):
        if place == 1 and count % 2:
            with suppress(SecondThoughts), transaction.atomic():
                pay(Act(officer, timezone.now()), dossier)
                raise SecondThoughts
        payment = pay(Act(officer, timezone.now()), dossier)
        if place == 2 and count % 2:
            cash.void(Act(officer, timezone.now()), payment.pk, reason="Nhầm.")
        say(number=payment.number)


def received(officer: Officer) -> int:
    version = version_called(COPIES)
    paper = version.papers.filter(is_note=False)[0]
    assert officer.desk
    reception = Reception(
        version.pk, Applicant("Nguyễn Thị Đông"), (PaperTick(paper.pk, paper.kind, 1),), is_simulated=True
    )
    return actions.receive(Act(officer, timezone.now()), officer.desk.unit_id, reception).pk


def pay(act: Act, dossier_id: int) -> Payment:
    fee = version_called(COPIES).fees.get()
    taking = Taking((Charge(fee.pk, units=2),), Method.CASH, "Nguyễn Thị Đông")
    return cash.pay(act, dossier_id, taking)


def close(act: Act, _dossier_id: int) -> object:
    assert act.officer.desk
    return cash.close_day(act, act.officer.desk.unit_id, timezone.localdate(), counted=0, reason="Chưa đếm.")


ACTS: dict[str, Callable[[Act, int], object]] = {"pay": pay, "close": close}


def act(by: Act, name: str, pk: int, hold: Path | None) -> None:
    try:
        with transaction.atomic():
            made = ACTS[name](by, pk)
            if hold:
                hold.touch()
                wait_for(hold.with_suffix(".go"))
    except Refused as refusal:
        say(refused=type(refusal).__name__)
    else:
        facts = {key: getattr(made, key, None) for key in ("number", "cash", "receipts")}
        say(refused="", day=str(made.day), **facts)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
