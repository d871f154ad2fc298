"""Two dossiers that were forgotten: the software says so, the leader apologises once for both, and late they stay (R15, R26)."""

import json
import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.databases import IsolatedDatabase
from tests.serving import serving
from tests.walks.test_main_walk import officer

pytestmark = pytest.mark.walk


def forgotten(database: IsolatedDatabase) -> list[str]:
    """Received a fortnight ago, due in three working days, still with the specialist."""
    assert database.start_python("tests.walks.past", 2).wait(timeout=60) == 0
    line = next(line for line in database.log.read_text().splitlines() if line.startswith("["))
    codes: list[str] = json.loads(line)
    return codes


def test_lateness_is_foreseen_apologised_for_and_counted(
    browser: Browser, isolated_database: IsolatedDatabase
) -> None:
    codes = forgotten(isolated_database)
    due = due_times(isolated_database, codes)
    with serving(isolated_database) as server:
        with officer(browser, server, isolated_database, "lanhdao") as leader:
            the_drafts_come_by_themselves(leader, server, codes)
            sign_both_on_one_screen(leader, server, codes)
            for code in codes:
                the_citizen_sees_the_new_date(browser, server, code)
            with officer(browser, server, isolated_database, "tuphap") as specialist:
                prepare(specialist, server, codes[0])
            approve(leader, server, codes[0])
        the_public_page_counts_them(browser, server)
    assert due_times(isolated_database, codes) == due
    rows = isolated_database.sql("SELECT punctuality FROM dossiers_dossier WHERE code = %s", codes[0])
    assert rows == [("late",)]
    assert "chains hold" in isolated_database.run("verify").stdout


def due_times(database: IsolatedDatabase, codes: list[str]) -> list[object]:
    return [database.sql("SELECT due_at FROM dossiers_dossier WHERE code = %s", code)[0][0] for code in codes]


def the_drafts_come_by_themselves(leader: Page, server: str, codes: list[str]) -> None:
    """Nobody asked: the worker's first turn."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        leader.goto(f"{server}/thu-xin-loi/")
        if all(leader.get_by_role("row").filter(has_text=code).count() for code in codes):
            return
        time.sleep(0.3)
    raise AssertionError("the software drafted nothing")


def sign_both_on_one_screen(leader: Page, server: str, codes: list[str]) -> None:
    leader.goto(f"{server}/ban-lam-viec/")
    leader.get_by_role("link", name=re.compile("Thư xin lỗi chờ ký")).click()
    for code in codes:
        row = leader.get_by_role("row").filter(has_text=code)
        row.get_by_label("Lý do").select_option("absence")
        row.get_by_label(f"Chọn {code}").check()
    first = leader.get_by_role("row").filter(has_text=codes[0])
    first.get_by_text("Thêm lời giải thích").click()
    first.get_by_label("Giải thích thêm").fill("Công chức nghỉ ốm.")
    expect(leader.locator("output").first).to_have_text("2")
    with leader.expect_navigation():
        leader.keyboard.press("Control+Enter")
    expect(leader.get_by_text("Đã ký 2 thư xin lỗi.")).to_be_visible()
    for code in codes:
        expect(leader.get_by_role("row").filter(has_text=code)).to_have_count(0)


def the_citizen_sees_the_new_date(browser: Browser, server: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    phone = context.new_page()
    phone.goto(f"{server}/tra-cuu/{code}/")
    expect(phone.get_by_text("Cơ quan xin lỗi và hẹn lại")).to_be_visible()
    expect(phone.get_by_text("Hẹn trả mới", exact=True)).to_be_visible()
    expect(phone.get_by_text(re.compile("quá hạn"))).to_be_visible()
    assert "nghỉ ốm" not in phone.content()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def prepare(specialist: Page, server: str, code: str) -> None:
    specialist.goto(f"{server}/ho-so/{code}/")
    expect(specialist.get_by_text("Công chức nghỉ ốm.").first).to_be_visible()
    specialist.get_by_text("Đính kết quả dự thảo").click()
    specialist.locator("[name=result-number]").fill("16/TLGH-UBND")
    specialist.get_by_role("button", name="Lưu dự thảo").click()
    specialist.get_by_role("button", name="Trình duyệt").click()
    expect(specialist.get_by_text("Đã chuyển.")).to_be_visible()


def approve(leader: Page, server: str, code: str) -> None:
    """It was apologised for: no second letter is asked, the result is there, and it is late."""
    leader.goto(f"{server}/cho-duyet/")
    leader.get_by_label(f"Chọn {code}").check()
    leader.get_by_role("button", name="Duyệt hồ sơ đã chọn").click()
    expect(leader.get_by_text("Đã duyệt 1 hồ sơ.")).to_be_visible()
    leader.goto(f"{server}/ho-so/{code}/")
    expect(leader.get_by_text("Có kết quả, chờ trả")).to_be_visible()
    expect(leader.get_by_text("Trễ hạn", exact=True)).to_be_visible()


def the_public_page_counts_them(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/xin-loi/?don-vi=19798")
    made = page.get_by_role("row").filter(has_text="Phường Phước Vĩnh").get_by_role("cell").nth(1)
    assert int(made.inner_text()) >= 2
    assert "H57" not in page.content()
    page.context.close()
