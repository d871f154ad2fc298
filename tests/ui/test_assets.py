"""What every page brings with it: few bytes, nothing from elsewhere, colours that can be read."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from motcua import ui

ASSETS = Path(ui.__file__).parent / "static" / "ui"
CSS = (ASSETS / "motcua.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6});", CSS))


@pytest.mark.parametrize(
    ("name", "raw", "sent"),
    [("motcua.css", 18_100, 4_800), ("app.js", 7_500, 2_200), ("favicon.svg", 400, 300)],
)
def test_budget(name, raw, sent):
    content = (ASSETS / name).read_bytes()
    assert len(content) <= raw
    assert len(brotli.compress(content)) <= sent


def test_the_style_sheet_calls_for_nothing_else():
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS


def test_every_token_used_is_defined():
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))
    assert {name for name in re.findall(r"var\(--([a-z0-9-]+)", CSS) if name not in defined} == set()


def luminance(colour):
    full = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["page", "card", "hover"])
@pytest.mark.parametrize("text", ["ink", "soft", "act", "act-deep", "red", "ok", "wait", "bad"])
def test_text_can_be_read_on_every_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("act", "info-bg"),
        ("busy", "busy-bg"),
        ("ok", "ok-bg"),
        ("wait", "wait-bg"),
        ("bad", "bad-bg"),
        ("ink", "calm-bg"),
        ("ink", "gold"),
        ("card", "red"),
        ("card", "act"),
        ("card", "bad"),
    ],
)
def test_text_can_be_read_on_its_tint(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["page", "card"])
def test_the_edge_of_an_input_can_be_seen(ground):
    assert contrast(TOKENS["edge"], TOKENS[ground]) >= 3
