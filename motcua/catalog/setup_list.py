"""Lists of what the checker found: narrowed, counted, and cut into pages by key."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.checker import Pair
from motcua.catalog.finding_words import SHORT, Names, sentence
from motcua.rules.setup import Fault, Finding

SIZE = 50


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise
    holds: Callable[[Pair], bool]


WRONG = Tab("", gettext_lazy("Cần sửa"), lambda pair: not pair.judged.is_correct)
TABS = (
    WRONG,
    Tab("luu-y", gettext_lazy("Lưu ý"), lambda pair: pair.judged.is_correct and bool(pair.findings)),
    Tab("rieng", gettext_lazy("Khác mẫu"), lambda pair: pair.judged.is_own),
    Tab("khong-phat-sinh", gettext_lazy("Không phát sinh"), lambda pair: bool(pair.not_arising)),
    Tab("tat-ca", gettext_lazy("Tất cả"), lambda pair: True),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was found, in a sentence."""

    finding: Finding
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    pair: Pair
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A page: its pairs, the query strings of the first and the next page (empty: there is none), and how many in all."""

    pairs: Sequence[Pair]
    first: str
    on: str
    total: int


def tab_called(name: str) -> Tab:
    return next((tab for tab in TABS if tab.name == name), WRONG)


def fault_called(name: str) -> Fault | None:
    return Fault(name) if name in set(Fault) else None


def narrowed(pairs: Iterable[Pair], tab: Tab, fault: Fault | None) -> list[Pair]:
    """Those of a tab; with a fault, all that have it, whichever tab they stand under."""
    if fault is None:
        return [pair for pair in pairs if tab.holds(pair)]
    return [pair for pair in pairs if any(finding.fault is fault for finding in pair.findings)]


def tabs(pairs: Sequence[Pair], here: Tab, fault: Fault | None) -> list[dict[str, object]]:
    """For `{% tabs %}`; none is the current one while a fault is looked at."""
    return [
        {
            "label": tab.label,
            "url": f"?muc={tab.name}" if tab.name else "?",
            "current": tab is here and fault is None,
            "count": sum(tab.holds(pair) for pair in pairs),
        }
        for tab in TABS
    ]


def fault_choices(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """The faults that there are, with how many pairs have each."""
    numbers = Counter(fault for pair in pairs for fault in {finding.fault for finding in pair.findings})
    words = _("%(label)s (%(n)d)")
    rows = [
        (str(fault), words % {"label": SHORT[fault], "n": numbers[fault]})
        for fault in Fault
        if numbers[fault]
    ]
    return [("", _("Mọi lý do")), *rows]


def cut(pairs: Sequence[Pair], after: str, kept: dict[str, str]) -> Cut:
    """A page of pairs in the order of their keys, beginning behind one of them."""
    unit, _sep, procedure = after.partition("~")
    rest = [pair for pair in pairs if pair.key > (unit, procedure)] if after else pairs
    shown = rest[:SIZE]
    on = "?" + urlencode(kept | {"sau": "~".join(shown[-1].key)}) if len(rest) > SIZE else ""
    first = "?" + urlencode(kept) if after else ""
    return Cut(shown, first, on, len(pairs))


def rows(pairs: Iterable[Pair], known: Names) -> list[Row]:
    return [
        Row(pair, tuple(Said(finding, sentence(finding, known)) for finding in pair.findings))
        for pair in pairs
    ]


def officers_of(pairs: Iterable[Pair]) -> set[int]:
    """Who is named in what was found."""
    return {finding.officer_id for pair in pairs for finding in pair.findings if finding.officer_id}
