"""Planning a merger of communes, a new name, or another district: dated rows, so that the day needs nobody.

What lies there (dossiers, lists of procedures) is not known on this floor: `dossiers.mergers` asks and calls.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import merging_rows as rows
from motcua.people.actions import PUBLIC_CHAIN, calendar_changed
from motcua.people.calendar import FIRST, LAST
from motcua.people.errors import MergerRefused
from motcua.people.models import Merger, Unit, UnitIdentifier, UnitLevel, UnitPeriod
from motcua.people.officer import Officer
from motcua.people.succession import is_there

KINDS = ("Xã ", "Phường ", "Thị trấn ")
_CODE = re.compile(r"[0-9]{5}")
_IDENTIFIER = re.compile(r"[0-9A-Za-z.\-]{3,35}")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What a unit needs that did not exist: statistical code, identifier for dossier codes."""

    code: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Who ends, who goes on, from which day, by which decision."""

    on: date
    decision: str
    predecessors: tuple[int, ...] = ()
    """Units that end with the day before; none: only a name or a district changes."""
    successor_id: int | None = None
    """Who goes on; None: `new`."""
    new: NewUnit | None = None
    name: str = ""
    """Of the successor from that day, with its kind; empty: as it is."""
    parent_id: int | None = None
    """The district from that day; None: as it is."""
    staying: frozenset[int] = frozenset()
    """Grants in the predecessors that end with them and are not held in the successor."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A plan that can be, with the units it names."""

    plan: Plan
    predecessors: tuple[Unit, ...]
    successor: Unit | None
    name: str
    parent: Unit

    @property
    def units(self) -> tuple[Unit, ...]:
        return (*self.predecessors, *((self.successor,) if self.successor else ()))

    @property
    def changes_place(self) -> bool:
        return self.successor is not None and self.successor.parent_id != self.parent.pk

    @property
    def title(self) -> str:
        before = " + ".join(unit.name for unit in self.units)
        words = before if not self.predecessors and self.name == before else f"{before} → {self.name}"
        return f"{words} ({self.parent.name})" if self.changes_place else words


def check(plan: Plan) -> Parts:
    """What a plan means. Raises MergerRefused with the field that is wrong."""
    _check_day(plan)
    if not plan.decision.strip():
        raise MergerRefused(_("Hãy ghi số nghị quyết hoặc quyết định."), field="decision")
    wanted = {*plan.predecessors, *([plan.successor_id] if plan.successor_id else [])}
    found = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted).select_related("parent")}
    if len(found) < len(wanted):
        raise MergerRefused(_("Có đơn vị không tồn tại. Chọn lại."), field="predecessors")
    if plan.successor_id in plan.predecessors:
        raise MergerRefused(
            _("Đơn vị tiếp tục hoạt động không thể đồng thời kết thúc: bỏ chọn một bên."), field="successor"
        )
    for pk in sorted(wanted):
        _check_commune(found[pk], plan.on, field="successor" if pk == plan.successor_id else "predecessors")
    successor = found.get(plan.successor_id or 0)
    parent = _parent(plan, successor)
    parts = Parts(
        plan,
        tuple(found[pk] for pk in sorted(plan.predecessors)),
        successor,
        _name(plan, successor, parent),
        parent,
    )
    if successor is None:
        _check_new(plan)
    elif not plan.predecessors and parts.name == successor.name and not parts.changes_place:
        raise MergerRefused(
            _("Chưa có gì thay đổi: chọn đơn vị kết thúc, hoặc ghi tên mới, huyện mới."), field="predecessors"
        )
    return parts


def _check_day(plan: Plan) -> None:
    if not FIRST < plan.on <= LAST:
        years = {"first": FIRST.year, "last": LAST.year}
        raise MergerRefused(
            _("Ngày phải trong các năm %(first)d–%(last)d mà lịch làm việc có.") % years, field="on"
        )


def _check_commune(unit: Unit, on: date, *, field: str) -> None:
    name = {"name": unit.name}
    if unit.level != UnitLevel.COMMUNE:
        raise MergerRefused(
            _("%(name)s không phải là xã, phường, thị trấn: chỉ sáp nhập cấp xã ở đây.") % name, field=field
        )
    other = Merger.objects.filter(
        Q(successions__predecessor=unit) | Q(successor=unit), cancelled_at=None, carried_out_at=None
    ).first()
    if other is not None:
        words = name | {"title": other.title, "day": f"{other.on:%d/%m/%Y}"}
        raise MergerRefused(
            _(
                "%(name)s đã có kế hoạch khác (%(title)s, ngày %(day)s). Hủy kế hoạch đó hoặc chờ thực hiện xong."
            )
            % words,
            field=field,
        )
    if unit.valid_to is not None:
        raise MergerRefused(
            _("%(name)s đã kết thúc ngày %(day)s.") % (name | {"day": f"{unit.valid_to:%d/%m/%Y}"}),
            field=field,
        )
    later = UnitPeriod.objects.filter(unit=unit, valid_from__gte=on).order_by("valid_from").first()
    if later is not None and later.valid_from is not None:
        raise MergerRefused(
            _("%(name)s đã có thay đổi từ ngày %(day)s: ngày mới phải sau ngày đó.")
            % (name | {"day": f"{later.valid_from:%d/%m/%Y}"}),
            field="on",
        )


def _parent(plan: Plan, successor: Unit | None) -> Unit:
    wanted = plan.parent_id or (successor.parent_id if successor else None)
    parent = Unit.objects.filter(pk=wanted or 0).first()
    if parent is None:
        raise MergerRefused(_("Chọn huyện của đơn vị mới."), field="parent")
    if parent.level not in (UnitLevel.DISTRICT, UnitLevel.PROVINCE) or not is_there(parent, plan.on):
        raise MergerRefused(
            _("Xã thuộc về một huyện, thị xã, thành phố đang hoạt động: %(name)s thì không.")
            % {"name": parent.name},
            field="parent",
        )
    return parent


def _name(plan: Plan, successor: Unit | None, parent: Unit) -> str:
    name = " ".join(plan.name.split()) or (successor.name if successor else "")
    if not name:
        raise MergerRefused(_("Hãy ghi tên đơn vị mới, ví dụ “Xã Phú Gia”."), field="name")
    if not name.startswith(KINDS):
        raise MergerRefused(_("Tên bắt đầu bằng Xã, Phường hoặc Thị trấn."), field="name")
    same = Unit.objects.filter(parent=parent, name=name, valid_to=None)
    if same.exclude(pk__in=[*plan.predecessors, plan.successor_id or 0]).exists():
        raise MergerRefused(
            _("Ở %(parent)s đã có %(name)s.") % {"parent": parent.name, "name": name}, field="name"
        )
    return name


def _check_new(plan: Plan) -> None:
    if plan.new is None or not plan.predecessors:
        raise MergerRefused(
            _("Đơn vị mới phải kế thừa ít nhất một đơn vị: chọn đơn vị kết thúc."), field="predecessors"
        )
    if not _CODE.fullmatch(plan.new.code):
        raise MergerRefused(_("Mã đơn vị có 5 chữ số."), field="code")
    if Unit.objects.filter(code=plan.new.code).exists():
        raise MergerRefused(
            _("Mã %(code)s đã có đơn vị mang; mã cũ không dùng lại.") % {"code": plan.new.code}, field="code"
        )
    if not _IDENTIFIER.fullmatch(plan.new.identifier):
        raise MergerRefused(
            _("Hãy ghi mã định danh dùng trong mã hồ sơ, ví dụ 000.21.30.H57."), field="identifier"
        )
    if UnitIdentifier.objects.filter(identifier=plan.new.identifier).exists():
        raise MergerRefused(_("Mã định danh này đã có đơn vị mang."), field="identifier")


@transaction.atomic
def plan(officer: Officer, wanted: Plan, at: datetime) -> Merger:
    """Write a plan: the rows that hold from its day on. Raises MergerRefused.

    Asks nobody what lies in the units: only `dossiers.mergers.plan` calls it, which has asked.
    """
    ids = [*wanted.predecessors, *([wanted.successor_id] if wanted.successor_id else [])]
    list(Unit.objects.filter(pk__in=ids).order_by("pk").select_for_update())  # one plan after another
    parts = check(wanted)
    merger = Merger.objects.create(
        on=wanted.on,
        decision=wanted.decision.strip(),
        title=parts.title[:300],
        is_new=parts.successor is None,
        planned_by_id=officer.user_id or None,
        planned_at=at,
    )
    merger.successor = parts.successor or rows.begin(parts)
    before = rows.Before()
    rows.rename(parts, before)
    for old in parts.predecessors:
        rows.end(old, wanted.on, before)
        rows.succeed(old, merger)
    rows.pass_on_roles(parts, merger.successor, before)
    merger.before = before.as_json()
    merger.save(update_fields=["successor", "before"])
    calendar_changed()
    facts = {
        "merger": merger.pk,
        "on": wanted.on,
        "decision": merger.decision,
        "ends": [unit.code for unit in parts.predecessors],
        "successor": merger.successor.code,
        "name": parts.name,
        "parent": parts.parent.code,
    }
    for chain in chains(merger, [*(unit.code for unit in parts.units), merger.successor.code]):
        _tell(officer, "unit.merger_planned", merger, facts, at, chain)
    return merger


def chains(merger: Merger, codes: list[str]) -> list[str]:
    """Where it is told: in the province's own chain, and in that of each unit. In one order, so nobody waits in a circle."""
    return sorted({PUBLIC_CHAIN, *codes})


@transaction.atomic
def cancel(officer: Officer, merger_id: int, at: datetime) -> Merger:
    """Before its day a plan is taken back, and everything is as if it had not been. Raises MergerRefused."""
    merger = Merger.objects.select_for_update(of=("self",)).select_related("successor").get(pk=merger_id)
    if merger.cancelled_at is not None:
        raise MergerRefused(_("Kế hoạch này đã được hủy."))
    if merger.on <= timezone.localdate(at):
        raise MergerRefused(
            _(
                "Đã đến ngày thực hiện nên không hủy được nữa; cần thay đổi thì lập kế hoạch mới theo quyết định mới."
            )
        )
    old = list(merger.successions.select_related("predecessor").order_by("pk"))
    codes = [row.predecessor.code for row in old] + ([merger.successor.code] if merger.successor else [])
    rows.take_back(merger)
    if merger.is_new:
        _forget_new(merger)
    merger.cancelled_at = at
    merger.save(update_fields=["successor", "cancelled_at"])
    calendar_changed()
    facts = {"merger": merger.pk, "on": merger.on, "decision": merger.decision}
    for chain in chains(merger, codes):
        _tell(officer, "unit.merger_cancelled", merger, facts, at, chain)
    return merger


def _forget_new(merger: Merger) -> None:
    new, merger.successor = merger.successor, None
    merger.save(update_fields=["successor"])
    if new is None:
        return
    try:
        new.delete()
    except ProtectedError as error:
        raise MergerRefused(
            _("%(name)s đã có cán bộ hoặc hồ sơ của riêng mình. Kết thúc vai trò của họ trước khi hủy.")
            % {"name": new.name}
        ) from error


def _tell(
    officer: Officer, kind: str, merger: Merger, facts: dict[str, object], at: datetime, chain: str
) -> None:
    journal.record(
        chain=chain,
        kind=kind,
        subject=f"merger:{merger.pk}",
        facts=facts,
        actor_id=officer.user_id or None,
        at=at,
    )
