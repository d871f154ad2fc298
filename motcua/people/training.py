"""What officers have learnt: entering courses and certificates, and how many of a desk know the software."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority, queries
from motcua.people.errors import StaffRefused
from motcua.people.models import Training, TrainingKind, Unit
from motcua.people.officer import Officer

EARLIEST = date(1970, 1, 1)
MOST_HOURS = 9_999


@dataclass(frozen=True, slots=True)
class Course:
    """What was learnt, where, from which day to which, with which certificate, in how many hours."""

    kind: TrainingKind
    what: str
    place: str
    starts: date
    ends: date
    number: str = ""
    hours: int | None = None


@transaction.atomic
def record(officer: Officer, unit: Unit, user_id: int, course: Course, at: datetime) -> Training:
    """A course that an officer of the unit took. Recorded without its words. Raises StaffRefused."""
    authority.check_manages(officer, unit)
    _check_colleague(unit, user_id)
    if not course.what.strip():
        raise StaffRefused(_("Hãy nhập tên khóa học hoặc chứng chỉ."), field="what")
    if course.ends < course.starts:
        raise StaffRefused(_("Ngày kết thúc không thể trước ngày bắt đầu."), field="ends")
    if course.starts < EARLIEST or course.ends > timezone.localdate(at):
        raise StaffRefused(_("Chỉ ghi khóa học đã xong; ngày này chưa đến hoặc quá xa."), field="ends")
    if course.hours is not None and not 1 <= course.hours <= MOST_HOURS:
        raise StaffRefused(_("Số tiết, số giờ từ 1 đến 9.999."), field="hours")
    row = Training.objects.create(
        officer_id=user_id,
        kind=course.kind,
        what=" ".join(course.what.split()),
        place=" ".join(course.place.split()),
        starts=course.starts,
        ends=course.ends,
        number=course.number.strip(),
        hours=course.hours,
        recorded_by_id=officer.user_id,
        recorded_at=at,
    )
    facts = {"training": row.pk, "kind": row.kind, "starts": row.starts, "ends": row.ends}
    _tell(officer, "training.recorded", unit, user_id, facts, at)
    return row


@transaction.atomic
def withdraw(officer: Officer, unit: Unit, user_id: int, training_id: int, at: datetime) -> None:
    """An entry that was wrong; the journal keeps that it was there. Raises StaffRefused."""
    authority.check_manages(officer, unit)
    _check_colleague(unit, user_id)
    deleted, _rows = Training.objects.filter(pk=training_id, officer=user_id).delete()
    if not deleted:
        raise StaffRefused(_("Không có khóa học này. Tải lại trang."))
    _tell(officer, "training.withdrawn", unit, user_id, {"training": training_id}, at)


def know_the_software(user_ids: Iterable[int]) -> set[int]:
    """Who of these was trained on it."""
    rows = Training.objects.filter(kind=TrainingKind.SOFTWARE, officer__in=list(user_ids))
    return set(rows.values_list("officer", flat=True))


def _check_colleague(unit: Unit, user_id: int) -> None:
    if not queries.colleagues(unit.pk).filter(pk=user_id).exists():
        raise StaffRefused(_("Người này không còn làm việc ở đơn vị."))


def _tell(
    officer: Officer, kind: str, unit: Unit, user_id: int, facts: Mapping[str, object], at: datetime
) -> None:
    journal.record(
        chain=unit.code,
        kind=kind,
        subject=f"user:{user_id}",
        facts={"unit": unit.pk, **facts},
        actor_id=officer.user_id or None,
        at=at,
    )
