"""What a unit tells everybody: written before it begins; afterwards only shortened or withdrawn, so that what people
have read stays what was said. Each act is an entry of the unit's chain, with a digest of the words (R27).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.notices.errors import AnnouncementRefused
from motcua.notices.models import Announcement, Audience
from motcua.people.models import Role
from motcua.people.officer import Held, Officer

WRITING = (Role.ADMINISTRATOR, Role.UNIT_ADMIN)
MOST_DAYS = 366
MOST_TITLE, MOST_BODY = 150, 2000


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be told, to whom, and on which days (both included)."""

    title: str
    body: str
    audience: Audience
    first_day: date
    last_day: date


def writes_for(officer: Officer) -> Held | None:
    """For which unit the officer announces: the province's administrator for it, a unit's for that one."""
    return officer.first(*WRITING)


@transaction.atomic
def announce(officer: Officer, unit_id: int, draft: Draft, at: datetime) -> Announcement:
    """Raises AnnouncementRefused."""
    _permit(officer, unit_id)
    draft = _checked(draft, timezone.localdate(at))
    row = Announcement.objects.create(
        unit_id=unit_id, author_id=officer.user_id, written_at=at, **_columns(draft)
    )
    _record(officer, row, "notices.announced", at)
    return row


@transaction.atomic
def reannounce(officer: Officer, pk: int, draft: Draft, at: datetime) -> Announcement:
    """Write it anew, as long as nobody has seen it. The same again is nothing. Raises AnnouncementRefused."""
    row = _locked(officer, pk, at)
    if row.has_begun(timezone.localdate(at)):
        raise AnnouncementRefused(_("Thông báo đã bắt đầu: chỉ rút ngắn hoặc rút lại được."))
    draft = _checked(draft, timezone.localdate(at))
    columns = _columns(draft)
    if all(getattr(row, name) == value for name, value in columns.items()):
        return row
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    _record(officer, row, "notices.announcement_changed", at)
    return row


@transaction.atomic
def shorten(officer: Officer, pk: int, last_day: date, at: datetime) -> Announcement:
    """An earlier last day, today at the earliest. Raises AnnouncementRefused."""
    row = _locked(officer, pk, at)
    if not timezone.localdate(at) <= last_day <= row.last_day or last_day < row.first_day:
        raise AnnouncementRefused(
            _("Ngày cuối mới phải từ hôm nay đến trước ngày cuối cũ."), field="last_day"
        )
    if last_day != row.last_day:
        row.last_day = last_day
        row.save(update_fields=["last_day"])
        _record(officer, row, "notices.announcement_shortened", at)
    return row


@transaction.atomic
def withdraw(officer: Officer, pk: int, at: datetime) -> Announcement:
    """Shown no more from now on. Raises AnnouncementRefused."""
    row = _locked(officer, pk, at)
    row.withdrawn_at, row.withdrawn_by_id = at, officer.user_id
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(officer, row, "notices.announcement_withdrawn", at)
    return row


def _locked(officer: Officer, pk: int, at: datetime) -> Announcement:
    row = Announcement.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    _permit(officer, row.unit_id)
    if row.is_over(timezone.localdate(at)):
        raise AnnouncementRefused(_("Thông báo này đã hết hạn hoặc đã được rút lại."))
    return row


def _permit(officer: Officer, unit_id: int) -> None:
    if not officer.roles_in(unit_id) & set(WRITING):
        raise AnnouncementRefused(_("Chỉ quản trị của đơn vị viết được thông báo của đơn vị."))


def _checked(draft: Draft, today: date) -> Draft:
    title, body = " ".join(draft.title.split()), draft.body.replace("\r\n", "\n").strip()
    if not title:
        raise AnnouncementRefused(_("Hãy ghi tiêu đề."), field="title")
    if not body:
        raise AnnouncementRefused(_("Hãy ghi nội dung."), field="body")
    if len(title) > MOST_TITLE:
        raise AnnouncementRefused(_("Tiêu đề dài nhất 150 ký tự."), field="title")
    if len(body) > MOST_BODY:
        raise AnnouncementRefused(_("Nội dung dài nhất 2.000 ký tự."), field="body")
    if draft.first_day < today:
        raise AnnouncementRefused(_("Ngày đầu không được trước hôm nay."), field="first_day")
    if draft.last_day < draft.first_day:
        raise AnnouncementRefused(_("Ngày cuối không được trước ngày đầu."), field="last_day")
    if (draft.last_day - draft.first_day).days > MOST_DAYS:
        raise AnnouncementRefused(_("Một thông báo hiện nhiều nhất một năm."), field="last_day")
    return Draft(title, body, Audience(draft.audience), draft.first_day, draft.last_day)


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "title": draft.title,
        "body": draft.body,
        "audience": draft.audience,
        "first_day": draft.first_day,
        "last_day": draft.last_day,
    }


def _record(officer: Officer, row: Announcement, kind: str, at: datetime) -> None:
    journal.record(
        chain=row.unit.code,
        kind=kind,
        subject=f"announcement:{row.pk}",
        facts={
            "audience": row.audience,
            "first_day": row.first_day,
            "last_day": row.last_day,
            "sha256": hashlib.sha256(f"{row.title}\n{row.body}".encode()).hexdigest(),
        },
        actor_id=officer.user_id,
        at=at,
    )
