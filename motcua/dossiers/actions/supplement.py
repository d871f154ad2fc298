"""Asking the citizen for what is missing, once and in full, and going on when it came (NĐ 61/2018 Đ.19.4, Mẫu 02).

A second time needs the leader's reasoned permission (Đ.11.2.c), and is counted against the unit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog.models import PaperRequirement
from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.actions.doers import specialist_for, who_had
from motcua.dossiers.actions.faults import owe_apology
from motcua.dossiers.actions.scan import owed
from motcua.dossiers.actions.steps import (
    Planned,
    close_step,
    held,
    local_due,
    open_step,
    planned_step,
)
from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.clock import aware, counting_time, local, pauses_of
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Apology, Dossier, ReceivedPaper, Supplement, SupplementItem
from motcua.people.calendar import calendar_of
from motcua.people.models import Role, User
from motcua.rules import supplement as rules
from motcua.rules.limits import Limit
from motcua.rules.workflow import Action, State, StepKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper of the published list that is missing or wrong, and what is wrong with it."""

    requirement_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper that came: which of those asked for, in which kind, how many."""

    requirement_id: int
    kind: str
    number: int


@transaction.atomic
def ask_supplement(act: Act, dossier_id: int, wanted: tuple[Wanted, ...], *, reason: str) -> Dossier:
    """Ask for what is missing; the clock stands still until it came. Raises NotAllowed after the first time."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.ASK_SUPPLEMENT)
    if dossier.supplements:
        raise NotAllowed(
            _("Hồ sơ đã được yêu cầu bổ sung một lần. Muốn yêu cầu lần nữa phải xin phép lãnh đạo.")
        )
    row = _propose(act, dossier, wanted, reason)
    return _ask(act, dossier, row, Action.ASK_SUPPLEMENT, _words(row))


@transaction.atomic
def propose_supplement(act: Act, dossier_id: int, wanted: tuple[Wanted, ...], *, reason: str) -> Dossier:
    """Ask the leader's permission for one more request. The clock runs on; the citizen hears nothing yet."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.PROPOSE_SUPPLEMENT)
    if not dossier.supplements:
        raise NotAllowed(_("Hồ sơ chưa được yêu cầu bổ sung lần nào: không cần xin phép."))
    if Supplement.objects.filter(dossier=dossier, asked_at=None, declined_at=None).exists():
        raise NotAllowed(_("Đã có một đề nghị đang chờ lãnh đạo."))
    row = _propose(act, dossier, wanted, reason)
    step = dossier.step
    write(act, dossier, Action.PROPOSE_SUPPLEMENT, from_step=step, to_step=step, words=_words(row))
    return dossier


@transaction.atomic
def permit_supplement(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """The leader lets it be asked once more, with a reason; an apology is owed for it (QĐ 3461/QĐ-UBND, Huế 2016)."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.PERMIT_SUPPLEMENT, words)
    row = _proposal(dossier)
    row.permitted_by_id, row.permission = act.officer.user_id, words.strip()
    owe_apology(act, dossier, Apology.Cause.SUPPLEMENT_AGAIN, dossier.holder_unit, words)
    return _ask(act, dossier, row, Action.PERMIT_SUPPLEMENT, words)


@transaction.atomic
def decline_supplement(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """The leader does not let it be asked; the dossier is to be resolved with what there is."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.DECLINE_SUPPLEMENT, words)
    row = _proposal(dossier)
    Supplement.objects.filter(pk=row.pk).update(
        declined_at=act.at, permitted_by=act.officer.user_id, permission=words.strip()
    )
    step = dossier.step
    write(act, dossier, Action.DECLINE_SUPPLEMENT, from_step=step, to_step=step, words=words)
    return dossier


@transaction.atomic
def resume(act: Act, dossier_id: int, brought: tuple[Brought, ...], *, words: str = "") -> Dossier:
    """All that was asked for is there: the clock runs again, and who examined it goes on.

    Raises Incomplete while a paper is missing: the clock starts with the complete dossier only (Đ.19.4).
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.RESUME)
    row = open_supplement(dossier)
    _check_complete(row, brought)
    _keep(dossier, row, brought)
    # What was sent online and is right was complete when it was sent: the days the desk took to look are its own.
    row.answered_at = row.submitted_at or act.at
    row.save(update_fields=["answered_at"])
    left = dossier.step
    if left is not None:
        close_step(left, act.at)
    changes = _clock(dossier)
    planned = planned_step(dossier.route_id, row.position)
    if planned is None:  # a published route never changes
        raise NotAllowed(_("Quy trình của hồ sơ không còn bước đã yêu cầu bổ sung. Báo quản trị tỉnh."))
    step = open_step(dossier, planned, act.at, _who_goes_on(dossier, planned, act.at))
    facts = {"papers": [[one.requirement_id, one.kind, one.number] for one in brought]}
    write(
        act,
        dossier,
        Action.RESUME,
        from_step=left,
        to_step=step,
        words=words,
        facts=facts,
        state=State.PROCESSING,
        paused_at=None,
        unscanned=owed(dossier.channel, list(dossier.papers.select_related("requirement"))),
        local_due_at=local_due(dossier, step.leg),
        **changes,
        **held(step),
    )
    return dossier


def _who_goes_on(dossier: Dossier, planned: Planned, at: datetime) -> User | None:
    """Who asked, if still there; else whoever the field has now."""
    if planned.kind is not StepKind.PROCESSING:
        return None
    return who_had(dossier, planned, at) or specialist_for(dossier, planned=planned, at=at)


def open_supplement(dossier: Dossier) -> Supplement:
    """What the citizen was asked for and has not brought yet. Raises NotAllowed when there is nothing."""
    row = Supplement.objects.filter(dossier=dossier, asked_at__isnull=False, answered_at=None).last()
    if row is None:
        raise NotAllowed(_("Hồ sơ không có yêu cầu bổ sung nào đang chờ."))
    return row


# -- asking ---------------------------------------------------------------------------------------
def _propose(act: Act, dossier: Dossier, wanted: tuple[Wanted, ...], reason: str) -> Supplement:
    _check(dossier, wanted, reason)
    version = dossier.version
    step = dossier.step
    calendar = calendar_of(dossier.unit)
    number = Supplement.objects.filter(dossier=dossier).count() + 1
    ask_by = rules.ask_by(local(dossier.received_at), calendar, version.supplement_notice_days)
    row = Supplement.objects.create(
        dossier=dossier,
        number=number,
        reason=reason.strip(),
        proposed_by_id=act.officer.user_id,
        proposed_at=act.at,
        ask_by=aware(ask_by),
        policy=SupplementPolicy.PAUSE if version.supplement_pauses else SupplementPolicy.RESTART,
        position=step.position if step else 1,
        unit=dossier.holder_unit,
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(supplement=row, requirement_id=one.requirement_id, reason=one.reason.strip())
        for one in wanted
    )
    return row


def _check(dossier: Dossier, wanted: tuple[Wanted, ...], reason: str) -> None:
    """Only papers of the published list (R02), each with what is wrong with it, and the reason of it all."""
    listed = listed_papers(dossier.version_id)
    asked = [one.requirement_id for one in wanted]
    if not set(asked) <= listed:
        raise Incomplete(_("Có giấy tờ ngoài danh mục đã công bố: không được yêu cầu."), field="papers")
    if len(set(asked)) < len(asked):
        raise Incomplete(_("Có giấy tờ được ghi hai lần."), field="papers")
    if listed and not asked:
        raise Incomplete(_("Chưa chọn giấy tờ nào cần bổ sung."), field="papers")
    if any(not one.reason.strip() for one in wanted):
        raise Incomplete(_("Ghi rõ từng giấy tờ thiếu gì, sai gì."), field="papers")
    if not reason.strip():
        raise Incomplete(_("Hãy ghi lý do, để người nộp biết phải làm gì."), field="reason")


def listed_papers(version_id: int) -> set[int]:
    """Ids of the papers on the published list; sentences of explanation among them are none."""
    rows = PaperRequirement.objects.filter(version=version_id, is_note=False)
    return set(rows.values_list("pk", flat=True))


def _words(row: Supplement) -> str:
    """What the citizen reads on Mẫu 02: the reason, then each paper and what is wrong with it."""
    items = row.items.select_related("requirement").order_by("requirement__position")
    return "\n".join([row.reason, *(f"– {item.requirement.name}: {item.reason}" for item in items)])


def _proposal(dossier: Dossier) -> Supplement:
    row = Supplement.objects.filter(dossier=dossier, asked_at=None, declined_at=None).first()
    if row is None:
        raise NotAllowed(_("Không có đề nghị bổ sung nào đang chờ lãnh đạo."))
    return row


def _ask(act: Act, dossier: Dossier, row: Supplement, action: Action, words: str) -> Dossier:
    calendar = calendar_of(dossier.unit)
    row.asked_at = act.at
    row.is_late = row.ask_by is not None and act.at > row.ask_by
    row.lapses_at = aware(rules.lapses_at(local(act.at), calendar, dossier.unit.supplement_days))
    row.save()
    left = dossier.step
    if left is not None:
        close_step(left, act.at)
    with_citizen = Planned(row.position, StepKind.SUPPLEMENT, Role.CLERK, 0)
    step = open_step(dossier, with_citizen, act.at, None, due_at=row.lapses_at)
    items = list(row.items.order_by("requirement").values_list("requirement", flat=True))
    write(
        act,
        dossier,
        action,
        from_step=left,
        to_step=step,
        words=words,
        facts={"supplement": row.number, "items": items, "late": row.is_late},
        state=State.WAITING,
        paused_at=act.at,
        supplements=dossier.supplements + 1,
        **held(step),
    )
    return dossier


# -- going on -------------------------------------------------------------------------------------
def _check_complete(row: Supplement, brought: Iterable[Brought]) -> None:
    came = {one.requirement_id: one for one in brought}
    items = list(row.items.select_related("requirement"))
    if not came.keys() <= {item.requirement_id for item in items}:
        raise Incomplete(_("Có giấy tờ không nằm trong yêu cầu bổ sung."), field="papers")
    missing = [item.requirement.name for item in items if item.requirement_id not in came]
    if missing:
        names = "; ".join(missing)
        raise Incomplete(
            _("Còn thiếu: %(names)s. Thời hạn chỉ tính tiếp khi đủ.") % {"names": names}, field="papers"
        )
    if any(one.number < 1 for one in came.values()):
        raise Incomplete(_("Giấy tờ đã nhận phải có ít nhất 1 bản."), field="papers")


def _keep(dossier: Dossier, row: Supplement, brought: Iterable[Brought]) -> None:
    """What came replaces what was wrong of the same paper; its scan is owed anew, unless it was sent as a file."""
    uploads = dict(row.items.values_list("requirement", "upload")) if row.submitted_at else {}
    for one in brought:
        ReceivedPaper.objects.update_or_create(
            dossier=dossier,
            requirement_id=one.requirement_id,
            defaults={
                "kind": one.kind,
                "number": one.number,
                "scan_id": uploads.get(one.requirement_id),
                "unscannable": "",
            },
        )
    row.items.update(brought=True)


def _clock(dossier: Dossier) -> dict[str, datetime | None]:
    """From when the limit counts now, and when it ends; a date given with an apology does not outlive a later one."""
    limit, received, pauses = Limit.parse(dossier.limit), local(dossier.received_at), pauses_of(dossier)
    found = rules.clock(limit, received, pauses, counting_time(dossier.unit, limit, received, pauses))
    dossier.counted_from, dossier.due_at = aware(found.counted_from), aware(found.due_at)
    given = dossier.appointment_at
    return {
        "counted_from": dossier.counted_from,
        "due_at": dossier.due_at,
        "appointment_at": given if given and given > dossier.due_at else None,
    }
