"""Who opened what on a day, as the day's seal holds it: one hash for each unit in whose name it was opened (R27).

The write on each page view stays one INSERT; the hash is made once, in the night. A reading that is taken away, put in
or altered afterwards no longer fits the seal, and the seal does not fit its root, which others keep.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from motcua.journal.chain import utc
from motcua.journal.models import Reading
from motcua.journal.seal_text import ReadingClaim

PIECE = 2000


def of(day: date) -> tuple[ReadingClaim, ...]:
    """What the rows of a local day come to now. One query, read in pieces."""
    start, end = (timezone.make_aware(datetime.combine(at, time())) for at in (day, day + timedelta(days=1)))
    rows = Reading.objects.filter(at__gte=start, at__lt=end).order_by("at", "id").iterator(chunk_size=PIECE)
    return _claims(rows)


def _claims(rows: Iterable[Reading]) -> tuple[ReadingClaim, ...]:
    hashes, counts = {}, {}
    for row in rows:
        if row.unit_id not in hashes:
            hashes[row.unit_id], counts[row.unit_id] = hashlib.sha256(), 0
        hashes[row.unit_id].update(line(row).encode())
        counts[row.unit_id] += 1
    return tuple(ReadingClaim(unit, counts[unit], hashes[unit].hexdigest()) for unit in sorted(hashes))


def line(row: Reading) -> str:
    """A reading as it is hashed: all of its columns."""
    return f"{row.pk} {utc(row.at)} {row.officer_id} {row.unit_id} {row.relation} {row.kind} {row.subject} {row.slot}\n"


def difference(day: date, claimed: Iterable[ReadingClaim]) -> str:
    """What is not as it was sealed; empty: nothing."""
    then, now = ({one.unit_id: one for one in claims} for claims in (claimed, of(day)))
    for unit in sorted(then.keys() | now.keys()):
        if then.get(unit) != now.get(unit):
            counts = [claims[unit].count if unit in claims else 0 for claims in (now, then)]
            return f"the readings in the name of unit {unit} are not what was sealed ({counts[0]}, sealed {counts[1]})"
    return ""
