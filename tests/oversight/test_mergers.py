"""The administrator's pages for merging communes: seen before it is written, written at the second press, taken back."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.catalog.models import Offering
from motcua.dossiers import mergers
from motcua.dossiers.clock import aware
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.people import actions as people
from motcua.people.models import Grant, Merger
from tests.cast import MONDAY, Played, played, received
from tests.desk.conftest import read
from tests.desk.reading import Page
from tests.dossiers.communes import AFTER, BEFORE, DAY, NEIGHBOUR, neighbours, planned, unit_of, wanted
from tests.dossiers.lives import HOUR, Desk

PLAN = "/quan-tri/sap-nhap/moi/?huyen=474"
TYPED = {
    "on": "23/11/2026",
    "decision": "834/NQ-UBTVQH14",
    "predecessors": [BEFORE],
    "successor": NEIGHBOUR,
    "parent": "474",
}


@pytest.fixture(autouse=True)
def clock(db) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY + 4 * DAY + 8 * HOUR, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(administrator: Played) -> Client:
    return administrator.client()


@pytest.fixture
def desk(clerk: Played, specialist: Played, other_specialist: Played, leader: Played) -> Desk:
    return Desk(clerk, specialist, other_specialist, leader)


def seen(browser: Client, **typed: Any) -> Page:
    return read(browser.post(PLAN, TYPED | {"xem": ""} | typed))


def moved() -> list[str]:
    rows = Grant.objects.filter(unit__code=BEFORE).order_by("pk")
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


# -- the form -------------------------------------------------------------------------------------
def test_the_form_offers_the_communes_of_a_district(browser: Client) -> None:
    page = read(browser.get(f"/quan-tri/sap-nhap/moi/?huyen={unit_of('20068').parent.code}"))
    assert "Xã A Ngo (20068)" in page.text
    assert "Phường Phước Vĩnh" not in page.text
    assert read(browser.get("/quan-tri/sap-nhap/moi/?huyen=khong")).text  # the first one


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "32/13/2026"}, "Ngày chưa đúng"),
        ({"successor": BEFORE}, "không thể đồng thời kết thúc"),
        ({"others": "19747, 99999"}, "Không có đơn vị mang mã 99999"),
        ({"others": "474"}, "chỉ sáp nhập cấp xã"),
        ({"successor": "moi", "code": "1"}, "Hãy ghi tên đơn vị mới"),
        ({"predecessors": [], "name": ""}, "Chưa có gì thay đổi"),
        ({"predecessors": ["20068"]}, "20068"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(browser: Client, typed: dict, words: str) -> None:
    for button in ("xem", "ghi"):
        page = read(browser.post(PLAN, TYPED | typed | {button: ""}), 422)
        assert words in page.text
        assert page.all("input", name="decision", value=TYPED["decision"])
    assert not Merger.objects.exists()


def test_dossiers_received_after_the_day_are_said(browser: Client, clerk: Played) -> None:
    received(clerk, at=MONDAY + 4 * DAY)
    page = read(browser.post(PLAN, TYPED | {"on": "19/11/2026", "xem": ""}), 422)
    assert "đã tiếp nhận 1 hồ sơ, gần nhất ở Phường Phước Vĩnh ngày 20/11/2026" in page.text


# -- the preview ----------------------------------------------------------------------------------
def test_what_lies_there_is_shown_and_nothing_is_written(browser: Client, desk: Desk) -> None:
    friday = MONDAY + 4 * DAY
    for make in (desk.at_reception, desk.at_processing, desk.at_processing, desk.done):
        make(friday)
    before = Entry.objects.count()
    text = seen(browser).text
    assert "Từ ngày 23/11/2026 , Phường Trường An (Thành phố Huế) làm việc thay" in text
    assert "4 : tiếp nhận 1; xử lý 2; có kết quả, chờ trả 1" in text
    assert "từ 26/11/2026 đến 26/11/2026" in text
    assert "dừng ở số 4" in text
    assert "Không hạn trả nào thay đổi" in text
    assert "Các đơn vị làm việc cùng giờ." in text
    assert "Trần Thị Lan" in text
    assert "Sẽ không có ai giữ" not in text
    assert (Merger.objects.count(), Entry.objects.count()) == (0, before)


def test_where_hours_differ_what_is_promised_behind_closed_doors_is_named(
    browser: Client, desk: Desk
) -> None:
    people.set_hours(unit_of(NEIGHBOUR), range(2), [(time(8), time(10))])
    dossier = desk.at_processing(MONDAY + 4 * DAY)
    starts = aware(datetime(2026, 11, 25, 7))
    people.close_office(played("quantri").officer, unit_of(BEFORE), starts, starts + HOUR, "mất điện")
    text = seen(browser).text
    assert "Thứ Hai – Thứ Ba: 08:00–10:00" in text
    assert "Thứ Hai – Thứ Sáu: 07:30–11:30, 13:00–17:00" in text
    assert "1 hồ sơ: phải có kết quả trước đó." in text
    assert f"{dossier.code} – 17:00, 26/11/2026" in text
    assert "mất điện" in text


def test_who_will_be_missing_is_said(browser: Client) -> None:
    """Nobody of the old unit moves, and nobody is in the new one."""
    text = seen(browser, hien=moved(), chuyen=[]).text
    assert "Sẽ không có ai giữ" in text
    assert "Tiếp nhận và trả kết quả" in text
    assert "công chức chuyên môn lĩnh vực Tư pháp - Hộ tịch" in text


def test_lists_that_differ(browser: Client) -> None:
    Offering.objects.filter(unit__code=NEIGHBOUR, procedure__code="1.004837").delete()
    text = seen(browser).text
    assert "Đăng ký giám hộ" in text
    assert "Phường Trường An tiếp nhận mọi thủ tục" in text


def test_as_many_queries_whatever_lies_there(
    browser: Client, desk: Desk, django_assert_max_num_queries
) -> None:
    desk.at_processing(MONDAY + 4 * DAY)
    seen(browser)
    for _number in range(3):
        desk.at_processing(MONDAY + 4 * DAY)
    with django_assert_max_num_queries(45):
        seen(browser)


# -- the plan -------------------------------------------------------------------------------------
def test_the_second_press_writes_it_with_those_who_move(browser: Client) -> None:
    staying = Grant.objects.get(user__username="vanhoa.phuocvinh")
    ticked = [pk for pk in moved() if pk != str(staying.pk)]
    again = read(browser.post(PLAN, TYPED | {"sua": "", "hien": moved(), "chuyen": ticked}))
    assert [one.attrs["value"] for one in again.all("input", name="hien")] == [
        str(staying.pk)
    ]  # who was not ticked is remembered
    answer = browser.post(PLAN, TYPED | {"ghi": "", "hien": moved(), "chuyen": ticked})
    merger = Merger.objects.get()
    assert answer["Location"] == reverse("merger", args=[merger.pk])
    assert merger.title == "Phường Phước Vĩnh + Phường Trường An → Phường Trường An"
    moving = Grant.objects.filter(unit__code=NEIGHBOUR)
    assert not moving.filter(user=staying.user_id).exists()
    assert moving.count() == len(ticked)
    page = read(browser.get(answer["Location"]))
    assert "Kế hoạch chờ đến ngày" in page.text
    assert staying.user.full_name not in page.text
    assert "Hủy kế hoạch này" in page.text


def test_it_is_taken_back_and_the_page_says_so(browser: Client, administrator: Played) -> None:
    merger = planned(administrator)
    browser.post(reverse("merger_cancel", args=[merger.pk]))
    assert "Kế hoạch đã hủy" in read(browser.get(reverse("merger", args=[merger.pk]))).text
    assert "Đã hủy" in read(browser.get(reverse("mergers"))).text
    answer = browser.post(reverse("merger_cancel", args=[merger.pk]), follow=True)
    assert "Kế hoạch này đã được hủy." in read(answer).text


def test_after_the_day_the_page_says_what_became_of_it(browser: Client, administrator: Played, clock) -> None:
    merger = planned(administrator)
    clock.move_to(AFTER)
    browser = administrator.client()  # sessions do not last over a week-end
    page = read(browser.get(reverse("merger", args=[merger.pk])))
    assert "chờ tiến trình nền" in page.text
    assert "Hủy kế hoạch" not in page.text
    mergers.carry_out_due(AFTER)
    assert "đã cập nhật lúc" in read(browser.get(reverse("merger", args=[merger.pk]))).text
    answer = browser.post(reverse("merger_cancel", args=[merger.pk]), follow=True)
    assert "Đã đến ngày thực hiện" in read(answer).text


def test_a_new_unit_by_the_page(browser: Client) -> None:
    new = {"successor": "moi", "code": "29999", "identifier": "000.99.21.H57", "name": "Phường Mới"}
    browser.post(PLAN, TYPED | new | {"predecessors": [BEFORE, NEIGHBOUR], "ghi": ""})
    assert Merger.objects.get().successor == unit_of("29999")


def test_one_that_is_not_there(browser: Client) -> None:
    assert browser.get(f"/quan-tri/sap-nhap/{2**70}/").status_code == 404


# -- what others see ------------------------------------------------------------------------------
def test_the_overview_counts_with_the_successor_and_hides_who_has_ended(
    browser: Client, administrator: Played, clerk: Played, clock
) -> None:
    received(clerk, at=MONDAY + 4 * DAY)
    planned(administrator)
    address = reverse("overview") + "?unit=474"
    assert "đã sáp nhập hoặc giải thể" not in read(browser.get(address)).text
    clock.move_to(AFTER)
    mergers.carry_out_due(AFTER)
    text = read(administrator.client().get(address)).text
    assert "Phường Phước Vĩnh" not in text
    assert "Sáp nhập, đổi tên, chuyển huyện" in text
    assert "Sáp nhập, đổi tên" not in read(played("giamsat.tinh").client().get(address)).text


def test_the_citizen_finds_the_dossier_by_its_old_code_and_sees_the_new_desk(
    administrator: Played, clerk: Played, clock
) -> None:
    """R51: and the officer who opens it, whose name is not the old desk's."""
    neighbours()
    dossier = received(clerk, at=MONDAY + 4 * DAY)
    new = unit_of(NEIGHBOUR)
    new.address, new.phone = "12 Phan Bội Châu", "0234 382 0000"
    new.save()
    address = reverse("track", args=[dossier.code])
    assert "12 Phan Bội Châu" not in read(Client().get(address)).text
    planned(administrator)
    clock.move_to(AFTER)
    text = read(Client().get(address)).text
    assert "Phường Trường An (thay Phường Phước Vĩnh, nơi đã nhận hồ sơ)" in text
    assert "12 Phan Bội Châu" in text
    opened = read(played("clerk.hangxom").client().get(reverse("dossier", args=[dossier.code]))).text
    assert "Phường Phước Vĩnh (nay là Phường Trường An)" in opened
    assert played("tiepnhan.ango").client().get(reverse("dossier", args=[dossier.code])).status_code == 404


def test_the_old_book_lies_at_the_new_desk_and_can_be_closed(
    administrator: Played, clerk: Played, clock
) -> None:
    """R41: the unit is over, so its book is, in the middle of the year; the successor's own goes on."""
    neighbours()
    received(clerk, at=MONDAY + 4 * DAY)
    planned(administrator)
    clock.move_to(AFTER)
    browser = played("leader.hangxom").client()
    own = read(browser.get("/so/"))
    assert "Khóa sổ" not in own.text
    old = read(browser.get(f"/so/?don-vi={BEFORE}"))
    assert "Đăng ký giám hộ" in old.text
    assert "Khóa sổ năm 2026…" in old.text
    assert browser.get(f"/so/2026/pdf/?don-vi={BEFORE}").status_code in (200, 404)
    browser.post(reverse("register_close", args=[2026]), {"don-vi": BEFORE})
    assert "Sổ năm 2026 đã khóa" in read(browser.get(f"/so/?don-vi={BEFORE}")).text
    changes = read(browser.get(reverse("register_changes", args=[2026]) + f"?don-vi={BEFORE}"))
    assert "Mọi hồ sơ vẫn như lúc khóa sổ" in changes.text
    assert browser.get("/so/?don-vi=20068").status_code == 404


def test_papers_of_the_new_time_are_made_out_by_the_successor(
    administrator: Played, clerk: Played, clock
) -> None:
    """R40: and what was issued before stays as it was."""
    from motcua.papers.actions.heading import issuer, who_answers
    from motcua.papers.actions.receipt import receipt_data

    dossier = received(clerk, at=MONDAY + 4 * DAY)
    planned(administrator)
    clock.move_to(AFTER)
    dossier = Dossier.objects.select_related("unit__parent", "version__procedure", "applicant").get()
    assert receipt_data(dossier).agency == "UBND phường Phước Vĩnh"
    assert receipt_data(dossier, AFTER).agency == "UBND phường Trường An"
    assert receipt_data(dossier, AFTER).delivery.endswith("UBND phường Trường An")
    assert issuer(who_answers(dossier.unit, AFTER), simulated=True).superior == "UBND thành phố Huế"


def test_long_lists_page_by_key(browser: Client, administrator: Played) -> None:
    Merger.objects.bulk_create(
        Merger(
            on=date(2020, 1, 1),
            decision=str(n),
            title=f"Kế hoạch {n}",
            planned_at=MONDAY,
            cancelled_at=MONDAY,
        )
        for n in range(60)
    )
    first = read(browser.get(reverse("mergers")))
    assert "Kế hoạch 59" in first.text
    assert "Kế hoạch 5 " not in first.text
    assert Merger.objects.count() == 60
    assert wanted().decision  # the helpers' plan is not needed here
