"""A procedure is repealed (bãi bỏ): by a decision, with a last day. What runs keeps its version and goes on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.actions.issue import locked, newest
from motcua.catalog.errors import DraftRefused
from motcua.catalog.models import ChangeKind, ProcedureVersion
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.officer import Officer
from motcua.ui.formats import vn_date


@dataclass(frozen=True, slots=True)
class Repeal:
    """By which decision, and the last day on which it is received."""

    decision: str
    last_day: date


@transaction.atomic
def repeal(officer: Officer, procedure_id: int, asked: Repeal, at: datetime) -> ProcedureVersion:
    """End a procedure. Raises ProcedureUnknown, DraftRefused with the field."""
    procedure = locked(procedure_id)
    version = _repealable(newest(procedure.pk), timezone.localdate(at))
    decision = asked.decision.strip()
    if not decision:
        raise DraftRefused(_("Hãy ghi số quyết định bãi bỏ."), field="decision")
    _check_last_day(version, asked.last_day, timezone.localdate(at))
    by_id = officer.user_id or None
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.repealed",
        subject=f"procedure:{procedure.pk}",
        facts={
            "code": procedure.code,
            "version": version.pk,
            "number": version.number,
            "decision": decision,
            "valid_to": asked.last_day,
        },
        actor_id=by_id,
        at=at,
    )
    version.valid_to, version.repeal_decision = asked.last_day, decision
    version.save(update_fields=["valid_to", "repeal_decision"])
    changes.note(ChangeKind.REPEALED, version, at, by_id=by_id, decision=decision)
    return version


def _repealable(version: ProcedureVersion | None, today: date) -> ProcedureVersion:
    """The version that a repeal ends: the last one published, if it is in force."""
    if version is None:
        raise DraftRefused(_("Thủ tục này chưa công bố nên không có gì để bãi bỏ."))
    if version.valid_from is not None and version.valid_from > today:
        told = {"number": version.number, "day": vn_date(version.valid_from)}
        raise DraftRefused(_("Bản số %(number)d chưa có hiệu lực (từ %(day)s) nên chưa bãi bỏ được.") % told)
    if version.repeal_decision:
        told = {"decision": version.repeal_decision, "day": vn_date(version.valid_to)}
        raise DraftRefused(_("Thủ tục này đã bãi bỏ theo %(decision)s, đến hết %(day)s.") % told)
    if version.valid_to is not None and version.valid_to < today:
        raise DraftRefused(
            _("Thủ tục này đã hết hiệu lực từ sau %(day)s.") % {"day": vn_date(version.valid_to)}
        )
    return version


def _check_last_day(version: ProcedureVersion, last_day: date, today: date) -> None:
    if last_day < today:
        raise DraftRefused(_("Ngày cuối phải từ hôm nay trở đi."), field="last_day")
    if version.valid_to is not None and last_day > version.valid_to:
        raise DraftRefused(
            _("Bản này chỉ có hiệu lực đến %(day)s; ngày cuối không được sau ngày đó.")
            % {"day": vn_date(version.valid_to)},
            field="last_day",
        )
