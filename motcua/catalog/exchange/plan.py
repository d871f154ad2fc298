"""What a file would change, looked at before anything is: new, changed, the same, and what it does not name."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.checks import lacking
from motcua.catalog.content import Content, Paper, content_of, with_content
from motcua.catalog.described import Difference, Names, described, differences
from motcua.catalog.errors import BadCatalogue
from motcua.catalog.exchange.export import life_events
from motcua.catalog.exchange.shape import Entry, Raw, read
from motcua.catalog.models import PaperRequirement, ProcedureVersion
from motcua.catalog.queries import current
from motcua.catalog.template_route import PlannedStep, templates_of
from motcua.files.models import StoredFile
from motcua.people.models import Field
from motcua.rules.limits import Limit

MOST_FAULTS = 200
"""Told at once; who has more begins with these."""


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    ROUTE = "route"
    """Only its template route, or its life events: no new version is made for them."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Item:
    """A procedure of the file beside what is in force."""

    kind: Kind
    entry: Entry
    old: ProcedureVersion | None
    content: Content
    route: tuple[PlannedStep, ...] | None
    """None: nothing is said of it, or it is as it was: the template is carried over."""
    new_events: bool
    differences: list[Difference]
    lacking: list[str]
    """What it would still lack for its citizens; it is loaded all the same, as the sources leave it."""


@dataclass(slots=True)
class Plan:
    items: list[Item] = field(default_factory=list)
    missing: list[ProcedureVersion] = field(default_factory=list)
    """In force to no known end, and not in the file: they stay unless somebody says otherwise."""
    new_fields: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Item]:
        return [item for item in self.items if item.kind is kind]

    @property
    def changes(self) -> list[Item]:
        return [item for item in self.items if item.kind is not Kind.SAME]

    @property
    def mark(self) -> str:
        """One number for all that would change, so that what was shown is what is done."""
        told = [
            (item.entry.code, item.kind, item.old.pk if item.old else 0, repr(item.differences))
            for item in self.changes
        ]
        gone = [version.pk for version in self.missing]
        return hashlib.sha256(json.dumps([told, gone]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Now:
    """What is in force, read in as many queries however much it is."""

    versions: Mapping[str, ProcedureVersion]
    routes: Mapping[int, tuple[PlannedStep, ...]]
    events: Mapping[int, Sequence[str]]
    pending: Mapping[str, int]
    fields: Mapping[str, Field]
    files: Mapping[str, int]


def plan(rows: Iterable[Mapping[str, Any]]) -> Plan:
    """Compare a file's rows with what is in force. Raises BadCatalogue with every mistake; changes nothing."""
    faults: list[str] = []
    entries: dict[str, Entry] = {}
    for row in rows:
        entry = read(row, faults)
        if entry is not None and entry.code in entries:
            faults.append(f"{row.get('at', '')}: mã {entry.code} bị lặp.")
        elif entry is not None:
            entries[entry.code] = entry
    if not faults and not entries:
        faults.append(_("Tệp không có thủ tục nào."))
    _refuse(faults)
    made, now = Plan(), _now()
    names = _Ids(now, made)
    for entry in entries.values():
        item = _item(entry, now, names, faults)
        if item is not None:
            made.items.append(item)
    _refuse(faults)
    made.missing = [
        version
        for code, version in now.versions.items()
        if code not in entries and code not in now.pending and not version.repeal_decision
    ]
    return made


def _refuse(faults: list[str]) -> None:
    if faults:
        more = len(faults) - MOST_FAULTS
        raise BadCatalogue(faults[:MOST_FAULTS] + ([f"… và {more} lỗi nữa."] if more > 0 else []))


def _now() -> Now:
    versions = with_content(current().order_by("procedure__code"))
    today = timezone.localdate()
    waiting = ProcedureVersion.objects.filter(published_at__isnull=False, valid_from__gt=today)
    used = PaperRequirement.objects.filter(Q(template__isnull=False) | Q(sample__isnull=False))
    ids = {pk for row in used.values_list("template", "sample") for pk in row if pk}
    files = StoredFile.objects.filter(pk__in=ids).order_by("-pk").values_list("sha256", "pk")
    return Now(
        {version.procedure.code: version for version in versions},
        templates_of([version.pk for version in versions]),
        life_events(),
        {code: number or 0 for code, number in waiting.values_list("procedure__code", "number")},
        {row.name: row for row in Field.objects.select_related("group")},
        dict(files),
    )


class _Ids:
    """Names of the file as ids: a field that there is not yet gets a number below zero until it is made."""

    def __init__(self, now: Now, made: Plan) -> None:
        self.now, self.made = now, made
        self.fields = {name: row.pk for name, row in now.fields.items()}

    def field(self, name: str) -> int:
        if name not in self.fields:
            self.fields[name] = -1 - len(self.made.new_fields)
            self.made.new_fields.append(name)
        return self.fields[name]

    def file(self, told: str, where: str) -> int | None:
        """Only a form that the catalogue has already: nobody's dossier is published by its digest."""
        if not told:
            return None
        found = self.now.files.get(told.rpartition("#")[2].strip())
        if found is None:
            self.made.warnings.append(
                _("%(where)s: tệp “%(file)s” chưa có ở đây; tải lên sau khi nạp.")
                % {"where": where, "file": told[:80]}
            )
        return found

    @property
    def names(self) -> Names:
        files = {pk: f"({digest[:8]})" for digest, pk in self.now.files.items()}
        return Names({pk: name for name, pk in self.fields.items()}, files)


def _item(entry: Entry, now: Now, ids: _Ids, faults: list[str]) -> Item | None:
    old = now.versions.get(entry.code)
    before = content_of(old) if old is not None else None
    content = Content(
        dict(entry.facts) | {"field_id": ids.field(entry.field)},
        tuple(_with_files(entry, place, ids) for place in range(len(entry.papers))),
        entry.fees,
    )
    was = now.routes.get(old.pk, ()) if old is not None else ()
    said = tuple(step._replace(field_id=ids.field(name) if name else None) for step, name in entry.route)
    route = said if said and said != was else None
    new_events = set(entry.life_events) != set(now.events.get(old.procedure_id, ()) if old else ())
    if old is None or content != before:
        kind = Kind.NEW if old is None else Kind.CHANGED
    else:
        kind = Kind.ROUTE if route is not None or new_events else Kind.SAME
    if kind is not Kind.SAME and entry.code in now.pending:
        faults.append(
            f"{entry.code}: bản số {now.pending[entry.code]} đang chờ có hiệu lực, chưa nạp bản khác được."
        )
        return None
    if fault := _wrong_route(entry, route):
        faults.append(fault)
        return None
    changes = [] if kind is Kind.SAME else _differences(ids.names, before, content, was, route, entry)
    return Item(
        kind, entry, old, content, route, new_events, changes, [fault.words for fault in lacking(content)]
    )


def _with_files(entry: Entry, place: int, ids: _Ids) -> Paper:
    template, sample = entry.files[place]
    where = f"{entry.code}, giấy tờ {place + 1}"
    return replace(
        entry.papers[place], template_id=ids.file(template, where), sample_id=ids.file(sample, where)
    )


def _wrong_route(entry: Entry, route: tuple[PlannedStep, ...] | None) -> str:
    """R13: shares that do not add up to the limit; empty: nothing is wrong."""
    if route is None:
        return ""
    if not entry.facts["limit"]:
        return f"{entry.code}: có quy trình nhưng chưa có thời hạn."
    whole = Limit.parse(entry.facts["limit"]).nominal_minutes
    minutes = sum(step.minutes for step in route)
    if minutes != whole:
        return f"{entry.code}: các bước cộng lại {minutes} phút, thời hạn là {whole} phút; sửa cho bằng nhau."
    kinds = [step.kind for step in route]
    if kinds[0] != "reception" or kinds[-1] != "return" or "approval" not in kinds:
        return (
            f"{entry.code}: quy trình phải bắt đầu bằng Tiếp nhận, có Phê duyệt, kết thúc bằng Trả kết quả."
        )
    return ""


def _differences(
    names: Names,
    before: Content | None,
    content: Content,
    was: tuple[PlannedStep, ...],
    route: tuple[PlannedStep, ...] | None,
    entry: Entry,
) -> list[Difference]:
    if before is None:
        before = Content()
    return differences(
        described(before, names, was), described(content, names, was if route is None else route)
    )


def canonical(rows: Sequence[Raw]) -> list[Raw]:
    """The rows for keeping between a preview and its confirmation."""
    return json.loads(json.dumps(list(rows), default=str))  # type: ignore[no-any-return]
