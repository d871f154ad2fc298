"""A day's seal as a text that people can keep: its SHA-256, as any computer can count it, is the day's root.

    motcua-seal 1
    day 2026-11-16
    previous <root of the day before; sixty-four noughts for the first day>
    <chain> <number of its last entry> <hash of that entry>
    …
    readings <row of a unit> <how many> <hash over them>
    …

One line for each chain, in the order of their codes as text; then one for each unit in whose name dossiers were opened
that day, in the order of its rows. A day without such lines begins with `motcua-seal 1`, one with them with
`motcua-seal 2`. Every line ends with a line feed. Pure.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

VERSION, WITH_READINGS = "motcua-seal 1", "motcua-seal 2"
_HASH = r"[0-9a-f]{64}"
_DAY = re.compile(r"day (\d{4}-\d{2}-\d{2})")
_PREVIOUS = re.compile(rf"previous ({_HASH})")
_CLAIM = re.compile(rf"([0-9A-Za-z._-]{{1,20}}) ([1-9]\d{{0,17}}) ({_HASH})")
_READINGS = re.compile(rf"readings ([1-9]\d{{0,17}}) ([1-9]\d{{0,8}}) ({_HASH})")


class SealUnreadable(ValueError):
    """Not a seal as we write them; the message says which line."""


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A chain stood at this entry, and the entry had this hash."""

    chain: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True, order=True)
class ReadingClaim:
    """So many dossiers were opened in this unit's name on the day, and all of it hashed to this."""

    unit_id: int
    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class DaySeal:
    day: date
    previous_root: str
    claims: tuple[Claim, ...]
    readings: tuple[ReadingClaim, ...] = ()

    @property
    def text(self) -> str:
        return write(self.day, self.previous_root, self.claims, self.readings)

    @property
    def root(self) -> str:
        return root_of(self.text)


def write(
    day: date, previous_root: str, claims: Iterable[Claim], readings: Collection[ReadingClaim] = ()
) -> str:
    lines = [WITH_READINGS if readings else VERSION, f"day {day.isoformat()}", f"previous {previous_root}"]
    lines += [f"{claim.chain} {claim.number} {claim.hash}" for claim in sorted(claims)]
    lines += [f"readings {claim.unit_id} {claim.count} {claim.hash}" for claim in sorted(readings)]
    return "".join(f"{line}\n" for line in lines)


def root_of(text: str) -> str:
    """What `sha256sum` says of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> DaySeal:
    """A seal out of a file that somebody kept; line ends that a mail program changed do no harm.

    Raises SealUnreadable.
    """
    lines = [line.strip() for line in text.removeprefix("\ufeff").strip().splitlines()]
    if len(lines) < 3 or lines[0] not in (VERSION, WITH_READINGS):  # noqa: PLR2004  the three lines of the head
        raise SealUnreadable("line 1 is not that of a seal")
    day, previous = _match(_DAY, lines, 1), _match(_PREVIOUS, lines, 2)
    claims, readings = [], []
    for place in range(3, len(lines)):
        if lines[0] == WITH_READINGS and lines[place].startswith("readings "):
            found = _match(_READINGS, lines, place)
            readings.append(ReadingClaim(int(found[1]), int(found[2]), found[3]))
            continue
        found = _match(_CLAIM, lines, place)
        claims.append(Claim(found[1], int(found[2]), found[3]))
    twice = len({claim.chain for claim in claims}) < len(claims)
    if twice or len({claim.unit_id for claim in readings}) < len(readings):
        raise SealUnreadable("a unit stands there twice")
    if bool(readings) != (lines[0] == WITH_READINGS):
        raise SealUnreadable("line 1 is not that of a seal with its lines")
    try:
        return DaySeal(
            date.fromisoformat(day[1]), previous[1], tuple(sorted(claims)), tuple(sorted(readings))
        )
    except ValueError as error:
        raise SealUnreadable("line 2 names no day") from error


def _match(pattern: re.Pattern[str], lines: list[str], place: int) -> re.Match[str]:
    found = pattern.fullmatch(lines[place])
    if found is None:
        raise SealUnreadable(f"line {place + 1} cannot be read")
    return found
