"""A month of the counter's book as a sheet: times are times, amounts numbers, and no text can become a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.utils import timezone, translation

from motcua.cash.models import Payment
from motcua.cash.queries import entries_of_month
from motcua.papers import wording
from motcua.papers.actions.heading import committee
from motcua.papers.typeset import clean
from motcua.people.models import Unit

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry in a month's book: taken, or given back."""

    payment: Payment
    is_void: bool

    @property
    def day(self) -> date:
        return self.payment.void_day if self.is_void and self.payment.void_day else self.payment.day

    @property
    def amount(self) -> int:
        return -self.payment.amount if self.is_void else self.payment.amount

    @property
    def officer(self) -> str:
        by = self.payment.voided_by if self.is_void else self.payment.taken_by
        return by.full_name if by else ""

    @property
    def why(self) -> str:
        if self.is_void:
            return self.payment.void_reason
        return "; ".join(dict.fromkeys(line.ground for line in self.payment.lines.all() if line.ground))


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    value: Callable[[_Row], Cell]


_COLUMNS: Final = (
    _Column("Ngày sổ", 12, lambda row: row.day),
    _Column("Số biên lai", 14, lambda row: row.payment.receipt or "ghi miễn"),
    _Column("Thu, hoàn", 10, lambda row: "Hủy, hoàn" if row.is_void else "Thu"),
    _Column("Mã hồ sơ", 27, lambda row: row.payment.dossier.code),
    _Column("Người nộp", 24, lambda row: row.payment.payer_name),
    _Column("Hình thức", 13, lambda row: row.payment.get_method_display()),
    _Column("Chứng từ", 16, lambda row: row.payment.reference),
    _Column("Số tiền (đồng)", 15, lambda row: row.amount),
    _Column("Lúc", 16, lambda row: row.payment.voided_at if row.is_void else row.payment.at),
    _Column("Người thực hiện", 22, lambda row: row.officer),
    _Column("Diện miễn, giảm; lý do hủy", 34, lambda row: row.why),
)
_HEADER: Final = 4


def month_xlsx(unit: Unit, year: int, month: int) -> bytes:
    """All entries of the month's books, oldest first, and their sum below."""
    with translation.override("vi"):
        return _render(unit, year, month, _rows(unit, year, month))


def _rows(unit: Unit, year: int, month: int) -> list[_Row]:
    found = entries_of_month(unit.pk, year, month).select_related("dossier", "taken_by", "voided_by")
    rows = []
    for payment in found.prefetch_related("lines"):
        if (payment.day.year, payment.day.month) == (year, month):
            rows.append(_Row(payment, is_void=False))
        if payment.void_day and (payment.void_day.year, payment.void_day.month) == (year, month):
            rows.append(_Row(payment, is_void=True))
    return sorted(rows, key=lambda row: (row.day, row.is_void))


def _render(unit: Unit, year: int, month: int, rows: list[_Row]) -> bytes:
    import xlsxwriter  # here: as pypdf in bulk

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    made = timezone.localtime().replace(tzinfo=None, microsecond=0)
    title = f"Sổ thu phí, lệ phí tháng {month:02d}/{year}"
    book.set_properties({"title": title, "author": clean(committee(unit)), "created": made})
    sheet = book.add_worksheet(f"{month:02d}-{year}")
    face = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    cell = face | {"border": 1, "text_wrap": True, "font_size": 10}
    formats = {
        str: book.add_format(cell | {"num_format": "@"}),
        int: book.add_format(cell | {"num_format": "#,##0"}),
        date: book.add_format(cell | {"align": "center", "num_format": "dd/mm/yyyy"}),
        datetime: book.add_format(cell | {"align": "center", "num_format": "hh:mm dd/mm/yyyy"}),
    }
    head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#F2F2F2"})
    for at, column in enumerate(_COLUMNS):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(_HEADER + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.write_string(0, 0, clean(committee(unit)).upper(), book.add_format(face | {"bold": True}))
    sheet.write_string(1, 0, title.upper(), book.add_format(face | {"bold": True, "font_size": 14}))
    sheet.write_string(2, 0, _state(rows, made), book.add_format(face | {"italic": True}))
    for at, column in enumerate(_COLUMNS):
        sheet.write_string(_HEADER, at, column.title, head)
    for line, row in enumerate(rows, start=_HEADER + 1):
        for at, column in enumerate(_COLUMNS):
            _write(sheet, line, at, column.value(row), formats)
    amounts = next(at for at, column in enumerate(_COLUMNS) if column.title.startswith("Số tiền"))
    last = _HEADER + 1 + len(rows)
    sheet.write_string(last, amounts - 1, "Cộng", head)
    sheet.write_number(last, amounts, sum(row.amount for row in rows), formats[int])
    book.close()
    return file.getvalue()


def _state(rows: list[_Row], made: datetime) -> str:
    simulated = " – DỮ LIỆU MÔ PHỎNG" if any(row.payment.dossier.is_simulated for row in rows) else ""
    return f"{len(rows)} dòng. Lập lúc {made:%H:%M %d/%m/%Y}.{simulated}"


def _write(sheet: "Worksheet", line: int, at: int, value: Cell, formats: dict[type, "Format"]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, at, wording.local(value).replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, datetime.combine(value, datetime.min.time()), formats[date])
    elif isinstance(value, int):
        sheet.write_number(line, at, value, formats[int])
    elif value:
        sheet.write_string(line, at, clean(value), formats[str])
    else:
        sheet.write_blank(line, at, None, formats[str])
