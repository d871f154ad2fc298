"""Lists of offerings out of a CSV or XLSX file: unit, procedure, action; errors by row, and then nothing changes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.catalog.bulk_offer import Line, What
from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import Procedure
from motcua.catalog.queries import current
from motcua.people.models import Unit, UnitIdentifier
from motcua.people.table_file import table
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
MOST_ROWS = 60_000
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
    lines = table(content, OfferRefused, MOST_ROWS)
    head = [_NAMES.get(unaccent(text), "") for text in next(lines, (0, []))[1]]
    if missing := [HEADINGS[name] for name in COLUMNS if name not in head]:
        raise OfferRefused(_("Dòng đầu thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)})
    places = [head.index(name) for name in COLUMNS]
    found = []
    for number, cells in lines:
        row = [cells[place] if place < len(cells) else "" for place in places]
        if any(row):
            found.append((number, row))
        if len(found) > MOST_ROWS:
            raise OfferRefused(_("Tệp có hơn 60.000 dòng. Chia thành nhiều tệp."))
    return found
