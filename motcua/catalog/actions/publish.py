"""A draft becomes what holds: numbered, by a decision, from a day on (R50)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import changes
from motcua.catalog.actions.drafts import locked_draft
from motcua.catalog.actions.issue import Term, issue, newest
from motcua.catalog.checks import lacking
from motcua.catalog.content import content_of
from motcua.catalog.digest import digests
from motcua.catalog.errors import DraftRefused, DraftStale
from motcua.catalog.models import ChangeKind, ProcedureVersion
from motcua.journal import actions as journal
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.officer import Officer


@dataclass(frozen=True, slots=True)
class Decision:
    """By which decision, of which day, and in force from when; `ends`: the last day, where one is known already."""

    number: str
    day: date
    starts: date
    ends: date | None = None


@transaction.atomic
def publish(
    officer: Officer,
    procedure_id: int,
    decision: Decision,
    at: datetime,
    *,
    revision: int,
    after: int | None,
) -> ProcedureVersion:
    """Publish the draft of which the page showed `revision`, beside the version `after` (None: there was none).

    Units have it from that moment; dossiers that run keep their version. From a day to come nobody presses a button on
    that day. Raises ProcedureUnknown, DraftStale, DraftRefused with the field.
    """
    draft = locked_draft(procedure_id, revision)
    old = newest(procedure_id)
    if (old.pk if old else None) != after:
        raise DraftStale(_("Đã có bản mới được công bố sau khi bạn mở trang. Xem lại khác biệt rồi công bố."))
    content = content_of(draft)
    for fault in lacking(content):
        raise DraftRefused(fault.words, field=fault.field)
    term = _term(decision, timezone.localdate(at))
    by_id = officer.user_id or None
    new = issue(draft, term, at, by_id=by_id)
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="catalog.published",
        subject=f"procedure:{new.procedure_id}",
        facts={
            "code": new.procedure.code,
            "version": new.pk,
            "number": new.number,
            "after": after,
            "decision": term.number,
            "decision_date": term.day,
            "valid_from": term.starts,
            "valid_to": term.ends,
            "limit": new.limit,
            "digests": digests([new]),
        },
        actor_id=by_id,
        at=at,
    )
    kind = ChangeKind.REPLACED if old else ChangeKind.PUBLISHED
    changes.note(kind, new, at, by_id=by_id, decision=term.number)
    return new


def _term(decision: Decision, today: date) -> Term:
    number = decision.number.strip()
    if not number:
        raise DraftRefused(_("Hãy ghi số quyết định công bố."), field="number")
    check_decision_day(decision.day, today)
    if decision.starts < decision.day:
        raise DraftRefused(_("Ngày có hiệu lực không được trước ngày quyết định."), field="starts")
    return Term(decision.starts, decision.ends, number, decision.day)


def check_decision_day(day: date, today: date) -> None:
    """Raises DraftRefused: what has not been decided yet cannot be published."""
    if day > today:
        raise DraftRefused(
            _("Ngày quyết định ở tương lai: quyết định chưa ký thì chưa công bố được."), field="day"
        )
