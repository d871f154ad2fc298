"""Early, on time or late (R15): decided once, when a dossier is finished, against the limit that the law set."""

from datetime import datetime
from enum import StrEnum


class Punctuality(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def punctuality(due_at: datetime, finished_at: datetime) -> Punctuality:
    """Late from the minute after the one it was due; on time earlier on the due date; early before that date.

    `due_at` is the limit of the law: the date of a re-appointment (Mẫu 04) must never be passed here.
    """
    if finished_at.replace(second=0, microsecond=0) > due_at:
        return Punctuality.LATE
    if finished_at.date() == due_at.date():
        return Punctuality.ON_TIME
    return Punctuality.EARLY
