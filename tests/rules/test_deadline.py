"""R11, R12, R16 and R06: due dates, against the oracle and against real cases of 2019."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given

from motcua.rules.calendar import Closure, OutsideCalendar
from motcua.rules.deadline import due_at, explain, transfer_due
from motcua.rules.limits import Limit, LimitKind
from motcua.rules.wording import Reason
from tests.rules import oracle
from tests.rules.worlds import (
    AMOUNTS,
    MOMENTS,
    OFFICES,
    PROPERTY,
    SATURDAY_MORNING,
    answer,
    at,
    compiled,
    hue_calendar,
    limits_of,
    moments_in,
)

every_kind = pytest.mark.parametrize("kind", LimitKind)


@every_kind
@PROPERTY
@given(office=OFFICES, drawn=MOMENTS, amounts=AMOUNTS)
def test_r11_r12_due_dates_agree_with_the_oracle(kind, office, drawn, amounts):
    calendar = compiled(office)
    for received in moments_in(office, drawn):
        for limit in limits_of(kind, amounts):
            expected = answer(oracle.due_at, office, limit, received)
            assert answer(due_at, limit, received, calendar) == expected


@PROPERTY
@given(OFFICES, MOMENTS)
def test_r06_transfer_agrees_with_the_oracle_and_keeps_the_order_of_reception(office, drawn):
    calendar = compiled(office)
    received = moments_in(office, drawn)
    due = [answer(transfer_due, moment, calendar) for moment in received]
    assert due == [answer(oracle.transfer_due, office, moment) for moment in received]
    assert in_order(due)


@every_kind
@PROPERTY
@given(office=OFFICES, drawn=MOMENTS, amounts=AMOUNTS)
def test_r12_received_later_or_with_a_longer_limit_is_never_due_earlier(kind, office, drawn, amounts):
    calendar = compiled(office)
    received, limits = moments_in(office, drawn), limits_of(kind, amounts)
    assert in_order([answer(due_at, limits[0], moment, calendar) for moment in received])
    assert in_order([answer(due_at, limit, received[0], calendar) for limit in limits])


def in_order(due):
    """Whether no date is followed by an earlier one, nor "beyond" by a date."""
    return all(last == "beyond" or (first != "beyond" and first <= last) for first, last in pairwise(due))


@every_kind
@PROPERTY
@given(office=OFFICES, drawn=MOMENTS, amounts=AMOUNTS)
def test_r12_r16_never_due_on_a_day_off_and_every_date_explained_once(kind, office, drawn, amounts):
    calendar = compiled(office)
    received, limit = moments_in(office, drawn)[0], limits_of(kind, amounts)[0]
    due = answer(due_at, limit, received, calendar)
    assume(due != "beyond")
    assert calendar.is_working_day(due.date())
    assert due >= received.replace(second=0)
    told = explain(limit, received, calendar)
    assert told.due_at == due
    assert told.limit == limit
    assert [line.date for line in told.lines] == oracle.days_between(received.date(), due.date())
    counted_add_up_to_the_limit(told, office)


def counted_add_up_to_the_limit(told, office):
    counted = [line for line in told.lines if line.counted]
    if told.limit.kind is LimitKind.WORKING_HOURS:
        assert sum(line.minutes for line in counted) == told.limit.nominal_minutes
    elif told.limit.amount:
        assert [line.number for line in counted] == list(range(1, told.limit.amount + 1))
    else:
        assert counted == [told.lines[-1]]
    off = {Reason.HOLIDAY, Reason.WEEKEND, Reason.CLOSURE, Reason.NO_HOURS}
    for line in told.lines:
        if line.reason in off:
            assert not line.counted
            assert not office.minutes_of(line.date)
        assert line.sentence("vi")
        assert "{" not in line.sentence("vi") + line.sentence("en")
        assert "None" not in line.sentence("vi") + line.sentence("en")


CASES = [
    # the long week-end of 2019: Monday off, Saturday worked
    ("3 working days", "2019-04-26 09:00", "2019-05-04 17:00"),
    ("3 working days", "2019-04-26 17:30", "2019-05-04 17:00"),
    ("1 working day", "2019-04-26 07:00", "2019-05-02 17:00"),
    ("4 working days", "2019-04-26 09:00", "2019-05-06 17:00"),
    ("1 working day", "2019-04-28 09:00", "2019-05-02 17:00"),
    # Tết
    ("1 working day", "2019-02-01 16:59", "2019-02-11 17:00"),
    ("5 working days", "2019-01-31 08:00", "2019-02-14 17:00"),
    # New Year: Saturday 05/01 worked for Monday 31/12
    ("2 working days", "2019-01-03 08:00", "2019-01-05 17:00"),
    # calendar days: the day of reception not counted, a day off at the end moves on
    ("3 calendar days", "2019-04-26 09:00", "2019-05-02 17:00"),
    ("10 calendar days", "2019-04-24 09:00", "2019-05-04 17:00"),
    ("11 calendar days", "2019-04-24 09:00", "2019-05-06 17:00"),
    ("30 calendar days", "2019-01-05 09:00", "2019-02-11 17:00"),
    ("5 calendar days", "2019-06-03 09:00", "2019-06-10 17:00"),
    # working hours
    ("4 working hours", "2019-06-03 07:30", "2019-06-03 11:30"),
    ("4 working hours", "2019-06-03 09:15", "2019-06-03 14:45"),
    ("8 working hours", "2019-06-03 12:00", "2019-06-04 11:30"),
    ("1 working hour", "2019-04-26 16:30", "2019-05-02 08:00"),
    ("12 working hours", "2019-05-03 13:00", "2019-05-04 17:00"),
    ("2 working hours", "2019-06-01 10:00", "2019-06-03 09:30"),
    ("1 working hour", "2019-06-03 09:00:59", "2019-06-03 10:00"),
    # same day, with the cut-off at 15:00
    ("same day", "2019-06-03 06:00", "2019-06-03 17:00"),
    ("same day", "2019-06-03 12:00", "2019-06-03 17:00"),
    ("same day", "2019-06-03 15:00:59", "2019-06-03 17:00"),
    ("same day", "2019-06-03 15:01", "2019-06-04 17:00"),
    ("same day", "2019-04-26 15:01", "2019-05-02 17:00"),
    ("same day", "2019-05-04 10:00", "2019-05-04 17:00"),
    ("same day", "2019-06-01 10:00", "2019-06-03 17:00"),
    # at once
    ("at once", "2019-06-03 09:00:30", "2019-06-03 09:00"),
    ("at once", "2019-06-03 11:30", "2019-06-03 13:00"),
    ("at once", "2019-06-03 17:00", "2019-06-04 07:30"),
    ("at once", "2019-04-27 09:00", "2019-05-02 07:30"),
]


@pytest.mark.parametrize(("limit", "received", "due"), CASES)
def test_r11_r12_real_cases_of_2019(limit, received, due):
    assert due_at(Limit.parse(limit), at(received), hue_calendar()) == at(due)


def test_r11_same_day_needs_working_time_after_the_reception():
    """A Saturday morning, and an afternoon closed for training: received at 14:00 is too late, though before 15:00."""
    training = Closure(at("2019-06-03 13:00"), at("2019-06-03 17:00"), "Tập huấn")
    calendar = hue_calendar(more_hours=(SATURDAY_MORNING,), closures=(training,))
    same_day = Limit(LimitKind.SAME_DAY)
    assert due_at(same_day, at("2019-06-01 11:29"), calendar) == at("2019-06-01 11:30")
    assert due_at(same_day, at("2019-06-01 11:30"), calendar) == at("2019-06-03 11:30")
    assert due_at(same_day, at("2019-06-03 14:00"), calendar) == at("2019-06-04 17:00")
    assert explain(same_day, at("2019-06-03 14:00"), calendar).lines[0].reason is Reason.AFTER_HOURS


def test_r12_a_closed_afternoon_makes_the_limit_end_at_noon():
    calendar = hue_calendar(closures=(Closure(at("2019-06-05 12:00"), at("2019-06-05 23:00"), "Họp"),))
    assert due_at(Limit.parse("2 working days"), at("2019-06-03 09:00"), calendar) == at("2019-06-05 11:30")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2019-06-03 08:00", "2019-06-03 17:00"),
        ("2019-06-03 06:00", "2019-06-03 17:00"),
        ("2019-06-03 15:00", "2019-06-03 17:00"),
        ("2019-06-03 15:01", "2019-06-04 07:30"),
        ("2019-04-26 16:00", "2019-05-02 07:30"),
        ("2019-05-04 16:00", "2019-05-06 07:30"),
        ("2019-06-02 09:00", "2019-06-03 07:30"),
    ],
)
def test_r06_transfer_the_same_day_or_at_the_start_of_the_next(received, due):
    assert transfer_due(at(received), hue_calendar()) == at(due)


def test_beyond_the_calendar_is_an_error_and_not_a_date():
    for text in ("9 working days", "99 working hours", "9 calendar days"):
        with pytest.raises(OutsideCalendar):
            due_at(Limit.parse(text), at("2019-12-30 09:00"), hue_calendar())
    with pytest.raises(OutsideCalendar):
        due_at(Limit.parse("same day"), at("2018-11-30 09:00"), hue_calendar())


@pytest.mark.parametrize("text", ["1 working day", "1 calendar day", "same day", "at once", "1 working hour"])
def test_moments_with_an_offset_are_refused(text):
    with pytest.raises(ValueError, match="naive local time"):
        due_at(Limit.parse(text), at("2019-06-03 09:00+07:00"), hue_calendar())
    with pytest.raises(ValueError, match="naive local time"):
        transfer_due(at("2019-06-03 09:00+07:00"), hue_calendar())


def told(limit, received, **own):
    lines = explain(Limit.parse(limit), at(received), hue_calendar(**own)).lines
    return [f"{line.date:%d/%m} {'+' if line.counted else '-'} {line.sentence()}" for line in lines]


def test_r16_working_days_are_explained_in_plain_vietnamese():
    assert told("3 working days", "2019-04-26 09:00") == [
        "26/04 - Ngày tiếp nhận, không tính",
        "27/04 - Thứ Bảy, nghỉ hằng tuần",
        "28/04 - Chủ nhật, nghỉ hằng tuần",
        "29/04 - Nghỉ lễ: Nghỉ hoán đổi với 04/05/2019",
        "30/04 - Nghỉ lễ: Ngày Chiến thắng",
        "01/05 - Nghỉ lễ: Ngày Quốc tế lao động",
        "02/05 + Ngày làm việc thứ 1",
        "03/05 + Ngày làm việc thứ 2",
        "04/05 + Ngày làm việc thứ 3, làm bù: cho ngày 29/04/2019",
    ]


def test_r16_calendar_days_say_when_the_limit_moved():
    assert told("3 calendar days", "2019-08-29 09:00") == [
        "29/08 - Ngày tiếp nhận, không tính",
        "30/08 + Ngày thứ 1 (tính cả ngày nghỉ)",
        "31/08 + Ngày thứ 2 (tính cả ngày nghỉ)",
        "01/09 + Ngày thứ 3 (tính cả ngày nghỉ)",
        "02/09 - Nghỉ lễ: Quốc khánh",
        "03/09 - Ngày cuối rơi vào ngày nghỉ nên hạn chuyển sang ngày làm việc này",
    ]


def test_r16_working_hours_say_how_much_of_each_day():
    repair = Closure(at("2019-06-04 00:00"), at("2019-06-05 00:00"), "Sửa nhà")
    assert told("8 working hours", "2019-06-03 15:30", closures=(repair,)) == [
        "03/06 + Tính 1 giờ 30 phút làm việc",
        "04/06 - Nơi tiếp nhận nghỉ làm việc: Sửa nhà",
        "05/06 + Tính 6 giờ 30 phút làm việc",
    ]
    assert told("1 working hour", "2019-05-03 18:00") == [
        "03/05 - Tiếp nhận khi đã hết giờ làm việc, chuyển sang ngày làm việc tiếp theo",
        "04/05 + Tính 1 giờ làm việc, làm bù: cho ngày 29/04/2019",
    ]


def test_r16_same_day_and_at_once_say_why_it_is_another_day():
    assert told("same day", "2019-06-03 15:00") == [
        "03/06 + Tiếp nhận không muộn hơn 15 giờ, trả kết quả trong ngày"
    ]
    assert told("same day", "2019-06-07 15:01") == [
        "07/06 - Tiếp nhận sau 15 giờ, chuyển sang ngày làm việc tiếp theo",
        "08/06 - Thứ Bảy, nghỉ hằng tuần",
        "09/06 - Chủ nhật, nghỉ hằng tuần",
        "10/06 + Ngày làm việc tiếp theo, trả kết quả trong ngày này",
    ]
    assert told("at once", "2019-06-03 09:00") == ["03/06 + Giải quyết ngay khi tiếp nhận"]
    assert told("at once", "2019-06-03 12:00") == ["03/06 + Giải quyết ngay khi bắt đầu giờ làm việc"]
    assert told("at once", "2019-06-03 17:00") == [
        "03/06 - Tiếp nhận khi đã hết giờ làm việc, chuyển sang ngày làm việc tiếp theo",
        "04/06 + Giải quyết ngay khi bắt đầu giờ làm việc",
    ]


def test_r16_english_is_the_second_language():
    lines = explain(Limit.parse("1 working day"), at("2019-05-03 09:00"), hue_calendar()).lines
    assert [line.sentence("en") for line in lines] == [
        "Day of reception, not counted",
        "Working day 1, worked in place of a day off: cho ngày 29/04/2019",
    ]


def test_r12_a_year_of_receptions_agrees_with_counting_on_a_paper_calendar():
    """Five working days without a holiday between them end on the same weekday a week later."""
    calendar = hue_calendar()
    for n in range(5):
        received = at("2019-06-03 09:00") + timedelta(days=n)
        due = due_at(Limit.parse("5 working days"), received, calendar)
        assert due == at("2019-06-10 17:00") + timedelta(days=n)
    assert date(2019, 6, 3).weekday() == 0
