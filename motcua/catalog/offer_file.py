"""Lists of offerings out of a CSV or XLSX file: unit, procedure, action; errors by row, and then nothing changes."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

import openpyxl
from django.utils.translation import gettext as _

from motcua.catalog.bulk_offer import Line, What
from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import Procedure
from motcua.catalog.queries import current
from motcua.people.models import Unit, UnitIdentifier
from motcua.rules.text import unaccent

COLUMNS = ("unit", "procedure", "action")
HEADINGS = {"unit": "Đơn vị", "procedure": "Thủ tục", "action": "Việc"}
ACTIONS = {
    "offer": What.OFFER,
    "them": What.OFFER,
    "dua vao": What.OFFER,
    "withdraw": What.WITHDRAW,
    "rut": What.WITHDRAW,
    "bo": What.WITHDRAW,
}
MOST_BYTES, MOST_ROWS = 5_000_000, 60_000
_MOST_UNPACKED = 60_000_000
_NAMES = {unaccent(words): name for name, words in HEADINGS.items()} | {name: name for name in COLUMNS}
Rows = Sequence[tuple[int, Sequence[str]]]
"""(number of the row, unit, procedure, action)"""


def read_offers(content: bytes) -> list[Line]:
    """What a file asks for. Raises OfferRefused with every row that is wrong."""
    return read_rows(_cells(content))


def read_text(text: str) -> list[Line]:
    """The lines that a page carries from its preview to the confirmation. Raises OfferRefused."""
    rows = [(number, line.split(",")) for number, line in enumerate(text.splitlines(), start=1)]
    return read_rows([(number, cells) for number, cells in rows if len(cells) == len(COLUMNS)])


def text_of(lines: Sequence[Line]) -> str:
    """What `read_text` reads back."""
    units = dict(Unit.objects.values_list("pk", "code"))
    codes = dict(Procedure.objects.values_list("pk", "code"))
    return "\n".join(f"{units[one.unit_id]},{codes[one.procedure_id]},{one.what}" for one in lines)


def read_rows(rows: Rows) -> list[Line]:
    """Lines out of cells; every wrong row is told."""
    units, procedures, offered = _units(), dict(Procedure.objects.values_list("code", "pk")), _in_force()
    lines: list[Line] = []
    wrong: list[tuple[int, str]] = []
    seen: dict[tuple[int, int], What] = {}
    for number, (unit, code, action) in rows:
        unit_id, procedure_id = units.get(unit), procedures.get(code)
        what = ACTIONS.get(unaccent(action))
        if unit_id is None:
            wrong.append((number, _("không có đơn vị nào mang mã “%(code)s”") % {"code": unit}))
        elif procedure_id is None:
            wrong.append((number, _("không có thủ tục nào mang mã “%(code)s”") % {"code": code}))
        elif what is None:
            wrong.append((number, _("việc phải là “offer” (thêm) hoặc “withdraw” (rút)")))
        elif what is What.OFFER and procedure_id not in offered:
            wrong.append((number, _("thủ tục %(code)s không còn hiệu lực") % {"code": code}))
        elif seen.setdefault((unit_id, procedure_id), what) is not what:
            wrong.append((number, _("trái với một dòng ở trên")))
        else:
            lines.append(Line(unit_id, procedure_id, what))
    if wrong:
        raise OfferRefused(_("Tệp có %(n)d dòng sai; chưa có gì thay đổi.") % {"n": len(wrong)}, tuple(wrong))
    if not lines:
        raise OfferRefused(_("Không có dòng nào."))
    return lines


def _units() -> dict[str, int]:
    """Units that there are, by statistical code and by identifier."""
    there = Unit.objects.filter(valid_to=None).exclude(agency_kind__gt="")
    by_identifier = UnitIdentifier.objects.filter(unit__in=there).values_list("identifier", "unit")
    return dict(by_identifier) | dict(there.values_list("code", "pk"))


def _in_force() -> set[int]:
    return set(current().order_by().values_list("procedure", flat=True))


def _cells(content: bytes) -> Rows:
    if len(content) > MOST_BYTES:
        raise OfferRefused(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
    table = iter(_xlsx(content) if content.startswith(b"PK") else _csv(content))
    head = [_NAMES.get(unaccent(text), "") for text in next(table, (0, []))[1]]
    if missing := [HEADINGS[name] for name in COLUMNS if name not in head]:
        raise OfferRefused(_("Dòng đầu thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)})
    places = [head.index(name) for name in COLUMNS]
    found = []
    for number, cells in table:
        row = [cells[place] if place < len(cells) else "" for place in places]
        if any(row):
            found.append((number, row))
        if len(found) > MOST_ROWS:
            raise OfferRefused(_("Tệp có hơn 60.000 dòng. Chia thành nhiều tệp."))
    return found


def _clean(cell: object) -> str:
    """A number that a spreadsheet made of a code reads as it was typed: 19798, 2.000150."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}"
    text = "" if cell is None else str(cell)
    return " ".join(normalize("NFC", text.replace("\0", " ")).split())


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OfferRefused(
            _("Tệp không phải CSV mã UTF-8 hoặc XLSX. Hãy lưu lại dạng “CSV UTF-8”.")
        ) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [_clean(cell) for cell in row]
    except csv.Error as error:
        words = {"n": reader.line_num, "why": error}
        raise OfferRefused(_("Dòng %(n)d không phải CSV (%(why)s).") % words) from error


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. A file that unpacks to far more than it is long is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        sheet = _first_sheet(content) if unpacked <= _MOST_UNPACKED else None
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2) if sheet else ()
        table = [[_clean(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever a broken file makes the library raise
        raise OfferRefused(_("Không đọc được tệp XLSX này. Mở bằng Excel rồi lưu lại.")) from error
    if sheet is None:
        raise OfferRefused(_("Tệp XLSX quá lớn. Chia thành nhiều tệp."))
    return iter(enumerate(table, start=1))


def _first_sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
