"""`motcua load-units`: the tree of units from a file like the statistics office gives out."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from motcua.people import csv_file
from motcua.people.actions import calendar_changed
from motcua.people.errors import BadUnitFile
from motcua.people.models import OfficeHours, Unit, UnitIdentifier, UnitLevel, UnitPeriod

COLUMNS = ("code", "name_with_type", "district_code", "district_name")
MOST = {"name_with_type": 120, "district_name": 120}
PROVINCE = ("46", "Tỉnh Thừa Thiên Huế")
DATA = Path(__file__).parent / "data"
COMMUNE_DIGITS, DISTRICT_DIGITS = 5, 3


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    district_code: str
    district_name: str


@dataclass(slots=True)
class Loaded:
    """How many units were made, changed, or already as the file says."""

    made: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def load_units(path: Path) -> Loaded:
    """Create or update the province, its districts and communes. All or nothing; the same file again changes nothing.

    Raises BadUnitFile with the line and what is wrong in it.
    """
    rows = list(read_rows(path))
    loaded = Loaded()
    province = save_unit(loaded, PROVINCE, UnitLevel.PROVINCE, None)
    districts = {
        code: save_unit(loaded, (code, name), UnitLevel.DISTRICT, province)
        for code, name in sorted({(row.district_code, row.district_name) for row in rows})
    }
    communes = [
        save_unit(loaded, (row.code, row.name), UnitLevel.COMMUNE, districts[row.district_code])
        for row in rows
    ]
    _identify([province, *districts.values(), *communes])
    _open_offices(province)
    return loaded


def read_rows(path: Path) -> Iterator[Row]:
    seen: dict[str, int] = {}
    districts: dict[str, str] = {}
    for line, cells in csv_file.read(path, COLUMNS, BadUnitFile, MOST):
        row = Row(*(cells[name] for name in COLUMNS))
        if wrong := _wrong(row, seen, districts):
            raise BadUnitFile(f"{path.name}, dòng {line}: {wrong}")
        seen[row.code] = line
        districts[row.district_code] = row.district_name
        yield row
    if not seen:
        raise BadUnitFile(f"{path.name}: không có đơn vị nào.")


def _wrong(row: Row, seen: dict[str, int], districts: dict[str, str]) -> str:
    """What is wrong with a row, in words; empty: nothing."""
    if not (_is_number(row.code) and len(row.code) == COMMUNE_DIGITS):
        return f"mã đơn vị “{row.code}” phải có 5 chữ số."
    if not (_is_number(row.district_code) and len(row.district_code) == DISTRICT_DIGITS):
        return f"mã huyện “{row.district_code}” phải có 3 chữ số."
    if not row.name or not row.district_name:
        return "thiếu tên đơn vị hoặc tên huyện."
    if row.code in seen:
        return f"mã {row.code} đã có ở dòng {seen[row.code]}."
    if districts.get(row.district_code, row.district_name) != row.district_name:
        return f"huyện {row.district_code} đã mang tên “{districts[row.district_code]}”."
    return ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def save_unit(loaded: Loaded, named: tuple[str, str], level: UnitLevel, parent: Unit | None) -> Unit:
    """Make a unit (code, name) or bring it up to date, with its period; counted in `loaded`."""
    code, name = named
    facts = {
        "name": name,
        "level": level,
        "parent": parent,
        "path": f"{parent.path if parent else ''}{code}.",
    }
    unit = Unit.objects.filter(code=code).select_related("parent").first()
    if unit is None:
        loaded.made += 1
        unit = Unit.objects.create(code=code, **facts)
        UnitPeriod.objects.create(unit=unit, name=name, parent=parent)
        return unit
    if has_history(unit) or all(getattr(unit, key) == value for key, value in facts.items()):
        loaded.same += 1
        return unit
    loaded.changed += 1
    Unit.objects.filter(pk=unit.pk).update(**facts)
    UnitPeriod.objects.filter(unit=unit, valid_to=None).update(name=name, parent=parent)
    return Unit.objects.get(pk=unit.pk)


def has_history(unit: Unit) -> bool:
    """Whether a decision with a date gave the unit its name, its place or its end: a list without dates does not undo it."""
    return unit.valid_to is not None or unit.periods.exclude(valid_from=None).exists()


def _identify(units: list[Unit]) -> None:
    """Give units without one a provisional identifier for dossier codes; the real ones were not found."""
    with (DATA / "identifiers.csv").open(encoding="utf-8") as file:
        known = {row["code"]: row["identifier"] for row in csv.DictReader(file)}
    have = set(UnitIdentifier.objects.values_list("unit_id", flat=True))
    UnitIdentifier.objects.bulk_create(
        UnitIdentifier(unit=unit, identifier=known[unit.code], provisional=True)
        for unit in units
        if unit.pk not in have and unit.code in known
    )


def _open_offices(province: Unit) -> None:
    """Give the province its published hours, once; every unit without hours of its own has these."""
    if OfficeHours.objects.filter(unit=province).exists():
        return
    with (DATA / "hours.csv").open(encoding="utf-8") as file:
        OfficeHours.objects.bulk_create(
            OfficeHours(
                unit=province,
                weekday=weekday,
                valid_from=row["valid_from"] or None,
                valid_to=row["valid_to"] or None,
                **{name: row[name] for name in ("opens", "closes", "first_month", "last_month", "source")},
            )
            for row in csv.DictReader(file)
            for weekday in range(int(row["first_weekday"]), int(row["last_weekday"]) + 1)
        )
    calendar_changed()
