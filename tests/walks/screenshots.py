"""`make screenshots`: a picture of every page and paper, at 360 and 1280 px, into screenshots/.

`ARGS='work receive'` takes these only; `ARGS=readme` takes docs/screenshot.png anew.
"""

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests import databases
from tests.walks.province import CLERK, Guide, Province, Stop, opened, tour
from tests.walks.states import more_states, states

FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
WIDTHS = (360, 1280)


def main() -> None:
    wanted = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    os.environ.pop("MOTCUA_DATABASE_URL", None)
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.clone(databases.template(Path(folder)), Path(folder) / "home") as database,
        opened(database) as province,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox"]
        )
        if wanted == ["readme"]:
            take_for_the_readme(province, browser)
        else:
            take(province, browser, wanted)
        browser.close()


def take(province: Province, browser: Browser, wanted: list[str]) -> None:
    guide = Guide(province, browser)
    for stop in [*tour(province), *states(province), *more_states(province)]:
        if not wanted or stop.name in wanted:
            for width in WIDTHS:
                page = guide.page(stop, width)
                # A window as tall as the page: what sticks to the window's edge then stands at its place.
                height = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": max(height, 800)})
                page.screenshot(path=FOLDER / f"{stop.name}-{width}.png", full_page=True)
            print(stop.name)  # noqa: T201
    clerk = Stop("papers", CLERK, lambda page: page.goto(province.address + "/so/"))
    if not wanted or "papers" in wanted:
        page = guide.page(clerk, WIDTHS[-1])
        code = province.code(state="processing", step_kind="processing")
        year = page.locator("h1").inner_text()[-4:]
        for name, path in (("receipt", f"/ho-so/{code}/giay-hen.pdf"), ("register", f"/so/{year}.pdf")):
            pdf = page.request.get(province.address + path).body()
            draw(pdf, name)
    guide.close()


def take_for_the_readme(province: Province, browser: Browser) -> None:
    """The counter's form with a returning citizen; few colours are enough, and few bytes."""

    def filled(page: Page) -> None:
        page.goto(f"{province.address}/tiep-nhan/{province.version('1.004837')}/")
        page.fill("#id_id_number", "046199000017")
        page.keyboard.press("Tab")
        page.wait_for_selector("#applicant [role=status]")
        page.keyboard.press("Alt+a")
        page.click("aside summary")
        page.locator("#id_full_name").focus()
        page.evaluate("scrollTo(0, 0)")

    guide = Guide(province, browser)
    page = guide.page(Stop("readme", CLERK, filled), 1280)
    page.set_viewport_size({"width": 1280, "height": 960})
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(96, dither=Image.Dither.NONE).save(
        FOLDER.parent / "docs" / "screenshot.png", optimize=True
    )
    guide.close()


def draw(pdf: bytes, name: str) -> None:
    """The first pages of a paper, at 110 dots an inch."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        if number < 2:
            page.render(scale=110 / 72).to_pil().save(FOLDER / f"{name}-pdf-{number + 1}.png")


if __name__ == "__main__":
    main()
