"""Life events: what happens in a citizen's life, and which procedures it brings (data/life_events.csv)."""

import csv
from pathlib import Path

from django.db import transaction

from motcua.catalog.models import LifeEvent, Procedure

DATA = Path(__file__).parent / "data" / "life_events.csv"


@transaction.atomic
def load_life_events(path: Path = DATA) -> int:
    """Make events that are missing, and give procedures without any event those of the file; how many links are new.

    What somebody has arranged stays: an event that is there keeps its words, a procedure that has an event keeps
    its own. The same file again changes nothing.
    """
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    free = dict(Procedure.objects.filter(life_events=None).values_list("code", "pk"))
    links = []
    for position, row in enumerate(rows, start=1):
        wanted = [free[code] for code in row["codes"].split() if code in free]
        if not wanted:
            continue
        event, _made = LifeEvent.objects.get_or_create(
            name=row["name"], defaults={"words": row["words"], "position": position}
        )
        links += [Procedure.life_events.through(procedure_id=pk, lifeevent_id=event.pk) for pk in wanted]
    Procedure.life_events.through.objects.bulk_create(links)
    return len(links)
