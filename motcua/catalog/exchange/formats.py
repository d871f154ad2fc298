"""The three formats: JSON for machines, a spreadsheet for officials, one CSV that `load-procedures` takes too."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from motcua.catalog.errors import BadCatalogue
from motcua.catalog.exchange import columns
from motcua.catalog.exchange.columns import Column
from motcua.catalog.exchange.shape import AT, Entry, Raw, shown
from motcua.catalog.exchange.shape import read as read_entry
from motcua.journal.errors import Refused

NAME, EDITION = "motcua-catalogue", 1
MOST_BYTES = 100 * 1024 * 1024
"""Of a spreadsheet unpacked: more is no catalogue."""
MOST_ROWS = 100_000
_CSV_PARTS = ("papers", "fees", "route")


class Format(NamedTuple):
    ending: str
    mime: str
    write: Callable[[Sequence[Raw]], bytes]
    read: Callable[[bytes], list[Raw]]


# -- JSON --------------------------------------------------------------------------------------------
def to_json(rows: Sequence[Raw]) -> bytes:
    told = {"format": NAME, "edition": EDITION, "procedures": list(rows)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> list[Raw]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadCatalogue(["Tệp không phải JSON mã UTF-8."]) from error
    rows = told.get("procedures") if isinstance(told, dict) else None
    if not isinstance(told, dict) or told.get("format") != NAME or not isinstance(rows, list):
        raise BadCatalogue(["Tệp JSON này không phải danh mục thủ tục xuất từ phần mềm."])
    if told.get("edition") != EDITION:
        raise BadCatalogue(
            [f"Tệp thuộc phiên bản định dạng {told.get('edition')}, phần mềm đọc phiên bản {EDITION}."]
        )
    if not all(isinstance(row, dict) for row in rows):
        raise BadCatalogue(["Danh mục có phần tử không phải một thủ tục."])
    return [
        row | {AT: f"Thủ tục thứ {place} ({row.get('code', '')})"} for place, row in enumerate(rows, start=1)
    ]


# -- spreadsheet -------------------------------------------------------------------------------------
def to_xlsx(rows: Sequence[Raw]) -> bytes:
    """Sheets "Thủ tục", "Giấy tờ", "Phí", "Quy trình"; codes are text, so that no program makes numbers of them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4"})
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    whole = book.add_format({"valign": "top"})

    def sheet(name: str, of: Sequence[Column], lines: Iterator[tuple[str, Raw]]) -> None:
        page = book.add_worksheet(name)
        page.freeze_panes(1, 2)
        for at, column in enumerate(of):
            page.set_column(at, at, column.width, cell)
            page.write_string(0, at, column.heading, head)
        for line, (code, row) in enumerate(lines, start=1):
            for at, column in enumerate(of):
                value = code if column.key == "code" else shown(column, row.get(column.key))
                if isinstance(value, int):
                    page.write_number(line, at, value, whole)
                elif value != "":
                    page.write_string(line, at, value, cell)

    code = columns.PROCEDURE[:1]
    sheet(columns.FIRST_SHEET, (*columns.PROCEDURE, *columns.TOLD), ((row["code"], row) for row in rows))
    for key, name, of in columns.SHEETS:
        sheet(name, (*code, *of), ((row["code"], one) for row in rows for one in row[key]))
    book.close()
    return out.getvalue()


def from_xlsx(content: bytes) -> list[Raw]:
    faults: list[str] = []
    book = _book(content)
    first = _sheet(book, columns.FIRST_SHEET, columns.PROCEDURE, faults, required=True)
    rows: list[Raw] = [row | {key: [] for key, _name, _of in columns.SHEETS} for row in first]
    known = {row["code"]: row for row in reversed(rows)}
    for key, name, of in columns.SHEETS:
        for row in _sheet(book, name, (*columns.PROCEDURE[:1], *of), faults):
            if row["code"] in known:
                known[row["code"]][key].append(row)
            else:
                faults.append(f"{row[AT]}: mã “{row['code']}” không có ở trang “{columns.FIRST_SHEET}”.")
    if faults:
        raise BadCatalogue(faults)
    return rows


def _book(content: bytes) -> Any:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise BadCatalogue(["Bảng tính quá lớn."])
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise BadCatalogue(["Tệp không phải bảng tính Excel (.xlsx)."]) from error


def _sheet(
    book: Any, name: str, of: Sequence[Column], faults: list[str], *, required: bool = False
) -> list[Raw]:
    if name not in book.sheetnames:
        if required:
            raise BadCatalogue([f"Bảng tính không có trang “{name}”."])
        return []
    lines = book[name].iter_rows(values_only=True, max_row=MOST_ROWS)
    heads = [str(value or "").strip() for value in next(lines, ())]
    missing = [column.heading for column in of[:2] if column.heading not in heads]
    if missing:
        raise BadCatalogue([f"Trang “{name}” thiếu cột: {', '.join(missing)}."])
    places = {column.key: heads.index(column.heading) for column in of if column.heading in heads}
    rows = []
    for number, line in enumerate(lines, start=2):
        if all(value in (None, "") for value in line):
            continue
        row = {key: line[at] if at < len(line) else None for key, at in places.items()}
        row[AT] = f"Trang “{name}”, dòng {number}"
        if isinstance(row["code"], int | float):
            faults.append(
                f"{row[AT]}: mã “{row['code']}” đã thành số; định dạng cột mã là Văn bản rồi gõ lại."
            )
        row["code"] = str(row["code"] or "").strip()
        rows.append(row)
    return rows


# -- CSV ---------------------------------------------------------------------------------------------
def to_csv(rows: Sequence[Raw]) -> bytes:
    """A line a procedure. Papers, fees and route are JSON in a cell; `components_text` says the papers in words."""
    of = (*columns.PROCEDURE, *columns.TOLD)
    heads = [*(column.csv_heading for column in of), "own_code", "components_text", *_CSV_PARTS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        cells = [_csv_cell(column, row.get(column.key)) for column in of]
        if row["is_own_code"]:
            cells[0] = ""
        parts = [json.dumps(row[key], ensure_ascii=False) for key in _CSV_PARTS]
        writer.writerow([*cells, row["code"] if row["is_own_code"] else "", _papers_words(row), *parts])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(column: Column, value: Any) -> str:
    if column.kind == columns.YES:
        return "" if value is None else "yes" if value else "no"
    return " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _papers_words(row: Raw) -> str:
    return "; ".join(
        f"[{'xuất trình' if paper['to_show'] else 'nộp'}] {paper['name']} "
        f"({paper['number']} bản {'chính' if paper['kind'] == 'original' else 'sao'})"
        for paper in row["papers"]
    )


def from_csv(content: bytes) -> list[Raw]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCatalogue(["Tệp không phải CSV mã UTF-8. Hãy lưu lại dạng “CSV UTF-8”."]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    faults: list[str] = []
    rows: list[Raw] = []
    try:
        missing = [name for name in ("code", "name_vi", *_CSV_PARTS) if name not in (reader.fieldnames or ())]
        if missing:
            raise BadCatalogue([f"Tệp CSV thiếu cột: {', '.join(missing)}."])
        for place, cells in enumerate(reader, start=1):
            rows.append(_csv_row(f"Thủ tục thứ {place}, đến dòng {reader.line_num}", cells, faults))
    except csv.Error as error:
        raise BadCatalogue([f"Dòng {reader.line_num}: không phải CSV ({error})."]) from error
    if faults:
        raise BadCatalogue(faults)
    return rows


def _csv_row(at: str, cells: dict[str, Any], faults: list[str]) -> Raw:
    if None in cells or None in cells.values():
        faults.append(f"{at}: số ô không khớp với dòng tiêu đề.")
        return {}
    row: Raw = {column.key: cells.get(column.csv_heading, "") for column in columns.PROCEDURE}
    row["code"] = row["code"] or cells.get("own_code", "")
    row["is_own_code"] = "yes" if cells.get("own_code") else "no"
    for key in _CSV_PARTS:
        try:
            row[key] = json.loads(cells[key] or "[]")
        except (ValueError, RecursionError):
            faults.append(f"{at}, cột {key}: không phải JSON.")
    return row | {AT: at}


def csv_parts(at: str, code: str, cells: dict[str, str], refusal: type[Refused]) -> Entry:
    """The papers and fees of a line of our own CSV, for `load-procedures`. Raises `refusal`."""
    faults: list[str] = []
    row = _csv_row(at, dict(cells), faults) | {"code": code}
    row["field"] = row["field"] or code
    entry = read_entry(row | {"route": []}, faults) if not faults else None
    if entry is None:
        raise refusal(" ".join(faults))
    return entry


FORMATS = {
    "json": Format("json", "application/json", to_json, from_json),
    "xlsx": Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx, from_xlsx
    ),
    "csv": Format("csv", "text/csv; charset=utf-8", to_csv, from_csv),
}
