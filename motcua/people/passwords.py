"""Passwords that somebody else gives: shown once, good for one log-in, then the officer chooses his own."""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people import authority
from motcua.people.errors import StaffRefused
from motcua.people.models import Unit, User
from motcua.people.officer import Officer

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that can be mistaken when it is read out or copied from paper: no i, l, o, 0, 1."""
_GROUPS, _GROUP = 3, 4


def new_secret() -> str:
    """Twelve characters in groups of four, such as `kbmt-27hx-rwqe`: 59 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _letter in range(_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


@transaction.atomic
def give(officer: Officer, user_id: int, unit: Unit, at: datetime) -> str:
    """A new password for somebody's account, which logs him out everywhere; recorded in the unit's chain without it.

    Raises StaffRefused for an account that is not the officer's to keep, or is closed.
    """
    authority.check_keeps(officer, user_id)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not user.is_active:
        raise StaffRefused(_("Tài khoản này đã đóng. Mở lại trước khi cấp mật khẩu."))
    secret = set_temporary(user)
    journal.record(
        chain=unit.code,
        kind="officer.password_given",
        subject=f"user:{user.pk}",
        facts={"unit": unit.pk},
        actor_id=officer.user_id or None,
        at=at,
    )
    return secret


def set_temporary(user: User) -> str:
    """Give an account a password that must be changed at the first log-in; in the caller's transaction."""
    secret = new_secret()
    user.password, user.must_change_password = make_password(secret), True
    user.save(update_fields=["password", "must_change_password"])
    return secret


def chosen(user_id: int) -> None:
    """The officer has a password of his own choice."""
    User.objects.filter(pk=user_id).update(must_change_password=False)
