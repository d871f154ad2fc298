"""A file of the catalogue taken over: all of it or nothing, by one decision, from one day on."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.actions.issue import Term, issue_content, locked
from motcua.catalog.actions.publish import check_decision_day
from motcua.catalog.actions.repeal import Repeal, repeal
from motcua.catalog.digest import digests
from motcua.catalog.errors import BadCatalogue, DraftRefused, DraftStale
from motcua.catalog.exchange.plan import Item, Kind, Plan, plan
from motcua.catalog.models import ChangeKind, LifeEvent, Procedure, ProcedureVersion
from motcua.catalog.template_route import write_template
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Field
from motcua.people.officer import Officer


@dataclass(frozen=True, slots=True)
class Loading:
    """By which decision, of which day, from when; `gone`: codes that are not in the file and are repealed by it."""

    decision: str
    day: date
    starts: date
    gone: frozenset[str] = frozenset()
    mark: str = ""
    """Plan.mark of what was shown; empty: nothing was shown, a script loads."""


@transaction.atomic
def load(officer: Officer, rows: Iterable[Mapping[str, Any]], loading: Loading, at: datetime) -> Plan:
    """Take a file over. The same file again changes nothing. Raises BadCatalogue, DraftRefused, DraftStale."""
    rows = list(rows)
    list(Procedure.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    made = plan(rows)
    if loading.mark and loading.mark != made.mark:
        raise DraftStale(_("Danh mục đã đổi sau khi bạn xem. Xem lại những gì sẽ đổi rồi nạp."))
    gone = [version for version in made.missing if version.procedure.code in loading.gone]
    if not made.changes and not gone:
        return made
    _check(loading, timezone.localdate(at))
    fields = _fields(made)
    by_id = officer.user_id or None
    done = [_take_over(item, fields, loading, at, by_id) for item in made.changes]
    _record(rows, loading, [one for one in done if one is not None], at, by_id)
    for version in gone:
        last = max(loading.starts - timedelta(days=1), timezone.localdate(at))
        repeal(officer, version.procedure_id, Repeal(loading.decision, last), at)
    return made


def _check(loading: Loading, today: date) -> None:
    if not loading.decision.strip():
        raise DraftRefused(_("Hãy ghi số quyết định công bố."), field="number")
    check_decision_day(loading.day, today)
    if loading.starts < today:
        raise DraftRefused(
            _("Ngày có hiệu lực phải từ hôm nay trở đi: hồ sơ đã nhận trước đó theo bản đang có hiệu lực."),
            field="starts",
        )


def _fields(made: Plan) -> dict[str, Field]:
    """Every field that the file names; those that there are not are made."""
    found = {row.name: row for row in Field.objects.all()}
    for item in made.changes:
        for name in (item.entry.field_group, item.entry.field, *(name for _step, name in item.entry.route)):
            if name and name not in found:
                is_group = name == item.entry.field_group
                group = None if is_group else found[item.entry.field_group]
                found[name] = Field.objects.create(name=name, group=group)
    return found


def _take_over(
    item: Item, fields: Mapping[str, Field], loading: Loading, at: datetime, by_id: int | None
) -> tuple[ChangeKind, ProcedureVersion] | None:
    """One procedure; None: only its life events changed."""
    procedure = _procedure(item)
    if item.new_events or item.kind is Kind.NEW:
        procedure.life_events.set(
            [LifeEvent.objects.get_or_create(name=name)[0] for name in item.entry.life_events]
        )
    route = None
    if item.route is not None:
        names = [name for _step, name in item.entry.route]
        route = tuple(
            step._replace(field_id=fields[name].pk if name else None)
            for step, name in zip(item.route, names, strict=True)
        )
    if item.kind is Kind.ROUTE and item.old is not None:
        if route is None:
            return None
        write_template(item.old, route, at, by_id=by_id, decision=loading.decision)
        return ChangeKind.ROUTE, item.old
    content = item.content.saying(field_id=fields[item.entry.field].pk)
    term = Term(loading.starts, number=loading.decision.strip()[:80], day=loading.day)
    try:
        version = issue_content(procedure, content, term, at, by_id=by_id, route=route)
    except DraftRefused as refusal:
        raise BadCatalogue([f"{item.entry.code}: {refusal}"]) from refusal
    return ChangeKind.PUBLISHED if version.number == 1 else ChangeKind.REPLACED, version


def _procedure(item: Item) -> Procedure:
    if item.old is not None:
        return locked(item.old.procedure_id)
    procedure, _made = Procedure.objects.get_or_create(
        code=item.entry.code, defaults={"is_own_code": item.entry.is_own_code}
    )
    return procedure


def _record(
    rows: list[Mapping[str, Any]],
    loading: Loading,
    done: list[tuple[ChangeKind, ProcedureVersion]],
    at: datetime,
    by_id: int | None,
) -> None:
    """One entry for the file, with a digest of all it said; then each change that units must take note of."""
    told = json.dumps(rows, ensure_ascii=False, sort_keys=True, default=str)
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.loaded",
        subject="catalog:0",
        facts={
            "decision": loading.decision.strip(),
            "decision_date": loading.day,
            "valid_from": loading.starts,
            "sha256": hashlib.sha256(told.encode()).hexdigest(),
            "versions": {version.procedure.code: version.pk for _kind, version in done},
            "digests": digests(version for _kind, version in done),
        },
        actor_id=by_id,
        at=at,
    )
    for kind, version in done:
        changes.note(kind, version, at, by_id=by_id, decision=loading.decision)
