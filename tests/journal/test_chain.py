"""How an entry becomes bytes and a hash: one form only, on any machine."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from motcua.journal.chain import GENESIS, canonical, digest, entry_hash, utc
from motcua.rules.workflow import State

HUE = timezone(timedelta(hours=7))
AT = datetime(2026, 11, 16, 9, tzinfo=HUE)
ENTRY: dict[str, Any] = {
    "chain": "19798",
    "number": 7,
    "kind": "dossier.note",
    "subject": "dossier:12",
    "facts": '{"a":1}',
    "actor_id": 3,
    "at": AT,
    "recorded_at": AT,
    "previous_hash": GENESIS,
}


def test_keys_are_sorted_and_nothing_is_put_between() -> None:
    assert canonical({"b": [1, None, True], "a": {"d": "Huế", "c": ""}}) == (
        '{"a":{"c":"","d":"Huế"},"b":[1,null,true]}'
    )


def test_a_time_is_written_in_greenwich_to_the_microsecond() -> None:
    assert canonical({"at": AT}) == '{"at":"2026-11-16T02:00:00.000000+00:00"}'
    assert utc(AT) == utc(AT.astimezone(UTC))


def test_a_day_is_a_day_and_an_enum_its_text() -> None:
    assert canonical({"on": date(2026, 11, 16), "state": State.DONE}) == '{"on":"2026-11-16","state":"done"}'


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="time zone"):
        canonical({"at": datetime(2026, 11, 16, 9)})


@pytest.mark.parametrize("value", [1.0, [0.1], {"deep": [{"er": 2.5}]}, float("nan")])
def test_a_float_is_refused_wherever_it_hides(value: object) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical({"x": value})


def test_what_has_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"x": object()})


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("chain", "19799"),
        ("number", 8),
        ("kind", "dossier.take"),
        ("subject", "dossier:13"),
        ("facts", '{"a":2}'),
        ("actor_id", None),
        ("at", AT + timedelta(microseconds=1)),
        ("recorded_at", AT + timedelta(microseconds=1)),
        ("previous_hash", "1" * 64),
    ],
)
def test_all_that_an_entry_says_is_in_its_hash(name: str, other: object) -> None:
    assert entry_hash(**ENTRY) != entry_hash(**ENTRY | {name: other})


def test_nothing_slides_from_one_field_into_the_next() -> None:
    assert entry_hash(**ENTRY | {"kind": "a", "subject": "bc"}) != entry_hash(
        **ENTRY | {"kind": "ab", "subject": "c"}
    )


def test_the_hash_is_this_one_for_ever() -> None:
    """Entries written today must verify in ten years: never change the form, add `motcua-2` beside it."""
    message = (
        '["motcua-1","19798",7,"dossier.note","dossier:12","{\\"a\\":1}",3,"2026-11-16T02:00:00.000000+00:00",'
        f'"2026-11-16T02:00:00.000000+00:00","{GENESIS}"]'
    )
    assert entry_hash(**ENTRY) == hashlib.sha256(message.encode()).hexdigest()


def test_the_same_moment_in_another_zone_is_the_same_hash() -> None:
    assert entry_hash(**ENTRY) == entry_hash(**ENTRY | {"at": AT.astimezone(UTC)})


def test_words_have_a_digest_that_their_salt_hides() -> None:
    assert digest("a", "Có") != digest("b", "Có")
    assert digest("a", "Có") == digest("a", "Có")
    assert digest("a", "") == ""
