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
    """Where a signal begins."""

    entered_late_minutes: int = DAY_MINUTES
    """Working minutes between the date on the paper and the entry into the system."""
    haste_moves: int = 4
    """Of one dossier, within `haste_within`."""
    haste_clicks: int = 10
    """Of one officer, over all dossiers, within `haste_within`."""
    haste_within: timedelta = timedelta(seconds=60)
    one_click: timedelta = timedelta(seconds=1)
    """Nearer to one another than this is one press of a button for many, which the software offers."""
    week_share: float = 0.6
    week_least: int = 10
    month_share: float = 0.35
    month_least: int = 20
    paper_grace: timedelta = timedelta(days=1)
    """How long the printing of Mẫu 02 may take."""
    clock_back: timedelta = timedelta(hours=1)


USUAL = Thresholds()


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


def mass_closing(finished: Mapping[date, int], last_day: date, share: float, least: int) -> int:
    """How many of a period's dossiers were finished on its last working day, if it is too large a part; else 0.

    `finished`: by day, of the whole period. A few are no signal, whatever their share.
    """
    whole, at_the_end = sum(finished.values()), finished.get(last_day, 0)
    return at_the_end if at_the_end >= least and at_the_end > share * whole else 0


def supplement_at_the_end(asked_on: date, due_on: date) -> bool:
    """Asked on the last day of the limit, or after it."""
    return asked_on >= due_on


def waits_without_paper(
    paused_at: datetime, now: datetime, papers: int, grace: timedelta = USUAL.paper_grace
) -> bool:
    return papers == 0 and now - paused_at > grace


def clock_back(at: datetime, recorded_at: datetime, most: timedelta = USUAL.clock_back) -> bool:
    return recorded_at - at > most
