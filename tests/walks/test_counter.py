"""The counter's machine as it is: without scripts, on a slow line, under quick fingers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.walks.province import CLERK, HERE, SPECIALIST, Province

pytestmark = pytest.mark.walk

RETURNING, HER_NAME = "046199000017", "Nguyễn Thị Hường"
STRANGER = "046199000666"
GUARDIANSHIP = "1.004837"
LOOK_UP = "**/tiep-nhan/nguoi-nop/"


@pytest.fixture
def counter(province: Province, page: Page) -> Page:
    """The clerk's page, logged in; a broken script fails the test."""
    province.log_in(page, CLERK)
    return page


@pytest.fixture
def without_scripts(province: Province, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**HERE, java_script_enabled=False)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    province.log_in(page, CLERK)
    yield page
    context.close()


def form_of(province: Province, page: Page) -> None:
    page.goto(f"{province.address}/tiep-nhan/{province.version(GUARDIANSHIP)}/")


def test_reception_without_scripts(province: Province, without_scripts: Page) -> None:
    page = without_scripts
    page.goto(f"{province.address}/tiep-nhan/")
    page.fill("#q", "dang ky giam ho")
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=re.compile("^Đăng ký giám hộ ")).click()
    expect(page.get_by_text("Đánh dấu tất cả")).to_be_hidden()  # it would do nothing
    page.fill("#id_id_number", RETURNING)
    page.get_by_role("button", name="Điền theo số giấy tờ").click()
    expect(page.locator("#id_full_name")).to_have_value(HER_NAME)
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa đánh dấu giấy tờ nào")
    expect(page.locator("#id_full_name")).to_have_value(HER_NAME)
    page.locator("[name=taken]").first.check()
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    expect(page.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    code = page.url.split("/")[-2]
    receipt = page.request.get(f"{province.address}/ho-so/{code}/giay-hen.pdf")
    assert receipt.body().startswith(b"%PDF-")


@contextmanager
def slow_line(page: Page, address: str) -> Iterator[None]:
    """Requests to this address stand still until the end of the block."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108  it is given a mark
    yield
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(10)
    assert held, "nothing was asked for"
    for route in held:
        route.continue_()
    page.unroute(address)


def test_what_is_typed_during_a_slow_look_up_is_not_lost(province: Province, counter: Page) -> None:
    form_of(province, counter)
    with slow_line(counter, LOOK_UP):
        counter.locator("#id_id_number").press_sequentially(STRANGER)
        counter.keyboard.press("Tab")
        counter.keyboard.type("Trần Văn Vội")
        counter.keyboard.press("Tab")
        counter.keyboard.type("5 Lê Lợi")
        expect(counter.get_by_text("Chưa từng đến")).to_have_count(0)
    expect(counter.get_by_text("Chưa từng đến")).to_be_visible()
    expect(counter.locator("#id_full_name")).to_have_value("Trần Văn Vội")
    expect(counter.locator("#id_address")).to_be_focused()
    counter.keyboard.type(", Huế")
    expect(counter.locator("#id_address")).to_have_value("5 Lê Lợi, Huế")
    expect(counter.locator("#id_id_number")).to_have_value(STRANGER)


def test_what_was_typed_meanwhile_wins_over_what_is_known(province: Province, counter: Page) -> None:
    form_of(province, counter)
    with slow_line(counter, LOOK_UP):
        counter.locator("#id_id_number").press_sequentially(RETURNING)
        counter.keyboard.press("Tab")
        counter.keyboard.press("Tab")
        counter.keyboard.type("Địa chỉ mới")
    expect(counter.locator("#id_full_name")).to_have_value(HER_NAME)
    expect(counter.locator("#id_address")).to_have_value("Địa chỉ mới")


def test_a_lost_line_is_said(province: Province, counter: Page) -> None:
    form_of(province, counter)
    counter.route(LOOK_UP, lambda route: route.abort())
    counter.fill("#id_id_number", RETURNING)
    counter.keyboard.press("Tab")
    expect(counter.locator("#live")).to_contain_text("Mất kết nối")
    counter.unroute(LOOK_UP)
    counter.fill("#id_id_number", STRANGER)
    counter.keyboard.press("Tab")
    expect(counter.locator("#live")).to_be_hidden()


def test_enter_opens_the_first_when_the_list_answers_what_is_typed(province: Province, counter: Page) -> None:
    """On a slow line too: not the first of the old list, and no second Enter."""
    counter.goto(f"{province.address}/tiep-nhan/")
    expect(counter.locator("#q")).to_be_focused()
    with slow_line(counter, "**/tiep-nhan/?q=*"):
        counter.keyboard.type("dang ky giam ho")
        counter.keyboard.press("Enter")
        expect(counter.locator("#found")).to_have_attribute("data-q", "")
        assert counter.url.endswith("/tiep-nhan/")
    counter.wait_for_url(re.compile(r"/tiep-nhan/\d+/"))
    expect(counter.get_by_role("heading", level=1)).to_have_text("Đăng ký giám hộ")


def test_enter_where_nothing_was_found_stays_there(province: Province, counter: Page) -> None:
    counter.goto(f"{province.address}/tiep-nhan/")
    expect(counter.locator("#q")).to_be_focused()
    counter.keyboard.type("xin ho chieu vu tru")
    counter.keyboard.press("Enter")
    expect(counter.get_by_text("Không có thủ tục nào khớp")).to_be_visible()
    expect(counter.locator("#q")).to_be_focused()
    assert counter.url.endswith("/tiep-nhan/")


def test_a_second_enter_asks_without_scripts(province: Province, counter: Page) -> None:
    """When the answer to the script was lost."""
    counter.goto(f"{province.address}/tiep-nhan/")
    expect(counter.locator("#q")).to_be_focused()
    counter.route("**/tiep-nhan/?q=*", lambda route: route.abort() if is_htmx(route) else route.continue_())
    counter.keyboard.type("dang ky giam ho")
    counter.keyboard.press("Enter")
    expect(counter.locator("#live")).to_contain_text("Mất kết nối")
    counter.keyboard.press("Enter")
    counter.wait_for_url("**/tiep-nhan/?q=dang+ky+giam+ho")
    expect(counter.locator("#found")).to_have_attribute("data-q", "dang ky giam ho")


def is_htmx(route: Route) -> bool:
    return "hx-request" in route.request.headers


def test_arrows_walk_through_what_was_found(province: Province, counter: Page) -> None:
    counter.goto(f"{province.address}/tiep-nhan/")
    expect(counter.locator("#q")).to_be_focused()
    counter.keyboard.type("khai sinh")
    expect(counter.locator("#found")).to_have_attribute("data-q", "khai sinh")
    links = counter.locator("#found a")
    counter.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    counter.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    counter.keyboard.press("ArrowUp")
    counter.keyboard.press("ArrowUp")
    expect(counter.locator("#q")).to_be_focused()
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Escape")
    expect(counter.locator("#q")).to_be_focused()


def test_a_double_press_receives_once(province: Province, counter: Page) -> None:
    form_of(province, counter)
    counter.fill("#id_full_name", "Người Bấm Hai Lần")
    counter.keyboard.press("Alt+a")
    seen: list[str] = []
    counter.on(
        "request", lambda request: seen.append(request.method) if request.is_navigation_request() else None
    )
    counter.evaluate(
        "() => { const b = document.querySelector('#receive .bar .primary'); b.click(); b.click(); }"
    )
    counter.wait_for_url("**/?moi=1")
    assert seen.count("POST") == 1


def test_the_key_to_send_belongs_to_the_form_in_which_one_types(province: Province, page: Page) -> None:
    """Ctrl+Enter in a note does not send the dossier on to the leader, and loses no word."""
    province.log_in(page, SPECIALIST)
    code = province.code(state="processing", step_kind="processing")
    page.goto(f"{province.address}/ho-so/{code}/")
    page.get_by_text("Ghi chú, đính kèm tệp").click()
    page.locator("[name=note-words]").fill("Đang đợi xác minh")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(300)
    expect(page.locator("[name=note-words]")).to_have_value("Đang đợi xác minh")
    assert province.code(state="processing", step_kind="processing") == code
    page.locator("[name=forward-words]").focus()
    expect(page.get_by_role("button", name="Trình duyệt")).to_be_enabled()


def test_after_a_session_ended_the_form_is_sent_again(province: Province, counter: Page) -> None:
    form_of(province, counter)
    counter.fill("#id_full_name", "Người Chờ Lâu")
    counter.keyboard.press("Alt+a")
    counter.context.clear_cookies(name="sessionid")
    counter.keyboard.press("Control+Enter")
    expect(counter.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    counter.fill("#id_username", CLERK)
    counter.fill("#id_password", province.password)
    counter.keyboard.press("Enter")
    expect(counter.get_by_text("Biểu mẫu vừa nhập")).to_be_visible()
    counter.keyboard.press("Enter")
    expect(counter.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    expect(counter.get_by_text("Người Chờ Lâu")).to_be_visible()
