"""Between the data base's moments and the rules' local clock time, and the rules' answers for a dossier."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.errors import NotReady
from motcua.catalog.models import ProcedureVersion
from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.models import Dossier, Supplement
from motcua.people.calendar import calendar_of
from motcua.people.models import Unit
from motcua.rules import supplement
from motcua.rules.calendar import OutsideCalendar, WorkCalendar
from motcua.rules.deadline import Deadline
from motcua.rules.limits import Limit
from motcua.rules.supplement import Pause
from motcua.rules.workflow import StepKind


def local(moment: datetime) -> datetime:
    """Clock time at the counter, without a zone, as the rules want it."""
    return timezone.localtime(moment).replace(tzinfo=None)


def aware(clock: datetime) -> datetime:
    return timezone.make_aware(clock)


def step_sentence(dossier: Dossier) -> str:
    """Why the open step is due when it is: the transfer's rule (R06), or its share of the time (R13)."""
    step = dossier.step
    if step is None:
        return ""
    if step.kind == StepKind.RECEPTION:
        return _(
            "Chuyển ngay trong ngày làm việc; nhận sau 15 giờ thì chuyển đầu giờ ngày làm việc tiếp theo."
        )
    if step.kind == StepKind.RETURN and not step.minutes:
        return _("Bước này không tính thời gian riêng: cùng hạn với hồ sơ.")
    minutes = calendar_of(step.unit).working_minutes_between(local(step.opened_at), local(step.due_at))
    hours = f"{minutes // 60}:{minutes % 60:02d}"
    return _("%(hours)s giờ làm việc kể từ %(opened)s, phần của bước này; không muộn hơn ngày hẹn trả.") % {
        "hours": hours,
        "opened": f"{local(step.opened_at):%H:%M, %d/%m/%Y}",
    }


def pauses_of(dossier: Dossier) -> list[Pause]:
    """The supplements that were asked, as the rules want them; the last one may still be with the citizen."""
    if not dossier.supplements:
        return []
    rows = Supplement.objects.filter(dossier=dossier, asked_at__isnull=False).order_by("number")
    return [
        Pause(
            local(asked), local(answered) if answered else None, restarts=policy == SupplementPolicy.RESTART
        )
        for asked, answered, policy in rows.values_list("asked_at", "answered_at", "policy")
        if asked is not None
    ]


def counting_time(
    unit: Unit,
    limit: Limit,
    received: datetime,
    pauses: Sequence[Pause],
    calendar: WorkCalendar | None = None,
) -> WorkCalendar:
    """The working time by which a dossier's limit counts: that of the day from which it counts.

    A date that the citizen was promised is not moved by a merger of communes. `calendar`: the unit's, where it is known.
    Raises OutsideCalendar.
    """
    calendar = calendar or calendar_of(unit)
    if unit.valid_to is None:  # nobody else answers for it, now or soon
        return calendar
    counted_from = supplement.clock(limit, received, pauses, calendar).counted_from
    return calendar_of(unit, counted_from.date())


def explain(
    version: ProcedureVersion, unit: Unit, received_at: datetime, pauses: Sequence[Pause] = ()
) -> Deadline:
    """The due time of a dossier received then by this unit, with the supplements it had, and why (R16).

    Raises NotReady when no limit is published, or the calendar does not reach so far.
    """
    limit = version.typed_limit
    if limit is None:
        raise NotReady(
            "Thủ tục này chưa công bố thời hạn giải quyết nên chưa hẹn được ngày trả. Báo quản trị tỉnh bổ sung."
        )
    try:
        calendar = counting_time(unit, limit, local(received_at), pauses)
        return supplement.explain(limit, local(received_at), pauses, calendar)
    except OutsideCalendar as error:
        raise NotReady(
            "Lịch làm việc của đơn vị chưa đủ để tính ngày trả. Báo quản trị tỉnh xem lại lịch."
        ) from error
