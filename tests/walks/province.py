"""The demo's province behind the real server, and a tour of all its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page

from tests.databases import IsolatedDatabase
from tests.serving import serving

PHUOC_VINH = "19798"
CLERK, SPECIALIST, LEADER = "tiepnhan.phuocvinh", "tuphap.phuocvinh", "lanhdao.phuocvinh"
SUPERVISOR, ADMINISTRATOR = "giamsat.tinh", "quantri"
NOBODY = ""
HERE = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": {"width": 1280, "height": 800}}


@dataclass
class Province:
    """Where it is served, and what stands in its data base."""

    address: str
    database: IsolatedDatabase
    _codes: dict[str, str] = field(default_factory=dict)

    @property
    def password(self) -> str:
        return (self.database.home / "demo-password").read_text(encoding="utf-8").strip()

    def code(self, **columns: str) -> str:
        """The latest dossier of Phường Phước Vĩnh with these columns, and the name of its desk's field."""
        narrowed = " AND ".join(f"d.{name} = %s" for name in columns)
        rows = self.database.sql(
            "SELECT d.code FROM dossiers_dossier d JOIN people_unit u ON u.id = d.unit_id "
            "JOIN people_field f ON f.id = d.field_id "
            f"WHERE u.code = %s AND f.name = 'Tư pháp - Hộ tịch' AND {narrowed} ORDER BY d.received_at DESC",
            PHUOC_VINH,
            *columns.values(),
        )
        assert rows, f"the demo has no dossier with {columns}"
        return str(rows[0][0])

    def version(self, procedure: str) -> int:
        rows = self.database.sql(
            "SELECT v.id FROM catalog_procedureversion v JOIN catalog_procedure p ON p.id = v.procedure_id "
            "WHERE p.code = %s AND v.valid_to IS NULL",
            procedure,
        )
        return int(rows[0][0])

    def procedure(self, code: str) -> int:
        return int(self.database.sql("SELECT id FROM catalog_procedure WHERE code = %s", code)[0][0])

    def user(self, account: str) -> int:
        return int(self.database.sql("SELECT id FROM people_user WHERE username = %s", account)[0][0])

    def log_in(self, page: Page, account: str) -> None:
        page.goto(f"{self.address}/dang-nhap/")
        page.fill("#id_username", account)
        page.fill("#id_password", self.password)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "dang-nhap" not in url)


@contextmanager
def opened(database: IsolatedDatabase) -> Iterator[Province]:
    with serving(database) as address:
        yield Province(address, database)


class Stop(NamedTuple):
    """A page of the tour: its name, who looks, and how to come there."""

    name: str
    account: str
    come: Callable[[Page], object]


def foreseen(page: Page, address: str) -> None:
    """What a merger would do, before it is written."""
    page.goto(f"{address}/quan-tri/sap-nhap/moi/?huyen=474")
    page.fill("#id_on", f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')) + timedelta(days=30):%d/%m/%Y}")
    page.fill("#id_decision", "834/NQ-UBTVQH14")
    page.check(f"[name=predecessors][value='{PHUOC_VINH}']")
    page.select_option("#id_successor", "19795")
    with page.expect_navigation():
        page.click("[name=xem]")


def drafted(province: Province, part: str) -> Callable[[Page], object]:
    """A part of a draft, made on the way if there is none: nobody else sees it."""

    def come(page: Page) -> None:
        page.goto(f"{province.address}/quan-tri/thu-tuc/2.000815/")
        page.click(".page-head .primary")
        page.goto(f"{province.address}/quan-tri/thu-tuc/2.000815/nhap/{part}")

    return come


def tour(province: Province) -> list[Stop]:
    """Every page of the house, as those see it for whom it is made; nothing on the way is changed."""

    def at(path: str) -> Callable[[Page], object]:
        return lambda page: page.goto(province.address + path)

    def sent(path: str, field: str, words: str) -> Callable[[Page], object]:
        def come(page: Page) -> None:
            page.goto(province.address + path)
            page.fill(field, words)
            with page.expect_navigation():
                page.press(field, "Enter")

        return come

    def opened_out(path: str) -> Callable[[Page], object]:
        def come(page: Page) -> None:
            page.goto(province.address + path)
            page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")

        return come

    def found(page: Page) -> None:
        page.goto(province.address + "/tiep-nhan/")
        page.fill("#q", "dang ky khai")
        page.wait_for_selector('[data-q="dang ky khai"]')

    def mistaken(page: Page) -> None:
        page.goto(f"{province.address}/tiep-nhan/{guardianship}/")
        page.fill("#id_phone", "12")
        page.locator("[name=taken]").first.check()
        page.locator("[name$=-number]").first.fill("0")
        with page.expect_navigation():
            page.click("#receive .bar .primary")

    def late(page: Page) -> None:
        page.goto(f"{province.address}/tiep-nhan/{guardianship}/")
        page.fill("#id_full_name", "Hồ Thị Mai")
        page.locator("[name=taken]").first.check()
        page.locator("details", has=page.locator("[name$=presented_at]")).locator("summary").click()
        page.fill("[name$=presented_at]", yesterday)
        page.fill("[name$=presented_clock]", "08:30")
        with page.expect_navigation():
            page.click("#receive .bar .primary")

    def turned_away(page: Page) -> None:
        page.goto(f"{province.address}/tiep-nhan/{guardianship}/")
        page.locator("[name=taken]").first.check()
        with page.expect_navigation():
            page.click("#receive [formaction]")

    guardianship = province.version("1.004837")
    processing = province.code(state="processing", step_kind="processing")
    approval = province.code(state="processing", step_kind="approval")
    finishing = province.code(state="processing", step_kind="return")
    done, returned = province.code(state="done"), province.code(state="returned")
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    leaving, today = province.user(SPECIALIST), f"{now:%d/%m/%Y}"
    yesterday = f"{now - timedelta(days=1):%d/%m/%Y}"
    return [
        Stop("welcome", NOBODY, at("/")),
        Stop("procedures_public", NOBODY, at("/thu-tuc/?don-vi=")),
        Stop("procedures_public-found", NOBODY, at("/thu-tuc/?don-vi=19798&q=khai+sinh")),
        Stop("procedures_public-nothing", NOBODY, at("/thu-tuc/?don-vi=19798&q=kai+sinhh")),
        Stop("procedure_public", NOBODY, opened_out("/thu-tuc/1.004837/?don-vi=19798")),
        Stop("units_public", NOBODY, at("/don-vi/?q=hue")),
        Stop("unit_public", NOBODY, opened_out("/don-vi/19798/")),
        Stop("open_data", NOBODY, at("/du-lieu/")),
        Stop("kiosk", NOBODY, at("/quay/19798/")),
        Stop("kiosk_procedures", NOBODY, at("/quay/19798/thu-tuc/?q=khai+sinh")),
        Stop("kiosk_procedure", NOBODY, at("/quay/19798/thu-tuc/1.004837/")),
        Stop("kiosk_track", NOBODY, at(f"/quay/19798/ho-so/?code={processing}")),
        Stop("track_find", NOBODY, at("/tra-cuu/")),
        Stop("track_find-mistake", NOBODY, at("/tra-cuu/?code=H57")),
        Stop("track", NOBODY, at(f"/tra-cuu/{processing}/")),
        Stop("track-done", NOBODY, at(f"/tra-cuu/{done}/")),
        Stop("track-unknown", NOBODY, at(f"/tra-cuu/{processing[:-4]}9999/")),
        Stop("seals", NOBODY, at("/nhat-ky/")),
        Stop("apologies_public", NOBODY, at("/xin-loi/?don-vi=474")),
        Stop("login", NOBODY, at("/dang-nhap/")),
        Stop("login-mistake", NOBODY, sent("/dang-nhap/", "#id_username", "ai.do")),
        Stop("components", NOBODY, at("/ui/")),
        Stop("home", CLERK, at("/ban-lam-viec/")),
        Stop("receive_find", CLERK, at("/tiep-nhan/")),
        Stop("receive_find-typed", CLERK, found),
        Stop("receive", CLERK, opened_out(f"/tiep-nhan/{guardianship}/")),
        Stop("receive-mistakes", CLERK, mistaken),
        Stop("receive-late", CLERK, late),
        Stop("turn_away", CLERK, turned_away),
        Stop("turned_away", CLERK, at("/phieu-chua-nhan/")),
        Stop("interlinked", CLERK, at("/lien-thong/?muc=noi-khac")),
        Stop("dossier-received", CLERK, at(f"/ho-so/{processing}/?moi=1")),
        Stop("dossier-finishing", CLERK, opened_out(f"/ho-so/{finishing}/")),
        Stop("dossier-done", CLERK, at(f"/ho-so/{done}/")),
        Stop("dossier-returned", CLERK, at(f"/ho-so/{returned}/")),
        Stop("work-clerk", CLERK, at("/viec/?muc=tat-ca")),
        Stop("ready", CLERK, at("/cho-tra/")),
        Stop("inbox", LEADER, at("/tin/")),
        Stop("calls", CLERK, at("/phai-goi/")),
        Stop("scans", CLERK, at("/so-hoa/")),
        Stop("dossier-loss", CLERK, at(f"/ho-so/{finishing}/?viec=mat-giay-to")),
        Stop("register", CLERK, at("/so/")),
        Stop("pay", CLERK, at(f"/ho-so/{processing}/thu-phi/")),
        Stop("cash_book", CLERK, at("/so-thu/")),
        Stop("cash_days", CLERK, at("/so-thu/cac-ngay/")),
        Stop("find", CLERK, sent("/ban-lam-viec/", "#find", "nguyen")),
        Stop("find-nothing", CLERK, sent("/ban-lam-viec/", "#find", "khong co ai")),
        Stop("password_change", CLERK, at("/mat-khau/")),
        Stop("403", CLERK, at("/cho-duyet/")),
        Stop("404", CLERK, at("/ho-so/khong-co/")),
        Stop("home-specialist", SPECIALIST, at("/ban-lam-viec/")),
        Stop("work", SPECIALIST, at("/viec/")),
        Stop("apologies-specialist", SPECIALIST, at("/thu-xin-loi/")),
        Stop("dossier", SPECIALIST, opened_out(f"/ho-so/{processing}/")),
        Stop("home-leader", LEADER, at("/ban-lam-viec/")),
        Stop("approvals", LEADER, at("/cho-duyet/")),
        Stop("authorisations", LEADER, at("/uy-quyen/")),
        Stop("apologies", LEADER, at("/thu-xin-loi/")),
        Stop("dossier-approval", LEADER, opened_out(f"/ho-so/{approval}/")),
        Stop("assignments", LEADER, at("/phan-cong/?muc=da-giao")),
        Stop("orphans", LEADER, at("/phan-cong/khong-ai/")),
        Stop("staff", LEADER, at("/can-bo/")),
        Stop("departure", LEADER, at(f"/can-bo/{leaving}/ban-giao/?cach=chia&last_day={today}")),
        Stop("absences", LEADER, at("/vang-mat/")),
        Stop("absences-mistake", LEADER, sent("/vang-mat/", "#id_first", "32/13")),
        Stop("unit_settings", LEADER, at("/phan-cong/cach/")),
        Stop("setup", LEADER, at("/thiet-lap/")),
        Stop("changes", LEADER, at("/thiet-lap/thay-doi/")),
        Stop("own_route", LEADER, at(f"/thiet-lap/{province.procedure('1.004837')}/")),
        Stop("overview", SUPERVISOR, at("/giam-sat/")),
        Stop("unit_dossiers", SUPERVISOR, at(f"/giam-sat/{PHUOC_VINH}/")),
        Stop("unit_orphans", SUPERVISOR, at(f"/giam-sat/{PHUOC_VINH}/khong-ai/")),
        Stop("unit_setup", SUPERVISOR, at("/giam-sat/46/thiet-lap/")),
        Stop("unit_setup-list", SUPERVISOR, at(f"/giam-sat/{PHUOC_VINH}/thiet-lap/?muc=tat-ca")),
        Stop("unit_routes", SUPERVISOR, at("/giam-sat/46/quy-trinh-rieng/")),
        Stop("unconfirmed", SUPERVISOR, at("/giam-sat/46/chua-xac-nhan/")),
        Stop("readers", LEADER, at(f"/ho-so/{approval}/ai-da-xem/")),
        Stop("signals", SUPERVISOR, at("/dau-hieu/?muc=da-ket-luan")),
        Stop("signal", SUPERVISOR, at("/dau-hieu/1/")),
        Stop("cash_totals", SUPERVISOR, at("/giam-sat/46/thu-phi/")),
        Stop("notice_board", LEADER, at("/niem-yet/")),
        Stop("announcements", ADMINISTRATOR, at("/thong-bao/")),
        Stop("announcement_new-mistake", ADMINISTRATOR, sent("/thong-bao/moi/", "#id_first_day", "32/13")),
        Stop("publication", ADMINISTRATOR, at("/quan-tri/cong-khai/?thieu=thoi-han")),
        Stop("calendar", ADMINISTRATOR, at("/quan-tri/lich/")),
        Stop("units", ADMINISTRATOR, at("/quan-tri/don-vi/?unit=474")),
        Stop("unit", ADMINISTRATOR, at(f"/quan-tri/don-vi/{PHUOC_VINH}/")),
        Stop("unit_hours", ADMINISTRATOR, at(f"/quan-tri/don-vi/{PHUOC_VINH}/gio/")),
        Stop("unit_closures", ADMINISTRATOR, at(f"/quan-tri/don-vi/{PHUOC_VINH}/dong-cua/")),
        Stop("unit_counters", ADMINISTRATOR, at(f"/quan-tri/don-vi/{PHUOC_VINH}/quay/")),
        Stop("unit_staff", ADMINISTRATOR, at(f"/quan-tri/don-vi/{PHUOC_VINH}/can-bo/")),
        Stop("unit_officer", ADMINISTRATOR, opened_out(f"/quan-tri/don-vi/{PHUOC_VINH}/can-bo/{leaving}/")),
        Stop("staff_import", ADMINISTRATOR, at("/quan-tri/nap-can-bo/")),
        Stop("mergers", ADMINISTRATOR, at("/quan-tri/sap-nhap/")),
        Stop("merger_plan", ADMINISTRATOR, at("/quan-tri/sap-nhap/moi/?huyen=483")),
        Stop("merger_preview", ADMINISTRATOR, lambda page: foreseen(page, province.address)),
        Stop("limits", ADMINISTRATOR, at("/quan-tri/thoi-han/")),
        Stop("templates", ADMINISTRATOR, at("/quan-tri/quy-trinh/?q=giam+ho")),
        Stop("template_route", ADMINISTRATOR, at(f"/quan-tri/quy-trinh/{province.procedure('1.004837')}/")),
        Stop("offerings", ADMINISTRATOR, at("/quan-tri/danh-muc/")),
        Stop("catalogue", ADMINISTRATOR, at("/quan-tri/thu-tuc/?q=ket+hon")),
        Stop("procedure", ADMINISTRATOR, at("/quan-tri/thu-tuc/1.004837/")),
        Stop("draft", ADMINISTRATOR, drafted(province, "")),
        Stop("draft_part", ADMINISTRATOR, drafted(province, "giay-to/")),
        Stop("draft_part-fees", ADMINISTRATOR, drafted(province, "phi/")),
        Stop("publish", ADMINISTRATOR, drafted(province, "cong-bo/")),
        Stop("catalogue_files", ADMINISTRATOR, at("/quan-tri/thu-tuc/tep/")),
        Stop("reactions", ADMINISTRATOR, at("/quan-tri/viec-nen/")),
        Stop("thresholds", ADMINISTRATOR, at("/quan-tri/nguong/")),
        Stop("message_queue", ADMINISTRATOR, at("/quan-tri/tin-nhan/")),
        Stop("wordings", ADMINISTRATOR, at("/quan-tri/loi-nhan/")),
        Stop("wording", ADMINISTRATOR, at("/quan-tri/loi-nhan/finish/mail/")),
    ]


class Guide:
    """Leads through a tour with a browser of its own for each account, logged in once."""

    def __init__(self, province: Province, browser: Browser) -> None:
        self._province, self._browser = province, browser
        self._pages: dict[str, Page] = {}

    def page(self, stop: Stop, width: int) -> Page:
        if stop.account not in self._pages:
            self._pages[stop.account] = self._context(stop.account)
        page = self._pages[stop.account]
        page.set_viewport_size({"width": width, "height": 800})
        stop.come(page)
        return page

    def _context(self, account: str) -> Page:
        context: BrowserContext = self._browser.new_context(**HERE)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = context.new_page()
        if account:
            self._province.log_in(page, account)
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()
