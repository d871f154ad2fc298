"""How long it takes to check every procedure at every unit (R13), and how much of it is reading, by raw SQL."""

import time
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.pages import floor
from motcua.catalog.checker import setup_counts
from motcua.catalog.models import Offering, Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.catalog.routes import make_route
from motcua.people.models import Unit, UnitLevel

PAIRS = 30_822
"""What the province had on its lists in November 2019."""
REPEATS = 5


def main() -> None:
    fill(PAIRS)
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as captured:
        counts = setup_counts("46.", today)
    waits, busy = [], []
    for _repeat in range(REPEATS):
        begin, began = time.perf_counter(), time.process_time()
        setup_counts("46.", today)
        waits.append((time.perf_counter() - begin) * 1000)
        busy.append((time.process_time() - began) * 1000)
    ours, raw = median(waits), floor([query["sql"] for query in captured.captured_queries])
    print(
        f"{counts['offerings']:,} pairs checked in {ours:.0f} ms ({median(busy):.0f} ms of this process), "
        f"{len(captured)} queries; the same rows by SQL alone {raw:.0f} ms: {ours / raw:.1f} times"
    )
    print(f"set up {counts['set_up']:,}, correctly {counts['set_up_correctly']:,}; median of {REPEATS}")


def fill(pairs: int) -> None:
    """As many pairs: procedures like ours until there are enough, on every commune's list in turn."""
    communes = list(Unit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None).values_list("pk", flat=True))
    known = list(current().exclude(limit="").order_by("pk"))
    for number in range(-(-pairs // len(communes)) - current().count()):
        _another(number, known[number % len(known)])
    procedures = list(current().order_by("procedure").values_list("procedure", flat=True))
    Offering.objects.all().delete()
    wanted = [(unit, procedure) for procedure in procedures for unit in communes][:pairs]
    Offering.objects.bulk_create(
        (Offering(unit_id=unit, procedure_id=procedure) for unit, procedure in wanted), batch_size=5000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _another(number: int, like: ProcedureVersion) -> None:
    version = ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code=f"X.{number:06d}", is_simulated=True),
        number=1,
        published_at=timezone.now(),
        name=like.name,
        field=like.field,
        limit=like.limit,
        limit_confirmed=True,
    )
    make_route(version)
