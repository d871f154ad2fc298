"""Holding what happened to dossiers against `rules.signals`: each function reads something and yields what it found.

Found again, a finding has the same key; so looking twice does no harm.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from django.db.models import Count, Q

from motcua.dossiers.clock import local
from motcua.dossiers.models import Dossier, Move, Supplement
from motcua.journal.models import Entry
from motcua.people.calendar import calendar_of
from motcua.rules import signals
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.signals import Kind, Thresholds
from motcua.rules.workflow import Action, State

_MOVING = {
    f"dossier.{action}"
    for action in (
        Action.RECEIVE,
        Action.FORWARD,
        Action.SEND_BACK,
        Action.APPROVE,
        Action.FINISH,
        Action.HAND_OVER,
    )
}
_ASKING = (Action.ASK_SUPPLEMENT, Action.PERMIT_SUPPLEMENT)
MAU_02 = "02"
SAME_ENTRY = timedelta(minutes=1)
"""Acts recorded so soon after a dossier came into the system belong to its reception."""


class Finding(NamedTuple):
    kind: Kind
    key: str
    unit_id: int
    at: datetime
    dossier_id: int | None = None
    officer_id: int | None = None
    measure: int = 0
    whole: int = 0


class Act(NamedTuple):
    """An act on a dossier, as the journal tells it."""

    entry_id: int
    dossier_id: int
    kind: str
    actor_id: int | None
    at: datetime
    recorded_at: datetime


def acts(entries: Iterable[Entry]) -> list[Act]:
    """Those of dossiers, in the order in which they were written down."""
    told = [entry for entry in entries if entry.kind.startswith("dossier.")]
    return sorted(
        (
            Act(
                entry.pk,
                int(entry.subject.removeprefix("dossier:")),
                entry.kind,
                entry.actor_id,
                entry.at,
                entry.recorded_at,
            )
            for entry in told
        ),
        key=lambda act: (act.recorded_at, act.entry_id),
    )


def of_acts(told: Sequence[Act], where: Thresholds) -> Iterator[Finding]:
    """All that can be seen in acts, and in the dossiers that they touched. Five queries, however many acts."""
    ids = {act.dossier_id for act in told}
    dossiers = Dossier.objects.filter(pk__in=ids).select_related("unit").in_bulk()
    known = [act for act in told if act.dossier_id in dossiers]
    return chain(
        entered_late(dossiers.values(), where),
        no_apology(dossiers.values()),
        clock_back(known, dossiers, where),
        haste(known, dossiers, where),
        supplements(dossiers),
    )


def entered_late(dossiers: Iterable[Dossier], where: Thresholds) -> Iterator[Finding]:
    for dossier in dossiers:
        if dossier.created_at - dossier.received_at < timedelta(minutes=where.entered_late_minutes):
            continue
        worked = _worked(dossier)
        if signals.entered_late(worked, where.entered_late_minutes):
            facts = (dossier.unit_id, dossier.created_at, dossier.pk)
            yield Finding(Kind.ENTERED_LATE, f"entered:{dossier.pk}", *facts, measure=worked)


def _worked(dossier: Dossier) -> int:
    """Working minutes from the date on the paper to the entry into the system."""
    since, until = local(dossier.received_at), local(dossier.created_at)
    try:
        return calendar_of(dossier.unit).working_minutes_between(since, until)
    except OutsideCalendar:  # a date before any calendar is late enough
        return (until - since).days * signals.DAY_MINUTES


def no_apology(dossiers: Iterable[Dossier]) -> Iterator[Finding]:
    for dossier in dossiers:
        if dossier.apology_waived and dossier.finished_at:
            key = f"no_apology:{dossier.pk}"
            yield Finding(Kind.NO_APOLOGY, key, dossier.holder_unit_id, dossier.finished_at, dossier.pk)


def clock_back(told: Iterable[Act], dossiers: dict[int, Dossier], where: Thresholds) -> Iterator[Finding]:
    """A reception may be entered later than it was (that is a signal of its own), what follows may not."""
    for act in told:
        dossier = dossiers[act.dossier_id]
        of_reception = act.recorded_at - dossier.created_at < SAME_ENTRY
        is_back = signals.clock_back(act.at, act.recorded_at, where.clock_back_minutes)
        if is_back and not of_reception:
            yield Finding(
                Kind.CLOCK_BACK,
                f"clock:{act.entry_id}",
                dossier.unit_id,
                act.recorded_at,
                dossier.pk,
                act.actor_id,
                int((act.recorded_at - act.at).total_seconds() // 60),
            )


def haste(told: Iterable[Act], dossiers: dict[int, Dossier], where: Thresholds) -> Iterator[Finding]:
    """One signal for a dossier, and for an officer, on one day."""
    moving = [act for act in told if act.kind in _MOVING]
    for same in _grouped(moving, lambda act: (act.dossier_id, local(act.recorded_at).date())):
        if number := signals.haste([act.recorded_at for act in same], where.haste_moves):
            yield _hasty(Kind.HASTE_DOSSIER, same, dossiers, number)
    by_hand = [act for act in moving if act.actor_id]
    for same in _grouped(by_hand, lambda act: (act.actor_id, local(act.recorded_at).date())):
        if number := signals.haste([act.recorded_at for act in same], where.haste_clicks):
            yield _hasty(Kind.HASTE_OFFICER, same, dossiers, number)


def _grouped(told: Iterable[Act], by: Callable[[Act], Hashable]) -> Iterable[list[Act]]:
    groups: dict[Hashable, list[Act]] = defaultdict(list)
    for act in told:
        groups[by(act)].append(act)
    return groups.values()


def _hasty(kind: Kind, same: list[Act], dossiers: dict[int, Dossier], number: int) -> Finding:
    last = same[-1]
    whose = last.dossier_id if kind is Kind.HASTE_DOSSIER else last.actor_id
    key = f"{kind}:{whose}:{local(last.recorded_at).date()}"
    unit_id = dossiers[last.dossier_id].unit_id
    return Finding(kind, key, unit_id, last.recorded_at, last.dossier_id, last.actor_id, number)


def supplements(dossiers: dict[int, Dossier]) -> Iterator[Finding]:
    asked = Supplement.objects.filter(dossier__in=list(dossiers), asked_at__isnull=False)
    rows = list(asked.exclude(asked_at=None).order_by("id"))
    dues = _dues_when_asked([row.dossier_id for row in rows])
    for row in rows:
        if row.asked_at is None:
            continue
        facts = (row.unit_id, row.asked_at, row.dossier_id, row.proposed_by_id)
        due = dues.get((row.dossier_id, row.asked_at), dossiers[row.dossier_id].due_at)
        if signals.supplement_at_the_end(local(row.asked_at).date(), local(due).date()):
            yield Finding(Kind.SUPPLEMENT_LAST_DAY, f"supplement_last:{row.pk}", *facts)
        if row.number > 1:
            yield Finding(Kind.SUPPLEMENT_AGAIN, f"supplement_again:{row.pk}", *facts, measure=row.number)


def _dues_when_asked(dossier_ids: Sequence[int]) -> dict[tuple[int, datetime], datetime]:
    """The due time as it was when the supplement was asked: what came after may have moved it."""
    moves = Move.objects.filter(dossier__in=dossier_ids, action__in=_ASKING)
    rows = list(moves.values_list("dossier", "at", "entry_id"))
    entries = Entry.objects.in_bulk([entry for _dossier, _at, entry in rows])
    return {
        (dossier, at): datetime.fromisoformat(entries[entry].read_facts()["due_at"])
        for dossier, at, entry in rows
        if entry in entries
    }


def waiting_without_paper(now: datetime, where: Thresholds) -> Iterator[Finding]:
    """As it is now: dossiers whose clock stands still without a Mẫu 02."""
    grace = where.paper_grace_minutes
    waiting = Dossier.objects.filter(state=State.WAITING, paused_at__lt=now - timedelta(minutes=grace))
    rows = waiting.annotate(papers_02=Count("issued_papers", filter=Q(issued_papers__form=MAU_02)))
    for row in rows.order_by("pk"):
        if row.paused_at and signals.waits_without_paper(row.paused_at, now, row.papers_02, grace):
            key = f"no_paper:{row.pk}:{row.supplements}"
            yield Finding(Kind.WAITING_NO_PAPER, key, row.holder_unit_id, row.paused_at, row.pk)
