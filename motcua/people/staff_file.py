"""A table of staff out of a CSV or XLSX file: cells of text with the number of their row, and nothing believed yet."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from motcua.people.errors import StaffRefused
from motcua.people.table_file import MOST_BYTES, table
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
MOST_ROWS = 5_000
_WORDS = {unaccent(words): name for name, words in HEADINGS.items()} | {name: name for name in COLUMNS}
Cells = dict[str, str]


def read(name: str, file: BinaryIO) -> list[tuple[int, Cells]]:
    """Rows with their numbers as the file's program shows them; empty ones are left out. Raises StaffRefused."""
    rows = table(file.read(MOST_BYTES + 1), StaffRefused, MOST_ROWS)
    first = list(next(rows, (0, []))[1])
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
