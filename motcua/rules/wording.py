"""Why a day counted or did not (R16): the codes, and what each says to a citizen in Vietnamese and in English."""

from datetime import date
from enum import StrEnum
from typing import Literal

Language = Literal["vi", "en"]


class Reason(StrEnum):
    """The codes may be stored and sent; the sentences may be reworded at any time."""

    RECEIVED = "received"
    WORKING_DAY = "working_day"
    MAKE_UP_DAY = "make_up_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_TIME = "working_time"
    MAKE_UP_TIME = "make_up_time"
    SAME_DAY = "same_day"
    AT_ONCE = "at_once"
    AT_OPENING = "at_opening"
    NEXT_WORKING_DAY = "next_working_day"
    MOVED = "moved"
    AFTER_CUT_OFF = "after_cut_off"
    AFTER_HOURS = "after_hours"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    CLOSURE = "closure"
    NO_HOURS = "no_hours"
    WAITING = "waiting"
    BEGAN_AGAIN = "began_again"
    RESUMED = "resumed"
    WENT_ON = "went_on"


SENTENCES: dict[Reason, dict[Language, str]] = {
    Reason.RECEIVED: {
        "vi": "Ngày tiếp nhận, không tính",
        "en": "Day of reception, not counted",
    },
    Reason.WORKING_DAY: {
        "vi": "Ngày làm việc thứ {number}",
        "en": "Working day {number}",
    },
    Reason.MAKE_UP_DAY: {
        "vi": "Ngày làm việc thứ {number}, làm bù{detail}",
        "en": "Working day {number}, worked in place of a day off{detail}",
    },
    Reason.CALENDAR_DAY: {
        "vi": "Ngày thứ {number} (tính cả ngày nghỉ){detail}",
        "en": "Day {number} (days off count too){detail}",
    },
    Reason.WORKING_TIME: {
        "vi": "Tính {duration} làm việc",
        "en": "{duration} of working time",
    },
    Reason.MAKE_UP_TIME: {
        "vi": "Tính {duration} làm việc, làm bù{detail}",
        "en": "{duration} of working time, worked in place of a day off{detail}",
    },
    Reason.SAME_DAY: {
        "vi": "Tiếp nhận không muộn hơn 15 giờ, trả kết quả trong ngày",
        "en": "Received no later than 15:00, answered the same day",
    },
    Reason.AT_ONCE: {
        "vi": "Giải quyết ngay khi tiếp nhận",
        "en": "Answered at once on reception",
    },
    Reason.AT_OPENING: {
        "vi": "Giải quyết ngay khi bắt đầu giờ làm việc",
        "en": "Answered at once when office hours begin",
    },
    Reason.NEXT_WORKING_DAY: {
        "vi": "Ngày làm việc tiếp theo, trả kết quả trong ngày này",
        "en": "Next working day, answered on this day",
    },
    Reason.MOVED: {
        "vi": "Ngày cuối rơi vào ngày nghỉ nên hạn chuyển sang ngày làm việc này",
        "en": "The last day was a day off, so the limit ends on this working day",
    },
    Reason.AFTER_CUT_OFF: {
        "vi": "Tiếp nhận sau 15 giờ, chuyển sang ngày làm việc tiếp theo",
        "en": "Received after 15:00, moved to the next working day",
    },
    Reason.AFTER_HOURS: {
        "vi": "Tiếp nhận khi đã hết giờ làm việc, chuyển sang ngày làm việc tiếp theo",
        "en": "Received after office hours, moved to the next working day",
    },
    Reason.HOLIDAY: {
        "vi": "Nghỉ lễ{detail}",
        "en": "Public holiday{detail}",
    },
    Reason.WEEKEND: {
        "vi": "{weekday}, nghỉ hằng tuần",
        "en": "{weekday}, weekly day off",
    },
    Reason.CLOSURE: {
        "vi": "Nơi tiếp nhận nghỉ làm việc{detail}",
        "en": "The office is closed{detail}",
    },
    Reason.NO_HOURS: {
        "vi": "{weekday}, nơi tiếp nhận không có giờ làm việc",
        "en": "{weekday}, the office has no hours",
    },
    Reason.WAITING: {
        "vi": "Chờ người nộp bổ sung, không tính",
        "en": "Waiting for what was missing, not counted",
    },
    Reason.BEGAN_AGAIN: {
        "vi": "Không tính: thời hạn tính lại từ đầu khi bổ sung đủ",
        "en": "Not counted: the limit began again when the dossier was complete",
    },
    Reason.RESUMED: {
        "vi": "Ngày nhận đủ giấy tờ bổ sung, không tính",
        "en": "Day on which what was missing came, not counted",
    },
    Reason.WENT_ON: {
        "vi": "Tính tiếp (cả ngày nghỉ){detail}",
        "en": "Counted on (days off count too){detail}",
    },
}

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_UNITS: dict[Language, tuple[str, str]] = {"vi": ("giờ", "phút"), "en": ("h", "min")}


def duration(minutes: int, language: Language = "vi") -> str:
    """`90` is `1 giờ 30 phút`, or `1 h 30 min`."""
    hour, minute = _UNITS[language]
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute}")
    return " ".join(parts)


def sentence(
    reason: Reason,
    *,
    day: date,
    number: int | None = None,
    minutes: int | None = None,
    detail: str = "",
    language: Language = "vi",
) -> str:
    """What `reason` says about `day`; `detail` is a name that people gave (a holiday, a closure)."""
    return SENTENCES[reason][language].format(
        number=number,
        duration=duration(minutes or 0, language),
        detail=f": {detail}" if detail else "",
        weekday=_WEEKDAYS[language][day.weekday()],
    )
