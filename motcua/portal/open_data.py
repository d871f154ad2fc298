"""The published catalogue and the units as data for machines: what the pages say, in fields (docs/operations.md)."""

import csv
import json
from collections.abc import Iterable
from functools import lru_cache
from io import StringIO
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import told
from motcua.catalog.models import Fee, Offering, PaperRequirement, ProcedureVersion
from motcua.catalog.published import whole
from motcua.catalog.queries import current
from motcua.files.models import StoredFile
from motcua.people.models import OfficeHours, Unit
from motcua.people.queries import in_force
from motcua.portal.places import SERVING

FORMAT = 1
"""Counted up when a field changes its meaning or goes."""
COLUMNS = [
    "code",
    "name",
    "field",
    "field_group",
    "level",
    "audience",
    "steps",
    "papers",
    "limit",
    "limit_text",
    "limit_confirmed",
    "limit_note",
    "fee_state",
    "fees",
    "result",
    "result_validity",
    "legal_basis",
    "online_level",
    "interlinked",
    "decision_number",
    "decision_date",
    "version",
    "published_at",
    "valid_from",
    "valid_to",
    "life_events",
    "url",
]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def licence() -> str:
    return _(
        "Thông tin thủ tục hành chính do Nhà nước công bố không thuộc đối tượng bảo hộ quyền tác giả (Luật Sở hữu trí tuệ, "
        "Điều 15). Được dùng lại tự do; đề nghị ghi nguồn và mã phiên bản danh mục."
    )


@lru_cache(maxsize=2)
def procedures_json(mark: str) -> bytes:
    """All versions in force; `mark` is of the catalogue, and what is kept for it stays true."""
    rows = [_procedure(version) for version in _versions()]
    about = {"format": FORMAT, "catalogue": mark, "licence": licence(), "procedures": len(rows)}
    return _json({"about": about | {"documentation": _address("open_data")}, "procedures": rows})


@lru_cache(maxsize=2)
def procedures_csv(mark: str) -> bytes:
    """The same, a line a procedure, lists in one cell; begins with a mark by which Excel knows UTF-8."""
    del mark
    sheet = StringIO()
    table = csv.writer(sheet)
    table.writerow(COLUMNS)
    for version in _versions():
        table.writerow([_cell(value) for value in _line(version)])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def units_json() -> bytes:
    """Units with a desk, their hours and the codes of what each takes in. Three queries."""
    hours = _hours()
    lists: dict[int, list[str]] = {}
    offers = Offering.objects.filter(not_arising="").order_by("procedure__code")
    for unit, code in offers.values_list("unit", "procedure__code"):
        lists.setdefault(unit, []).append(code)
    units = Unit.objects.filter(level__in=SERVING).select_related("parent").order_by("path")
    rows = [_unit(unit, hours, lists.get(unit.pk, [])) for unit in units]
    about = {"format": FORMAT, "licence": licence(), "units": len(rows)}
    return _json({"about": about | {"documentation": _address("open_data")}, "units": rows})


def _versions() -> Iterable[ProcedureVersion]:
    return whole(current()).prefetch_related("procedure__life_events").order_by("procedure__code")


def _procedure(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.procedure.code,
        "is_own_code": version.procedure.is_own_code,
        "name": version.name,
        "field": version.field.name,
        "field_group": version.field.group.name if version.field.group else version.field.name,
        "level": version.level,
        "audience": version.audience,
        "steps": told.lines(version.steps_text),
        "papers": [_paper(version, paper) for paper in version.papers.all()],
        "limit": {
            "typed": version.limit,
            "text": version.limit_label if version.limit else "",
            "confirmed": version.limit_confirmed,
            "note": version.limit_note,
        },
        "fees": {
            "state": version.fee_state,
            "text": told.fee_state_words(version) if version.fee_state else "",
            "items": [_fee(fee) for fee in version.fees.all()],
        },
        "result": version.result_name,
        "result_validity": version.result_validity,
        "legal_basis": told.lines(version.legal_basis),
        "online_level": version.online_level,
        "interlinked": version.is_interlinked,
        "decision": {"number": version.decision_number, "date": version.decision_date},
        "version": version.number,
        "published_at": version.published_at,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "life_events": [event.name for event in version.procedure.life_events.all()],
        "url": _address("procedure_public", version.procedure.code),
    }


def _paper(version: ProcedureVersion, paper: PaperRequirement) -> dict[str, Any]:
    code = version.procedure.code
    return {
        "name": paper.name,
        "is_note": paper.is_note,
        "kind": paper.kind,
        "number": paper.number,
        "to_show": paper.to_show,
        "online_allowed": paper.online_allowed,
        "template": _file(code, paper.template),
        "sample": _file(code, paper.sample),
    }


def _file(code: str, stored: StoredFile | None) -> str | None:
    return _address("procedure_file", code, stored.pk) if stored else None


def _fee(fee: Fee) -> dict[str, Any]:
    return {
        "label": fee.label,
        "kind": fee.kind,
        "unit": fee.unit,
        "price": fee.price,
        "steps": fee.steps,
        "item": fee.item,
        "most": fee.most,
        "optional": fee.is_optional,
        "confirmed": fee.confirmed,
        "exemptions": [
            {"ground": one.ground, "percent_off": one.percent_off} for one in fee.exemptions.all()
        ],
    }


def _line(version: ProcedureVersion) -> list[Any]:
    """The cells of COLUMNS."""
    one = _procedure(version)
    papers = [f"{paper.name} ({told.paper_note(paper)})" for paper in version.papers.all()]
    fees = [f"{fee.label}: {told.price_of(fee)}" for fee in version.fees.all()]
    flat = one | {
        "steps": "\n".join(one["steps"]),
        "papers": "\n".join(papers),
        "limit": one["limit"]["typed"],
        "limit_text": one["limit"]["text"],
        "limit_confirmed": one["limit"]["confirmed"],
        "limit_note": one["limit"]["note"],
        "fee_state": one["fees"]["state"],
        "fees": "\n".join(fees) or one["fees"]["text"],
        "legal_basis": "\n".join(one["legal_basis"]),
        "decision_number": one["decision"]["number"],
        "decision_date": one["decision"]["date"],
        "life_events": "; ".join(one["life_events"]),
        "published_at": version.published_at.isoformat() if version.published_at else "",
    }
    return [flat[name] for name in COLUMNS]


def _cell(value: Any) -> Any:
    """No text can become a formula of a spreadsheet."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f" {value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _unit(unit: Unit, hours: dict[str, list[dict[str, Any]]], procedures: list[str]) -> dict[str, Any]:
    codes = unit.path.rstrip(".").split(".")
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "parent": unit.parent.code if unit.parent else None,
        "address": unit.address,
        "phone": unit.phone,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "hours": next((hours[code] for code in reversed(codes) if code in hours), []),
        "procedures": procedures,
        "url": _address("unit_public", unit.code),
    }


def _hours() -> dict[str, list[dict[str, Any]]]:
    """Regular hours by the code of the unit that has them; those below without any of their own have them too."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = OfficeHours.objects.filter(in_force(timezone.localdate())).select_related("unit")
    for row in rows.order_by("unit", "weekday", "opens"):
        span = {
            "weekday": row.weekday + 1,
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{row.closes:%H:%M}",
            "months": [row.first_month, row.last_month],
        }
        found.setdefault(row.unit.code, []).append(span)
    return found


def _address(name: str, *args: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, default=lambda value: value.isoformat(), indent=1).encode()
