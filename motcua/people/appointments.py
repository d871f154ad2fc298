"""Roles given to officers from a day on, and the accounts that go with them. Recorded in the chain of the unit."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority, passwords
from motcua.people.errors import StaffRefused
from motcua.people.models import Field, Grant, Role, Unit, User
from motcua.people.officer import Officer
from motcua.people.queries import in_force, not_over
from motcua.rules.text import unaccent

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Account:
    """Who gets a role: an account that is there, or a new one."""

    username: str
    full_name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role with its fields of work, from a day on."""

    role: Role
    field_ids: frozenset[int] = frozenset()
    valid_from: date | None = None


@transaction.atomic
def appoint(
    officer: Officer, unit: Unit, account: Account, what: Appointment, at: datetime
) -> tuple[User, str]:
    """Give a role to the account of that name, and make it first if there is none; then with a password to hand over.

    Raises StaffRefused: not the officer's to give, a name that belongs to somebody else, or as `grant_role`.
    """
    user = User.objects.filter(username=account.username.strip().lower()).first()
    authority.check_grants(officer, what.role, unit, user.pk if user else None)
    if user is not None:
        if not is_same_name(user.full_name, account.full_name):
            raise StaffRefused(
                _("Tên đăng nhập này đã có và thuộc một người tên khác. Chọn tên đăng nhập khác."),
                field="username",
            )
        grant_role(officer, user.pk, unit, what, at)
        return user, ""
    user = open_account(officer, unit, account, at)
    secret = passwords.set_temporary(user)
    grant_role(officer, user.pk, unit, what, at)
    return user, secret


def open_account(officer: Officer, unit: Unit, account: Account, at: datetime) -> User:
    """An account without a password. Raises StaffRefused for a name that no account can have."""
    if wrong := wrong_username(account.username):
        raise StaffRefused(wrong, field="username")
    name = " ".join(account.full_name.split())
    if not name:
        raise StaffRefused(_("Hãy nhập họ và tên."), field="full_name")
    user = User(username=account.username.strip().lower(), full_name=name, title=account.title.strip())
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise StaffRefused(
            _("Tên đăng nhập này vừa được người khác tạo. Tải lại trang."), field="username"
        ) from error
    tell(officer, "officer.added", unit, user.pk, {}, at)
    return user


def wrong_username(username: str) -> str:
    """What is wrong with a name for an account, in words; empty: nothing."""
    if USERNAME.fullmatch(username.strip().lower()):
        return ""
    return _(
        "Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch; ví dụ tiepnhan.phuocvinh."
    )


def is_same_name(one: str, other: str) -> bool:
    return unaccent(one) == unaccent(other)


@transaction.atomic
def grant_role(officer: Officer, user_id: int, unit: Unit, what: Appointment, at: datetime) -> Grant:
    """A role from a day on; a specialist who has it already gets the fields beside his own.

    Raises StaffRefused: not the officer's to give, to himself, a specialist without a field, a day in the past, a role
    that is held already, a closed account, a unit that has ended.
    """
    authority.check_grants(officer, what.role, unit, user_id)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    _check_fields(what)
    first = _first_day(what, timezone.localdate(at))
    if not user.is_active or (user.closes_on is not None and user.closes_on < first):
        raise StaffRefused(_("Tài khoản này đã đóng hoặc sắp đóng. Mở lại trước khi trao vai trò."))
    if unit.valid_to is not None and unit.valid_to < first:
        raise StaffRefused(_("Đơn vị này đã kết thúc hoạt động, không trao vai trò được nữa."))
    held = Grant.objects.filter(not_over(first), user=user, unit=unit, role=what.role).first()
    if held is None:
        begins = what.valid_from if what.valid_from and what.valid_from > timezone.localdate(at) else None
        grant = Grant.objects.create(
            user=user, unit=unit, role=what.role, valid_from=begins or timezone.localdate(at)
        )
    else:
        grant = _widened(held, what, first)
    grant.fields.add(*what.field_ids)
    facts = {"role": what.role, "fields": sorted(what.field_ids), "from": grant.valid_from}
    tell(officer, "officer.granted", unit, user.pk, facts, at)
    return grant


def _widened(held: Grant, what: Appointment, first: date) -> Grant:
    """A specialist's role that is held, for more fields."""
    if held.valid_to is not None:
        raise StaffRefused(
            _("Người này còn giữ vai trò ấy đến hết %(day)s. Chọn ngày sau đó.")
            % {"day": f"{held.valid_to:%d/%m/%Y}"},
            field="valid_from",
        )
    has = set(held.fields.values_list("pk", flat=True))
    if what.field_ids <= has:
        raise StaffRefused(_("Người này đã có vai trò ấy ở đơn vị."), field="role")
    if held.valid_from is not None and held.valid_from > first:
        raise StaffRefused(
            _("Vai trò ấy bắt đầu từ %(day)s; kết thúc nó trước khi trao lại sớm hơn.")
            % {"day": f"{held.valid_from:%d/%m/%Y}"},
            field="valid_from",
        )
    return held


def _check_fields(what: Appointment) -> None:
    known = Field.objects.filter(pk__in=what.field_ids, group=None).count()
    if known != len(what.field_ids):
        raise StaffRefused(_("Có lĩnh vực không còn trong danh mục. Chọn lại."), field="fields")
    if what.role == Role.SPECIALIST and not what.field_ids:
        raise StaffRefused(_("Công chức chuyên môn phụ trách ít nhất một lĩnh vực."), field="fields")
    if what.role != Role.SPECIALIST and what.field_ids:
        raise StaffRefused(_("Chỉ công chức chuyên môn mới có lĩnh vực."), field="fields")


def _first_day(what: Appointment, today: date) -> date:
    first = what.valid_from or today
    if first < today:
        raise StaffRefused(_("Vai trò bắt đầu sớm nhất từ hôm nay."), field="valid_from")
    if first > today + FAR:
        raise StaffRefused(_("Ngày này quá xa. Kiểm tra lại năm."), field="valid_from")
    return first


def replace_fields(officer: Officer, grant: Grant, field_ids: frozenset[int], at: datetime) -> None:
    """Other fields for a specialist. Only `dossiers.endings` calls it, which sees that no dossier is left behind."""
    authority.check_grants(officer, grant.role, grant.unit, grant.user_id)
    _check_fields(Appointment(Role(grant.role), field_ids))
    before = sorted(grant.fields.values_list("pk", flat=True))
    if set(before) == field_ids:
        return
    grant.fields.set(field_ids)
    facts = {"role": grant.role, "fields": sorted(field_ids), "before": before}
    tell(officer, "officer.fields_changed", grant.unit, grant.user_id, facts, at)


def end_grant(officer: Officer, grant: Grant, last_day: date, at: datetime) -> None:
    """A role ends after a day; one that has not begun never begins. Only `dossiers.endings` calls it, as above.

    Raises StaffRefused: not the officer's to end, a day in the past, over already, or the province's last administrator.
    """
    authority.check_grants(officer, grant.role, grant.unit, grant.user_id)
    today = timezone.localdate(at)
    if grant.valid_to is not None and grant.valid_to < today:
        raise StaffRefused(_("Vai trò này đã kết thúc. Tải lại trang."))
    if last_day < today:
        raise StaffRefused(_("Ngày cuối không thể ở trong quá khứ."), field="last_day")
    if last_day > today + FAR:
        raise StaffRefused(_("Ngày này quá xa. Kiểm tra lại năm."), field="last_day")
    if grant.role == Role.ADMINISTRATOR:
        check_not_last([grant.pk], last_day)
    if grant.valid_from is not None and grant.valid_from > last_day:
        last_day = grant.valid_from - timedelta(days=1)
    Grant.objects.filter(pk=grant.pk).update(valid_to=last_day)
    facts = {"role": grant.role, "last_day": last_day}
    tell(officer, "officer.role_ended", grant.unit, grant.user_id, facts, at)


def lock_administrators() -> None:
    """Hold the roles of all who administer the province until the end of the transaction, always in the same order and
    before any other role: so two who end each other wait, and the second sees what the first did.
    """
    held = Grant.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk", flat=True))


def check_not_last(ending: Collection[int], last_day: date) -> None:
    """Somebody must still administer the province after a day; asked with `lock_administrators`. Raises StaffRefused."""
    after = last_day + timedelta(days=1)
    stay = Grant.objects.filter(
        in_force(after), role=Role.ADMINISTRATOR, valid_to=None, user__is_active=True, user__closes_on=None
    )
    if not stay.exclude(pk__in=ending).exists():
        raise StaffRefused(
            _("Đây là quản trị tỉnh cuối cùng: trao vai trò này cho người khác trước."), field="last_day"
        )


@transaction.atomic
def describe_officer(officer: Officer, user_id: int, unit: Unit, facts: dict[str, str], at: datetime) -> None:
    """Title and telephone; the name, only by the province's administrator: it stands under what was signed.

    Recorded without the words: what was changed, not to what. Raises StaffRefused.
    """
    authority.check_keeps(officer, user_id)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    new = {name: " ".join(value.split()) for name, value in facts.items()}
    changed = sorted(name for name, value in new.items() if getattr(user, name) != value)
    if "full_name" in changed:
        if not authority.is_provinces(officer, unit):
            raise StaffRefused(_("Họ và tên do quản trị tỉnh sửa."), field="full_name")
        if not new["full_name"]:
            raise StaffRefused(_("Hãy nhập họ và tên."), field="full_name")
    if not changed:
        return
    for name in changed:
        setattr(user, name, new[name])
    user.save(update_fields=changed)
    tell(officer, "officer.described", unit, user_id, {"changed": changed}, at)


def tell(
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
