"""A draft: from the version in force or for a new procedure, edited in parts, thrown away. Nothing of it is public."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog.actions.issue import locked, newest
from motcua.catalog.content import FACTS, Content, Paper, content_of, write
from motcua.catalog.errors import DraftRefused, DraftStale, ProcedureUnknown
from motcua.catalog.fee_text import FeeText
from motcua.catalog.models import LifeEvent, Procedure, ProcedureVersion
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Field
from motcua.people.officer import Officer

_CODE = re.compile(r"[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
"""Letters and digits in groups: the code stands in addresses and on papers."""


@dataclass(frozen=True, slots=True)
class Start:
    """A new procedure: its national code, its name and its field."""

    code: str
    name: str
    field_id: int


@transaction.atomic
def new_procedure(start: Start) -> ProcedureVersion:
    """A procedure that was never published, with a draft. Raises DraftRefused."""
    code, name = start.code.strip(), " ".join(start.name.split())
    if not _CODE.fullmatch(code) or not any(letter.isdigit() for letter in code):
        raise DraftRefused(_("Mã thủ tục chỉ gồm chữ, số và dấu chấm, ví dụ 1.001193."), field="code")
    if not name:
        raise DraftRefused(_("Hãy ghi tên thủ tục."), field="name")
    if Procedure.objects.filter(code__iexact=code).exists():
        raise DraftRefused(
            _("Đã có thủ tục mang mã %(code)s. Mở thủ tục ấy để sửa.") % {"code": code}, field="code"
        )
    if not Field.objects.filter(pk=start.field_id).exists():
        raise DraftRefused(_("Chọn lĩnh vực."), field="field")
    procedure = Procedure.objects.create(code=code)
    draft = ProcedureVersion(procedure=procedure)
    write(draft, Content(dict(FACTS) | {"name": name, "field_id": start.field_id}))
    return draft


@transaction.atomic
def start_draft(procedure_id: int) -> ProcedureVersion:
    """The draft of a procedure: the one that there is, else a new one that says what the last version says."""
    procedure = locked(procedure_id)
    draft = _draft(procedure)
    if draft is not None:
        return draft
    last = newest(procedure.pk)
    draft = ProcedureVersion(procedure=procedure, base=last)
    write(draft, content_of(last) if last else Content())
    return draft


@transaction.atomic
def edit_draft(
    procedure_id: int,
    revision: int,
    facts: dict[str, object] | None = None,
    *,
    papers: tuple[Paper, ...] | None = None,
    fees: tuple[FeeText, ...] | None = None,
) -> ProcedureVersion:
    """Say something else in the draft; what is not given stays. Raises ProcedureUnknown, DraftStale."""
    draft = locked_draft(procedure_id, revision)
    content = content_of(draft).saying(**facts or {})
    if papers is not None:
        content = replace(content, papers=papers)
    if fees is not None:
        content = replace(content, fees=fees)
    draft.revision += 1
    write(draft, content)
    return draft


@transaction.atomic
def discard_draft(procedure_id: int, revision: int) -> bool:
    """Throw the draft away, and the procedure too if it was never published. True: so it was."""
    draft = locked_draft(procedure_id, revision)
    procedure = draft.procedure
    draft.delete()
    if procedure.versions.exists() or procedure.offerings.exists():
        return False
    procedure.delete()
    return True


@transaction.atomic
def set_life_events(officer: Officer, procedure_id: int, event_ids: list[int], at: datetime) -> None:
    """To which events of a life a procedure belongs. It is no part of a version: it holds at once."""
    procedure = locked(procedure_id)
    old = set(procedure.life_events.values_list("name", flat=True))
    events = LifeEvent.objects.filter(pk__in=event_ids)
    new = {event.name for event in events}
    if new == old:
        return
    procedure.life_events.set(events)
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.life_events_set",
        subject=f"procedure:{procedure.pk}",
        facts={"code": procedure.code, "was": sorted(old), "events": sorted(new)},
        actor_id=officer.user_id or None,
        at=at,
    )


def locked_draft(procedure_id: int, revision: int) -> ProcedureVersion:
    """The draft as the page showed it. Raises ProcedureUnknown, DraftStale."""
    draft = _draft(locked(procedure_id))
    if draft is None:
        raise ProcedureUnknown(
            _("Thủ tục này không có bản nháp: có thể đã công bố hoặc đã bỏ. Tải lại trang.")
        )
    if draft.revision != revision:
        raise DraftStale(
            _(
                "Bản nháp đã được người khác sửa sau khi bạn mở trang. Xem lại; bấm Lưu lần nữa thì phần này thành như bạn gõ."
            )
        )
    return draft


def _draft(procedure: Procedure) -> ProcedureVersion | None:
    drafts = ProcedureVersion.objects.filter(procedure=procedure, published_at=None, number=None)
    return drafts.select_related("procedure", "field", "base").first()
