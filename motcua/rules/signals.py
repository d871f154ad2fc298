"""What a supervisor should look at: not proof of a fault, but what honest work seldom looks like.

Each rule is one question with its thresholds as arguments. A signal asks for an answer; it punishes nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAY_MINUTES = 480


class Kind(StrEnum):
    ENTERED_LATE = "entered_late"
    """In the system long after the date on the paper."""
    HASTE_DOSSIER = "haste_dossier"
    """Many moves of one dossier within seconds: the clock was fed, not the citizen."""
    HASTE_OFFICER = "haste_officer"
    MASS_CLOSING = "mass_closing"
    """Most of a period's dossiers finished on its last working day, before it is reported."""
    SUPPLEMENT_LAST_DAY = "supplement_last_day"
    """The clock was stopped on the day it would have run out, or after it."""
    SUPPLEMENT_AGAIN = "supplement_again"
    WAITING_NO_PAPER = "waiting_no_paper"
    """The clock stands still, and the citizen has no Mẫu 02 that says why."""
    NO_APOLOGY = "no_apology"
    """Finished late, and nobody said sorry."""
    CLOCK_BACK = "clock_back"
    """Written down long after the moment that it claims."""
    READ_OUTSIDE = "read_outside"
    """Opened by a unit that neither received nor holds it."""
    BROKEN = "broken"
    """The journal does not hold."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a signal begins. Those in `BOUNDS` a province may set otherwise."""

    entered_late_minutes: int = DAY_MINUTES
    """Working minutes between the date on the paper and the entry into the system."""
    haste_moves: int = 4
    """Of one dossier, within `haste_within`."""
    haste_clicks: int = 10
    """Of one officer, over all dossiers, within `haste_within`."""
    haste_within: timedelta = timedelta(seconds=60)
    one_click: timedelta = timedelta(seconds=1)
    """Nearer to one another than this is one press of a button for many, which the software offers."""
    week_percent: int = 60
    """Of a week's results on its last working day: more than this is a signal, if they are `week_least` or more."""
    week_least: int = 10
    month_percent: int = 35
    month_least: int = 20
    paper_grace_minutes: int = 24 * 60
    """How long the printing of Mẫu 02 may take."""
    clock_back_minutes: int = 60


USUAL = Thresholds()
BOUNDS: Mapping[str, tuple[int, int]] = {
    "entered_late_minutes": (30, 10 * DAY_MINUTES),
    "haste_moves": (3, 20),
    "haste_clicks": (5, 100),
    "week_percent": (20, 95),
    "week_least": (5, 500),
    "month_percent": (10, 95),
    "month_least": (10, 2000),
    "paper_grace_minutes": (60, 7 * 24 * 60),
    "clock_back_minutes": (10, 24 * 60),
}
"""Least and most of each: beyond them a rule would see everything, or nothing ever again."""


def out_of_bounds(wanted: Thresholds) -> list[str]:
    """Names of those that a province may not set so."""
    return [name for name, (least, most) in BOUNDS.items() if not least <= getattr(wanted, name) <= most]


def entered_late(worked_minutes: int, most: int = USUAL.entered_late_minutes) -> bool:
    """`worked_minutes`: the unit's working time between the date on the paper and the entry."""
    return worked_minutes > most


def haste(
    moments: Sequence[datetime],
    least: int,
    within: timedelta = USUAL.haste_within,
    one_click: timedelta = USUAL.one_click,
) -> int:
    """The most clicks that fall into any span of `within`, if there are at least so many; else 0.

    `moments` in order. What follows within `one_click` was the same click.
    """
    clicks = _clicks(moments, one_click)
    most, first = 0, 0
    for last, moment in enumerate(clicks):
        while moment - clicks[first] > within:
            first += 1
        most = max(most, last - first + 1)
    return most if most >= least else 0


def _clicks(moments: Sequence[datetime], one_click: timedelta) -> list[datetime]:
    clicks: list[datetime] = []
    before: datetime | None = None
    for moment in moments:
        if before is None or moment - before >= one_click:
            clicks.append(moment)
        before = moment
    return clicks


def mass_closing(finished: Mapping[date, int], last_day: date, percent: int, least: int) -> int:
    """How many of a period's dossiers were finished on its last working day, if it is too large a part; else 0.

    `finished`: by day, of the whole period. A few are no signal, whatever their share.
    """
    whole, at_the_end = sum(finished.values()), finished.get(last_day, 0)
    return at_the_end if at_the_end >= least and 100 * at_the_end > percent * whole else 0


def supplement_at_the_end(asked_on: date, due_on: date) -> bool:
    """Asked on the last day of the limit, or after it."""
    return asked_on >= due_on


def waits_without_paper(
    paused_at: datetime, now: datetime, papers: int, grace_minutes: int = USUAL.paper_grace_minutes
) -> bool:
    return papers == 0 and now - paused_at > timedelta(minutes=grace_minutes)


def clock_back(at: datetime, recorded_at: datetime, most_minutes: int = USUAL.clock_back_minutes) -> bool:
    return recorded_at - at > timedelta(minutes=most_minutes)
