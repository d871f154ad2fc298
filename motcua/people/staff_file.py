"""A table of staff out of a CSV or XLSX file: cells of text with the number of their row, and nothing believed yet."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from unicodedata import normalize

import openpyxl
from django.utils.translation import gettext as _

from motcua.people.errors import StaffRefused
from motcua.rules.text import unaccent

COLUMNS = ("unit", "username", "full_name", "title", "role", "fields")
HEADINGS = {
    "unit": "Mã đơn vị",
    "username": "Tên đăng nhập",
    "full_name": "Họ và tên",
    "title": "Chức danh",
    "role": "Vai trò",
    "fields": "Lĩnh vực",
}
MOST_BYTES, MOST_ROWS = 5_000_000, 5_000
_MOST_UNPACKED = 30_000_000
_WORDS = {unaccent(words): name for name, words in HEADINGS.items()} | {name: name for name in COLUMNS}
Cells = dict[str, str]


def read(name: str, file: BinaryIO) -> list[tuple[int, Cells]]:
    """Rows with their numbers as the file's program shows them; empty ones are left out. Raises StaffRefused."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise StaffRefused(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
    table = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    rows = iter(table)
    first = next(rows, (0, []))[1]
    places = {_WORDS[key]: place for place, text in enumerate(first) if (key := unaccent(text)) in _WORDS}
    places |= {column: first.index(column) for column in COLUMNS if column in first}
    if missing := [HEADINGS[column] for column in COLUMNS if column not in places]:
        raise StaffRefused(
            _("%(file)s: dòng đầu thiếu cột %(columns)s.") % {"file": name, "columns": ", ".join(missing)}
        )
    found = []
    for number, cells in rows:
        row = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        if any(row.values()):
            found.append((number, row))
        if len(found) > MOST_ROWS:
            raise StaffRefused(_("Tệp có hơn 5.000 dòng. Chia thành nhiều tệp."))
    if not found:
        raise StaffRefused(_("%(file)s: không có dòng nào.") % {"file": name})
    return found


def _clean(cell: object) -> str:
    """One line of composed letters; a number that a program made of a code reads as it was typed."""
    text = (
        str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str("" if cell is None else cell)
    )
    return " ".join(normalize("NFC", text.replace("\0", " ")).split())


def _csv(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StaffRefused(
            _("Tệp không phải CSV mã UTF-8 hoặc XLSX. Hãy lưu lại dạng “CSV UTF-8”.")
        ) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [_clean(cell) for cell in row]
    except csv.Error as error:
        raise StaffRefused(
            _("Dòng %(n)d không phải CSV (%(why)s).") % {"n": reader.line_num, "why": error}
        ) from error


def _xlsx(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The first sheet. A file that unpacks to far more than it is long is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        sheet = _first_sheet(content) if unpacked <= _MOST_UNPACKED else None
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2) if sheet else ()
        table = [[_clean(cell) for cell in row] for row in rows]
    except Exception as error:  # whatever a broken file makes the library raise
        raise StaffRefused(_("Không đọc được tệp XLSX này. Mở bằng Excel rồi lưu lại.")) from error
    if sheet is None:
        raise StaffRefused(_("Tệp XLSX quá lớn. Chia thành nhiều tệp."))
    return iter(enumerate(table, start=1))


def _first_sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
