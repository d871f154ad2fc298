"""`motcua load-agencies`: departments, insurance offices and police stations with a part in interlinked procedures."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from motcua.people import csv_file
from motcua.people.errors import BadUnitFile
from motcua.people.load_units import Loaded, save_unit
from motcua.people.models import Unit, UnitLevel

COLUMNS = ("kind", "suffix", "level", "name")
MOST = {"kind": 30, "suffix": 6, "name": 100}
DATA = Path(__file__).parent / "data" / "agencies.csv"
_LEVELS = (UnitLevel.PROVINCE, UnitLevel.DISTRICT)


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    suffix: str
    level: str
    name: str


@transaction.atomic
def load_agencies(path: Path = DATA) -> Loaded:
    """Make or bring up to date one agency of each kind at every unit of its level. All or nothing.

    Raises BadUnitFile with the line and what is wrong in it.
    """
    rows = _read(path)
    loaded = Loaded()
    for row in rows:
        for above in Unit.objects.filter(level=row.level, valid_to=None).order_by("code"):
            _save(loaded, row, above)
    return loaded


def _read(path: Path) -> list[Row]:
    rows, seen = [], set()
    for line, cells in csv_file.read(path, COLUMNS, BadUnitFile, MOST):
        row = Row(*(cells[name] for name in COLUMNS))
        if row.level not in _LEVELS:
            raise BadUnitFile(f"{path.name}, dòng {line}: cấp “{row.level}” phải là province hoặc district.")
        if not row.kind or not row.suffix or "{place}" not in row.name:
            raise BadUnitFile(f"{path.name}, dòng {line}: thiếu loại, đuôi mã, hoặc “{{place}}” trong tên.")
        if row.kind in seen:
            raise BadUnitFile(f"{path.name}, dòng {line}: loại {row.kind} bị lặp.")
        seen.add(row.kind)
        rows.append(row)
    return rows


def _save(loaded: Loaded, row: Row, above: Unit) -> None:
    place = above.name[0].lower() + above.name[1:]
    named = (f"{above.code}-{row.suffix}", row.name.format(place=place))
    unit = save_unit(loaded, named, UnitLevel.AGENCY, above)
    Unit.objects.filter(pk=unit.pk).update(agency_kind=row.kind)
