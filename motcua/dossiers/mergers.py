"""Merging communes with a date: asked here what lies in them, planned, taken back, and carried out when the day comes.

No dossier is touched. It stays the unit's that received it, with its code, its register and its chain, and from the day
on the successor's officers act for that unit (people.succession).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.mergers import unite_lists
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier
from motcua.people import merging, merging_day
from motcua.people.errors import MergerRefused
from motcua.people.merging import Parts, Plan
from motcua.people.models import Merger, Role
from motcua.people.officer import Officer
from motcua.people.staffing import midnight


def check(officer: Officer, wanted: Plan) -> Parts:
    """What the plan means, if it can be. Raises NotAllowed, MergerRefused."""
    if not officer.has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Chỉ quản trị tỉnh lập kế hoạch sáp nhập."))
    parts = merging.check(wanted)
    _check_receptions(parts)
    return parts


def _check_receptions(parts: Parts) -> None:
    """A unit cannot have ended before it received its last dossier, nor can a code be issued twice."""
    ending = [unit.pk for unit in parts.predecessors]
    since = Dossier.objects.filter(unit__in=ending, received_at__gte=midnight(parts.plan.on))
    last = since.select_related("unit").order_by("-received_at").first()
    if last is not None:
        words = {
            "number": since.count(),
            "unit": last.unit.name,
            "day": f"{timezone.localdate(last.received_at):%d/%m/%Y}",
        }
        raise MergerRefused(
            _(
                "Từ ngày này đơn vị kết thúc đã tiếp nhận %(number)d hồ sơ, gần nhất ở %(unit)s ngày %(day)s. Chọn ngày sau đó."
            )
            % words,
            field="on",
        )


@transaction.atomic
def plan(officer: Officer, wanted: Plan, at: datetime) -> Merger:
    """Write the plan; one whose day has come is carried out at once. Raises NotAllowed, MergerRefused."""
    check(officer, wanted)
    merger = merging.plan(officer, wanted, at)
    carry_out(merger.pk, at)
    return merger


@transaction.atomic
def cancel(officer: Officer, merger_id: int, at: datetime) -> Merger:
    """Take a plan back before its day. Raises NotAllowed, MergerRefused."""
    if not officer.has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Chỉ quản trị tỉnh hủy kế hoạch sáp nhập."))
    return merging.cancel(officer, merger_id, at)


def carry_out_due(at: datetime) -> int:
    """Periodic work: what is done on the day; how many. Each in a transaction of its own; twice does no harm."""
    return sum(carry_out(pk, at) for pk in merging_day.due(at))


@transaction.atomic
def carry_out(merger_id: int, at: datetime) -> bool:
    """Whether there was something to do."""
    done = merging_day.carry_out(merger_id, at)
    if done is None:
        return False
    added = unite_lists([old.pk for old in done.predecessors], done.successor.pk)
    merging_day.tell(done, {"procedures": added}, at)
    return True
