"""Many dossiers of random lives, as rows: to be counted only, they have no history."""

import copy
import random
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from motcua.catalog.queries import offered
from motcua.dossiers.models import Dossier, Supplement
from motcua.people.models import Unit

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)


def moment(chance: random.Random, first: date, days: int) -> datetime:
    at = datetime.combine(first, datetime.min.time()) + timedelta(minutes=chance.randrange(days * 24 * 60))
    return timezone.make_aware(at)


def crowd(
    like: Dossier, chance: random.Random, number: int, units: list[str], until: dict[str, date]
) -> None:
    """As many dossiers of these units from New Year 2026 on; none is received in one that had ended (`until`)."""
    versions = list(offered(like.unit_id).order_by("pk")[:6])
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=units)}
    last = Dossier.objects.aggregate(last=Max("register_number"))["last"] + 1000
    rows = []
    for place in range(number):
        unit = known[chance.choice(units)]
        end = until.get(unit.code, date(2026, 11, 16))
        row = copy.copy(like)
        row.pk, row.step = None, None
        row.code, row.register_number = f"crowd-{last + place}", last + place
        row.unit = row.holder_unit = unit
        row.version = chance.choice(versions)
        row.field_id = row.version.field.group_id or row.version.field_id
        row.received_at = moment(chance, FIRST, (end - FIRST).days)
        row.due_at = row.received_at + timedelta(hours=chance.randrange(200 * 24))
        row.channel = chance.choice(["direct", "direct", "online", "post"])
        row.unscanned = chance.choice([0, 0, 2])
        if chance.random() < 0.7:
            _finish(row, chance)
        rows.append(row)
    Dossier.objects.bulk_create(rows)
    _ask(chance)


def _finish(row: Dossier, chance: random.Random) -> None:
    row.finished_at = row.received_at + timedelta(hours=chance.randrange(200 * 24))
    row.outcome = chance.choice(["granted", "granted", "refused", "withdrawn", "lapsed"])
    row.punctuality = "late" if row.finished_at > row.due_at else chance.choice(["early", "on_time"])
    row.state = "done"
    if row.punctuality == "late" and chance.random() < 0.5:
        row.apologised_at = row.finished_at


def _ask(chance: random.Random) -> None:
    """Every fourth waited for its citizen for a while, or still does."""
    rows = []
    for dossier in Dossier.objects.filter(code__startswith="crowd-").order_by("pk"):
        if chance.random() < 0.25:
            asked = dossier.received_at + timedelta(days=chance.randrange(60))
            answered = asked + timedelta(days=chance.randrange(1, 90)) if chance.random() < 0.7 else None
            rows.append(
                Supplement(
                    dossier=dossier,
                    number=1,
                    reason="Thiếu.",
                    proposed_by_id=1,
                    proposed_at=asked,
                    asked_at=asked if chance.random() < 0.9 else None,
                    answered_at=answered,
                    position=2,
                    unit=dossier.unit,
                )
            )
    Supplement.objects.bulk_create(rows)
