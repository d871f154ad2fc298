"""Whether what the journal says of one subject holds: cheap enough for every view of a page.

Checked are the subject's own entries: each one's hash, that it sits between its neighbours in the chain, and that the
chain still passes through where the last published seal says. The whole chain is walked by `motcua verify`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from motcua.journal.actions import hash_of
from motcua.journal.chain import GENESIS
from motcua.journal.models import Entry, Head, Seal
from motcua.journal.queries import Break


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found: the subject's entries in order, the first place that does not hold, and how far they are published."""

    entries: Sequence[Entry]
    broken: Break | None
    sealed_on: date | None
    """The last day with a published seal of this chain."""
    sealed_until: int = 0
    """The number of the entry at which the chain stood then."""

    @property
    def is_sealed(self) -> bool:
        """Whether all of it is in a published seal; what happened today is not yet."""
        return self.sealed_on is not None and all(one.number <= self.sealed_until for one in self.entries)


def mark(subject: str, chain: str) -> Mark:
    """Two queries, however long the chain is."""
    entries = list(_with_neighbours(subject))
    broken = next((found for entry in entries if (found := _break_at(entry, chain))), None)
    now = Entry.objects.filter(chain=chain, number=OuterRef("number")).values("hash")[:1]
    sealed = Seal.objects.filter(chain=chain).select_related("day").annotate(now=Subquery(now))
    seal = sealed.order_by("-id").first()
    if seal is None:
        return Mark(entries, broken, None)
    if broken is None and seal.now != seal.hash:
        broken = Break(chain, seal.number, "entry is no longer what was sealed")
    return Mark(entries, broken, seal.day.day, seal.number)


def _with_neighbours(subject: str) -> QuerySet[Any]:
    same = Entry.objects.filter(chain=OuterRef("chain"))
    before = same.filter(number=OuterRef("number") - 1)
    after = same.filter(number=OuterRef("number") + 1)
    head = Head.objects.filter(chain=OuterRef("chain"), number=OuterRef("number"))
    return (
        Entry.objects.filter(subject=subject)
        .order_by("id")
        .annotate(
            hash_before=Subquery(before.values("hash")[:1]),
            hash_said_after=Subquery(after.values("previous_hash")[:1]),
            hash_of_head=Subquery(head.values("hash")[:1]),
        )
    )


def _break_at(entry: Any, chain: str) -> Break | None:
    """`entry`: annotated as above."""
    before = entry.hash_before or (GENESIS if entry.number == 1 else "")
    if entry.chain != chain:
        return Break(chain, entry.number, "entry of another chain")
    if entry.hash != hash_of(entry):
        return Break(chain, entry.number, "entry was altered")
    if entry.previous_hash != before or entry.hash != (entry.hash_said_after or entry.hash_of_head):
        return Break(chain, entry.number, "entry does not sit in its chain")
    return None
