"""Where signals begin: the rules' own measure until the province sets another, with its basis and on record (R27)."""

import secrets
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.journal.chain import digest
from motcua.oversight.errors import SignalRefused
from motcua.oversight.models import ThresholdSetting
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Role
from motcua.people.officer import Officer
from motcua.rules.signals import BOUNDS, USUAL, Thresholds, out_of_bounds


def in_force() -> Thresholds:
    """One query."""
    row = latest()
    return USUAL if row is None else _of(row)


def latest() -> ThresholdSetting | None:
    return ThresholdSetting.objects.select_related("set_by").order_by("-id").first()


def _of(row: ThresholdSetting) -> Thresholds:
    return Thresholds(**{name: getattr(row, name) for name in BOUNDS})


@transaction.atomic
def set_thresholds(officer: Officer, wanted: Thresholds, basis: str, at: datetime) -> ThresholdSetting | None:
    """From now on signals begin there; what was noticed stays. None: it is so already.

    Raises SignalRefused (not an administrator, no basis, a number that would blind a rule).
    """
    if not officer.has(Role.ADMINISTRATOR):
        raise SignalRefused(_("Chỉ quản trị tỉnh mới đặt được ngưỡng của dấu hiệu."))
    if not basis.strip():
        raise SignalRefused(_("Hãy ghi căn cứ hoặc lý do thay đổi."))
    if out_of_bounds(wanted):
        raise SignalRefused(_("Có ngưỡng nằm ngoài khoảng cho phép."))
    if wanted == in_force():
        return None
    values = {name: value for name, value in asdict(wanted).items() if name in BOUNDS}
    row = ThresholdSetting.objects.create(
        **values, basis=basis.strip(), salt=secrets.token_hex(16), set_by_id=officer.user_id, set_at=at
    )
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="signals.thresholds_set",
        subject=f"thresholds:{row.pk}",
        facts=values | {"basis": digest(row.salt, row.basis)},
        actor_id=officer.user_id,
        at=at,
    )
    return row
