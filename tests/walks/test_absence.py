"""In Chromium: a specialist is away, another does the work, and everybody can see for whom (R20)."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.databases import IsolatedDatabase
from tests.walks.test_main_walk import officer

pytestmark = pytest.mark.walk


def test_a_substitute_does_the_work_of_one_who_is_away(
    browser: Browser, server: str, isolated_database: IsolatedDatabase
) -> None:
    """R20."""
    with officer(browser, server, isolated_database, "lanhdao") as leader:
        enter_the_absence(leader)
        with officer(browser, server, isolated_database, "vanhoa") as substitute:
            code = do_the_work(substitute, server)
        the_time_line_says_so(leader, server, code)
        come_back(leader)
        with officer(browser, server, isolated_database, "vanhoa") as substitute:
            substitute.goto(f"{server}/viec/")
            expect(substitute.get_by_role("main")).not_to_contain_text("Nguyễn Văn Minh")
    assert "chains hold" in isolated_database.run("verify").stdout


def enter_the_absence(leader: Page) -> None:
    """By keyboard, from the menu."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    leader.keyboard.press("Alt+0")
    leader.wait_for_url("**/phan-cong/")
    leader.get_by_role("link", name="Vắng mặt").click()
    leader.get_by_label("Người vắng").select_option(label="Nguyễn Văn Minh – Công chức Tư pháp - Hộ tịch")
    leader.get_by_label("Từ ngày").fill(f"{today:%d/%m/%Y}")
    leader.get_by_label("Đến hết ngày").fill(f"{today + timedelta(days=2):%d/%m/%Y}")
    leader.get_by_label("Người làm thay").select_option(label="Lê Thị Thu – Công chức Văn hóa - Xã hội")
    leader.keyboard.press("Control+Enter")
    expect(leader.get_by_text("Hồ sơ của người vắng hiện ở việc cần làm của người thay")).to_be_visible()
    expect(leader.get_by_role("row").filter(has_text="Nguyễn Văn Minh")).to_contain_text("đang vắng")


def do_the_work(substitute: Page, server: str) -> str:
    """What lies with the absent one stands in the substitute's own list; its code."""
    expect(substitute.get_by_text("Bạn làm thay Nguyễn Văn Minh")).to_be_visible()
    substitute.keyboard.press("Alt+2")
    substitute.wait_for_url("**/viec/")
    row = substitute.get_by_role("row").filter(has_text="bạn thay").first
    row.get_by_role("link").click()
    substitute.wait_for_url("**/ho-so/**")
    substitute.locator("[name=forward-words]").fill("Đã kiểm tra, đủ điều kiện.")
    substitute.keyboard.press("Control+Enter")
    expect(substitute.get_by_text("Đã chuyển.")).to_be_visible()
    return substitute.url.removeprefix(server).split("/")[2]


def the_time_line_says_so(leader: Page, server: str, code: str) -> None:
    leader.goto(f"{server}/ho-so/{code}/")
    latest = leader.locator("ol.timeline li").first
    expect(latest).to_contain_text("Lê Thị Thu thay Nguyễn Văn Minh")
    expect(latest).to_contain_text("Đã kiểm tra, đủ điều kiện.")


def come_back(leader: Page) -> None:
    leader.keyboard.press("Alt+0")
    leader.wait_for_url("**/phan-cong/")
    leader.get_by_role("link", name="Vắng mặt").click()
    leader.get_by_role("link", name=re.compile("Sửa, kết thúc.*Nguyễn Văn Minh")).click()
    leader.get_by_role("button", name="Đã trở lại").click()
    expect(leader.get_by_text("Đã kết thúc lần vắng mặt")).to_be_visible()
