"""In Chromium: the province shortens a limit, a commune goes too far and is refused, and the checker's figures follow."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.databases import IsolatedDatabase
from tests.walks.province import ADMINISTRATOR, HERE, PHUOC_VINH, Province

pytestmark = pytest.mark.walk

ADMIN, GUARDIANSHIP = "vanphong.phuocvinh", "1.004837"
WITH_ROUTE = """
    SELECT count(*), count(r.id), sum(CASE WHEN s.id IS NULL THEN 0 ELSE 1 END) FROM catalog_offering o
    JOIN people_unit u ON u.id = o.unit_id
    JOIN catalog_procedureversion v ON v.procedure_id = o.procedure_id AND v.valid_to IS NULL
    LEFT JOIN catalog_route r ON r.version_id = v.id AND r.unit_id IS NULL
    LEFT JOIN catalog_routestep s ON s.route_id = r.id AND s.agency = 'labour_department' AND s.kind = 'reception'
    WHERE u.code = %s
"""
"""Of the list: all, those with a route, those whose way leads to the one agency in which the trial has nobody."""


def test_one_catalogue_and_what_a_commune_may_make_of_it(
    browser: Browser, server: str, isolated_database: IsolatedDatabase
) -> None:
    """R13: what is published holds at once, what goes too far is refused, and the figures are those counted by hand."""
    province = Province(server, isolated_database)
    database = isolated_database
    ((listed, routed, alone),) = database.sql(WITH_ROUTE, PHUOC_VINH)
    procedure = database.sql("SELECT id FROM catalog_procedure WHERE code = %s", GUARDIANSHIP)[0][0]
    with sitting(browser, province, ADMIN) as commune, sitting(browser, province, ADMINISTRATOR) as office:
        figures(office, province, listed, routed, routed - alone)
        goes_too_far(commune, province, procedure)
        figures(office, province, listed, routed, routed - alone)
        a_shorter_limit(office, province)
        the_split_made_again(commune, province, procedure)
        figures(office, province, listed, routed, routed - alone)
        taken_over(commune, office, province)
        not_arising(commune, province)
        figures(office, province, listed - 1, routed, routed - alone)
        database.sql(
            "UPDATE people_grant SET valid_to = '2020-01-01' WHERE role = 'leader' AND unit_id = "
            "(SELECT id FROM people_unit WHERE code = %s)",
            PHUOC_VINH,
        )
        figures(office, province, listed - 1, routed, 0)
        expect(office.get_by_role("main")).to_contain_text("chưa có ai là người giữ vai trò lãnh đạo")


@contextmanager
def sitting(browser: Browser, province: Province, account: str) -> Iterator[Page]:
    context = browser.new_context(**HERE)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    province.log_in(page, account)
    yield page
    context.close()


def figures(office: Page, province: Province, listed: int, set_up: int, correctly: int) -> None:
    office.goto(f"{province.address}/giam-sat/{PHUOC_VINH}/thiet-lap/")
    told = [
        re.sub(r"\s+", " ", text).strip() for text in office.locator(".stats .stat").all_inner_texts()[:3]
    ]
    assert told == [
        f"{listed} Thủ tục trong danh mục",
        f"{set_up} Đã thiết lập",
        f"{correctly} Thiết lập đúng",
    ]


def goes_too_far(commune: Page, province: Province, procedure: int) -> None:
    """A day too much is refused in words, what was typed stays; put right, it is the unit's own way."""
    commune.goto(f"{province.address}/thiet-lap/{procedure}/")
    commune.get_by_label("Thời gian").nth(1).fill("3 ngày 48 phút")
    commune.get_by_label("Lý do").fill("Công chức hộ tịch kiêm nhiệm.")
    commune.keyboard.press("Control+Enter")
    expect(commune.locator(".summary")).to_contain_text("vượt 1 ngày so với thời hạn 3 ngày")
    expect(commune.get_by_label("Thời gian").nth(1)).to_have_value("3 ngày 48 phút")
    commune.get_by_label("Thời gian").nth(1).fill("2 ngày 4 giờ")
    commune.get_by_label("Thời gian").nth(2).fill("2,8 giờ")
    commune.get_by_label("Người xử lý").select_option(label="Nguyễn Văn Minh")
    commune.keyboard.press("Control+Enter")
    expect(commune.get_by_text("Đã lưu cách riêng của đơn vị")).to_be_visible()


def a_shorter_limit(office: Page, province: Province) -> None:
    """A draft, what it still lacks, a decision; published once, nothing else is done anywhere."""
    office.goto(f"{province.address}/quan-tri/thu-tuc/{GUARDIANSHIP}/")
    office.locator(".page-head .primary").click()
    expect(office.get_by_text("Chưa ghi kết quả của thủ tục.")).to_be_visible()
    draft = f"{province.address}/quan-tri/thu-tuc/{GUARDIANSHIP}/nhap/"
    office.goto(f"{draft}thoi-han/")
    office.get_by_label("Số ngày hoặc giờ").fill("2")
    office.get_by_role("button", name="Lưu").click()
    office.goto(f"{draft}thuc-hien/")
    office.get_by_label("Kết quả", exact=False).first.fill("Trích lục đăng ký giám hộ")
    office.get_by_role("button", name="Lưu").click()
    office.goto(f"{draft}cong-bo/")
    expect(office.locator("del", has_text="03").first).to_be_visible()
    today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"
    office.get_by_label("Số quyết định công bố").fill("99/QĐ-UBND")
    office.get_by_label("Ngày quyết định").fill(today)
    office.get_by_label("Có hiệu lực từ ngày").fill(today)
    office.get_by_role("button", name="Công bố", exact=True).click()
    expect(office.locator(".notice.ok, .notice-ok").first).to_be_visible()
    office.goto(f"{province.address}/thu-tuc/{GUARDIANSHIP}/")
    expect(office.get_by_role("main")).to_contain_text("02 ngày làm việc")
    expect(office.get_by_role("main")).to_contain_text("Trích lục đăng ký giám hộ")


def the_split_made_again(commune: Page, province: Province, procedure: int) -> None:
    """72 : 1200 : 168 of 1,440 minutes are 48 : 800 : 112 of 960."""
    commune.goto(f"{province.address}/thiet-lap/{procedure}/")
    expect(commune.get_by_text("Mẫu đã đổi")).to_be_visible()
    expect(commune.get_by_text("Chia lại theo cùng tỷ lệ")).to_contain_text("Xử lý 1 ngày 5 giờ 20 phút")
    commune.get_by_role("button", name="Áp dụng lại theo tỷ lệ").click()
    expect(commune.get_by_text("Đã áp dụng lại cách riêng")).to_be_visible()
    expect(commune.get_by_label("Thời gian").nth(1)).to_have_value("1 ngày 5 giờ 20 phút")


def taken_over(commune: Page, office: Page, province: Province) -> None:
    """The commune confirms what it was shown, and is no longer among those who have not."""
    waiting = f"{province.address}/giam-sat/474/chua-xac-nhan/"
    office.goto(waiting)
    expect(office.get_by_role("row").filter(has_text="Phường Phước Vĩnh")).to_have_count(1)
    commune.goto(f"{province.address}/thiet-lap/thay-doi/")
    expect(commune.get_by_role("row").filter(has_text="99/QĐ-UBND")).to_contain_text("phiên bản mới")
    commune.get_by_role("button", name="Xác nhận đã nắm").click()
    expect(commune.get_by_text("Đơn vị đã xác nhận mọi thay đổi")).to_be_visible()
    office.goto(waiting)
    expect(office.get_by_role("row").filter(has_text="Phường Phước Vĩnh")).to_have_count(0)


def not_arising(commune: Page, province: Province) -> None:
    """The first of those that cannot be received: it does not arise in a ward of the city."""
    commune.goto(f"{province.address}/thiet-lap/?loi=no_limit")
    commune.locator("table.list td.main a").first.click()
    commune.get_by_text("Thủ tục không phát sinh ở đơn vị…").click()
    commune.get_by_label("Vì sao không phát sinh").fill("Phường không giáp biên giới.")
    commune.get_by_role("button", name="Ghi là không phát sinh").click()
    expect(commune.get_by_text("Đã ghi: thủ tục không phát sinh")).to_be_visible()
