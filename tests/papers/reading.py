"""Reads a PDF back the way its receivers do: its words, its fonts, its picture, the marks on it."""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2
import zxingcpp
from pypdfium2 import raw

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Font:
    name: str
    embedded: bool


class Printed:
    """A PDF as somebody else's software sees it."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)

    @property
    def pages(self) -> int:
        return len(self._document)

    @property
    def title(self) -> str:
        return str(self._document.get_metadata_dict()["Title"])

    def size_mm(self, page: int = 0) -> tuple[int, int]:
        width, height = self._document[page].get_size()
        return round(width / POINTS_PER_MM), round(height / POINTS_PER_MM)

    def text(self, page: int | None = None) -> str:
        """The words of a page or of all, with single spaces."""
        wanted = range(self.pages) if page is None else [page]
        return " ".join(" ".join(self._document[at].get_textpage().get_text_range().split()) for at in wanted)

    def fonts(self) -> set[Font]:
        return {
            _font(raw.FPDFTextObj_GetFont(item.raw))
            for page in self._document
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        }

    def outside_mm(self, edge: float) -> list[str]:
        """The letters nearer to the edge of their sheet than `edge`, or beyond it."""
        return [letter for page in self._document for letter in _letters_outside(page, edge * POINTS_PER_MM)]

    def marks(self, dpi: int = 150) -> dict[str, str]:
        """What a scanner at this resolution reads on the first page: kind of mark to its text."""
        picture = self._document[0].render(scale=dpi / 72, grayscale=True).to_pil()
        return {str(found.format): found.text for found in zxingcpp.read_barcodes(picture)}


def _font(font: Any) -> Font:
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    return Font(name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1)


def _letters_outside(page: pypdfium2.PdfPage, edge: float) -> list[str]:
    width, height = page.get_size()
    words = page.get_textpage()
    boxes = ((at, words.get_charbox(at)) for at in range(words.count_chars()))
    return [
        words.get_text_range(at, 1)
        for at, (left, bottom, right, top) in boxes
        if right > left and (left < edge or bottom < edge or right > width - edge or top > height - edge)
    ]
