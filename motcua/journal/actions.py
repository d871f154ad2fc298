"""Writing an entry, and working off the reactions it calls for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from motcua.journal import chain as chaining
from motcua.journal import reactions
from motcua.journal.models import Entry, Head, Reaction

# Every act runs these; as SQL they cost a fifth of what the ORM's compiler takes.
_READ_HEAD = "SELECT number, hash FROM journal_head WHERE chain = %s"
_LOCK_HEAD = "SELECT number, hash FROM journal_head WHERE chain = %s FOR UPDATE"
_MOVE_HEAD = "UPDATE journal_head SET number = %s, hash = %s WHERE chain = %s"


class OutsideTransaction(RuntimeError):
    """An entry must be written in the transaction of what it tells of."""


def record(
    *, chain: str, kind: str, subject: str, facts: Mapping[str, Any], actor_id: int | None, at: datetime
) -> Entry:
    """Append an entry to a unit's chain, and owe its reactions, in the caller's transaction.

    The head of the chain is the last lock an action takes, so that two actions never wait for each other
    in a circle. Raises OutsideTransaction when there is none.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(kind)
    head = _locked_head(chain)
    entry = Entry(
        chain=chain,
        number=head.number + 1,
        kind=kind,
        subject=subject,
        facts=chaining.canonical(facts),
        actor_id=actor_id,
        at=at,
        recorded_at=timezone.now(),
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [entry.number, entry.hash, chain])
    owed = [Reaction(entry=entry, handler=name) for name in reactions.owed_for(kind)]
    if owed:
        Reaction.objects.bulk_create(owed)
    return entry


def hash_of(entry: Entry) -> str:
    """The hash that an entry with these contents must have."""
    return chaining.entry_hash(
        chain=entry.chain,
        number=entry.number,
        kind=entry.kind,
        subject=entry.subject,
        facts=entry.facts,
        actor_id=entry.actor_id,
        at=entry.at,
        recorded_at=entry.recorded_at,
        previous_hash=entry.previous_hash,
    )


def _locked_head(chain: str) -> Head:
    with connection.cursor() as cursor:
        # SQLite has one writer at a time, and that is we.
        cursor.execute(_LOCK_HEAD if connection.features.has_select_for_update else _READ_HEAD, [chain])
        row = cursor.fetchone()
    if row is not None:
        return Head(chain=chain, number=row[0], hash=row[1])
    # The first entry of a unit: two may try to make the head, one does, both then lock it.
    Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
    return Head.objects.select_for_update().get(chain=chain)


@transaction.atomic
def retry(reaction_id: int) -> None:
    """Give a reaction that was given up its attempts back, at a supervisor's word."""
    Reaction.objects.filter(pk=reaction_id, failed_at__isnull=False).update(
        failed_at=None, attempts=0, due_at=timezone.now()
    )
