"""`motcua load-procedures`: the catalogue from a file like those the portals give out.

A procedure that changed gets a new version; the old one stays for the dossiers that point to it. What the file
leaves empty stays empty. A limit that cannot be read without guessing is reported and left empty.
"""

import csv
import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from motcua.catalog import changes
from motcua.catalog.actions.issue import Term, issue_content, newest
from motcua.catalog.content import FACTS, Content, Paper, content_of
from motcua.catalog.digest import digests
from motcua.catalog.errors import BadProcedureFile, DraftRefused
from motcua.catalog.exchange.formats import csv_parts
from motcua.catalog.fee_text import FeeReading, FeeState, FeesUnreadable, FeeText, read_fees
from motcua.catalog.limit_text import LimitReading, read_limit
from motcua.catalog.load_fees import our_fees, saved_fees
from motcua.catalog.load_life_events import load_life_events
from motcua.catalog.models import ChangeKind, Offering, Procedure, ProcedureVersion
from motcua.catalog.own_code import own_code
from motcua.catalog.paper_text import PaperMode, PaperText, read_papers
from motcua.catalog.queries import current
from motcua.journal import actions as journal
from motcua.people import csv_file
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Field, Unit, UnitLevel
from motcua.rules.limits import Limit, LimitUnreadable

COLUMNS = (
    "code",
    "name_vi",
    "field_vi",
    "level",
    "time_limit_text",
    "fee_text",
    "interlinked",
    "components_text",
)
MOST = {
    "code": 30,
    "own_code": 30,
    "name_vi": 400,
    "field_vi": 80,
    "field_group": 80,
    "level": 120,
    "as_of": 200,
}
DATA = Path(__file__).parent / "data"
TYPED = ("limit", "limit_confirmed", "limit_note")
POLICE, POLICE_DISTRICT = "Công an", "477"
"""All communes of Quảng Điền received for the police in 2019; the four others of the report are not named."""
FIRST_GROUP = "Văn phòng - Thống kê"
Cells = dict[str, str]


@dataclass(slots=True)
class Loaded:
    made: int = 0
    changed: int = 0
    same: int = 0
    unreadable: list[str] = field(default_factory=list)
    """Limits that were not guessed: line, code, text."""
    unreadable_fees: list[str] = field(default_factory=list)
    without_limit: int = 0
    unconfirmed: int = 0
    kept: list[str] = field(default_factory=list)
    """Codes of what the province published or repealed by a decision: no file of another source changes that."""
    versions: list[ProcedureVersion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """A row of the file, read."""

    code: str
    is_own_code: bool
    facts: dict[str, object]
    papers: tuple[Paper, ...]
    fees: tuple[FeeText, ...]
    in_2019: bool


@transaction.atomic
def load_procedures(path: Path) -> Loaded:
    """Create or update the catalogue. All or nothing; the same file again changes nothing.

    Raises BadProcedureFile with the line and what is wrong in it.
    """
    loaded = Loaded()
    rows: dict[str, Read] = {}
    for line, cells in csv_file.read(path, COLUMNS, BadProcedureFile, MOST):
        row = _read(loaded, line, cells)
        if not row.facts["name"] or row.code in rows:
            wrong = "thiếu tên thủ tục." if not row.facts["name"] else f"mã {row.code} bị lặp."
            raise BadProcedureFile(f"{path.name}, dòng {line}: {wrong}")
        rows[row.code] = row
    was_empty, at = not ProcedureVersion.objects.exists(), timezone.now()
    for row in rows.values():
        _save(loaded, row, at)
    _record(loaded, path, at, was_empty=was_empty)
    _offer([row.code for row in rows.values() if row.in_2019])
    load_life_events()
    return loaded


def _read(loaded: Loaded, line: int, cells: Cells) -> Read:
    code = cells["code"] or cells.get("own_code") or own_code(cells["name_vi"])
    reading = _limit(loaded, line, code, cells)
    fees = _fees(loaded, line, code, cells["fee_text"])
    loaded.without_limit += reading.limit is None
    loaded.unconfirmed += reading.limit is not None and not reading.confirmed
    facts = {
        "name": cells["name_vi"],
        "field_id": _field(cells).pk,
        "level": cells["level"],
        "limit_text": cells["time_limit_text"],
        "limit": str(reading.limit) if reading.limit else "",
        "limit_confirmed": bool(reading.limit and reading.confirmed),
        "limit_note": reading.note[:300],
        "fee_text": cells["fee_text"],
        "fee_state": str(fees.state),
        "fee_note": fees.note[:300],
        "fee_decision": "",
        "is_interlinked": {"yes": True, "no": False}.get(cells["interlinked"]),
        "source": cells.get("source", ""),
        "as_of": cells.get("as_of", ""),
    }
    in_2019 = cells.get("commune_in_2019", "yes") in ("yes", "likely")
    papers = tuple(_paper(paper) for paper in read_papers(cells["components_text"]))
    if "papers" in cells and "fees" in cells:  # our own export: what was typed is not read out of prose again
        typed = csv_parts(f"dòng {line}", code, cells, BadProcedureFile)
        facts |= {"fee_state": typed.facts["fee_state"], "fee_note": typed.facts["fee_note"]}
        return Read(code, not cells["code"], facts, typed.papers, typed.fees, in_2019)
    return Read(code, not cells["code"], facts, papers, fees.fees, in_2019)


def _fees(loaded: Loaded, line: int, code: str, text: str) -> FeeReading:
    """The fees that a person typed for this very text; else what the text says, if it says one thing."""
    if ours := our_fees().get((code, text)):
        return ours
    try:
        return read_fees(text)
    except FeesUnreadable:
        loaded.unreadable_fees.append(f"dòng {line}, {code}: {text}")
        return FeeReading(FeeState.UNREAD)


def _limit(loaded: Loaded, line: int, code: str, cells: Cells) -> LimitReading:
    """The typed limit where the file has one, or where a person typed it for this very text; else the prose."""
    ours = _our_rows().get((code, cells["time_limit_text"])) if "limit" not in cells else None
    cells = cells | ({name: ours[name] for name in TYPED} if ours else {})
    typed = cells.get("limit", "")
    try:
        if "limit" in cells:
            limit = Limit.parse(typed) if typed else None
            return LimitReading(limit, cells.get("limit_confirmed") == "yes", cells.get("limit_note", ""))
        return read_limit(cells["time_limit_text"])
    except LimitUnreadable:
        loaded.unreadable.append(f"dòng {line}, {code}: {typed or cells['time_limit_text']}")
        return LimitReading(None, confirmed=False, note="Không đọc được thời hạn một cách chắc chắn.")


def _field(cells: Cells) -> Field:
    known = _known_groups()
    group = cells.get("field_group") or known.get(cells["field_vi"], FIRST_GROUP)
    parent, _made = Field.objects.get_or_create(name=group)
    if cells["field_vi"] == group:
        return parent
    found, _made = Field.objects.get_or_create(name=cells["field_vi"], defaults={"group": parent})
    return found


def _known_groups() -> dict[str, str]:
    """To which of the desk's fields a ministry's field belongs, as our own file has it."""
    return {row["field_vi"]: row["field_group"] for row in _our_rows().values()}


@lru_cache(maxsize=1)
def _our_rows() -> dict[tuple[str, str], Cells]:
    """The catalogue that comes with the house, where persons typed what prose leaves open (data/README.md)."""
    with (DATA / "procedures.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {(row["code"] or row["own_code"], row["time_limit_text"].strip()): row for row in rows}


def _save(loaded: Loaded, row: Read, at: datetime) -> None:
    procedure, made = Procedure.objects.get_or_create(
        code=row.code, defaults={"is_own_code": row.is_own_code}
    )
    last = newest(procedure.pk)
    if last is not None and (last.decision_number or last.repeal_decision):
        loaded.kept.append(row.code)
        return
    if last is None:
        content, term = Content({**FACTS, **row.facts}, row.papers, row.fees), Term(None)
    else:
        row = _with_typed_fees(last, _with_confirmed_limit(last, row))
        old = content_of(last)
        content = Content({**old.facts, **row.facts}, _papers(row.papers, old.papers), row.fees)
        if content == old:
            loaded.same += 1
            return
        term = Term(timezone.localdate(at))
    try:
        loaded.versions.append(issue_content(procedure, content, term, at, by_id=None))
    except DraftRefused as refusal:
        raise BadProcedureFile(f"{row.code}: {refusal}") from refusal
    loaded.made += made
    loaded.changed += not made


def _record(loaded: Loaded, path: Path, at: datetime, *, was_empty: bool) -> None:
    """One entry for the file, and units take note of what changed; the catalogue that they begin with is no change."""
    if was_empty or not loaded.versions:
        return
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.loaded",
        subject="catalog:0",
        facts={
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "versions": {version.procedure.code: version.pk for version in loaded.versions},
            "digests": digests(loaded.versions),
        },
        actor_id=None,
        at=at,
    )
    for version in loaded.versions:
        is_first = version.number == 1
        changes.note(ChangeKind.PUBLISHED if is_first else ChangeKind.REPLACED, version, at)


def _with_confirmed_limit(now: ProcedureVersion, row: Read) -> Read:
    """What an administrator confirmed of a text stays confirmed when the same text is loaded again."""
    decided = now.limit_confirmed and not row.facts["limit_confirmed"]
    if not decided or now.limit_text != row.facts["limit_text"]:
        return row
    kept = {name: getattr(now, name) for name in ("limit", "limit_confirmed", "limit_note")}
    return replace(row, facts=row.facts | kept)


def _with_typed_fees(now: ProcedureVersion, row: Read) -> Read:
    """What an administrator typed stays when the same text is loaded again."""
    if not now.fee_decision or now.fee_text != row.facts["fee_text"]:
        return row
    kept = {name: getattr(now, name) for name in ("fee_state", "fee_note", "fee_decision")}
    return replace(row, facts=row.facts | kept, fees=saved_fees(now))


def _paper(paper: PaperText) -> Paper:
    to_show = paper.mode is PaperMode.SHOW
    return Paper(paper.name, paper.kind.value, paper.number, to_show=to_show, is_note=paper.note_only)


def _papers(papers: tuple[Paper, ...], old: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers of the file; what it says nothing of (forms, online) stays with a paper of the same name and kind."""
    known = {(paper.name, paper.kind): paper for paper in old}
    return tuple(
        replace(
            known.get((paper.name, paper.kind), paper),
            number=paper.number,
            to_show=paper.to_show,
            is_note=paper.is_note,
        )
        for paper in papers
    )


def _offer(codes: list[str]) -> None:
    """What communes resolved in 2019 is on every commune's list; the police's where the report names the district."""
    communes = Unit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None)
    versions = current().filter(procedure__code__in=codes)
    police = versions.filter(field__group__name=POLICE)
    lists = [
        (communes, versions.exclude(pk__in=police.values("pk"))),
        (communes.filter(parent__code=POLICE_DISTRICT), police),
    ]
    Offering.objects.bulk_create(
        [
            Offering(unit_id=unit, procedure_id=procedure)
            for units, listed in lists
            for unit in units.values_list("pk", flat=True)
            for procedure in listed.values_list("procedure", flat=True)
        ],
        ignore_conflicts=True,
        batch_size=5000,
    )
