"""How days and times read on the State's papers, in Vietnamese. The one place that words them."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

VIET_NAM: Final = timezone(timedelta(hours=7), "ICT")
"""The only time zone of these papers: UTC+7 all year, without a time zone database."""


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Viet Nam. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone: nobody knows which moment it means")
    return moment.astimezone(VIET_NAM)


def day(value: date) -> str:
    """`04/03/2019`; a datetime is read on a clock in Viet Nam."""
    value = local(value).date() if isinstance(value, datetime) else value
    return f"{value.day:02}/{value.month:02}/{value.year}"


def moment(value: datetime) -> str:
    """`08 giờ 15 phút, ngày 04/03/2019`: a time of reception, an appointment."""
    clock = local(value)
    return f"{clock.hour:02} giờ {clock.minute:02} phút, ngày {day(clock)}"


def short_moment(value: datetime) -> str:
    """`08:15 04/03/2019`: for the narrow columns of a register."""
    clock = local(value)
    return f"{clock.hour:02}:{clock.minute:02} {day(clock)}"


def long_day(value: date) -> str:
    """`ngày 04 tháng 3 năm 2019`: days below 10 and the months 1 and 2 get a zero, as TCVN 9252 writes them."""
    value = local(value).date() if isinstance(value, datetime) else value
    month = f"{value.month:02}" if value.month < 3 else str(value.month)  # noqa: PLR2004 - the rule itself
    return f"ngày {value.day:02} tháng {month} năm {value.year}"


def place_and_day(place: str, value: date) -> str:
    """`Phú Hậu, ngày 04 tháng 3 năm 2019`; without a place, a capital opens the line."""
    words = long_day(value)
    return f"{place}, {words}" if place else words.capitalize()


def count(number: int) -> str:
    """`01`, `12`, `150`: two digits at least, so that nothing can be written before them."""
    return f"{number:02}"


def money(amount: int) -> str:
    """`1.250.000`: whole đồng, a point between the thousands."""
    return f"{amount:,}".replace(",", ".")
