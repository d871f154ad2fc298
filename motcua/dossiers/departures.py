"""Handing over everything of somebody who leaves a unit, before the roles end and the account closes (R20).

Only here are roles ended: `people.accounts.end_roles` is called when nothing would be left with nobody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers import orphans, queries
from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.assign import assign
from motcua.dossiers.actions.sharing import by_load
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.journal.errors import Refused
from motcua.people import accounts
from motcua.people import queries as people
from motcua.people.models import Role, User


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves which unit after which day, and to whom the work goes (None: spread over those of each field)."""

    user_id: int
    unit_id: int
    last_day: date
    successor_id: int | None = None
    close_account: bool = True


@dataclass(frozen=True, slots=True)
class Going:
    """A dossier and the one to whom it goes; None: nobody is there for it."""

    dossier_id: int
    code: str
    to: User | None


@dataclass(frozen=True, slots=True)
class Outcome:
    given: Counter[str]
    """Name → how many dossiers."""
    refused: list[str]
    """Code and why, of those that could not be handed over."""


class LeftBehind(Refused):
    """Dossiers would lie with nobody; nothing has ended. `codes`: which, at most 50; `number`: how many."""

    def __init__(self, message: str, codes: list[str], number: int) -> None:
        super().__init__(message)
        self.codes = codes
        self.number = number


def held_by(user_id: int, unit_id: int) -> QuerySet[Dossier]:
    """What lies with a specialist in a unit, to be ordered by (step_due_at, id)."""
    return queries.being_worked_on(unit_id).filter(assignee=user_id)


def plan(leaving: Leaving, act: Act) -> list[Going]:
    """What goes to whom, nearest due first; the same rows give the same plan. A constant number of queries."""
    rows = list(
        held_by(leaving.user_id, leaving.unit_id)
        .order_by("step_due_at", "pk")
        .values_list("pk", "code", "step__field")
    )
    if leaving.successor_id is not None:
        successor = successors(leaving).filter(pk=leaving.successor_id).first()
        return [Going(pk, code, successor) for pk, code, _field in rows]
    there = people.available(leaving.unit_id, Role.SPECIALIST, act.at).exclude(pk=leaving.user_id)
    officers = list(by_load(there, leaving.unit_id))
    fields = people.fields_of([user.pk for user in officers], leaving.unit_id)
    load = {user.pk: user.load for user in officers}  # type: ignore[attr-defined]  # by_load's annotation
    spread = []
    for pk, code, field_id in rows:
        able = [user for user in officers if field_id in fields.get(user.pk, ())]
        to = min(
            able, key=lambda user: load[user.pk], default=None
        )  # of equals the first: who waited longest
        if to is not None:
            load[to.pk] += 1
        spread.append(Going(pk, code, to))
    return spread


def successors(leaving: Leaving) -> QuerySet[User]:
    """Who can take everything over: colleagues of the unit who stay."""
    return people.colleagues(leaving.unit_id).filter(closes_on=None).exclude(pk=leaving.user_id)


def leave(act: Act, leaving: Leaving, *, words: str = "") -> Outcome:
    """Hand everything over, each dossier in a transaction of its own, then end the roles and close the account.

    What was handed over stays so even when the end is refused. Raises NotAllowed, Incomplete, LeftBehind.
    """
    _check(act, leaving)
    if leaving.successor_id is not None:
        accounts.pass_on_roles(act.officer, leaving.user_id, leaving.successor_id, leaving.unit_id, act.at)
    outcome = _hand_over(act, plan(leaving, act), words)
    end(act, leaving)
    return outcome


def _hand_over(act: Act, going: Iterable[Going], words: str) -> Outcome:
    given: Counter[str] = Counter()
    refused = []
    for one in going:
        if one.to is None:
            continue
        try:
            assign(Act(act.officer, act.at), one.dossier_id, one.to.pk, words=words)
            given[one.to.full_name] += 1
        except Refused as refusal:
            refused.append(f"{one.code}: {refusal}")
    return Outcome(given, refused)


@transaction.atomic
def end(act: Act, leaving: Leaving) -> None:
    """End somebody's roles in a unit after a day, and the account if nothing else is held. Raises LeftBehind when
    dossiers would then lie with nobody.
    """
    _check(act, leaving)
    accounts.lock_roles(leaving.user_id)
    left = orphans.left_by(leaving.user_id, leaving.unit_id, leaving.last_day, act.at)
    number = left.count()
    if number:
        codes = list(left.order_by("step_due_at", "pk").values_list("code", flat=True)[:50])
        raise LeftBehind(
            _("Còn %(n)d hồ sơ sẽ không có ai xử lý, nên chưa kết thúc vai trò. Giao những hồ sơ này trước.")
            % {"n": number},
            codes,
            number,
        )
    accounts.end_roles(
        act.officer,
        leaving.user_id,
        leaving.unit_id,
        leaving.last_day,
        act.at,
        close_account=leaving.close_account,
    )


def _check(act: Act, leaving: Leaving) -> None:
    if Role.LEADER not in act.officer.roles_in(leaving.unit_id):
        raise NotAllowed(_("Chỉ lãnh đạo đơn vị bàn giao công việc của người khác."))
    if not people.colleagues(leaving.unit_id).filter(pk=leaving.user_id).exists():
        raise NotAllowed(_("Người này không còn vai trò nào ở đơn vị."))
    if leaving.last_day < timezone.localdate(act.at):
        raise Incomplete(_("Ngày làm việc cuối không thể ở trong quá khứ."), field="last_day")
    if leaving.successor_id is not None and not successors(leaving).filter(pk=leaving.successor_id).exists():
        raise Incomplete(_("Chọn người kế nhiệm là đồng nghiệp còn làm việc ở đơn vị."), field="successor")
