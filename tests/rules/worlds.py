"""Offices to try the rules on: the Huế of 2019, and any office that Hypothesis can think of."""

from datetime import date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from motcua.rules.calendar import Closure, OfficeHours, OutsideCalendar, WorkCalendar
from motcua.rules.limits import Limit, LimitKind
from tests.rules.oracle import Beyond, Office

PROPERTY = settings(max_examples=50, deadline=None, database=None)
"""No deadline: the oracle is slow by design. No database: a failure prints how to repeat it."""

WINDOW = 75  # days: long enough for two changes of month, short enough to walk by the minute


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def compiled(office: Office) -> WorkCalendar:
    return WorkCalendar.build(
        hours=office.hours,
        days_off=office.days_off,
        make_up_days=office.make_up_days,
        closures=office.closures,
        first=office.first,
        last=office.last,
    )


HUE_HOURS = tuple(
    OfficeHours(weekday, opens, closes)
    for weekday in range(5)
    for opens, closes in ((time(7, 30), time(11, 30)), (time(13), time(17)))
)
SATURDAY_MORNING = OfficeHours(5, time(7, 30), time(11, 30))

DAYS_OFF_2019 = {
    date(2018, 12, 31): "Nghỉ hoán đổi với 05/01/2019",
    date(2019, 1, 1): "Tết Dương lịch",
    **{date(2019, 2, day): "Tết Nguyên đán" for day in range(4, 9)},
    date(2019, 4, 15): "Giỗ Tổ Hùng Vương (nghỉ bù)",
    date(2019, 4, 29): "Nghỉ hoán đổi với 04/05/2019",
    date(2019, 4, 30): "Ngày Chiến thắng",
    date(2019, 5, 1): "Ngày Quốc tế lao động",
    date(2019, 9, 2): "Quốc khánh",
}
MAKE_UP_2019 = {date(2019, 1, 5): "cho ngày 31/12/2018", date(2019, 5, 4): "cho ngày 29/04/2019"}


def hue(*, closures: tuple[Closure, ...] = (), more_hours: tuple[OfficeHours, ...] = ()) -> Office:
    """A commune of Huế in 2019, with what it has of its own."""
    return Office(
        hours=HUE_HOURS + more_hours,
        days_off=DAYS_OFF_2019,
        make_up_days=MAKE_UP_2019,
        closures=closures,
        first=date(2018, 12, 1),
        last=date(2019, 12, 31),
    )


def hue_calendar(**own) -> WorkCalendar:
    return compiled(hue(**own))


# Any office: everything is an offset from the first day of its window, so that Hypothesis draws plain integers.

DAYS = st.integers(-5, WINDOW + 5)  # some lie outside the window
MINUTES_OF_DAY = st.sampled_from([0, 449, 450, 689, 690, 780, 899, 900, 901, 1019, 1020, 1439]) | st.integers(
    0, 1439
)
MONTHS = st.integers(1, 12)
STRETCHES = st.tuples(
    st.integers(0, 6),
    st.lists(MINUTES_OF_DAY, min_size=2, max_size=2, unique=True),
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | st.tuples(MONTHS, MONTHS),
)
CLOSURES = st.tuples(DAYS, MINUTES_OF_DAY, st.sampled_from([1, 60, 240, 600, 24 * 60, 3 * 24 * 60 + 5]))
USUAL_HOURS = st.sampled_from([HUE_HOURS, (*HUE_HOURS, SATURDAY_MORNING), ()])


def office_of(number, usual, stretches, days_off, make_up, closed) -> Office:
    first = date(2017, 1, 1) + timedelta(days=number)

    def day(offset: int | None) -> date | None:
        return None if offset is None else first + timedelta(days=offset)

    other = [
        OfficeHours(
            weekday,
            opens=time(*divmod(min(edges), 60)),
            closes=time(*divmod(max(edges), 60)),
            valid_from=day(valid_from),
            valid_to=day(valid_to),
            season=season,
        )
        for weekday, edges, valid_from, valid_to, season in stretches
    ]
    starts = [(moment_of(first, offset, minute), length) for offset, minute, length in closed]
    return Office(
        hours=(*usual, *other),
        days_off={first + timedelta(days=offset): "Lễ" for offset in days_off},
        make_up_days={first + timedelta(days=offset): "Bù" for offset in make_up},
        closures=tuple(Closure(start, start + timedelta(minutes=length), "Họp") for start, length in starts),
        first=first,
        last=first + timedelta(days=WINDOW),
    )


OFFICES = st.builds(
    office_of,
    st.integers(0, 3300),
    USUAL_HOURS,
    st.lists(STRETCHES, max_size=5),
    st.sets(DAYS, max_size=8),
    st.sets(DAYS, max_size=3),
    st.lists(CLOSURES, max_size=4),
)

MOMENTS = st.lists(
    st.tuples(st.integers(0, WINDOW), MINUTES_OF_DAY, st.sampled_from([0, 59])),
    min_size=2,
    max_size=8,
    unique=True,
)
"""Several questions for each office: an office is dear to make."""

AMOUNTS = st.lists(st.integers(1, 5) | st.integers(1, 40), min_size=2, max_size=4, unique=True)


def moment_of(first: date, offset: int, minute: int, second: int = 0) -> datetime:
    return datetime.combine(first, time()) + timedelta(days=offset, minutes=minute, seconds=second)


def moments_in(office: Office, drawn) -> list[datetime]:
    """The drawn moments in the window of `office`, in order."""
    return sorted(moment_of(office.first, *parts) for parts in drawn)


def limits_of(kind: LimitKind, amounts: list[int]) -> list[Limit]:
    """Limits of one kind, the shorter first; a kind that counts nothing has one."""
    if kind in (LimitKind.AT_ONCE, LimitKind.SAME_DAY):
        return [Limit(kind)]
    return [Limit(kind, amount) for amount in sorted(amounts)]


def answer(question, *arguments):
    """What was answered, or that the answer lies beyond the window."""
    try:
        return question(*arguments)
    except (OutsideCalendar, Beyond):
        return "beyond"
