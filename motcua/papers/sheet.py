"""The sheet for the notice board: one procedure as published, on one side of A4, with a QR code to its page (R50).

A sheet must be read standing, so it is set as large as one page allows. What does not fit at the smallest size is cut:
first long lines, then long lists. Every cut shows as "…", and the foot says that the page behind the QR code has it whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.papers import marks
from motcua.papers.typeset import render

UNPUBLISHED: Final = "chưa công bố"
CUTS: Final = ((None, None), (240, 24), (160, 16), (100, 10), (80, 6), (60, 4))
"""Tried in this order: letters of a line at most, lines of a list at most."""
MORE: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetData:
    """All that a sheet says. An empty text or list prints as "chưa công bố", where the law wants something published."""

    superior: str
    agency: str
    """Whose board it hangs on: `UBND phường Phú Hậu`, or the province that publishes it."""
    name: str
    code: str
    field: str
    url: str
    """What the QR code opens."""
    audience: str = ""
    papers: tuple[tuple[str, bool], ...] = ()
    """Each with its number, kind and whether it is handed in; True: a note among them, which is not counted."""
    steps: tuple[str, ...] = ()
    limit: str = ""
    limit_note: str = ""
    fees: tuple[str, ...] = ()
    result: str = ""
    online: str = ""
    legal_basis: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    """Where, when, under which number; empty on the province's own sheet."""
    complaints: tuple[str, ...] = ()
    published: str = ""
    """Decision, version and since when."""
    is_torn: bool = False
    """The source itself was cut, which shows as "…" too."""
    simulated: bool = False

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, with each way of cutting them; the form takes the first that fits."""
        return {
            "name": self.name,
            "code": self.code,
            "field": self.field,
            "torn": self.is_torn,
            "variants": [self._cut(letters, lines) for letters, lines in CUTS],
        }

    def _cut(self, letters: int | None, lines: int | None) -> dict[str, Any]:
        """The parts in the order of the sheet: a heading, and lines with what stands before each."""
        limit = f"{self.limit}. {self.limit_note}" if self.limit and self.limit_note else self.limit
        parts = (
            ("Giấy tờ cần có", _counted(self.papers)),
            ("Thời hạn", _plain(limit)),
            ("Phí, lệ phí", _plain(*self.fees)),
            ("Ai được làm", _plain(self.audience)),
            ("Các bước", _counted([(step, False) for step in self.steps])),
            ("Kết quả", _plain(self.result)),
            ("Nộp trực tuyến", _plain(self.online)),
            ("Nơi nộp, nhận kết quả", _plain(*self.desk)),
            ("Căn cứ pháp lý", _plain(*self.legal_basis)),
            ("Phản ánh, kiến nghị", _plain(*self.complaints)),
            ("Công bố", _plain(self.published)),
        )
        made = [(name, _shortened(whole, letters, lines)) for name, whole in parts]
        return {"parts": made, "cut": [whole for _name, whole in parts] != [said for _name, said in made]}


Line = tuple[str, str]
"""What stands before a line (a number, or nothing), and the line."""


def _plain(*texts: str) -> list[Line]:
    return [("", text) for text in texts if text] or [("", UNPUBLISHED)]


def _counted(texts: Sequence[tuple[str, bool]]) -> list[Line]:
    """Numbered but for the notes; one alone needs no number."""
    counted = [text for text, is_note in texts if not is_note]
    if len(counted) < 2:  # noqa: PLR2004
        return _plain(*(text for text, _ in texts))
    numbers = iter(range(1, len(texts) + 1))
    return [("–" if is_note else f"{next(numbers)}.", text) for text, is_note in texts]


def _shortened(whole: list[Line], letters: int | None, lines: int | None) -> list[Line]:
    kept = [(mark, _short(text, letters)) for mark, text in whole[:lines]]
    if len(kept) < len(whole):
        kept.append(("", f"{MORE} và {len(whole) - len(kept)} mục nữa"))
    return kept


def _short(text: str, letters: int | None) -> str:
    """Cut between words."""
    if letters is None or len(text) <= letters:
        return text
    return text[:letters].rsplit(" ", 1)[0].rstrip(" ,;.") + MORE


def render_sheets(sheets: Sequence[SheetData], issued: datetime) -> bytes:
    """One page each, in their order, all of one agency; the same data give the same bytes. Raises marks.MarkImpossible."""
    first = sheets[0]
    data = {
        "superior": first.superior,
        "agency": first.agency,
        "title": first.name if len(sheets) == 1 else f"Niêm yết thủ tục hành chính – {first.agency}",
        "simulated": any(sheet.simulated for sheet in sheets),
        "sheets": [sheet.to_inputs() for sheet in sheets],
    }
    pictures = {f"qr{place}": marks.qr(sheet.url) for place, sheet in enumerate(sheets)}
    return render("sheet", data, issued=issued, marks=pictures, longest_run=45)
