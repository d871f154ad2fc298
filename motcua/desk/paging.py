"""Pages of a list by key: as fast at the end of a long list as at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page, and the query strings of its neighbours (empty: there is none)."""

    rows: Sequence[M]
    back: str
    on: str
    total: int


def page(found: QuerySet[M], query: QueryDict, keys: tuple[str, ...], *, falling: bool = False) -> Page[M]:
    """Cut a page out of a list ordered by keys, of which the last is unique.

    Where to cut comes from the query's `after` or `before`; a cursor that cannot be read starts at the beginning.
    """
    total = found.count()
    backwards = _read(query.get("before", ""), keys) is not None
    cursor = _read(query.get("before" if backwards else "after", ""), keys)
    upwards = falling == backwards
    rows = found.filter(_beyond(keys, cursor, upwards=upwards)) if cursor else found
    order = [key if upwards else f"-{key}" for key in keys]
    cut = list(rows.order_by(*order)[: SIZE + 1])
    more, cut = len(cut) > SIZE, cut[:SIZE]
    if backwards:
        cut.reverse()
    has_back = more if backwards else cursor is not None
    has_on = backwards or more
    return Page(
        rows=cut,
        back=_link(query, "before", cut[0], keys) if has_back and cut else "",
        on=_link(query, "after", cut[-1], keys) if has_on and cut else "",
        total=total,
    )


def _beyond(keys: tuple[str, ...], cursor: Sequence[Any], *, upwards: bool) -> Q:
    """Rows behind the cursor: (a, b) > (x, y) is a > x, or a = x and b > y."""
    compare = "gt" if upwards else "lt"
    found, equal = Q(), Q()
    for key, value in zip(keys, cursor, strict=True):
        found |= equal & Q(**{f"{key}__{compare}": value})
        equal &= Q(**{key: value})
    return found


def _link(query: QueryDict, side: str, row: Model, keys: tuple[str, ...]) -> str:
    kept = [(name, value) for name, value in query.items() if name not in ("after", "before")]
    return "?" + urlencode([*kept, (side, "~".join(_write(getattr(row, key)) for key in keys))])


def _write(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(text: object, keys: tuple[str, ...]) -> list[Any] | None:
    parts = str(text).split("~")
    if len(parts) != len(keys):
        return None
    try:
        return [
            datetime.fromisoformat(part) if key.endswith("_at") else int(part)
            for part, key in zip(parts, keys, strict=True)
        ]
    except ValueError:
        return None
