"""Looking at what is new, again and again, and keeping what was noticed (periodic work; may run twice without harm)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from motcua.dossiers.models import Consultation, Dossier, Leg
from motcua.journal.models import Doubt, Entry, Reading, Relation
from motcua.oversight.closings import closings
from motcua.oversight.findings import Finding, acts, of_acts, waiting_without_paper
from motcua.oversight.models import Signal, Watermark
from motcua.oversight.thresholds import in_force
from motcua.people.models import Unit
from motcua.rules.signals import Kind, Thresholds

PIECE = 5000
AGAIN = 1000
"""Entries looked at twice: those of a transaction that ended late have smaller numbers than some seen before."""


def look(now: datetime) -> int:
    """Notice what is new; how many signals are new."""
    before, where = Signal.objects.count(), in_force()
    _entries(now, where)
    _readings(now)
    keep(_doubts(), now)
    keep(waiting_without_paper(now, where), now)
    _closings_once_a_day(now, where)
    return Signal.objects.count() - before


def keep(found: Iterable[Finding], now: datetime) -> None:
    """Write down what is not written down yet."""
    rows = [
        Signal(
            kind=one.kind,
            key=one.key,
            unit_id=one.unit_id,
            dossier_id=one.dossier_id,
            officer_id=one.officer_id,
            at=one.at,
            measure=one.measure,
            whole=one.whole,
            found_at=now,
        )
        for one in found
    ]
    if rows:
        Signal.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _entries(now: datetime, where: Thresholds) -> None:
    """In pieces, each begun a little before the end of the one before."""
    mark = _mark("entries")
    while Entry.objects.filter(pk__gt=mark).exists():
        piece = list(Entry.objects.filter(pk__gt=mark - AGAIN).order_by("pk")[:PIECE])
        keep(of_acts(acts(piece), where), now)
        mark = piece[-1].pk
        _set_mark("entries", mark)


def _readings(now: datetime) -> None:
    outside = Reading.objects.filter(relation=Relation.TOOK_PART)
    mark = _mark("readings")
    while outside.filter(pk__gt=mark).exists():
        piece = list(outside.filter(pk__gt=mark - AGAIN).order_by("pk")[:PIECE])
        keep(_outside(piece), now)
        mark = piece[-1].pk
        _set_mark("readings", mark)


def _outside(piece: list[Reading]) -> Iterator[Finding]:
    """Readings of units that had nothing to do with the dossier at that moment. Three queries."""
    ids = {row.pk: int(row.subject.removeprefix("dossier:")) for row in piece}
    there = set(Dossier.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
    legs = list(Leg.objects.filter(dossier__in=there))
    asked = list(Consultation.objects.filter(dossier__in=there))
    spans = [(leg.dossier_id, leg.unit_id, leg.opened_at, leg.closed_at) for leg in legs]
    spans += [(one.dossier_id, one.to_unit_id, one.asked_at, one.answered_at) for one in asked]
    for row in piece:
        pk = ids[row.pk]
        reason = any(
            (dossier, unit) == (pk, row.unit_id) and since <= row.at and (until is None or row.at <= until)
            for dossier, unit, since, until in spans
        )
        if pk in there and not reason:
            key = f"read:{pk}:{row.officer_id}:{timezone.localdate(row.at)}"
            yield Finding(Kind.READ_OUTSIDE, key, row.unit_id, row.at, pk, row.officer_id)


def _doubts() -> Iterator[Finding]:
    """Places where the journal was found not to hold. There should be none; so all are read each time."""
    doubts = list(Doubt.objects.order_by("pk"))
    if not doubts:
        return
    units = dict(Unit.objects.filter(code__in={one.chain for one in doubts}).values_list("code", "pk"))
    top = Unit.objects.filter(parent=None).values_list("pk", flat=True)[0]
    for one in doubts:
        room, _, key = one.subject.partition(":")
        dossier_id = int(key) if room == "dossier" else None
        unit_id = units.get(one.chain, top)
        yield Finding(Kind.BROKEN, f"broken:{one.pk}", unit_id, one.found_at, dossier_id, measure=one.number)


def _closings_once_a_day(now: datetime, where: Thresholds) -> None:
    today = timezone.localdate(now).toordinal()
    if _mark("closings") != today:
        keep(closings(now, where), now)
        _set_mark("closings", today)


def _mark(name: str) -> int:
    return Watermark.objects.filter(pk=name).values_list("last_id", flat=True).first() or 0


def _set_mark(name: str, last_id: int) -> None:
    Watermark.objects.update_or_create(pk=name, defaults={"last_id": last_id})
