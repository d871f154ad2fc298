"""From data to PDF: the one way in which Motcua sets a paper.

A form is a Typst template in `forms/`. Data reaches it as JSON in `sys.inputs`, never as source, so nothing that a
person typed can become a command. The same data give the same bytes on every machine: the fonts are ours, the system's are
not looked at, and the only date in the file is the one that the caller states.

Thread-safe: `typst.Compiler` refuses a second thread ("Already borrowed"), but making one is free (0.1 ms) as soon as
the fonts are loaded. So the fonts are shared and every paper gets a compiler of its own. Typst keeps what the last ten
papers cost it: nothing for a receipt, hundreds of megabytes for a register, which is therefore set in `apart`.
"""

import json
import re
import struct
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from motcua.papers.wording import local

FONTS: Final = Path(__file__).parent / "fonts"
FORMS: Final = Path(__file__).parent / "forms"

UNPRINTABLE: Final = "□"
"""Stands where a character has no shape in our font (an emoji in a name): seen by the reader, refused by nobody."""

_BREAK: Final = "\u200b"


def render(
    form: str,
    data: Mapping[str, Any],
    *,
    issued: datetime,
    marks: Mapping[str, bytes] | None = None,
    longest_run: int = 30,
    tagged: bool = True,
) -> bytes:
    """The PDF of `forms/<form>.typ`.

    `data` is anything that JSON can hold; `marks` are SVG pictures by the name that the form knows. `issued` becomes
    the date in the file. A run of letters without a space that is longer than `longest_run` may be broken, so that it
    stays in its column. A tagged PDF is PDF/A-2a and PDF/UA-1, for the archive and for screen readers: free on a small
    paper, ten times the bytes on a table of thousands of rows, which can be plain PDF/A-2b instead.
    """
    inputs = {"data": json.dumps(_printable(data, longest_run), ensure_ascii=False)}
    inputs |= {name: picture.decode() for name, picture in (marks or {}).items()}
    compiler = typst.Compiler(
        FORMS / f"{form}.typ", root=FORMS, font_paths=_fonts(), ignore_system_fonts=True
    )
    pdf = compiler.compile(
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"] if tagged else ["a-2b"],
        pdf_tags=tagged,
        timestamp=local(issued).replace(microsecond=0),  # a finer one is refused
    )
    if not isinstance(pdf, bytes):  # a list is for pictures of pages, None for a file on disk
        raise TypeError(f"Typst answered with {type(pdf).__name__} instead of a PDF")
    return pdf


def clean(text: str) -> str:
    """What can be printed of a text: composed letters, single spaces, no control or direction marks, no emoji."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return " ".join(composed.split())
    letters = (_letter(character) for character in composed)
    return " ".join("".join(letters).split())


def _letter(character: str) -> str:
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind in {"Cc", "Cf", "Co", "Cs"}:  # controls, joiners and direction marks, private use, broken UTF-16
        return ""
    if ord(character) in _drawable():
        return character
    return "" if kind in {"Me", "Mn"} else UNPRINTABLE  # an accent without a shape leaves its letter alone


def _printable(value: Any, longest_run: int) -> Any:
    if isinstance(value, str):
        return _breakable(clean(value), longest_run)
    if isinstance(value, Mapping):
        return {key: _printable(inner, longest_run) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner, longest_run) for inner in value]
    return value


def _breakable(text: str, longest_run: int) -> str:
    """Leave to break inside a run that its column may not hold; ordinary words are untouched."""
    if len(text) <= longest_run:
        return text
    return re.sub(rf"\S{{{longest_run + 1},}}", lambda run: _BREAK.join(_pieces(run[0], longest_run)), text)


def _pieces(run: str, longest: int) -> list[str]:
    """First between the parts of a code or an address; a part that is itself too long anywhere, in small steps."""
    parts = re.findall(r"[^-./@_,;:]+[-./@_,;:]*|[-./@_,;:]+", run)
    step = max(longest // 3, 1)
    return [
        piece
        for part in parts
        for piece in ([part] if len(part) <= longest else re.findall(f".{{1,{step}}}", part))
    ]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _drawable() -> frozenset[int]:
    """The characters that all our faces can draw."""
    faces = [_characters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*faces)


def _characters(font: bytes) -> frozenset[int]:
    """The characters in a font's Unicode table (OpenType `cmap`, format 4: all that the Basic Multilingual Plane needs)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = {font[at : at + 4]: at for at in range(12, 12 + 16 * tables, 16)}
    (start,) = struct.unpack_from(">I", font, directory[b"cmap"] + 8)
    (records,) = struct.unpack_from(">H", font, start + 2)
    for record in range(records):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * record)
        if (platform, encoding) == (3, 1):
            return _format4(font, start + offset)
    raise ValueError("the font has no Unicode table")


def _format4(font: bytes, at: int) -> frozenset[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
    return frozenset(
        code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)
    ) - {0xFFFF}
