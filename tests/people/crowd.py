"""Several administrators who act at once: `python -m tests.people.crowd`. Each says what became of it as JSON."""

import json
import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from motcua.dossiers import endings  # noqa: E402
from motcua.dossiers.actions import Act  # noqa: E402
from motcua.journal.errors import Refused  # noqa: E402
from motcua.people import appointments, counters, unit_facts  # noqa: E402
from motcua.people.appointments import Account, Appointment  # noqa: E402
from motcua.people.counters import Plan  # noqa: E402
from motcua.people.models import Grant, Role, Unit  # noqa: E402
from tests.cast import played  # noqa: E402

FIRST, SECOND = "quantri", "hai.tinh"
Job = Callable[[], object]


def main() -> None:
    now, province = timezone.now(), Unit.objects.get(code="46")
    first = played(FIRST).officer
    appointments.appoint(first, province, Account(SECOND, "Người Hai"), Appointment(Role.ADMINISTRATOR), now)
    connection.close()  # each process opens its own
    forked = multiprocessing.get_context("fork")
    gun = forked.Barrier(8)
    jobs = [("appoint", n) for n in range(3)] + [("counter", n) for n in range(2)]
    jobs += [("identify", 0), ("end", 0), ("end", 1)]
    crowd = [forked.Process(target=one, args=(*job, gun)) for job in jobs]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    raise SystemExit(max(abs(process.exitcode or 0) for process in crowd))


def one(what: str, number: int, gun: Barrier) -> None:
    """Everybody has read who he is before the first acts."""
    job = job_of(what, number)
    gun.wait(60)
    try:
        job()
        said = ""
    except Refused as refusal:
        said = str(refusal)
    sys.stdout.write(json.dumps({"what": what, "refused": said}) + "\n")


def job_of(what: str, number: int) -> Job:
    now, unit = timezone.now(), Unit.objects.get(code="19798")
    me, other = (played(name) for name in ((FIRST, SECOND) if number == 0 else (SECOND, FIRST)))
    if what == "appoint":
        account = Account("cung.luc", "Người Mới")
        return lambda: appointments.appoint(me.officer, unit, account, Appointment(Role.CLERK), now)
    if what == "counter":
        return lambda: counters.save_counter(me.officer, unit, Plan(1, "", frozenset()), now)
    if what == "identify":
        return lambda: unit_facts.set_identifier(
            me.officer, unit, "H57.1.19", "", timezone.localdate(now), now
        )
    if number == 0:
        return lambda: endings.close_account(Act(me.officer, now), other.user.pk)
    grant = Grant.objects.select_related("unit").get(user=other.user, role=Role.ADMINISTRATOR)
    return lambda: endings.end_role(Act(me.officer, now), grant.pk, timezone.localdate(now))


if __name__ == "__main__":
    main()
