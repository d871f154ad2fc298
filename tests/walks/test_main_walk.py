"""One dossier's whole life, in Chromium, against `motcua serve` and its worker: what the house is for."""

import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from tests.databases import IsolatedDatabase

pytestmark = pytest.mark.walk

RETURNING = "046199000017"
"""A citizen of the demo who came before: Nguyễn Thị Hường."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@contextmanager
def officer(browser: Browser, server: str, database: IsolatedDatabase, account: str) -> Iterator[Page]:
    """A machine of its own at which an officer has logged in, by keyboard."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{server}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(f"{account}.phuocvinh")
    page.get_by_label("Mật khẩu").fill((database.home / "demo-password").read_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url("**/ban-lam-viec/")
    yield page
    context.close()


def test_a_dossier_from_the_counter_to_the_citizens_hand(
    browser: Browser, server: str, isolated_database: IsolatedDatabase, tmp_path: Path
) -> None:
    with officer(browser, server, isolated_database, "tiepnhan") as counter:
        code = receive_by_keyboard(counter)
        url = the_receipt_says(counter, server, code)
        the_citizen_sees(browser, url, "Đang")
        with officer(browser, server, isolated_database, "tuphap") as specialist:
            resolve(specialist, server, code, tmp_path)
            with officer(browser, server, isolated_database, "lanhdao") as leader:
                send_back(leader, server, code)
                prepare_and_submit(specialist, server, code)
                approve_in_bulk(leader, server, code)
        hand_over(counter, server, code)
        the_citizen_sees(browser, url, "Kết quả đã được trả")
        counter.goto(f"{server}/so/")
        expect(counter.get_by_role("row").filter(has_text=code)).to_contain_text("Đã trả kết quả")
    assert "chains hold" in isolated_database.run("verify").stdout


def receive_by_keyboard(counter: Page) -> str:
    """No mouse from here to the receipt (R02, R04): the keys are counted."""
    keys, began = 0, time.monotonic()

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        counter.keyboard.press(key)

    def type_in(text: str) -> None:
        nonlocal keys
        keys += len(text)
        counter.keyboard.type(text)

    press("Alt+n")
    counter.wait_for_url("**/tiep-nhan/")
    expect(counter.locator("#q")).to_be_focused()
    type_in("dang ky giam ho")
    expect(counter.locator("#found")).to_have_attribute("data-q", "dang ky giam ho")
    press("Enter")
    counter.wait_for_url(re.compile(r"/tiep-nhan/\d+/"))
    expect(counter.get_by_label("Số CCCD")).to_be_focused()
    type_in(RETURNING)
    press("Tab")
    expect(counter.get_by_label("Họ và tên người đứng tên")).to_have_value("Nguyễn Thị Hường")
    press("Alt+a")
    press("Control+Enter")
    counter.wait_for_url(re.compile(r"/ho-so/.+/\?moi=1"))
    expect(counter.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    seconds = time.monotonic() - began
    print(f"\nreturning citizen received: {keys} keys, no mouse, {seconds:.1f} s by machine")  # noqa: T201
    assert keys <= 40
    assert seconds < 60
    return counter.url.split("/")[-2]


def the_receipt_says(counter: Page, server: str, code: str) -> str:
    """The printed paper, read back as a picture: the QR code's address and the barcode (R04, R40)."""
    first = counter.request.get(f"{server}/ho-so/{code}/giay-hen.pdf").body()
    again = counter.request.get(f"{server}/ho-so/{code}/giay-hen.pdf").body()
    assert first == again
    paper = pypdfium2.PdfDocument(io.BytesIO(first))
    assert [round(side / 72 * 25.4) for side in paper[0].get_size()] == [148, 210]
    text = paper[0].get_textpage().get_text_bounded()
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "Nguyễn Thị Hường" in text
    picture = paper[0].render(scale=200 / 72).to_pil().convert("L")
    read = {str(mark.format): mark.text for mark in zxingcpp.read_barcodes(picture)}
    assert code in read.values()
    url = next(text for text in read.values() if text.startswith("http"))
    assert url == f"{server}/tra-cuu/{code}/"
    return url


def the_citizen_sees(browser: Browser, url: str, words: str) -> None:
    """On a phone, without a log-in: progress only (R51)."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    phone = context.new_page()
    phone.goto(url)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(words)
    assert "Hường" not in phone.content()
    assert RETURNING not in phone.content()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def resolve(specialist: Page, server: str, code: str, folder: Path) -> None:
    """The specialist finds it in the work list, notes, attaches, passes on."""
    specialist.goto(f"{server}/viec/")
    specialist.get_by_role("row").filter(has_text=code).get_by_role("link").click()
    expect(specialist.get_by_role("heading", level=1)).to_have_text("Đăng ký giám hộ")
    specialist.get_by_text("Ghi chú, đính kèm tệp").click()
    specialist.locator("[name=note-words]").fill("Đã đối chiếu giấy tờ.")
    specialist.get_by_role("button", name="Lưu ghi chú").click()
    expect(specialist.locator("blockquote")).to_contain_text(["Đã đối chiếu giấy tờ."])
    paper = folder / "to-trinh.pdf"
    paper.write_bytes(PDF)
    specialist.get_by_text("Ghi chú, đính kèm tệp").click()
    specialist.locator("[name=attach-upload]").set_input_files(paper)
    specialist.get_by_role("button", name="Đính kèm", exact=True).click()
    expect(specialist.get_by_role("link", name=re.compile("to-trinh.pdf"))).to_be_visible()
    specialist.get_by_role("button", name="Trình duyệt").click()
    expect(specialist.get_by_text("Đã chuyển.")).to_be_visible()


def send_back(leader: Page, server: str, code: str) -> None:
    """The leader returns it; without a reason he is asked for one."""
    leader.goto(f"{server}/ho-so/{code}/")
    leader.get_by_text("Chuyển lại bước trước").click()
    leader.get_by_role("button", name="Chuyển lại", exact=True).click()
    expect(leader.get_by_text("Hãy ghi lý do").first).to_be_visible()
    leader.locator("[name=send_back-words]").fill("Thiếu dự thảo kết quả.")
    leader.get_by_role("button", name="Chuyển lại", exact=True).click()
    expect(leader.locator("blockquote").first).to_have_text("Thiếu dự thảo kết quả.")


def prepare_and_submit(specialist: Page, server: str, code: str) -> None:
    specialist.goto(f"{server}/ho-so/{code}/")
    specialist.get_by_text("Đính kết quả dự thảo").click()
    specialist.locator("[name=result-number]").fill("15/TLGH-UBND")
    specialist.get_by_role("button", name="Lưu dự thảo").click()
    expect(specialist.get_by_text("15/TLGH-UBND").first).to_be_visible()
    specialist.get_by_role("button", name="Trình duyệt").click()
    expect(specialist.get_by_text("Đã chuyển.")).to_be_visible()


def approve_in_bulk(leader: Page, server: str, code: str) -> None:
    leader.goto(f"{server}/cho-duyet/")
    leader.get_by_label(f"Chọn {code}").check()
    leader.keyboard.press("Control+Enter")
    expect(leader.get_by_text("Đã duyệt 1 hồ sơ.")).to_be_visible()


def hand_over(counter: Page, server: str, code: str) -> None:
    counter.goto(f"{server}/cho-tra/")
    counter.get_by_role("row").filter(has_text=code).get_by_role("link").click()
    expect(counter.locator("[name=hand_over-to_name]")).to_have_value("Nguyễn Thị Hường")
    counter.get_by_role("button", name="Trả kết quả").click()
    expect(counter.get_by_text("Đã trả kết quả. Hồ sơ đã đóng.")).to_be_visible()
