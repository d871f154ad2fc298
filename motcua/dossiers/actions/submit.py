"""What was asked for comes online: file by file, then sent as a whole; the desk accepts it (`resume`) or says what is
wrong with it (NĐ 61/2018 Đ.17.2, 19.4).

The applicant is no officer and has no role: who may call this for which dossier, the portal has checked.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, read_anew, write
from motcua.dossiers.actions.supplement import open_supplement
from motcua.dossiers.clock import aware, local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Attachment, Dossier, Supplement, SupplementItem
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.people.calendar import calendar_of
from motcua.people.officer import NOBODY
from motcua.rules import supplement as rules
from motcua.rules.workflow import Action, State

AGAIN_DAYS = 5
"""Calendar days that remain at least to send again what was not right."""


@transaction.atomic
def keep_upload(dossier_id: int, requirement_id: int, stored: StoredFile) -> SupplementItem:
    """Put a file to a paper that was asked for, instead of the one before. A draft: nothing is sent, nothing counts.

    Raises NotAllowed when nothing is asked for any more, or all was sent already.
    """
    _dossier, row = _waiting(dossier_id)
    item = row.items.select_related("requirement", "upload").filter(requirement=requirement_id).first()
    if item is None:
        raise NotAllowed(_("Giấy tờ này không nằm trong yêu cầu bổ sung."))
    if not item.requirement.online_allowed:
        raise NotAllowed(_("Giấy tờ này phải nộp bản giấy tại nơi tiếp nhận."))
    before = item.upload
    item.upload = stored
    item.save(update_fields=["upload"])
    # What was once sent stays with the dossier, right or wrong; a draft goes.
    if before is not None and not Attachment.objects.filter(file=before).exists():
        files.discard(before)
    return item


@transaction.atomic
def submit_supplement(dossier_id: int, at: datetime) -> Dossier:
    """Send all that was put there. The clock stands still until the desk has found it right, and then counts from now.

    Raises Incomplete while a paper has no file, NotAllowed when there is nothing to send.
    """
    dossier, row = _waiting(dossier_id)
    items = list(row.items.select_related("requirement", "upload").order_by("requirement__position"))
    if missing := [item.requirement.name for item in items if item.upload is None]:
        raise Incomplete(_("Còn thiếu tệp của: %(names)s.") % {"names": "; ".join(missing)}, field="papers")
    row.submitted_at = at
    row.save(update_fields=["submitted_at"])
    step = dossier.step
    files = [[item.requirement_id, item.upload.sha256] for item in items if item.upload]
    facts = {"supplement": row.number, "files": files}
    act = Act(NOBODY, at)
    move = write(act, dossier, Action.SUBMIT_SUPPLEMENT, from_step=step, to_step=step, facts=facts)
    Attachment.objects.bulk_create(
        Attachment(dossier=dossier, file=item.upload, move=move) for item in items if item.upload
    )
    return dossier


@transaction.atomic
def reject_submission(act: Act, dossier_id: int, *, words: str) -> Dossier:
    """What was sent is not what was asked for; the same request stands, and there is time left to send again."""
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.REJECT_SUBMISSION, words)
    row = open_supplement(dossier)
    if row.submitted_at is None:
        raise NotAllowed(_("Người nộp chưa gửi gì qua mạng."))
    row.submitted_at = None
    least = aware(rules.lapses_at(local(act.at), calendar_of(dossier.unit), AGAIN_DAYS))
    if row.lapses_at is None or row.lapses_at < least:
        row.lapses_at, row.warned_at = least, None
    row.save(update_fields=["submitted_at", "lapses_at", "warned_at"])
    step = dossier.step
    changes: dict[str, Any] = {}
    if step is not None and step.due_at < row.lapses_at:
        step.due_at = row.lapses_at
        step.save(update_fields=["due_at"])
        changes["step_due_at"] = row.lapses_at
    write(act, dossier, Action.REJECT_SUBMISSION, from_step=step, to_step=step, words=words, **changes)
    return dossier


def _waiting(dossier_id: int) -> tuple[Dossier, Supplement]:
    """The locked dossier and its open request, not answered in any way yet."""
    rows = Dossier.objects.filter(pk=dossier_id).select_related("unit", "step")
    dossier = rows.select_for_update(of=("self",)).get()
    read_anew(dossier)
    if dossier.state != State.WAITING:
        raise NotAllowed(_("Hồ sơ này không còn chờ bổ sung. Tải lại trang để xem."))
    row = open_supplement(dossier)
    if row.submitted_at is not None:
        raise NotAllowed(_("Giấy tờ bổ sung đã được gửi, nơi tiếp nhận đang kiểm tra."))
    return dossier, row
