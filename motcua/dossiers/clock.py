"""Between the data base's moments and the rules' local clock time, and the rules' answers for a dossier."""

from datetime import datetime

from django.utils import timezone

from motcua.catalog.errors import NotReady
from motcua.catalog.models import ProcedureVersion
from motcua.people.calendar import calendar_of
from motcua.people.models import Unit
from motcua.rules import deadline
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.deadline import Deadline


def local(moment: datetime) -> datetime:
    """Clock time at the counter, without a zone, as the rules want it."""
    return timezone.localtime(moment).replace(tzinfo=None)


def aware(clock: datetime) -> datetime:
    return timezone.make_aware(clock)


def explain(version: ProcedureVersion, unit: Unit, received_at: datetime) -> Deadline:
    """The due time of a dossier received now by this unit, and why (R16).

    Raises NotReady when no limit is published, or the calendar does not reach so far.
    """
    limit = version.typed_limit
    if limit is None:
        raise NotReady(
            "Thủ tục này chưa công bố thời hạn giải quyết nên chưa hẹn được ngày trả. Báo quản trị tỉnh bổ sung."
        )
    try:
        return deadline.explain(limit, local(received_at), calendar_of(unit))
    except OutsideCalendar as error:
        raise NotReady(
            "Lịch làm việc của đơn vị chưa đủ để tính ngày trả. Báo quản trị tỉnh xem lại lịch."
        ) from error
