"""Closing each day with a seal, and holding the chains against seals: ours, and those that somebody else kept."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from motcua.journal import sealed_readings
from motcua.journal.chain import GENESIS
from motcua.journal.models import Entry, Head, ReadingSeal, Seal, SealedDay
from motcua.journal.queries import Break, Link, doubt, first_break
from motcua.journal.seal_text import Claim, DaySeal, ReadingClaim

log = logging.getLogger(__name__)

SETTLED = timedelta(minutes=5)
"""After midnight: what was written just before it is committed by then."""
DAY = timedelta(days=1)


# -- making them ----------------------------------------------------------------------------------
def seal_days(now: datetime) -> int:
    """Seal every day that is over and has no seal yet, oldest first; how many. Safe to run twice, or twice at once."""
    last = timezone.localdate(now - SETTLED) - DAY
    made, day = 0, _first_missing()
    while day is not None and day <= last:
        try:
            _seal(day, now)
        except IntegrityError:  # another worker was quicker with this day, and goes on
            break
        made, day = made + 1, day + DAY
    return made


def _first_missing() -> date | None:
    """The day after the last sealed one, or that of the first entry; None: nothing has happened yet."""
    sealed = SealedDay.objects.order_by("-day").values_list("day", flat=True).first()
    if sealed is not None:
        return sealed + DAY
    first = Entry.objects.order_by("id").values_list("recorded_at", flat=True).first()
    return timezone.localdate(first) if first else None


@transaction.atomic
def _seal(day: date, now: datetime) -> None:
    before = SealedDay.objects.filter(day=day - DAY).first()
    known = {seal.chain: seal for seal in before.seals.all()} if before else {}
    stood = _standing(day)
    # A chain that has become shorter since is said to stand where it stood; the check then finds that it does not.
    claims = stood | {
        chain: Claim(chain, seal.number, seal.hash)
        for chain, seal in known.items()
        if chain not in stood or stood[chain].number < seal.number
    }
    read = sealed_readings.of(day)
    sealed = DaySeal(day, before.root if before else GENESIS, tuple(sorted(claims.values())), read)
    row = SealedDay.objects.create(
        day=day, previous_root=sealed.previous_root, root=sealed.root, sealed_at=now
    )
    Seal.objects.bulk_create(
        Seal(day=row, chain=claim.chain, number=claim.number, hash=claim.hash) for claim in sealed.claims
    )
    ReadingSeal.objects.bulk_create(
        ReadingSeal(day=row, unit_id=one.unit_id, count=one.count, hash=one.hash) for one in sealed.readings
    )
    for claim in sealed.claims:
        seal = known.get(claim.chain)
        since = Link(seal.number, seal.hash) if seal else Link()
        if since.number < claim.number:
            _check_what_came(claim, since)


def _standing(day: date) -> dict[str, Claim]:
    """Where each chain stood when the day ended. One query: each chain's last entries lie together in its index."""
    end = timezone.make_aware(datetime.combine(day + DAY, time()))
    last = Entry.objects.filter(chain=OuterRef("chain"), recorded_at__lt=end).order_by("-number")
    rows = Head.objects.annotate(
        stood_at=Subquery(last.values("number")[:1]), stood_with=Subquery(last.values("hash")[:1])
    ).exclude(stood_at=None)
    return {
        chain: Claim(chain, number, of)
        for chain, number, of in rows.values_list("chain", "stood_at", "stood_with")
    }


def _check_what_came(claim: Claim, since: Link) -> None:
    """Each entry is checked once as its day is closed; what does not hold is kept for a supervisor."""
    if found := first_break(claim.chain, since=since, until=claim.number):
        log.error("the journal does not hold at %s", found)
        doubt(found)


# -- reading them ---------------------------------------------------------------------------------
def day_seal(row: SealedDay) -> DaySeal:
    """Two queries, none where `seals` and `readings` were prefetched."""
    claims = sorted(Claim(seal.chain, seal.number, seal.hash) for seal in row.seals.all())
    read = sorted(ReadingClaim(one.unit_id, one.count, one.hash) for one in row.readings.all())
    return DaySeal(row.day, row.previous_root, tuple(claims), tuple(read))


def last_seal(chain: str) -> Seal | None:
    return Seal.objects.filter(chain=chain).select_related("day").order_by("-id").first()


# -- holding the chains against them --------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Unlike:
    """The first day, and the chain, that is not what a seal says; no chain: the seal itself is wrong."""

    day: date
    chain: str
    what: str

    def __str__(self) -> str:
        where = f", unit {self.chain}" if self.chain else ""
        return f"{self.day.isoformat()}{where}: {self.what}"


def first_false(chains: Collection[str] | None = None) -> Unlike | None:
    """The first of our own seals that does not hold; `chains`: of these only, without the days' roots."""
    found = [_first_unlike_ours(chains)]
    if chains is None:
        found += [_first_wrong_day(), _first_wrong_readings()]
    return min((one for one in found if one), key=lambda one: one.day, default=None)


def _first_unlike_ours(chains: Collection[str] | None) -> Unlike | None:
    rows = Seal.objects.annotate(now=_hash_now(OuterRef("chain"), OuterRef("number")))
    if chains is not None:
        rows = rows.filter(chain__in=chains)
    wrong = rows.filter(Q(now=None) | ~Q(now=F("hash"))).select_related("day").order_by("day__day", "chain")
    seal = wrong.first()
    return Unlike(seal.day.day, seal.chain, _words(seal.number)) if seal else None


def _hash_now(chain: OuterRef, number: OuterRef) -> Subquery:
    return Subquery(Entry.objects.filter(chain=chain, number=number).values("hash")[:1])


def _words(number: int) -> str:
    return f"entry {number} is no longer what was sealed"


def _first_wrong_day() -> Unlike | None:
    """A day that is missing, does not follow the one before, or whose root is not that of its seals."""
    before: DaySeal | None = None
    days = SealedDay.objects.order_by("day").prefetch_related("seals", "readings")
    for row in days.iterator(chunk_size=100):
        seal = day_seal(row)
        if seal.root != row.root:
            return Unlike(row.day, "", "the root is not that of the day's seals")
        if what := _does_not_follow(before, seal):
            return Unlike(row.day, "", what)
        before = seal
    return None


def _does_not_follow(before: DaySeal | None, seal: DaySeal) -> str:
    if before is None:
        return "" if seal.previous_root == GENESIS else "seals before this day are missing"
    if seal.day != before.day + DAY:
        return "seals before this day are missing"
    return "" if seal.previous_root == before.root else "the seal does not follow the day before"


def _first_wrong_readings() -> Unlike | None:
    """The first day on which not those opened dossiers who were sealed; days before readings were sealed say nothing."""
    first = ReadingSeal.objects.order_by("day__day").values_list("day__day", flat=True).first()
    if first is None:
        return None
    days = SealedDay.objects.filter(day__gte=first).order_by("day").prefetch_related("seals", "readings")
    wrong = (
        Unlike(row.day, "", what)
        for row in days.iterator(chunk_size=100)
        if (what := sealed_readings.difference(row.day, day_seal(row).readings))
    )
    return next(wrong, None)


def first_unlike(kept: Iterable[DaySeal]) -> Unlike | None:
    """Whether the chains still lead to what seals say that somebody kept elsewhere.

    Nothing of ours is trusted but the entries themselves, each hashed anew from the first on. Our own seals of the
    same days must be the same as well.
    """
    days = sorted(kept, key=lambda seal: seal.day)
    breaks = _breaks(days)
    return next((found for found in _all_unlike(days, breaks) if found), None)


def _breaks(days: list[DaySeal]) -> dict[str, Break]:
    """The first break of each chain, up to where the seals reach."""
    reach: dict[str, int] = {}
    for claim in (claim for seal in days for claim in seal.claims):
        reach[claim.chain] = max(claim.number, reach.get(claim.chain, 0))
    found = {chain: first_break(chain, until=number) for chain, number in reach.items()}
    return {chain: broken for chain, broken in found.items() if broken}


def _all_unlike(days: list[DaySeal], breaks: dict[str, Break]) -> Iterator[Unlike | None]:
    ours = {row.day: row.root for row in SealedDay.objects.filter(day__in=[seal.day for seal in days])}
    roots: dict[date, str] = {}
    for seal in days:
        for claim in seal.claims:
            yield _unlike(seal.day, claim, breaks.get(claim.chain))
        if seal.readings and (what := sealed_readings.difference(seal.day, seal.readings)):
            yield Unlike(seal.day, "", what)
        if roots.get(seal.day - DAY, seal.previous_root) != seal.previous_root:
            yield Unlike(seal.day, "", "the file does not follow that of the day before")
        if ours.get(seal.day) != seal.root:
            yield Unlike(seal.day, "", "the seal kept here is another one")
        roots[seal.day] = seal.root


def _unlike(day: date, claim: Claim, broken: Break | None) -> Unlike | None:
    if broken is not None and broken.number <= claim.number:
        return Unlike(day, claim.chain, f"the journal is broken at {broken}")
    now = Entry.objects.filter(chain=claim.chain, number=claim.number).values_list("hash", flat=True).first()
    return None if now == claim.hash else Unlike(day, claim.chain, _words(claim.number))
