"""One fact of what is published, set at an administrator's word: its limit, or its fees."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.catalog import changes
from motcua.catalog.actions.issue import Term, in_force, issue_content, locked
from motcua.catalog.content import Content, content_of
from motcua.catalog.digest import digests
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.load_fees import saved_fees
from motcua.catalog.models import ChangeKind, ProcedureVersion
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.officer import Officer
from motcua.rules.limits import Limit


@transaction.atomic
def set_limit(officer: Officer, procedure_id: int, limit: Limit, note: str, at: datetime) -> ProcedureVersion:
    """Publish a procedure's time limit at an administrator's word, confirmed; `note` says by which decision.

    Makes a new version with the same papers and the template's route; running dossiers keep theirs. What is
    published already is left alone. Raises ProcedureUnknown, and DraftRefused while another version waits for its day.
    """
    old = in_force(locked(procedure_id))
    facts = {"limit": str(limit), "limit_confirmed": True, "limit_note": note.strip()}
    if all(getattr(old, name) == value for name, value in facts.items()):
        return old
    new = _next_version(officer, old, content_of(old).saying(**facts), at)
    was = {"was": old.limit, "was_confirmed": old.limit_confirmed}
    _record(officer, "catalog.limit_set", new, was | facts, note, at)
    return new


@transaction.atomic
def set_fees(
    officer: Officer, procedure_id: int, fees: tuple[FeeText, ...], decision: str, at: datetime
) -> ProcedureVersion:
    """Publish a procedure's fees at an administrator's word (R33); `decision` says by which decision, none: free.

    A new version, as with set_limit. Raises ProcedureUnknown and DraftRefused.
    """
    old = in_force(locked(procedure_id))
    facts: dict[str, object] = {
        "fee_state": str(FeeState.LISTED if fees else FeeState.FREE),
        "fee_note": "",
        "fee_decision": decision.strip(),
    }
    if all(getattr(old, name) == value for name, value in facts.items()) and saved_fees(old) == fees:
        return old
    new = _next_version(officer, old, replace(content_of(old).saying(**facts), fees=fees), at)
    told: dict[str, object] = {
        "decision": decision.strip(),
        "was": [fee.price_label for fee in old.fees.order_by("position")],
        "fees": [fee.price_label for fee in new.fees.order_by("position")],
    }
    _record(officer, "catalog.fees_set", new, told, decision, at)
    return new


def _next_version(
    officer: Officer, old: ProcedureVersion, content: Content, at: datetime
) -> ProcedureVersion:
    term = Term(timezone.localdate(at), number=old.decision_number, day=old.decision_date)
    return issue_content(old.procedure, content, term, at, by_id=officer.user_id or None)


def _record(
    officer: Officer, kind: str, new: ProcedureVersion, facts: dict[str, object], decision: str, at: datetime
) -> None:
    by_id = officer.user_id or None
    journal.record(
        chain=PUBLIC_CHAIN,
        kind=kind,
        subject=f"procedure:{new.procedure_id}",
        facts={"code": new.procedure.code, "version": new.pk, "digests": digests([new])} | facts,
        actor_id=by_id,
        at=at,
    )
    changes.note(ChangeKind.REPLACED, new, at, by_id=by_id, decision=decision)
