"""The periodic report as plain values: what stands in its JSON, and what other forms of it are made from."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalog.checker import setup_counts
from motcua.people.models import Unit
from motcua.rules.counting import is_digitising, is_regular, months
from motcua.statistics.books import Books, Line, counts
from motcua.statistics.tree import Place

Json = dict[str, Any]


def report(unit: Unit, first: date, last: date) -> Json:
    """The report of a unit and all below it from one day to another; its set-up as of the last. Raises ReportRefused."""
    return as_json(counts(unit, first, last)) | {"setup": setup_counts(unit.path, last)}


def as_json(books: Books) -> Json:
    period = months(books.first, books.last)
    said = {
        "period": {
            "from": books.first.isoformat(),
            "to": books.last.isoformat(),
            "months": float(period),
        },
        "unit": {"code": books.root.code, "name": books.root.name},
        "totals": books.totals.as_json(),
        "units": _units(books.by_unit, period),
        "setup": None,
        "by_district": [
            {
                "code": line.key.code,
                "name": line.key.name,
                "units": _units(_within(books, line.key), period),
                "totals": line.counts.as_json(),
            }
            for line in books.by_district
        ],
        "by_unit": [
            {
                "code": line.key.code,
                "name": line.key.name,
                "regular": is_regular(line.counts, period),
                "totals": line.counts.as_json(),
            }
            for line in books.by_unit
        ],
        "by_field": [{"name": line.key, "totals": line.counts.as_json()} for line in books.by_field],
        "by_procedure": [
            {"code": line.key.code, "name": line.key.name, "totals": line.counts.as_json()}
            for line in books.by_procedure
        ],
    }
    return said | ({"notes": notes(books)} if books.merged else {})


def notes(books: Books) -> list[str]:
    """What a reader must know: whose figures stand under another name."""
    return [_note(books, old, heir) for old, heir in books.merged]


def _note(books: Books, old: Unit, heir: Place) -> str:
    how = books.tree.heirs[old.pk]
    return _("%(old)s sáp nhập vào %(heir)s từ ngày %(day)s (%(decision)s): số liệu tính vào %(heir)s.") % {
        "old": old.name,
        "heir": heir.name,
        "day": f"{how.on:%d/%m/%Y}",
        "decision": how.decision,
    }


def _within(books: Books, district: Place) -> list[Line[Place]]:
    return [line for line in books.by_unit if books.tree.district_of(line.key.unit_id) == district]


def _units(lines: Iterable[Line[Place]], period: Fraction) -> dict[str, int]:
    communes = [line.counts for line in lines if line.key.is_commune]
    return {
        "total": len(communes),
        "regular": sum(is_regular(one, period) for one in communes),
        "digitising_over_half": sum(is_digitising(one) for one in communes),
    }
