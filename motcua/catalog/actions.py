"""Changing what is published of a procedure: always as a new version, never in the old one."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.errors import ProcedureUnknown
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.load_fees import save_fees, saved_fees
from motcua.catalog.models import ChangeKind, PaperRequirement, Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.catalog.routes import make_route
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.officer import Officer
from motcua.rules.limits import Limit

M = TypeVar("M", bound=Model)


@transaction.atomic
def set_limit(officer: Officer, procedure_id: int, limit: Limit, note: str, at: datetime) -> ProcedureVersion:
    """Publish a procedure's time limit at an administrator's word, confirmed; `note` says by which decision.

    Makes a new version with the same papers and the template's route; running dossiers keep theirs. What is
    published already is left alone. Raises ProcedureUnknown.
    """
    procedure, old = _in_force(procedure_id)
    facts = {"limit": str(limit), "limit_confirmed": True, "limit_note": note.strip()}
    if all(getattr(old, name) == value for name, value in facts.items()):
        return old
    new = _next_version(officer, old, facts, at)
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.limit_set",
        subject=f"procedure:{procedure.pk}",
        facts={
            "code": procedure.code,
            "version": new.pk,
            "was": old.limit,
            "was_confirmed": old.limit_confirmed,
        }
        | facts,
        actor_id=officer.user_id or None,
        at=at,
    )
    changes.note(ChangeKind.REPLACED, new, at, by_id=officer.user_id or None, decision=note)
    return new


@transaction.atomic
def set_fees(
    officer: Officer, procedure_id: int, fees: tuple[FeeText, ...], decision: str, at: datetime
) -> ProcedureVersion:
    """Publish a procedure's fees at an administrator's word (R33); `decision` says by which decision, none: free.

    A new version, as with set_limit. Raises ProcedureUnknown.
    """
    procedure, old = _in_force(procedure_id)
    facts: dict[str, object] = {
        "fee_state": str(FeeState.LISTED if fees else FeeState.FREE),
        "fee_note": "",
        "fee_decision": decision.strip(),
    }
    if all(getattr(old, name) == value for name, value in facts.items()) and saved_fees(old) == fees:
        return old
    new = _next_version(officer, old, facts, at, fees=fees)
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.fees_set",
        subject=f"procedure:{procedure.pk}",
        facts={
            "code": procedure.code,
            "version": new.pk,
            "decision": decision.strip(),
            "was": [fee.price_label for fee in old.fees.order_by("position")],
            "fees": [fee.price_label for fee in new.fees.order_by("position")],
        },
        actor_id=officer.user_id or None,
        at=at,
    )
    changes.note(ChangeKind.REPLACED, new, at, by_id=officer.user_id or None, decision=decision)
    return new


def _in_force(procedure_id: int) -> tuple[Procedure, ProcedureVersion]:
    """Two administrators at once: the second meets the first one's version, not the one on the page."""
    procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
    old = current().filter(procedure=procedure).first() if procedure else None
    if procedure is None or old is None:
        raise ProcedureUnknown(_("Thủ tục này không còn hiệu lực. Tải lại trang."))
    return procedure, old


def _next_version(
    officer: Officer,
    old: ProcedureVersion,
    facts: dict[str, object],
    at: datetime,
    *,
    fees: tuple[FeeText, ...] | None = None,
) -> ProcedureVersion:
    """The version after this one: the same but for `facts`, and `fees` where they are what changes."""
    today = timezone.localdate(at)
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=today)
    published = {"published_at": at, "published_by_id": officer.user_id or None}
    new = _copy(old, **facts, **published, number=(old.number or 0) + 1, valid_from=today, valid_to=None)
    new.save(force_insert=True)
    papers = [_copy(paper, version_id=new.pk) for paper in old.papers.order_by("position")]
    PaperRequirement.objects.bulk_create(papers)
    make_route(new)
    save_fees(new, saved_fees(old) if fees is None else fees)
    return new


def _copy(row: M, **changes: object) -> M:
    """The same row as a new one, not saved yet."""
    columns = [column.attname for column in row._meta.concrete_fields if not column.primary_key]  # noqa: SLF001
    return type(row)(**({name: getattr(row, name) for name in columns} | changes))
