"""The sheet for the notice board: one procedure as published, on one side of A4, with a QR code to its page (R50).

A sheet must be read standing, so it is set as large as one page allows. What does not fit at the smallest size is cut by
fixed steps: steps and legal basis first, papers and fees last. Every cut shows as "…", and the foot says where it stands
whole: on the page behind the QR code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.papers import marks
from motcua.papers.typeset import render

UNPUBLISHED: Final = "chưa công bố"
NOTHING_CUT: Final = (None, None)
CUTS: Final = (
    (NOTHING_CUT, NOTHING_CUT),
    ((240, 12), NOTHING_CUT),
    ((120, 6), NOTHING_CUT),
    ((80, 3), (240, 24)),
    ((80, 3), (160, 16)),
    ((80, 3), (100, 10)),
    ((60, 2), (60, 5)),
)
"""Tried in this order: letters of a line and lines at most, of steps and legal basis, and of all else."""
MORE: Final = "…"
Most = tuple[int | None, int | None]
"""Letters of a line, and lines; None: as many as there are."""
Line = tuple[str, str, str]
"""What stands before a line (a number, or nothing), the line, and what stands after it and is never cut."""


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
    papers: tuple[tuple[str, str], ...] = ()
    """Each with its number, kind and whether it is handed in; nothing: a note among them, which is not counted."""
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
            "variants": [self._cut(soft, firm) for soft, firm in CUTS],
        }

    def _cut(self, soft: Most, firm: Most) -> dict[str, Any]:
        """The parts in the order of the sheet: a heading, and lines with what stands before each."""
        limit = f"{self.limit}. {self.limit_note}" if self.limit and self.limit_note else self.limit
        parts = (
            ("Giấy tờ cần có", _papers(self.papers), firm),
            ("Thời hạn", _plain(limit), firm),
            ("Phí, lệ phí", _plain(*self.fees), firm),
            ("Ai được làm", _plain(self.audience), firm),
            ("Các bước", _numbered([(step, "") for step in self.steps]), soft),
            ("Kết quả", _plain(self.result), firm),
            ("Nộp trực tuyến", _plain(self.online), firm),
            ("Nơi nộp, nhận kết quả", _plain(*self.desk), firm),
            ("Căn cứ pháp lý", _plain(*self.legal_basis), soft),
            ("Phản ánh, kiến nghị", _plain(*self.complaints), firm),
            ("Công bố", _plain(self.published), firm),
        )
        whole = [_drawn(lines, NOTHING_CUT) for _name, lines, _most in parts]
        drawn = [_drawn(lines, most) for _name, lines, most in parts]
        names = [name for name, _lines, _most in parts]
        return {"parts": list(zip(names, drawn, strict=True)), "cut": drawn != whole}


def _plain(*texts: str) -> list[Line]:
    return [("", text, "") for text in texts if text] or [("", UNPUBLISHED, "")]


def _numbered(texts: Sequence[tuple[str, str]]) -> list[Line]:
    """One alone needs no number."""
    if len(texts) < 2:  # noqa: PLR2004
        return _plain(*(f"{text}{tail}" for text, tail in texts))
    return [(f"{number}.", text, tail) for number, (text, tail) in enumerate(texts, start=1)]


def _papers(papers: Sequence[tuple[str, str]]) -> list[Line]:
    """Numbered but for the notes among them, which keep their places."""
    counted = iter(_numbered([(name, f" ({how})") for name, how in papers if how]))
    return [next(counted) if how else ("–", name, "") for name, how in papers] or _plain()


def _drawn(lines: list[Line], most: Most) -> list[tuple[str, str]]:
    letters, number = most
    kept = [(mark, _short(text, letters) + tail) for mark, text, tail in lines[:number]]
    if len(kept) < len(lines):
        kept.append(("", f"{MORE} và {len(lines) - len(kept)} mục nữa"))
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
