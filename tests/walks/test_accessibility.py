"""Every page of the tour, on a phone and on a desk: no breach of WCAG 2.2 AA that axe can find, nothing beside the screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests import databases
from tests.walks.province import CLERK, Guide, Province, Stop, tour
from tests.walks.states import states

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(databases.ON_POSTGRES, reason="how a page looks does not depend on the data base"),
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "elementRef": False}
# One row of a list is like another, and axe takes its time for each.
PART = {"include": [["html"]], "exclude": [[".list tbody tr:nth-child(n+9)"], [".card:nth-of-type(n+9)"]]}
WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def guide(province: Province, browser: Browser) -> Iterator[Guide]:
    led = Guide(province, browser)
    yield led
    led.close()


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([part, rules]) => axe.run(part, rules)"
        ".then(told => told.violations.map(v => [v.id, v.nodes.map(n => n.html)]))",
        [PART, RULES],
    )
    return [f"{rule}: {html[:150]}" for rule, nodes in found for html in nodes]


def beside(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 120))"""
    )


def test_every_page(province: Province, guide: Guide) -> None:
    wrong: dict[str, list[str]] = {}
    for stop in [*tour(province), *states(province)]:
        page = guide.page(stop, WIDTHS[0])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if told := violations(page) + beside(page):
                wrong[f"{stop.name} at {width}"] = told
    assert wrong == {}


def test_the_check_would_notice(province: Province, guide: Guide) -> None:
    page = guide.page(Stop("home", CLERK, lambda page: page.goto(f"{province.address}/ban-lam-viec/")), 360)
    page.evaluate(
        """() => { const img = document.createElement('img'); img.src = '/static/ui/favicon.svg';
        const wide = document.createElement('table'); wide.width = '900'; wide.textContent = '…';
        document.querySelector('main').append(img, wide); }"""
    )
    assert [told.partition(":")[0] for told in violations(page)] == ["image-alt"]
    assert beside(page)


def test_what_is_typed_can_be_read(province: Province, guide: Guide) -> None:
    """Axe looks at labels and texts, not at what stands in an input."""
    for stop in tour(province):
        if stop.name not in ("find", "receive-mistakes", "track_find-mistake", "login-mistake"):
            continue
        page = guide.page(stop, 1280)
        pairs = page.evaluate(
            """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].map(e => {
            const s = getComputedStyle(e); return [e.id, s.color, s.backgroundColor] })"""
        )
        assert pairs
        for name, colour, ground in pairs:
            assert contrast(colour, ground) >= 4.5, (stop.name, name, colour, ground)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, as `rgb(r, g, b)`."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("account", "path"), [("", "/"), (CLERK, "/viec/")])
def test_the_keyboard_reaches_the_content_at_once(
    province: Province, guide: Guide, account: str, path: str
) -> None:
    """The first Tab stops at the way past the menu."""
    page = guide.page(Stop(path, account, lambda page: page.goto(province.address + path)), 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
