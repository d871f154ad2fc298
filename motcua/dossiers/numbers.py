"""Numbers without gaps or doubles, however many desks write at once (R04, R41)."""

from datetime import datetime

from django.db import connection

from motcua.dossiers.clock import local
from motcua.people import queries as people
from motcua.rules.numbering import dossier_code

# One statement on both engines: it makes the row or counts it up, locks it until the transaction ends, and
# gives the number. A transaction that rolls back gives the number back with everything else: no gap.
_NEXT = """
INSERT INTO dossiers_counter (unit_id, series, last) VALUES (%s, %s, 1)
ON CONFLICT (unit_id, series) DO UPDATE SET last = dossiers_counter.last + 1
RETURNING last
"""


def next_number(unit_id: int, series: str) -> int:
    """The next number of a unit's series; call it inside the transaction that uses it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit_id, series])
        number: int = cursor.fetchone()[0]
    return number


def next_code(unit_id: int, received_at: datetime) -> str:
    """A new dossier code of the unit for the day of reception."""
    day = local(received_at).date()
    return dossier_code(people.identifier(unit_id, day), day, next_number(unit_id, day.isoformat()))
