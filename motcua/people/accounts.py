"""Accounts of officers, and the roles they hold."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority, passwords, queries
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.appointments import check_not_last
from motcua.people.errors import OfficerRefused, StaffRefused
from motcua.people.models import Field, Grant, Role, Unit, User
from motcua.people.officer import Officer
from motcua.people.queries import unit_called


@transaction.atomic
def add_officer(
    *,
    unit_code: str,
    role: Role,
    username: str,
    full_name: str,
    title: str,
    fields: Sequence[str],
    password: Callable[[], str],
) -> User:
    """Make an account with a role, or give an account that exists one more. Recorded in the unit's chain.

    Raises UnitUnknown, OfficerRefused (a weak password, a field nobody knows, a specialist without one).
    """
    unit = unit_called(unit_code)
    known = list(Field.objects.filter(name__in=fields))
    if len(known) != len(set(fields)) or (role is Role.SPECIALIST) != bool(known):
        names = ", ".join(Field.objects.filter(group=None).order_by("name").values_list("name", flat=True))
        raise OfficerRefused(_("Công chức chuyên môn cần lĩnh vực, và chỉ họ: %(names)s.") % {"names": names})
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        user = _new_user(username, full_name, title, password())
    _grant(user, unit, role, known, actor_id=None, at=timezone.now())
    return user


def _grant(
    user: User, unit: Unit, role: Role, fields: Sequence[Field], *, actor_id: int | None, at: datetime
) -> None:
    grant, _made = Grant.objects.get_or_create(user=user, unit=unit, role=role, valid_to=None)
    grant.fields.add(*fields)
    journal.record(
        chain=unit.code,
        kind="officer.granted",
        subject=f"user:{user.pk}",
        facts={"role": role, "unit": unit.pk, "fields": sorted(field.pk for field in fields)},
        actor_id=actor_id,
        at=at,
    )


@transaction.atomic
def pass_on_roles(officer: Officer, of: int, to: int, unit_id: int, at: datetime) -> None:
    """The successor gets the roles and fields of work that somebody holds in a unit, beside his own. Recorded."""
    unit = Unit.objects.get(pk=unit_id)
    successor = User.objects.get(pk=to)
    held = queries.in_force(timezone.localdate(at))
    for grant in Grant.objects.filter(
        held, user=of, unit=unit, role__in=queries.HANDED_TO_A_SUBSTITUTE
    ).order_by("pk"):
        fields = list(grant.fields.order_by("pk"))
        has = Grant.objects.filter(held, user=to, unit=unit, role=grant.role).first()
        if has is None or not {one.pk for one in fields} <= set(has.fields.values_list("pk", flat=True)):
            _grant(successor, unit, Role(grant.role), fields, actor_id=officer.user_id or None, at=at)


def lock_roles(user_id: int) -> None:
    """Hold somebody's grants until the end of the transaction."""
    list(Grant.objects.filter(user=user_id).order_by("pk").select_for_update(no_key=True))


@transaction.atomic
def end_roles(
    officer: Officer, user_id: int, unit_id: int, last_day: date, at: datetime, *, close_account: bool
) -> None:
    """The roles held in a unit end after a day; then the account closes, unless roles elsewhere go on. Recorded.

    Asks nobody what lies with the officer: only `dossiers.departures.end` calls it, which has asked.
    """
    unit, today = Unit.objects.get(pk=unit_id), timezone.localdate(at)
    ending = Grant.objects.filter(queries.in_force(today), user=user_id, unit=unit)
    ending = ending.filter(role__in=queries.HANDED_TO_A_SUBSTITUTE)
    roles = sorted(ending.values_list("role", flat=True))
    after_today = Grant.objects.filter(queries.in_force(last_day + timedelta(days=1)), user=user_id)
    if close_account and after_today.exclude(pk__in=list(ending.values_list("pk", flat=True))).exists():
        raise OfficerRefused(
            _(
                "Người này còn vai trò khác hoặc ở đơn vị khác nên chưa đóng tài khoản được: bỏ chọn “Đóng tài khoản”."
            )
        )
    ending.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).update(valid_to=last_day)
    facts = {"unit": unit.pk, "roles": roles, "last_day": last_day, "closes": close_account}
    _tell(unit.code, "officer.roles_ended", user_id, facts, officer.user_id or None, at)
    if close_account:
        User.objects.filter(pk=user_id).update(closes_on=last_day)
        if last_day <= today:
            _close(user_id, unit.code, officer.user_id or None, at)


def close_due(at: datetime) -> int:
    """Close the accounts of those whose last day is over; how many. Runs by the clock and may run twice."""
    leaving = User.objects.filter(is_active=True, closes_on__lt=timezone.localdate(at))
    codes = Subquery(
        Grant.objects.filter(user=OuterRef("pk"), valid_to=OuterRef("closes_on"))
        .order_by("pk")
        .values("unit__code")[:1]
    )
    rows = list(leaving.annotate(code=codes).order_by("pk").values_list("pk", "code"))
    for pk, code in rows:
        with transaction.atomic():
            _close(pk, code or PUBLIC_CHAIN, None, at)
    return len(rows)


def close_now(officer: Officer, user_id: int, at: datetime) -> None:
    """End all roles and close the account at once; recorded in the chain of each unit. Raises StaffRefused.

    Asks nobody what lies with the officer: only `dossiers.endings` calls it, which has asked.
    """
    authority.check_keeps(officer, user_id)
    today = timezone.localdate(at)
    ending = list(
        Grant.objects.filter(queries.not_over(today), user=user_id)
        .select_related("unit")
        .order_by("unit__code", "pk")
        .select_for_update(no_key=True, of=("self",))
    )
    if any(grant.role == Role.ADMINISTRATOR for grant in ending):
        check_not_last([grant.pk for grant in ending], today)
    for grant in ending:
        begun = grant.valid_from is None or grant.valid_from <= today
        last_day = today if begun else grant.valid_from - timedelta(days=1)  # type: ignore[operator]  # not begun
        Grant.objects.filter(pk=grant.pk).update(valid_to=last_day)
        facts: dict[str, object] = {"unit": grant.unit_id, "role": grant.role, "last_day": last_day}
        _tell(grant.unit.code, "officer.role_ended", user_id, facts, officer.user_id or None, at)
    chain = ending[0].unit.code if ending else _last_chain(user_id)
    _close(user_id, chain, officer.user_id or None, at)


@transaction.atomic
def reopen(officer: Officer, user_id: int, at: datetime) -> str:
    """An account that was closed, or is about to, opens with a new password; roles are given anew. Raises StaffRefused."""
    authority.check_keeps(officer, user_id)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.is_active and user.closes_on is None:
        raise StaffRefused(_("Tài khoản này đang mở."))
    user.is_active, user.closes_on = True, None
    user.save(update_fields=["is_active", "closes_on"])
    _tell(_last_chain(user_id), "officer.account_reopened", user_id, {}, officer.user_id or None, at)
    return passwords.set_temporary(user)


def _last_chain(user_id: int) -> str:
    """The chain of the unit in which somebody had his last role."""
    codes = Grant.objects.filter(user=user_id).order_by("-pk").values_list("unit__code", flat=True)
    return codes.first() or PUBLIC_CHAIN


def _close(user_id: int, chain: str, actor_id: int | None, at: datetime) -> None:
    if User.objects.filter(pk=user_id, is_active=True).update(is_active=False):
        _tell(chain, "officer.account_closed", user_id, {}, actor_id, at)


def _tell(
    chain: str, kind: str, user_id: int, facts: dict[str, object], actor_id: int | None, at: datetime
) -> None:
    journal.record(chain=chain, kind=kind, subject=f"user:{user_id}", facts=facts, actor_id=actor_id, at=at)


def _new_user(username: str, full_name: str, title: str, secret: str) -> User:
    user = User(username=username.strip().lower(), full_name=full_name, title=title)
    try:
        validate_password(secret, user)
    except ValidationError as error:
        raise OfficerRefused(" ".join(error.messages)) from error
    user.set_password(secret)
    user.save()
    return user
