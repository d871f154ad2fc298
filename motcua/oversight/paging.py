"""Pages of a list by key: as fast at the end of a long list as at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page, and the query strings of its neighbours (empty: there is none)."""

    rows: Sequence[M]
    back: str
    on: str


def page(found: QuerySet[M], query: QueryDict, keys: tuple[str, str], size: int = 50) -> Page[M]:
    """Cut a page out of a list in the order of two keys, of which the second is a unique number.

    Where to cut comes from the query's `after` or `before`; a cursor that cannot be read starts at the beginning.
    """
    before, after = _read(query.get("before", "")), _read(query.get("after", ""))
    cursor, sign, compare = (before, "-", "lt") if before else (after, "", "gt")
    rows = found.filter(_beyond(keys, cursor, compare)) if cursor else found
    cut = list(rows.order_by(*(f"{sign}{key}" for key in keys))[: size + 1])
    more, cut = len(cut) > size, cut[:size]
    if before:
        cut.reverse()
    return Page(
        rows=cut,
        back=_link(query, "before", cut[0], keys) if cut and (more if before else cursor) else "",
        on=_link(query, "after", cut[-1], keys) if cut and (before or more) else "",
    )


def _beyond(keys: tuple[str, str], cursor: tuple[datetime, int], compare: str) -> Q:
    """(a, b) > (x, y) is a >= x, and a > x or b > y; the first half is what an index can use."""
    (moment, number), (first, second) = cursor, keys
    further = Q(**{f"{first}__{compare}": moment}) | Q(**{f"{second}__{compare}": number})
    return Q(**{f"{first}__{compare}e": moment}) & further


def _link(query: QueryDict, side: str, row: Any, keys: tuple[str, str]) -> str:
    kept = [(name, value) for name, value in query.items() if name not in ("after", "before")]
    moment, number = (getattr(row, key) for key in keys)
    return "?" + urlencode([*kept, (side, f"{moment.isoformat()}~{number}")])


def _read(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("~")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), int(number)
    except (ValueError, OverflowError):
        return None
