"""The register of a year: Mẫu số 06 of Thông tư 01/2018/TT-VPCP, on A4 as PDF, and as XLSX (R40, R41)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from motcua.papers import wording
from motcua.papers.apart import render_apart
from motcua.papers.typeset import clean

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 5_000
"""Rows in one PDF: about 350 pages, 15 s and 1 GB while it is set. A unit with more prints them as several books (TT01
Đ.10.2.c: numbers run on from book to book), or takes the XLSX, which has no such limit."""

_TALL: Final = 400
"""Characters from which a row might not fit on a page and may be torn apart."""


class RegisterTooLong(ValueError):
    """More rows than one PDF can hold: print them as several books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One dossier in the register. Times carry a time zone; an empty text leaves its cell empty."""

    number: int
    """Running number of the year, without gaps (R41)."""
    code: str
    procedure: str
    sets: int = 1
    applicant: str
    address: str = ""
    phone: str = ""
    received_at: datetime
    due_at: datetime | None = None
    returned_at: datetime | None = None
    delivery: str = ""
    """How the result was taken: `Trực tiếp`, `Bưu chính`, `Trực tuyến`."""
    received_by: str = ""
    """Who took the result (Ký nhận)."""
    outcome: str = ""
    """`Trước hạn`, `Đúng hạn`, `Quá hạn`; empty while it runs."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterData:
    """A book of a unit's register, whole or up to the moment of printing."""

    year: int
    book: str = ""
    """Number of the book (Quyển số) when the year has several."""
    superior: str
    agency: str
    place: str
    rows: Sequence[RegisterRow]
    printed_at: datetime
    closed_on: date | None = None
    """The day on which the book was closed: it then ends with the head's signature and seal (TT01 Đ.10.2.a)."""
    head: str = ""
    """Name of the head of the one-stop desk."""
    changed: int = 0
    """How many rows of a closed book are not as they were when it was closed."""
    simulated: bool = False

    def to_inputs(self) -> dict[str, Any]:
        """The words that the form prints, ready for JSON."""
        printed = [_words(row) for row in self.rows]
        return {
            "year": self.year,
            "book": self.book,
            "superior": self.superior,
            "agency": self.agency,
            "place_and_day": wording.place_and_day(self.place, self.closed_on or self.printed_at),
            "open_until": "" if self.closed_on else wording.moment(self.printed_at),
            "summary": self.summary(),
            "head": self.head,
            "simulated": self.simulated,
            "rows": printed,
            "torn": any(len(cell) > _TALL for row in printed for cell in row),
        }

    def summary(self) -> str:
        """How many dossiers the book holds, and which numbers."""
        if not self.rows:
            return "Sổ không ghi hồ sơ nào."
        first, last = (wording.count(self.rows[at].number) for at in (0, -1))
        held = f"{wording.count(len(self.rows))} hồ sơ, từ số {first} đến số {last}"
        if self.closed_on is None:
            return f"Sổ ghi {held}."
        return f"Sổ này có {held}, khóa sổ {wording.long_day(self.closed_on)}."


def volumes(data: RegisterData) -> list[RegisterData]:
    """The same book in volumes (Quyển số 01, 02 …) that each fit into one PDF; a usual one stays as it is."""
    if len(data.rows) <= MOST_ROWS:
        return [data]
    starts = range(0, len(data.rows), MOST_ROWS)
    return [
        replace(data, book=wording.count(number), rows=data.rows[start : start + MOST_ROWS])
        for number, start in enumerate(starts, start=1)
    ]


def render_register_pdf(data: RegisterData) -> bytes:
    """The book as PDF; the same data give the same bytes.

    Set in a child process, 2 to 3 ms a row: a task for a worker. Raises RegisterTooLong beyond MOST_ROWS.
    """
    if len(data.rows) > MOST_ROWS:
        raise RegisterTooLong(f"{len(data.rows)} dossiers; a PDF holds {MOST_ROWS}: print several books")
    return render_apart("register", data.to_inputs(), issued=data.printed_at, longest_run=10, tagged=False)


def _words(row: RegisterRow) -> list[str]:
    return [
        wording.count(row.number),
        row.code,
        row.procedure,
        wording.count(row.sets),
        row.applicant,
        row.address,
        row.phone,
        *(
            wording.short_moment(time) if time else ""
            for time in (row.received_at, row.due_at, row.returned_at)
        ),
        row.delivery,
        row.received_by,
        row.outcome,
        row.note,
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    value: Callable[[RegisterRow], str | int | datetime | None]


_COLUMNS: Final = (
    _Column("TT", 6, lambda row: row.number),
    _Column("Mã hồ sơ", 27, lambda row: row.code),
    _Column("Tên thủ tục hành chính", 40, lambda row: row.procedure),
    _Column("Số bộ", 6, lambda row: row.sets),
    _Column("Chủ hồ sơ", 24, lambda row: row.applicant),
    _Column("Địa chỉ", 32, lambda row: row.address),
    _Column("Số điện thoại", 13, lambda row: row.phone),
    _Column("Nhận hồ sơ", 16, lambda row: row.received_at),
    _Column("Hẹn trả kết quả", 16, lambda row: row.due_at),
    _Column("Trả kết quả", 16, lambda row: row.returned_at),
    _Column("Phương thức nhận kết quả", 14, lambda row: row.delivery),
    _Column("Ký nhận", 18, lambda row: row.received_by),
    _Column("Kết quả", 11, lambda row: row.outcome),
    _Column("Ghi chú", 20, lambda row: row.note),
)


def render_register_xlsx(data: RegisterData) -> bytes:
    """The book as a sheet to sort and count: times are times, numbers numbers, and no text can become a formula."""
    file = BytesIO()
    import xlsxwriter  # here: as pypdf in bulk

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    made = wording.local(data.printed_at).replace(tzinfo=None)
    book.set_properties(
        {"title": f"Sổ theo dõi hồ sơ năm {data.year}", "author": clean(data.agency), "created": made}
    )
    sheet = book.add_worksheet(f"Năm {data.year}")
    _lay_out(sheet, len(_COLUMNS))

    face = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    cell = face | {"border": 1, "text_wrap": True, "font_size": 10}
    title = book.add_format(face | {"bold": True, "font_size": 14})
    header = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#F2F2F2"})
    formats = {
        str: book.add_format(cell | {"num_format": "@"}),
        int: book.add_format(cell | {"align": "center", "num_format": "00"}),
        datetime: book.add_format(cell | {"align": "center", "num_format": "hh:mm dd/mm/yyyy"}),
    }

    sheet.write_string(0, 0, clean(data.agency).upper(), book.add_format(face | {"bold": True}))
    sheet.write_string(1, 0, _title(data), title)
    sheet.write_string(2, 0, _state(data), book.add_format(face | {"italic": True}))
    for at, column in enumerate(_COLUMNS):
        sheet.write_string(_HEADER, at, column.title, header)
    for line, row in enumerate(data.rows, start=_HEADER + 1):
        for at, column in enumerate(_COLUMNS):
            _write(sheet, line, at, column.value(row), formats)
    book.close()
    return file.getvalue()


_HEADER: Final = 4
"""The line of the column titles, counted from 0; it stays in sight and repeats on every printed page."""


def _title(data: RegisterData) -> str:
    book = f", QUYỂN SỐ {clean(data.book)}" if data.book else ""
    return f"SỔ THEO DÕI HỒ SƠ NĂM {data.year}{book}"


def _state(data: RegisterData) -> str:
    told = "" if data.closed_on else "; sổ chưa khóa"
    if data.changed:
        told = f"; {wording.count(data.changed)} hồ sơ thay đổi sau khi khóa sổ, xem cột Ghi chú"
    simulated = " – DỮ LIỆU MÔ PHỎNG" if data.simulated else ""
    return f"{data.summary()} In lúc {wording.moment(data.printed_at)}{told}.{simulated}"


def _lay_out(sheet: "Worksheet", columns: int) -> None:
    for at, column in enumerate(_COLUMNS):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(_HEADER + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)  # as wide as the paper, as long as it takes
    sheet.set_margins(left=0.5, right=0.35, top=0.5, bottom=0.6)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer("&L&8Mẫu số 06, Thông tư số 01/2018/TT-VPCP&R&8Trang &P/&N")


def _write(
    sheet: "Worksheet", line: int, at: int, value: str | int | datetime | None, formats: dict[type, "Format"]
) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, at, wording.local(value).replace(tzinfo=None), formats[datetime])
    elif isinstance(value, int):
        sheet.write_number(line, at, value, formats[int])
    elif value:
        sheet.write_string(line, at, clean(value), formats[str])
    else:
        sheet.write_blank(line, at, None, formats[str])
