"""The end of one role, of some fields, of an account, at an administrator's word: never with a dossier left behind (R20).

What lies with the officer is handed over first, by the leader (`dossiers.departures`), or the role is given to another.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers import orphans
from motcua.dossiers.actions.act import Act
from motcua.dossiers.departures import LeftBehind
from motcua.dossiers.models import Dossier
from motcua.people import accounts, appointments
from motcua.people import queries as people
from motcua.people.errors import StaffRefused
from motcua.people.models import Grant
from motcua.people.staffing import midnight, staff

_MOST = 50
"""Codes that a refusal names."""


@transaction.atomic
def end_role(act: Act, grant_id: int, last_day: date) -> None:
    """One role ends after a day. Raises StaffRefused, LeftBehind."""
    grant = _grant(grant_id)

    def end() -> None:
        appointments.end_grant(act.officer, grant, last_day, act.at)

    # The last day is the officer's still: what matters is who is there on the next one.
    _without_leaving(end, {grant.unit_id}, midnight(last_day + timedelta(days=1)))


@transaction.atomic
def change_fields(act: Act, grant_id: int, field_ids: frozenset[int]) -> None:
    """A specialist answers for other fields from now on. Raises StaffRefused, LeftBehind."""
    grant = _grant(grant_id)

    def change() -> None:
        appointments.replace_fields(act.officer, grant, field_ids, act.at)

    _without_leaving(change, {grant.unit_id}, act.at)


@transaction.atomic
def close_account(act: Act, user_id: int) -> None:
    """All roles end and the account closes, now. Raises StaffRefused, LeftBehind."""
    appointments.lock_administrators()
    held = Grant.objects.filter(people.not_over(timezone.localdate(act.at)), user=user_id)
    units = set(held.values_list("unit", flat=True))

    def close() -> None:
        accounts.close_now(act.officer, user_id, act.at)

    _without_leaving(close, units, act.at)


def _grant(grant_id: int) -> Grant:
    appointments.lock_administrators()
    row = Grant.objects.filter(pk=grant_id).select_related("unit").select_for_update(of=("self",)).first()
    if row is None:
        raise StaffRefused(_("Vai trò này không còn. Tải lại trang."))
    return row


def _without_leaving(change: Callable[[], None], units: Iterable[int], moment: datetime) -> None:
    """Make a change in the caller's transaction; dossiers that it would leave with nobody undo it."""
    before = {unit: set(_nobodys(unit, moment).values_list("pk", flat=True)) for unit in units}
    change()
    left: list[str] = []
    for unit, already in before.items():
        rows = _nobodys(unit, moment).order_by("step_due_at", "pk").values_list("pk", "code")
        left += [code for pk, code in rows if pk not in already]
    if left:
        raise LeftBehind(
            _(
                "Còn %(n)d hồ sơ sẽ không có ai xử lý, nên chưa đổi gì. Lãnh đạo đơn vị bàn giao những hồ sơ này trước"
                " (trang Cán bộ), hoặc trao vai trò cho người khác trước."
            )
            % {"n": len(left)},
            left[:_MOST],
            len(left),
        )


def _nobodys(unit_id: int, moment: datetime) -> QuerySet[Dossier]:
    there = staff(moment, unit_id=unit_id)
    return orphans.open_ones(unit_id=unit_id).filter(orphans.uncovered(there))
