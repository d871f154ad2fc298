"""Offices to try the rules on: the Huế of 2019, and any office that Hypothesis can think of."""

from datetime import date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from motcua.rules.calendar import Closure, OfficeHours, WorkCalendar
from motcua.rules.limits import Limit, LimitKind
from tests.rules.oracle import Office

PROPERTY = settings(max_examples=120, deadline=None, database=None)
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


@st.composite
def office_hours(draw, first: date) -> OfficeHours:
    opens = draw(st.integers(0, 23 * 60))
    closes = draw(st.integers(opens + 1, 24 * 60 - 1))
    months = st.integers(1, 12)
    return OfficeHours(
        weekday=draw(st.integers(0, 6)),
        opens=time(*divmod(opens, 60)),
        closes=time(*divmod(closes, 60)),
        valid_from=draw(st.none() | days_near(first)),
        valid_to=draw(st.none() | days_near(first)),
        season=draw(st.none() | st.tuples(months, months)),
    )


def days_near(first: date, margin: int = 5):
    """Days in the window that begins on `first`, and a few around it."""
    return st.dates(first - timedelta(days=margin), first + timedelta(days=WINDOW + margin))


@st.composite
def closures(draw, first: date) -> Closure:
    day = draw(days_near(first))
    starts = datetime.combine(day, time()) + timedelta(minutes=draw(st.sampled_from([0, 450, 690, 780, 905])))
    length = draw(st.sampled_from([1, 60, 240, 600, 24 * 60, 3 * 24 * 60 + 5]))
    return Closure(starts, starts + timedelta(minutes=length), "Tập huấn")


@st.composite
def offices(draw) -> Office:
    """Plain weeks like those of Huế most of the time, and any other hours besides or instead."""
    first = draw(st.dates(date(2017, 1, 1), date(2026, 1, 1)))
    usual = draw(st.sampled_from([HUE_HOURS, (*HUE_HOURS, SATURDAY_MORNING), ()]))
    other = draw(st.lists(office_hours(first), max_size=6))
    return Office(
        hours=(*usual, *other),
        days_off=draw(st.dictionaries(days_near(first), st.just("Lễ"), max_size=8)),
        make_up_days=draw(st.dictionaries(days_near(first), st.just("Bù"), max_size=3)),
        closures=tuple(draw(st.lists(closures(first), max_size=4))),
        first=first,
        last=first + timedelta(days=WINDOW),
    )


@st.composite
def moments(draw, office: Office) -> datetime:
    """Any moment in the window, the edges of working time above all."""
    day = draw(st.dates(office.first, office.last))
    edges = [0, 449, 450, 689, 690, 780, 899, 900, 901, 1019, 1020, 1439]
    minute = draw(st.sampled_from(edges) | st.integers(0, 1439))
    return datetime.combine(day, time()) + timedelta(minutes=minute, seconds=draw(st.integers(0, 59)))


@st.composite
def limits(draw, kind: LimitKind) -> Limit:
    if kind in (LimitKind.AT_ONCE, LimitKind.SAME_DAY):
        return Limit(kind)
    return Limit(kind, draw(st.integers(1, 5) | st.integers(1, 40)))
