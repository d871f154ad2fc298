"""How an entry is written as bytes and chained. Pure: the same facts give the same hash anywhere."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, letters as they are; times as UTC to the microsecond.

    Floats are refused: two machines may write them differently.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError("a float has no one written form: use an integer or a string")
    return str(value) if isinstance(value, str) else value  # an enum's text, not its name


def utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise TypeError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(
    *,
    chain: str,
    number: int,
    kind: str,
    subject: str,
    facts: str,
    actor_id: int | None,
    at: datetime,
    recorded_at: datetime,
    previous_hash: str,
) -> str:
    """SHA-256, in hexadecimal, over all that an entry says and the hash of the one before it."""
    message = json.dumps(
        ["motcua-1", chain, number, kind, subject, facts, actor_id, utc(at), utc(recorded_at), previous_hash],
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(message.encode()).hexdigest()


def digest(salt: str, words: str) -> str:
    """What stands in an entry for words a person wrote.

    The salt lies beside the words; once both are erased, as a law on personal data may demand, the digest
    says nothing any more and the chain still holds.
    """
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest() if words else ""
