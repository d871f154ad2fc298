"""Published fees from a file: our own `data/fees.csv`, and what a province types from its council's resolution.

A line is one fee of a procedure; several lines of a procedure stand in the order of the file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from motcua.catalog.errors import BadProcedureFile
from motcua.catalog.fee_text import LABELS, FeeReading, FeeState, FeeText, Ground
from motcua.catalog.models import Fee, FeeExemption, ProcedureVersion
from motcua.people import csv_file
from motcua.rules.fees import WHOLE, FeeRefused, Price

DATA = Path(__file__).parent / "data"
COLUMNS = ("code", "label", "kind", "unit", "item", "price", "steps", "most", "optional", "grounds")
MOST = {"code": 30, "label": 200, "unit": 80, "item": 40, "note": 300, "decision": 200}
MOST_GROUND = 200
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class TypedFees:
    """All the fees of one procedure, as a person typed them, and by which decision."""

    code: str
    fees: tuple[FeeText, ...]
    decision: str


def read_file(path: Path) -> list[TypedFees]:
    """A province's file; every fee in it counts as confirmed. Raises BadProcedureFile with the line."""
    rows = [
        (cells["code"], cells["decision"], _read(path, line, cells, confirmed=True))
        for line, cells in csv_file.read(path, (*COLUMNS, "decision"), BadProcedureFile, MOST)
    ]
    found: list[TypedFees] = []
    for code, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        if any(one.code == code for one in found):
            raise BadProcedureFile(f"{path.name}: các dòng của thủ tục {code} phải đứng liền nhau.")
        if not lines[0][1]:
            raise BadProcedureFile(f"{path.name}, thủ tục {code}: thiếu cột decision (theo quyết định nào).")
        found.append(TypedFees(code, tuple(fee for _code, _decision, fee in lines), lines[0][1]))
    return found


@lru_cache(maxsize=1)
def our_fees() -> dict[tuple[str, str], FeeReading]:
    """What persons typed for the texts that come with the house: (code, source text) → fees (data/README.md)."""
    path = DATA / "fees.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for key, group in groupby(rows, key=lambda row: (row["code"], row["source_text"])):
        fees = tuple(
            _read(path, line, row, confirmed=row["confirmed"] == "yes") for line, row in enumerate(group, 1)
        )
        found[key] = FeeReading(FeeState.LISTED, fees)
    return found


def _read(path: Path, line: int, cells: Cells, *, confirmed: bool) -> FeeText:
    try:
        price = _price(cells)
        grounds = tuple(_grounds(cells["grounds"]))
    except (ValueError, FeeRefused) as error:
        raise BadProcedureFile(f"{path.name}, dòng {line}: mức thu không đọc được ({error}).") from error
    if cells["kind"] not in LABELS or not cells["unit"] or (cells["most"] and not cells["item"]):
        raise BadProcedureFile(
            f"{path.name}, dòng {line}: cần kind (phi, le_phi), unit, và item khi có mức tối đa."
        )
    return FeeText(
        label=cells["label"] or LABELS[cells["kind"]],
        kind=cells["kind"],
        unit=cells["unit"],
        price=price,
        item=cells["item"],
        grounds=grounds,
        confirmed=confirmed and price is not None,
        note=cells.get("note", ""),
        is_optional=cells["optional"] == "yes",
    )


def _price(cells: Cells) -> Price | None:
    if not cells["price"]:
        return None
    steps = [part.split(":") for part in cells["steps"].split()]
    return Price(
        int(cells["price"]),
        tuple((int(start), int(each)) for start, each in steps),
        int(cells["most"]) if cells["most"] else None,
    )


def _grounds(text: str) -> Iterator[Ground]:
    """`Hộ nghèo | Nộp trực tuyến = 50`: who pays nothing, and who pays so many hundredths less."""
    for part in filter(None, (part.strip() for part in text.split("|"))):
        words, _equals, percent = (piece.strip() for piece in part.partition("="))
        ground = Ground(words, int(percent or WHOLE))
        if not 1 <= ground.percent_off <= WHOLE or len(words) > MOST_GROUND:
            raise ValueError(part)
        yield ground


def save_fees(version: ProcedureVersion, fees: tuple[FeeText, ...]) -> None:
    """Write the fees of a new version."""
    for position, fee in enumerate(fees, start=1):
        row = Fee.objects.create(
            version=version,
            position=position,
            label=fee.label,
            kind=fee.kind,
            unit=fee.unit,
            item=fee.item,
            price=fee.price.first if fee.price else None,
            steps=[list(step) for step in fee.price.steps] if fee.price else [],
            most=fee.price.most if fee.price else None,
            is_optional=fee.is_optional,
            confirmed=fee.confirmed,
            note=fee.note[:300],
        )
        FeeExemption.objects.bulk_create(
            FeeExemption(fee=row, position=place, ground=ground.words, percent_off=ground.percent_off)
            for place, ground in enumerate(fee.grounds, start=1)
        )


def saved_fees(version: ProcedureVersion) -> tuple[FeeText, ...]:
    """The fees of a version as they were read; no query where none are listed, or where they were read with it."""
    if version.fee_state != FeeState.LISTED:
        return ()
    is_read = "fees" in getattr(version, "_prefetched_objects_cache", {})
    rows = version.fees.all() if is_read else version.fees.prefetch_related("exemptions")
    return tuple(_fee_text(row) for row in sorted(rows, key=lambda row: row.position))


def _fee_text(row: Fee) -> FeeText:
    exemptions = sorted(row.exemptions.all(), key=lambda one: one.position)
    return FeeText(
        label=row.label,
        kind=row.kind,
        unit=row.unit,
        price=row.typed_price,
        item=row.item,
        grounds=tuple(Ground(one.ground, one.percent_off) for one in exemptions),
        confirmed=row.confirmed,
        note=row.note,
        is_optional=row.is_optional,
    )
