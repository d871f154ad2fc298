"""Accounts of officers, and the roles they hold."""

from collections.abc import Callable, Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.people.errors import OfficerRefused
from motcua.people.models import Field, Grant, Role, User
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
    grant, _made = Grant.objects.get_or_create(user=user, unit=unit, role=role, valid_to=None)
    grant.fields.add(*known)
    journal.record(
        chain=unit.code,
        kind="officer.granted",
        subject=f"user:{user.pk}",
        facts={"role": role, "unit": unit.pk, "fields": sorted(field.pk for field in known)},
        actor_id=None,
        at=timezone.now(),
    )
    return user


def _new_user(username: str, full_name: str, title: str, secret: str) -> User:
    user = User(username=username.strip().lower(), full_name=full_name, title=title)
    try:
        validate_password(secret, user)
    except ValidationError as error:
        raise OfficerRefused(" ".join(error.messages)) from error
    user.set_password(secret)
    user.save()
    return user
