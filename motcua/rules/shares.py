"""Each step of a route has its own time, and its own due time (R13, NĐ 61/2018 Đ.19)."""

from collections.abc import Iterable
from datetime import datetime

from motcua.rules.calendar import WorkCalendar
from motcua.rules.limits import Limit


class SharesExceedLimit(ValueError):
    """The steps of a route have more time together than the law gives the procedure, or one has less than none."""


def check_shares(shares: Iterable[int], limit: Limit) -> None:
    """Raise SharesExceedLimit unless the shares, in working minutes, fit into the limit; less than all is allowed."""
    shares = list(shares)
    if any(share < 0 for share in shares):
        raise SharesExceedLimit(f"{min(shares)} minutes: a step cannot have less than no time")
    if sum(shares) > limit.nominal_minutes:
        raise SharesExceedLimit(
            f"the steps have {sum(shares)} working minutes together, the limit of {limit} is {limit.nominal_minutes}"
        )


def step_due(
    *,
    opened: datetime,
    share_minutes: int,
    nominal_total: int,
    received: datetime,
    due: datetime,
    calendar: WorkCalendar,
) -> datetime:
    """When a step that began at `opened` is due: its share in working minutes, and never later than the dossier.

    Where the dossier's real working time, from `received` to `due`, is less than the `nominal_total` that was shared
    out (half days, the same day, an early end of a calendar-day limit), every share shrinks in proportion, rounded
    down to the minute. More real time than that makes no share longer.
    """
    real_total = calendar.working_minutes_between(received, due)
    minutes = share_minutes
    if real_total < nominal_total:
        minutes = share_minutes * real_total // nominal_total
    if minutes >= calendar.working_minutes_between(opened, due):
        return due
    return calendar.add_working_minutes(opened, minutes)
