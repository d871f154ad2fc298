"""`calendar` and `calendar_withdraw`: what days are, and who says so (R10)."""

from datetime import date, time

import pytest
from django.urls import reverse

from motcua.journal.models import Entry
from motcua.oversight.days import SpecialDay
from motcua.people import actions
from motcua.people.calendar import calendar_of, public_calendar
from motcua.people.errors import CalendarRefused
from motcua.people.models import CalendarDay, CalendarStamp, DayKind, OfficeHours, Unit
from tests.oversight.conftest import queries

CALENDAR, WITHDRAW = reverse("calendar"), reverse("calendar_withdraw")
STORM = date(2026, 11, 18)
CORRECTION = {"day": "18/11/2026", "kind": "off", "name": "Nghỉ tránh bão, CĐ 12/CĐ-UBND"}


def shown(response) -> dict[date, SpecialDay]:
    return {row.day: row for row in response.context["days"]}


def stamp() -> str:
    """What tells processes that their copy is old."""
    return CalendarStamp.objects.values_list("token", flat=True).first() or ""


def test_shows_the_year_as_it_counts_now(office):
    days = shown(office.get(CALENDAR, {"nam": "2019"}))
    assert days[date(2019, 4, 29)].kind == DayKind.OFF
    assert days[date(2019, 5, 4)].kind == DayKind.WORKING
    assert not days[date(2019, 4, 29)].is_corrected
    assert {day.year for day in days} == {2019}


def test_a_correction_counts_at_once_and_is_marked(office, unit):
    assert calendar_of(unit).is_working_day(STORM)
    response = office.post(CALENDAR, CORRECTION, follow=True)
    assert response.redirect_chain == [(f"{CALENDAR}?nam=2026", 302)]
    assert shown(response)[STORM].is_corrected
    assert "Đã ghi ngày 18/11/2026" in response.content.decode()
    assert not calendar_of(unit).is_working_day(STORM)
    entry = Entry.objects.latest("id")
    assert (entry.chain, entry.kind) == ("46", "calendar.corrected")


def test_a_correction_replaces_the_one_before(office):
    office.post(CALENDAR, CORRECTION)
    office.post(CALENDAR, CORRECTION | {"kind": "working", "name": "Hết bão"})
    assert CalendarDay.objects.get(day=STORM).name == "Hết bão"
    assert STORM in public_calendar()[1]


def test_the_same_again_is_nothing(office):
    office.post(CALENDAR, CORRECTION)
    before = stamp(), Entry.objects.count()
    assert office.post(CALENDAR, CORRECTION).status_code == 302
    assert (stamp(), Entry.objects.count()) == before


def test_taken_back_the_library_counts_again(office, unit):
    office.post(CALENDAR, CORRECTION)
    response = office.post(WITHDRAW, {"day": "2026-11-18"}, follow=True)
    assert STORM not in shown(response)
    assert calendar_of(unit).is_working_day(STORM)
    assert Entry.objects.latest("id").kind == "calendar.correction_withdrawn"


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"day": "31/02/2026"}, "day", "Ngày chưa đúng"),
        ({"day": ""}, "day", "Hãy nhập ngày"),
        ({"day": "01/01/2014"}, "day", "Lịch chỉ có từ năm 2015 đến năm 2035"),
        ({"kind": "holiday"}, "kind", "holiday"),
        ({"kind": ""}, "kind", "Chọn ngày nghỉ"),
        ({"name": "  "}, "name", "Hãy ghi tên ngày nghỉ"),
        ({"name": "x" * 121}, "name", "120"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(office, changed, field, words):
    typed = CORRECTION | changed
    response = office.post(f"{CALENDAR}?nam=2020", typed)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert response.context["form"]["name"].value() == typed["name"]
    assert response.context["year"] == 2020
    assert not CalendarDay.objects.exists()


def test_three_mistakes_are_said_at_once(office):
    response = office.post(CALENDAR, {})
    assert len(response.context["form"].errors) == 3


def test_a_month_without_a_working_day_is_refused(office, administrator):
    """Nobody's appointment could be counted over it; the last day off that would do it is not written."""
    days = [date(2026, 10, number) for number in range(1, 32)]
    CalendarDay.objects.bulk_create(CalendarDay(day=day, kind="off", name="lụt") for day in days[:-2])
    before = stamp(), Entry.objects.count()
    response = office.post(CALENDAR, CORRECTION | {"day": "30/10/2026"})  # the 31st is a Saturday
    assert response.status_code == 422
    assert "Tháng 10/2026 sẽ không còn ngày làm việc nào" in response.content.decode()
    assert not CalendarDay.objects.filter(day=days[-2]).exists()
    assert (stamp(), Entry.objects.count()) == before
    assert office.post(CALENDAR, CORRECTION | {"day": "31/10/2026"}).status_code == 302


def test_a_working_day_that_a_month_needs_is_not_taken_back(office):
    days = [date(2026, 10, number) for number in range(1, 32)]
    CalendarDay.objects.bulk_create(CalendarDay(day=day, kind="off", name="lụt") for day in days[:-1])
    CalendarDay.objects.create(day=days[-1], kind="working", name="bù")
    response = office.post(WITHDRAW, {"day": "2026-10-31"}, follow=True)
    assert "sẽ không còn ngày làm việc nào" in response.content.decode()
    assert CalendarDay.objects.filter(day=days[-1]).exists()


def test_the_action_refuses_by_itself(administrator):
    for day, name in ((date(2036, 1, 1), "x"), (STORM, " ")):
        with pytest.raises(CalendarRefused):
            actions.correct_calendar(administrator.officer, day, DayKind.OFF, name)


@pytest.mark.parametrize("day", ["", "tomorrow", "18/11/2026", "\0"])
def test_withdrawing_no_day_is_told(office, day):
    response = office.post(WITHDRAW, {"day": day}, follow=True)
    assert "Không có ngày nào để rút lại" in response.content.decode()


def test_withdrawing_what_is_not_there_changes_nothing(office):
    before = stamp()
    assert office.post(WITHDRAW, {"day": "2026-11-19"}).status_code == 302
    assert stamp() == before


@pytest.mark.parametrize(
    ("asked", "year"),
    [("2030", 2030), ("1", 2015), ("9999", 2035), ("x", 2026), ("", 2026), ("9" * 5000, 2026)],
)
def test_the_year_stays_within_the_calendar(office, asked, year):
    assert office.get(CALENDAR, {"nam": asked}).context["year"] == year


def test_shows_hours_of_the_province_and_of_units_with_their_own(office, unit):
    OfficeHours.objects.create(
        unit=unit, weekday=5, opens=time(7, 30), closes=time(11, 30), valid_from=date(2026, 1, 1)
    )
    OfficeHours.objects.create(
        unit=unit, weekday=0, opens=time(7, 30), closes=time(11, 30), valid_from=date(2026, 1, 1)
    )
    lines = office.get(CALENDAR).context["hours"]
    province = Unit.objects.get(code="46").name
    assert {line.unit_name for line in lines} == {province, unit.name}
    assert lines[0].unit_name == province
    assert lines[0].weekdays == "Thứ Hai – Thứ Sáu"
    assert lines[0].spans == "07:30–11:30, 13:00–17:00"
    own = [(line.weekdays, line.validity) for line in lines if line.unit_name == unit.name]
    assert own == [("Thứ Hai", "từ 01/01/2026"), ("Thứ Bảy", "từ 01/01/2026")]


def test_as_many_queries_for_one_correction_as_for_many(office):
    before = queries(office, CALENDAR)
    CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2026, 7, number), kind="off", name="x") for number in range(1, 10)
    )
    assert queries(office, CALENDAR) == before <= 10
