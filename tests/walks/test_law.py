"""What the law lets happen beside the straight way, in Chromium: supplement, refusal, other agencies (R14, R25, R24)."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.walks.province import CLERK, HERE, LEADER, SPECIALIST, Province

pytestmark = pytest.mark.walk

GUARDIANSHIP, INSURANCE = "1.004837", "2.001023"


@contextmanager
def machine(browser: Browser, province: Province, account: str) -> Iterator[Page]:
    """A machine of its own at which an officer has logged in."""
    context = browser.new_context(**HERE)
    context.set_default_timeout(15_000)
    page = context.new_page()
    province.log_in(page, account)
    yield page
    context.close()


def received(counter: Page, province: Province, procedure: str, *, phone: str = "") -> str:
    counter.goto(f"{province.address}/tiep-nhan/{province.version(procedure)}/")
    counter.get_by_label("Họ và tên người đứng tên").fill("Trần Thị Bưởi")
    if phone:
        counter.get_by_label("Số điện thoại").first.fill(phone)
    counter.keyboard.press("Alt+a")
    counter.keyboard.press("Control+Enter")
    counter.wait_for_url(re.compile(r"/ho-so/.+/\?moi=1"))
    return counter.url.split("/")[-2]


def at(page: Page, province: Province, code: str) -> None:
    page.goto(f"{province.address}/ho-so/{code}/")


def citizen_reads(browser: Browser, province: Province, code: str, words: str) -> None:
    context = browser.new_context(**HERE | {"viewport": {"width": 360, "height": 740}})
    phone = context.new_page()
    phone.goto(f"{province.address}/tra-cuu/{code}/")
    expect(phone.get_by_role("main")).to_contain_text(words)
    assert "Bưởi" not in phone.content()
    context.close()


def test_a_supplement_is_asked_once_brought_and_the_clock_begins_again(
    browser: Browser, province: Province
) -> None:
    with (
        machine(browser, province, CLERK) as counter,
        machine(browser, province, SPECIALIST) as specialist,
    ):
        code = received(counter, province, GUARDIANSHIP)
        at(specialist, province, code)
        specialist.get_by_text("Yêu cầu bổ sung (một lần").click()
        first = specialist.locator("table.papers tbody tr").first
        first.get_by_role("checkbox").check()
        specialist.get_by_role("button", name="Yêu cầu bổ sung, dừng thời hạn").click()
        # What is missing is said in its place, and the tick stays.
        expect(specialist.get_by_text("Ghi rõ giấy tờ này thiếu gì, sai gì.").first).to_be_visible()
        first = specialist.locator("table.papers tbody tr").first
        expect(first.get_by_role("checkbox")).to_be_checked()
        first.get_by_role("textbox").fill("Thiếu chữ ký của người đề nghị")
        specialist.locator("[name=supplement-reason]").fill("Tờ khai chưa ký.")
        specialist.get_by_role("button", name="Yêu cầu bổ sung, dừng thời hạn").click()
        expect(specialist.get_by_role("heading", name="Chờ người nộp bổ sung")).to_be_visible()
        citizen_reads(browser, province, code, "bổ sung")
        counter.goto(f"{province.address}/viec/?muc=bo-sung")
        counter.get_by_role("row").filter(has_text=code).get_by_role("link").click()
        counter.get_by_role("button", name="Đã nhận đủ").click()
        expect(counter.get_by_text("Chưa nhận giấy tờ này").first).to_be_visible()
        counter.locator("table.papers").get_by_role("checkbox").check()
        counter.get_by_role("button", name="Đã nhận đủ").click()
        expect(counter.get_by_text("Ngày hẹn trả được tính lại").first).to_be_visible()
        counter.get_by_text("Vì sao?").last.click()
        expect(counter.get_by_text("Đã nhận đủ giấy tờ bổ sung, thời hạn tính tiếp").first).to_be_visible()
        specialist.goto(f"{province.address}/viec/")
        expect(specialist.get_by_role("row").filter(has_text=code)).to_be_visible()


def test_a_citizen_sends_what_is_missing_from_the_phone(browser: Browser, province: Province) -> None:
    """R14, R51: the receipt's address, a code by SMS, a photograph; the desk accepts it."""
    with (
        machine(browser, province, CLERK) as counter,
        machine(browser, province, SPECIALIST) as specialist,
    ):
        code = received(counter, province, GUARDIANSHIP, phone="0905 123 456")
        at(specialist, province, code)
        specialist.get_by_text("Yêu cầu bổ sung (một lần").click()
        first = specialist.locator("table.papers tbody tr").first
        first.get_by_role("checkbox").check()
        first.get_by_role("textbox").fill("Thiếu chữ ký")
        specialist.locator("[name=supplement-reason]").fill("Tờ khai chưa ký.")
        specialist.get_by_role("button", name="Yêu cầu bổ sung, dừng thời hạn").click()
        expect(specialist.get_by_role("heading", name="Chờ người nộp bổ sung")).to_be_visible()
        phone = browser.new_context(**HERE | {"viewport": {"width": 360, "height": 740}}).new_page()
        phone.goto(f"{province.address}/tra-cuu/{code}/")
        phone.get_by_role("link", name="Xem hồ sơ của tôi").click()
        phone.get_by_label("Số điện thoại di động").fill("0905123456")
        phone.get_by_role("button", name="Gửi mã cho tôi").click()
        phone.get_by_label("Mã xác nhận").fill(one_time_code(province))
        phone.keyboard.press("Enter")
        expect(phone.get_by_text("Trần Thị Bưởi")).to_be_visible()
        photograph = {"name": "anh.png", "mimeType": "image/png", "buffer": phone.screenshot()}
        phone.get_by_label("Tệp").first.set_input_files([photograph, photograph])
        phone.get_by_role("button", name="Thêm tệp").click()
        phone.get_by_role("button", name="Gửi tất cả").click()
        expect(phone.get_by_text("Bạn đã gửi lúc").first).to_be_visible()
        phone.context.close()
        at(counter, province, code)
        with counter.expect_download() as download:
            counter.get_by_role("link", name="Xem tệp đã gửi").click()
        assert download.value.suggested_filename.endswith(".pdf")
        counter.locator("table.papers").get_by_role("checkbox").check()
        counter.get_by_role("button", name="Đã nhận đủ").click()
        expect(counter.get_by_text("Ngày hẹn trả được tính lại").first).to_be_visible()


def one_time_code(province: Province) -> str:
    """Out of the last SMS to the telephone; the worker sends it within some seconds."""
    sms = province.database.home / "sms.jsonl"
    for _ in range(100):
        lines = (
            [line for line in sms.read_text().splitlines() if "ma xac nhan" in line] if sms.exists() else []
        )
        if lines:
            return str(re.findall(r"ma xac nhan (\d{6})", lines[-1])[0])
        time.sleep(0.1)
    raise AssertionError("no SMS with a code within ten seconds")


def test_a_refusal_is_prepared_decided_and_given_back(browser: Browser, province: Province) -> None:
    with (
        machine(browser, province, CLERK) as counter,
        machine(browser, province, SPECIALIST) as specialist,
        machine(browser, province, LEADER) as leader,
    ):
        code = received(counter, province, GUARDIANSHIP)
        at(specialist, province, code)
        specialist.get_by_text("Đính kết quả dự thảo").click()
        specialist.locator("[name=result-refusal]").fill("Người giám hộ không đủ điều kiện theo Điều 49.")
        specialist.get_by_role("button", name="Lưu dự thảo").click()
        specialist.get_by_role("button", name="Trình duyệt").click()
        at(leader, province, code)
        expect(leader.get_by_text("không đủ điều kiện theo Điều 49").first).to_be_visible()
        leader.get_by_role("button", name="Duyệt", exact=False).first.click()
        expect(leader.get_by_text("Từ chối").first).to_be_visible()
        counter.goto(f"{province.address}/cho-tra/")
        row = counter.get_by_role("row").filter(has_text=code)
        expect(row).to_contain_text("Từ chối")
        row.get_by_role("link").click()
        counter.get_by_role("button", name="Trả kết quả").click()
        expect(counter.get_by_text("Hồ sơ đã đóng.")).to_be_visible()


def test_a_dossier_goes_through_another_agency_and_comes_home(browser: Browser, province: Province) -> None:
    with (
        machine(browser, province, CLERK) as counter,
        machine(browser, province, SPECIALIST) as specialist,
        machine(browser, province, LEADER) as leader,
        machine(browser, province, "baohiem.hue") as insurance,
        machine(browser, province, "baohiem-ld.hue") as head,
    ):
        code = received(counter, province, INSURANCE)
        at(specialist, province, code)
        specialist.get_by_role("button", name="Trình duyệt").click()
        at(leader, province, code)
        leader.get_by_role("button", name="Duyệt", exact=False).first.click()
        expect(leader.get_by_text("chưa xác nhận").first).to_be_visible()
        counter.goto(f"{province.address}/lien-thong/?muc=noi-khac")
        expect(counter.get_by_role("row").filter(has_text=code)).to_contain_text("chưa xác nhận")
        citizen_reads(browser, province, code, "Bảo hiểm xã hội")
        insurance.goto(f"{province.address}/lien-thong/")
        insurance.get_by_label(f"Chọn {code}").check()
        insurance.keyboard.press("Control+Enter")
        expect(insurance.get_by_text("Đã xác nhận 1 hồ sơ.")).to_be_visible()
        at(insurance, province, code)
        insurance.get_by_role("button", name=re.compile("^Chuyển")).first.click()
        insurance.get_by_text("Đính kết quả dự thảo").click()
        insurance.locator("[name=result-number]").fill("GD4464/BHXH")
        insurance.get_by_role("button", name="Lưu dự thảo").click()
        insurance.get_by_role("button", name="Trình duyệt").click()
        at(head, province, code)
        head.get_by_role("button", name="Duyệt", exact=False).first.click()
        expect(head.get_by_text("Đã duyệt.")).to_be_visible()
        counter.goto(f"{province.address}/cho-tra/")
        counter.get_by_role("row").filter(has_text=code).get_by_role("link").click()
        counter.get_by_role("button", name="Trả kết quả").click()
        expect(counter.get_by_text("Hồ sơ đã đóng.")).to_be_visible()
        expect(counter.locator("#legs tbody tr")).to_have_count(3)
    assert "chains hold" in province.database.run("verify").stdout
