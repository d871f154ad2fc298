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
QUIET = {"resultTypes": ["violations"], "elementRef": False}
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
# One row of a list is like another, and axe takes its time for each.
EXCLUDED = [[".list tbody tr:nth-child(n+9)"], [".card:nth-of-type(n+9)"]]
WIDE, NARROW = 1280, 360
CONTRAST = "color-contrast"
"""Two thirds of axe's time."""
LOOKS = """() => {
    const before = window.looks, looks = new Map();
    const look = element => {
        if (!element) return '';
        if (!looks.has(element)) {
            const s = getComputedStyle(element);
            looks.set(element, look(element.parentElement) + [s.display == 'none', s.visibility, s.position, s.opacity,
                s.color, s.backgroundColor, s.backgroundImage, s.fontSize, s.fontWeight] + ';');
        }
        return looks.get(element);
    };
    document.querySelectorAll('*').forEach(look);
    window.looks = looks;
    window.changed = [...looks.keys()].filter(
        e => !before || before.get(e) != looks.get(e) || /absolute|fixed|sticky/.test(looks.get(e)));
    return window.changed.length;
}"""
"""Keeps which elements look otherwise than when it was asked before, in themselves or in what lies behind them."""


@pytest.fixture(scope="module")
def guide(province: Province, browser: Browser) -> Iterator[Guide]:
    led = Guide(province, browser)
    yield led
    led.close()


def violations(page: Page, *, again: bool = False) -> list[str]:
    """What axe finds; `again`: the page was looked at before, and contrast counts where its look has changed since."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    changed = page.evaluate(LOOKS)
    if not again:
        return told(page, RULES, "html")
    found = told(page, RULES | {"rules": {CONTRAST: {"enabled": False}}}, "html")
    return found + (
        told(page, {"runOnly": {"type": "rule", "values": [CONTRAST]}}, "changed") if changed else []
    )


def told(page: Page, rules: dict, part: str) -> list[str]:
    found = page.evaluate(
        """([rules, include, exclude]) =>
        axe.run({include: include == 'changed' ? window.changed : [[include]], exclude: exclude}, rules)
        .then(told => told.violations.map(v => [v.id, v.nodes.map(n => n.html)]))""",
        [QUIET | rules, part, EXCLUDED],
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
        page = guide.page(stop, WIDE)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            if found := violations(page, again=width == NARROW) + beside(page):
                wrong[f"{stop.name} at {width}"] = found
    assert wrong == {}


def test_the_check_would_notice(province: Province, guide: Guide) -> None:
    page = guide.page(Stop("home", CLERK, lambda page: page.goto(f"{province.address}/ban-lam-viec/")), 360)
    page.evaluate(
        """() => { const img = document.createElement('img'); img.src = '/static/ui/favicon.svg';
        const wide = document.createElement('table'); wide.width = '900'; wide.textContent = '…';
        document.querySelector('main').append(img, wide); }"""
    )
    assert [found.partition(":")[0] for found in violations(page)] == ["image-alt"]
    assert beside(page)


def test_the_check_would_notice_what_is_pale_on_a_phone_only(province: Province, guide: Guide) -> None:
    """Contrast is asked again of what looks otherwise there, for itself or for the ground behind it."""
    page = guide.page(Stop("home", CLERK, lambda page: page.goto(f"{province.address}/ban-lam-viec/")), WIDE)
    page.evaluate(
        """() => { const hidden = document.createElement('p'); hidden.id = 'hidden'; hidden.textContent = 'Ẩn';
        hidden.style.color = '#bbb'; hidden.hidden = true; document.querySelector('main').append(hidden); }"""
    )
    assert violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert violations(page, again=True) == []
    page.evaluate("document.getElementById('hidden').hidden = false")
    assert [found.partition(":")[0] for found in violations(page, again=True)] == [CONTRAST]
    page.evaluate("document.getElementById('hidden').remove()")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert [found.partition(":")[0] for found in violations(page, again=True)] == [CONTRAST]
    page.reload()
    assert violations(page) == []
    page.evaluate("document.querySelector('main').style.backgroundColor = '#333'")
    assert CONTRAST in {found.partition(":")[0] for found in violations(page, again=True)}


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
