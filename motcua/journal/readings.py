"""Who opened what (NĐ 61/2018 Đ.5; R27): one INSERT, and nothing when the same officer opened it minutes ago."""

from datetime import datetime

from motcua.journal.models import Reading, Relation

SLOT_SECONDS = 600


def note(*, officer_id: int, unit_id: int, relation: Relation, subject: str, kind: str, at: datetime) -> None:
    """Write a reading down; the data base leaves out a second one within the same ten minutes."""
    row = Reading(
        officer_id=officer_id,
        unit_id=unit_id,
        relation=relation,
        subject=subject,
        kind=kind,
        at=at,
        slot=int(at.timestamp()) // SLOT_SECONDS,
    )
    Reading.objects.bulk_create([row], ignore_conflicts=True)
