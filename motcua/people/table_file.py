"""A table out of a CSV or XLSX file that an office sends: cells of text with the number of their row, nothing believed yet."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from unicodedata import normalize

import openpyxl
from django.utils.translation import gettext as _

from motcua.journal.errors import Refused

MOST_BYTES = 5_000_000
_MOST_UNPACKED = 60_000_000
Row = tuple[int, Sequence[str]]
Refuse = Callable[[str], Refused]


def table(content: bytes, refuse: Refuse, most_rows: int) -> Iterator[Row]:
    """Rows as the file's program numbers them, the heading first; one row more than `most_rows` at most.

    Raises what `refuse` makes of a sentence for whoever sent the file.
    """
    if len(content) > MOST_BYTES:
        raise refuse(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
    return _xlsx(content, refuse, most_rows) if content.startswith(b"PK") else _csv(content, refuse)


def _clean(cell: object) -> str:
    """One line of composed letters. A number that a spreadsheet made of a code reads as it was typed: 19798, 2.000150."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}"
    text = "" if cell is None else str(cell)
    return " ".join(normalize("NFC", text.replace("\0", " ")).split())


def _csv(content: bytes, refuse: Refuse) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(_("Tệp không phải CSV mã UTF-8 hoặc XLSX. Hãy lưu lại dạng “CSV UTF-8”.")) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [_clean(cell) for cell in row]
    except csv.Error as error:
        words = {"n": reader.line_num, "why": error}
        raise refuse(_("Dòng %(n)d không phải CSV (%(why)s).") % words) from error


def _xlsx(content: bytes, refuse: Refuse, most_rows: int) -> Iterator[Row]:
    """The first sheet. A file that unpacks to far more than it is long is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        found = _cells(content, most_rows) if unpacked <= _MOST_UNPACKED else None
    except Exception as error:  # whatever a broken file makes the library raise
        raise refuse(_("Không đọc được tệp XLSX này. Mở bằng Excel rồi lưu lại.")) from error
    if found is None:
        raise refuse(_("Tệp XLSX quá lớn. Chia thành nhiều tệp."))
    return iter(enumerate(found, start=1))


def _cells(content: bytes, most_rows: int) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True, max_row=most_rows + 2)
    return [[_clean(cell) for cell in row] for row in rows]
