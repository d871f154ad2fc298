"""What all acts share: load and authorise, ask the table, write the change with its move and its entry."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import queries, whose
from motcua.dossiers.choices import ACTIONS, STATES, STEPS
from motcua.dossiers.errors import Incomplete, NotAllowed, NotFound, Stale
from motcua.dossiers.models import Dossier, Leg, Move, Step
from motcua.journal import actions as journal
from motcua.journal.chain import digest
from motcua.people.models import Assignment, Role, Unit
from motcua.people.officer import Officer
from motcua.rules import workflow
from motcua.rules.workflow import Action, Desk, State, StepKind


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, and which revision of the dossier was on the page (None: whichever it is)."""

    officer: Officer
    at: datetime
    revision: int | None = None


EVERYBODYS = frozenset(
    {Action.NOTE, Action.ATTACH, Action.SCAN, Action.ACKNOWLEDGE, Action.ANSWER, Action.RECORD_LOSS}
)
"""What an officer of the unit may do with a dossier that lies with another specialist."""


def load(act: Act, which: int | Dossier) -> Dossier:
    """Lock a dossier for an act, in the caller's transaction; one that it has locked already comes as it is.

    Raises NotFound for one the officer may not see, Stale when somebody was quicker.
    """
    if isinstance(which, Dossier):
        return which
    found = Dossier.objects.filter(queries.visible_to(act.officer), pk=which)
    try:
        dossier = found.select_related("unit", "step").select_for_update(of=("self",)).get()
    except Dossier.DoesNotExist:
        raise NotFound(_("Không tìm thấy hồ sơ.")) from None
    if dossier.holder_unit_id == dossier.unit_id:
        dossier.holder_unit = dossier.unit
    read_anew(dossier)
    if act.revision is not None and act.revision != dossier.revision:
        raise Stale(_stale_words(dossier))
    moments = (dossier.finished_at, dossier.step and dossier.step.opened_at)
    if any(moment and act.at < moment for moment in moments):
        raise NotAllowed(_("Thời điểm này trước lúc hồ sơ đến bước hiện tại. Kiểm tra lại đồng hồ của máy."))
    return dossier


def read_anew(dossier: Dossier) -> None:
    """What hangs on a dossier that was just locked, where it changed while we waited for the lock.

    PostgreSQL then gives the dossier's new columns, but joins them to the rows of before: to nothing.
    """
    if dossier.step is None and dossier.step_id is not None:
        dossier.refresh_from_db(fields=["step"])


def _stale_words(dossier: Dossier) -> str:
    last = queries.last_move(dossier)
    words = {
        "action": str(ACTIONS[last.action].label).lower(),
        "name": last.by.full_name if last.by else _("Phần mềm"),
        "time": f"{queries.clock(last.at):%H:%M, %d/%m/%Y}",
    }
    return (
        _("Hồ sơ vừa có thay đổi: %(name)s – %(action)s lúc %(time)s. Xem lại rồi làm tiếp nếu còn cần.")
        % words
    )


def permit(
    act: Act, dossier: Dossier, action: Action, words: str = "", *, asked: Unit | None = None
) -> workflow.Rule:
    """The table's line for this act, or NotAllowed / Incomplete in words. `asked`: the unit that was consulted."""
    state, kind = State(dossier.state), StepKind(dossier.step_kind) if dossier.step_kind else None
    rule = workflow.rule_for(action, state, kind)
    if rule is None:
        raise NotAllowed(
            _("Hồ sơ đang ở “%(state)s”, bước “%(step)s” nên không thể: %(action)s.")
            % {
                "state": STATES[dossier.state].label,
                "step": STEPS[dossier.step_kind].label if dossier.step_kind else "–",
                "action": str(ACTIONS[action].label).lower(),
            }
        )
    unit = asked or (dossier.unit if rule.desk is Desk.RECEIVER else dossier.holder_unit)
    if not rule.roles & act.officer.roles_in(unit.pk):
        raise NotAllowed(_("Việc này không thuộc vai trò của bạn ở %(unit)s.") % {"unit": unit.name})
    _check_holder(act, dossier, rule)
    dossier.on_behalf_of = whose.on_behalf_of(act.officer, dossier, rule.roles, unit.pk)
    if rule.needs_reason and not words.strip():
        raise Incomplete(_("Hãy ghi lý do, để người nhận lại biết phải làm gì."), field="words")
    return rule


def _check_holder(act: Act, dossier: Dossier, rule: workflow.Rule) -> None:
    """What lies with one specialist is not moved by another, unless he stands in for him; what moves nothing can be
    done by all of the unit.
    """
    if dossier.step_kind != StepKind.PROCESSING or Role.SPECIALIST not in rule.roles:
        return
    if rule.action in EVERYBODYS or whose.lies_with(act.officer, dossier):
        return
    if dossier.assignee is not None:
        raise NotAllowed(_("Hồ sơ đang do %(name)s xử lý.") % {"name": dossier.assignee.full_name})
    if dossier.holder_unit.assignment == Assignment.LEADER:
        raise NotAllowed(_("Hồ sơ chưa được phân công: ở đơn vị này lãnh đạo phân công người xử lý."))
    raise NotAllowed(_("Hồ sơ này thuộc lĩnh vực của công chức khác."))


def write(
    act: Act,
    dossier: Dossier,
    action: Action,
    *,
    from_step: Step | None = None,
    to_step: Step | None = None,
    words: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Move:
    """Write an act: the dossier's columns, the journal's entry, the move. The only UPDATE of a dossier there is."""
    revision = dossier.revision + 1
    changed = Dossier.objects.filter(pk=dossier.pk, revision=dossier.revision).update(
        revision=revision, **changes
    )
    if not changed:
        raise Stale(_("Hồ sơ vừa có thay đổi từ nơi khác. Tải lại trang rồi làm tiếp."))
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.revision = revision
    if dossier.local_due_at:
        _acknowledge(act, from_step)
    if dossier.on_behalf_of:
        facts = {"on_behalf_of": dossier.on_behalf_of} | (facts or {})
    words = words.strip()
    salt = secrets.token_hex(16) if words else ""
    entry = journal.record(
        chain=dossier.unit.code,
        kind=f"dossier.{action}",
        subject=f"dossier:{dossier.pk}",
        facts=_together(state_facts(dossier), {"words": digest(salt, words)}, facts or {}),
        actor_id=act.officer.user_id or None,
        at=act.at,
    )
    return Move.objects.create(
        dossier=dossier,
        number=revision,
        action=action,
        by_id=act.officer.user_id or None,
        at=act.at,
        from_step=from_step,
        to_step=to_step,
        words=words,
        salt=salt,
        entry_id=entry.pk,
    )


def _together(*parts: dict[str, Any]) -> dict[str, Any]:
    """One entry's facts. Of an act's own none may hide one of the dossier's: `motcua verify` would read it for that."""
    whole: dict[str, Any] = {}
    for part in parts:
        if hidden := whole.keys() & part.keys():
            raise ValueError(f"said of the dossier already: {', '.join(sorted(hidden))}")
        whole |= part
    return whole


def _acknowledge(act: Act, step: Step | None) -> None:
    """Whoever does anything to a dossier has it: an agency's first act says so, if nobody has said it before."""
    if step is None or step.leg_id is None or step.unit_id not in {held.unit_id for held in act.officer.held}:
        return
    Leg.objects.filter(pk=step.leg_id, acknowledged_at=None).update(
        acknowledged_at=act.at, acknowledged_by=act.officer.user_id
    )


def state_facts(dossier: Dossier) -> dict[str, Any]:
    """What the journal says of a dossier after each act; `motcua verify` holds the row against it."""
    return {
        "code": dossier.code,
        "version": dossier.version_id,
        "route": dossier.route_id,
        "limit": dossier.limit,
        "register": [dossier.register_year, dossier.register_number],
        "state": dossier.state,
        "step": dossier.step_kind,
        "holder": [dossier.holder_unit_id, dossier.assignee_id],
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "step_due_at": dossier.step_due_at,
        "finished_at": dossier.finished_at,
        "returned_at": dossier.returned_at,
        "punctuality": dossier.punctuality,
        "outcome": dossier.outcome,
        "counted_from": dossier.counted_from,
        "paused_at": dossier.paused_at,
        "supplements": dossier.supplements,
        "appointment_at": dossier.appointment_at,
        "apologised_at": dossier.apologised_at,
        "apology_waived": dossier.apology_waived,
        "local_due_at": dossier.local_due_at,
        "channel": dossier.channel,
        "unscanned": dossier.unscanned,
        "revision": dossier.revision,
    }
