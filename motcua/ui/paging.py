"""Pages of a list by key: as fast at the end of a long list as at its beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SIZE = 50
_TEXTS = ("name_search",)
"""Keys that are words without accents, and can hold no `~`."""
_DIGITS = 18
"""What fits into a column of either data base."""


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page, and the query strings of its neighbours (empty: there is none)."""

    rows: Sequence[M]
    back: str
    on: str
    total: int
    is_cut: bool = False
    """More was found by words than is shown; one types more of them."""


def page(
    found: QuerySet[M],
    query: Mapping[str, str],
    keys: tuple[str, ...],
    *,
    kept: Mapping[str, str] | None = None,
    words: str = "",
    falling: bool = False,
) -> Page[M]:
    """Cut a page out of a list ordered by keys, of which the last is unique.

    Where to cut comes from the query's `after` or `before`; a cursor that cannot be read starts at the beginning.
    `kept` goes into the addresses of the neighbours. What was found by `words` (a person's name, say) has no
    neighbours, because words never stand in an address: only its beginning is shown.
    """
    total = found.count()
    if words:
        order = [f"-{key}" if falling else key for key in keys]
        return Page(list(found.order_by(*order)[:SIZE]), "", "", total, is_cut=total > SIZE)
    backwards = "before" in query and _read(query["before"], keys) is not None
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
        back=_link(kept, "before", cut[0], keys) if has_back and cut else "",
        on=_link(kept, "after", cut[-1], keys) if has_on and cut else "",
        total=total,
    )


def _beyond(keys: tuple[str, ...], cursor: Sequence[Any], *, upwards: bool) -> Q:
    """Rows behind the cursor: (a, b) > (x, y) is a >= x, and a > x or b > y; the first half is what an index can use."""
    compare = "gt" if upwards else "lt"
    found, equal = Q(), Q()
    for key, value in zip(keys, cursor, strict=True):
        found |= equal & Q(**{f"{key}__{compare}": value})
        equal &= Q(**{key: value})
    return Q(**{f"{keys[0]}__{compare}e": cursor[0]}) & found


def _link(kept: Mapping[str, str] | None, side: str, row: Model, keys: tuple[str, ...]) -> str:
    return "?" + urlencode({**(kept or {}), side: "~".join(_write(getattr(row, key)) for key in keys)})


def _write(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(text: str, keys: tuple[str, ...]) -> list[Any] | None:
    """The values of a cursor; None for one that we never wrote."""
    parts = text.split("~")
    if len(parts) != len(keys):
        return None
    try:
        return [_value(part, key) for part, key in zip(parts, keys, strict=True)]
    except (ValueError, OverflowError):
        return None


def _value(text: str, key: str) -> Any:
    if key in _TEXTS:
        return _printable(text)
    if key == "day":
        return date.fromisoformat(text)
    return _moment(text) if key == "at" or key.endswith("_at") else _number(text)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError(text)
    return text


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _number(text: str) -> int:
    number = whole(text)
    if number is None:
        raise ValueError(text)
    return number


def whole(text: str) -> int | None:
    """A number out of an address or a hidden field, if it is one that a row can have."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
