"""What a closed register holds, and what has become of its rows since (R41, TT 01/2018 Đ.10.2.a).

A closed book keeps its PDF and a digest of each row. Results that are handed over after the year's end change their rows,
lawfully; so does anything else. Nothing of it changes the book: it shows as a difference.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from motcua.dossiers import queries
from motcua.files import actions as files
from motcua.journal.models import Entry
from motcua.papers.models import ClosedBook
from motcua.papers.register import RegisterRow
from motcua.people.models import Unit

_BY_RECEPTION = ("number", "code", "procedure", "sets", "applicant", "address", "phone", "received_at")
_LATER = ("due_at", "returned_at", "delivery", "received_by", "outcome")

Digests = list[tuple[int, str, str]]
"""Number, digest of what reception wrote, digest of what came later."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a book holds; another standing than at the closing says that something was added."""

    count: int
    last_number: int
    revisions: int


def standing(unit_id: int, year: int) -> Standing:
    """One query, however many dossiers."""
    found = queries.register(unit_id, year).aggregate(
        count=Count("pk"), last=Max("register_number"), revisions=Sum("revision")
    )
    return Standing(found["count"], found["last"] or 0, found["revisions"] or 0)


def is_over(unit: Unit, year: int, today: date) -> bool:
    """Whether nothing more comes into a year's book: the year is over, or the unit has ended."""
    return year < today.year or (unit.valid_to is not None and unit.valid_to < today)


def closed_book(unit_id: int, year: int) -> ClosedBook | None:
    wanted = ClosedBook.objects.filter(unit=unit_id, year=year)
    return wanted.select_related("file", "closed_by").first()


def has_moved_on(book: ClosedBook) -> bool:
    """Whether any act was done to its dossiers since it was closed. One query; what it was, `differences` says."""
    then = Standing(book.count, book.last_number, book.revisions)
    return standing(book.unit_id, book.year) != then


@dataclass(frozen=True, slots=True)
class Differences:
    """Numbers of rows that are not as they were when the book was closed."""

    finished: list[int] = field(default_factory=list)
    """Only what comes after reception is another: a result, its hand-over, a due time that the law moved."""
    rewritten: list[int] = field(default_factory=list)
    """What reception wrote is another."""
    added: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.finished) + len(self.rewritten) + len(self.added) + len(self.gone)

    def words(self) -> dict[int, str]:
        """What happened to each row."""
        told = (
            (self.finished, _("Giải quyết, trả kết quả sau khi khóa sổ")),
            (self.rewritten, _("Nội dung đã ghi bị thay đổi sau khi khóa sổ")),
            (self.added, _("Thêm vào sau khi khóa sổ")),
            (self.gone, _("Không còn trong sổ")),
        )
        return {number: words for numbers, words in told for number in numbers}


def differences(book: ClosedBook, rows: Sequence[RegisterRow]) -> Differences:
    """The rows of now against those of then."""
    then = {number: (early, late) for number, early, late in book.rows}
    now = {number: (early, late) for number, early, late in digests(book.salt, rows)}
    both = [number for number in now if number in then and now[number] != then[number]]
    return Differences(
        finished=[number for number in both if now[number][0] == then[number][0]],
        rewritten=[number for number in both if now[number][0] != then[number][0]],
        added=[number for number in now if number not in then],
        gone=[number for number in then if number not in now],
    )


def digests(salt: str, rows: Sequence[RegisterRow]) -> Digests:
    """Without the salt nobody could tell from a digest that a name is the one he thinks of."""
    return [(row.number, _digest(salt, row, _BY_RECEPTION), _digest(salt, row, _LATER)) for row in rows]


def _digest(salt: str, row: RegisterRow, names: tuple[str, ...]) -> str:
    values = [salt, *(_plain(getattr(row, name)) for name in names)]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def whole(rows: Digests) -> str:
    """One hash of all rows in their order."""
    lines = (f"{number} {early} {late}\n" for number, early, late in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def is_whole(book: ClosedBook) -> bool:
    """Whether the kept rows and the kept PDF are those that the journal tells of."""
    entry = Entry.objects.filter(kind="register.closed", subject=f"closed_book:{book.pk}").first()
    facts = entry.read_facts() if entry else {}
    rows = [(number, early, late) for number, early, late in book.rows]
    pdf = hashlib.sha256(files.read(book.file)).hexdigest()
    return (facts.get("sha256"), facts.get("pdf")) == (whole(rows), pdf)
