"""At the counter, before anything is received: what is missing (Mẫu 02), or why not at all (Mẫu 03). No code, no clock.

Mending before reception is another thing than a supplement after it (NĐ 61/2018 Đ.17.1): nothing of it is counted
against the citizen, and the paper says in full what to bring.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.receive import Applicant, check_there
from motcua.dossiers.actions.supplement import Wanted, listed_papers
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import MissingPaper, TurnedAway
from motcua.dossiers.numbers import next_number
from motcua.journal import actions as journal
from motcua.people.models import Role, Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it could not be received."""

    version_id: int
    kind: TurnedAway.Kind
    applicant: Applicant
    reason: str
    missing: tuple[Wanted, ...] = ()
    is_simulated: bool = False


@transaction.atomic
def turn_away(act: Act, unit_id: int, refusal: Refusal) -> TurnedAway:
    """Write down what was missing or why it was refused; the paper follows from the entry.

    Raises NotAllowed, NotReady (not on the unit's list), Incomplete (no reason, papers beside the list).
    """
    unit = Unit.objects.get(pk=unit_id)
    if Role.CLERK not in act.officer.roles_in(unit_id):
        raise NotAllowed(_("Chỉ công chức tiếp nhận của đơn vị mới lập được phiếu này."))
    check_there(unit, act.at)
    version = catalog.offered_version(unit_id, refusal.version_id)
    _check(version.pk, refusal)
    year = local(act.at).year
    applicant = refusal.applicant
    row = TurnedAway.objects.create(
        unit=unit,
        year=year,
        number=next_number(unit_id, f"tra-{year}"),
        kind=refusal.kind,
        version=version,
        applicant_name=applicant.full_name.strip(),
        applicant_address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
        reason=refusal.reason.strip(),
        by_id=act.officer.user_id,
        at=act.at,
        is_simulated=refusal.is_simulated,
    )
    MissingPaper.objects.bulk_create(
        MissingPaper(turned_away=row, requirement_id=one.requirement_id, reason=one.reason.strip())
        for one in refusal.missing
    )
    journal.record(
        chain=unit.code,
        kind="reception.turned_away",
        subject=f"turned_away:{row.pk}",
        facts={
            "kind": row.kind,
            "version": version.pk,
            "number": [row.year, row.number],
            "missing": sorted(one.requirement_id for one in refusal.missing),
        },
        actor_id=act.officer.user_id,
        at=act.at,
    )
    return row


def _check(version_id: int, refusal: Refusal) -> None:
    if not refusal.applicant.full_name.strip():
        raise Incomplete(_("Hãy ghi họ tên người nộp hồ sơ."), field="full_name")
    if not refusal.reason.strip():
        raise Incomplete(_("Hãy ghi lý do, để người nộp biết phải làm gì."), field="reason")
    asked = [one.requirement_id for one in refusal.missing]
    listed = listed_papers(version_id)
    if not set(asked) <= listed or len(set(asked)) < len(asked):
        raise Incomplete(
            _("Chỉ được yêu cầu giấy tờ trong danh mục đã công bố, mỗi giấy tờ một lần."), field="papers"
        )
    if refusal.kind is TurnedAway.Kind.INCOMPLETE and listed and not asked:
        raise Incomplete(_("Chưa chọn giấy tờ nào còn thiếu."), field="papers")
