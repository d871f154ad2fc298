"""The software sees lateness coming, drafts the apology in time, and takes back what is not needed (R26).

Nothing here waits for anybody: `config/wiring.py` calls it every few minutes, and it may stop and begin again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.dossiers.actions.act import read_anew
from motcua.dossiers.actions.apology import draft_by_itself, drop
from motcua.dossiers.apologies import LATE, RETURNED_UNANSWERED, UNSIGNED, is_owed
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.outlook import Outlook, Outlooks, outlook
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State

HORIZON = timedelta(days=20)
"""Three working days are no further away, with the longest Tết between them."""
BATCH = 500
MOST = 1000
"""Drafts of one turn; the rest comes with the next, most urgent first."""


def foresee(now: datetime) -> int:
    """Follow the drafts that there are, then make those that are missing; how many were made."""
    _follow_drafts(now)
    wanted = islice(_without_draft(now), MOST)
    return sum(_draft_one(pk, now) for pk in list(wanted))


# -- drafts that are missing ----------------------------------------------------------------------
def _without_draft(now: datetime) -> Iterator[int]:
    """Dossiers whose lateness is foreseen, then those that were finished late, that have no apology."""
    none_yet = ~Exists(Apology.objects.filter(dossier=OuterRef("pk"), cause=LATE, dropped_at=None))
    open_to_it = Dossier.objects.filter(none_yet, apologised_at=None, apology_waived=False)
    running = open_to_it.filter(finished_at=None, state=State.PROCESSING, due_at__lt=now + HORIZON)
    looks = Outlooks()
    for rows in _batches(running):
        yield from (row.pk for row in rows if looks.is_to_be_drafted(row, now))
    finished = open_to_it.filter(punctuality=Punctuality.LATE, state=State.DONE)
    yield from finished.exclude(outcome__in=RETURNED_UNANSWERED).order_by("pk").values_list("pk", flat=True)


def _batches(found: QuerySet[Dossier]) -> Iterator[list[Dossier]]:
    """A list by key, the most urgent first: no long query, no rows held in memory."""
    found = found.select_related("unit", "step").order_by("due_at", "pk")
    rows = list(found[:BATCH])
    while rows:
        yield rows
        last = rows[-1]
        further = Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk)
        rows = list(found.filter(further, due_at__gte=last.due_at)[:BATCH])


@transaction.atomic
def _draft_one(pk: int, now: datetime) -> bool:
    dossier = _locked(pk)
    if dossier is None or dossier.apologised_at or dossier.apology_waived:
        return False
    if dossier.finished_at is None and not _is_foreseen(dossier, now):
        return False  # somebody was quicker
    if dossier.finished_at is not None and not is_owed(dossier, now):
        return False
    return draft_by_itself(dossier, now)


def _is_foreseen(dossier: Dossier, now: datetime) -> bool:
    return dossier.state == State.PROCESSING and Outlooks().is_to_be_drafted(dossier, now)


def _locked(pk: int) -> Dossier | None:
    found = Dossier.objects.filter(pk=pk).select_related("unit", "holder_unit", "step__unit")
    dossier = found.select_for_update(of=("self",)).first()
    if dossier is not None:
        read_anew(dossier)
    return dossier


# -- drafts that there are ------------------------------------------------------------------------
def _follow_drafts(now: datetime) -> None:
    """Take back what is not needed, and count proposals anew where the clock or the dossier has moved on."""
    drafts = Apology.objects.filter(UNSIGNED, cause=LATE).select_related("dossier__unit", "dossier__step")
    looks = Outlooks()
    rows = list(drafts.order_by("pk")[:BATCH])
    while rows:
        for apology in rows:
            look = looks.of(apology.dossier, now)
            if _needless(apology, look) or _changes(apology, look):
                _follow_one(apology.pk, apology.dossier_id, now)
        rows = list(drafts.filter(pk__gt=rows[-1].pk).order_by("pk")[:BATCH])


@transaction.atomic
def _follow_one(pk: int, dossier_id: int, now: datetime) -> None:
    dossier = _locked(dossier_id)
    apology = Apology.objects.filter(UNSIGNED, pk=pk).first()
    if dossier is None or apology is None:
        return
    apology.dossier = dossier
    look = outlook(dossier, now)
    if why := _needless(apology, look):
        drop(apology, dossier, now, why)
    elif changes := _changes(apology, look):
        Apology.objects.filter(pk=pk).update(**changes)


def _needless(apology: Apology, look: Outlook | None) -> str:
    """Why a draft is not needed any more; empty: it is."""
    dossier = apology.dossier
    if dossier.state == State.WAITING:
        return "waiting"
    if dossier.apology_waived:
        return "waived"
    if dossier.outcome in RETURNED_UNANSWERED:
        return "withdrawn"
    if dossier.finished_at is not None and dossier.punctuality != Punctuality.LATE:
        return "in time"
    if dossier.state == State.RETURNED:
        return "returned"  # from before the law was kept here: there is no act any more that could sign it
    own_idea = apology.drafted_by_id is None and dossier.state == State.PROCESSING
    return "caught up" if own_idea and look is not None and look.why is None else ""


def _changes(apology: Apology, look: Outlook | None) -> dict[str, object]:
    """What a draft says that is not so any more: who holds the dossier, its due time, a date that cannot be kept."""
    dossier = apology.dossier
    right: dict[str, object] = {"unit_id": dossier.holder_unit_id, "old_due_at": dossier.due_at}
    if look is not None:
        right |= {"sign_by": look.sign_by, "new_due_at": _proposal(apology, look)}
    return {name: value for name, value in right.items() if getattr(apology, name) != value}


def _proposal(apology: Apology, look: Outlook) -> datetime | None:
    """The proposal stands while it can be kept and the limit has not moved: a page that shows it stays right."""
    stands = apology.new_due_at and apology.old_due_at == apology.dossier.due_at
    if look.proposed and stands and apology.new_due_at and apology.new_due_at >= look.proposed:
        return apology.new_due_at
    return look.proposed
