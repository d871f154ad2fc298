"""Reading the journal, and checking that it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from motcua.journal.actions import hash_of
from motcua.journal.chain import GENESIS
from motcua.journal.models import Doubt, Entry, Head, Reaction


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    chain: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain}/{self.number}: {self.what}"


def chains() -> list[str]:
    """All chains that have a head or an entry."""
    heads = set(Head.objects.values_list("chain", flat=True))
    return sorted(heads | set(Entry.objects.values_list("chain", flat=True).distinct()))


def entries(chain: str, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
    """A chain's entries in order, read in pieces; `after` and `until` are numbers."""
    found = Entry.objects.filter(chain=chain)
    if after:
        found = found.filter(number__gt=after)
    if until is not None:
        found = found.filter(number__lte=until)
    return found.order_by("number", "id").iterator(chunk_size=2000)


def facts_of(subject: str) -> dict[int, dict[str, Any]]:
    """What the entries about one thing say, by the entry's id, in one query."""
    return {entry.pk: entry.read_facts() for entry in Entry.objects.filter(subject=subject).only("facts")}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a walk begins: after this entry, which has this hash."""

    number: int = 0
    hash: str = GENESIS


def first_break(chain: str, *, since: Link | None = None, until: int | None = None) -> Break | None:
    """Walk a chain; the first altered, removed, put in or reordered entry, or None.

    From its first entry, or from a link that is known to hold; to its head, or to the entry with the number `until`.
    """
    number, last = (since.number, since.hash) if since else (0, GENESIS)
    for entry in entries(chain, after=number, until=until):
        number += 1
        if entry.number != number:
            found = "put in" if entry.number < number else "missing"
            return Break(chain, min(number, entry.number), f"entry {found}")
        if entry.previous_hash != last:
            return Break(chain, number, "entry does not follow the one before it")
        if entry.hash != hash_of(entry):
            return Break(chain, number, "entry was altered")
        last = entry.hash
    if until is not None:
        return None if number == until else Break(chain, number + 1, "entry missing")
    return _wrong_end(chain, number, last)


def _wrong_end(chain: str, number: int, last: str) -> Break | None:
    """Whether the chain ends where its head says."""
    head = Head.objects.filter(chain=chain).first()
    if head is None:
        return Break(chain, number, "the head of the chain is missing")
    if number > head.number:
        return Break(chain, head.number + 1, "entry put in")
    if number < head.number:
        return Break(chain, number + 1, "entry missing at the end")
    if head.hash != last:  # it, or one before it with all that follow, was hashed anew
        return Break(chain, number, "entry was altered")
    return None


def doubt(found: Break, subject: str = "") -> None:
    """Remember that the journal does not hold here, for a supervisor; the same again is nothing."""
    row = Doubt(chain=found.chain, number=found.number, subject=subject, found_at=timezone.now())
    Doubt.objects.bulk_create([row], ignore_conflicts=True)


def owed(older_than: timedelta = timedelta(minutes=5)) -> int:
    """How many reactions wait longer than they should; more than none means that no worker runs."""
    return Reaction.objects.filter(
        done_at=None, failed_at=None, due_at__lt=timezone.now() - older_than
    ).count()


def given_up() -> list[Reaction]:
    """Reactions that failed for good, latest first, at most 100."""
    return list(
        Reaction.objects.filter(failed_at__isnull=False).select_related("entry").order_by("-failed_at")[:100]
    )
