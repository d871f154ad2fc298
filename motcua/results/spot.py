"""Answered on the spot: received, decided and handed over in one act at the counter (NĐ 61/2018 Đ.17.4-5, R05).

The decision is the leader's. At the counter it is made by a leader who receives too, or by an officer of the desk with
the leader's written authorisation for that procedure; such an officer acts with the leader's role for this one act.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act, Reception
from motcua.dossiers.actions.counter import is_at_once
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier
from motcua.journal import actions as journal
from motcua.people import queries as people
from motcua.people.models import Role, Unit
from motcua.people.officer import Held, Officer
from motcua.results.actions import Collected, ResultFacts, hand_over, record
from motcua.results.models import Authorisation


@dataclass(frozen=True, slots=True)
class Answer:
    """The result, who takes it with them, and whether they want the receipt that is not owed here."""

    result: ResultFacts
    collected: Collected
    wants_receipt: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """By what right an officer decides at the counter; no authorisation: as the leader himself."""

    authorisation: Authorisation | None = None

    @property
    def words(self) -> str:
        """What the move says of it; nothing for a leader."""
        given = self.authorisation
        if given is None:
            return ""
        return _("Giải quyết theo ủy quyền %(decision)s, đến hết %(day)s.") % {
            "decision": given.decision,
            "day": f"{given.valid_to:%d/%m/%Y}",
        }


def in_force(unit_id: int, day: date) -> QuerySet[Authorisation]:
    return Authorisation.objects.filter(unit=unit_id, withdrawn_at=None, valid_to__gte=day)


def authority(officer: Officer, unit_id: int, version_id: int, day: date) -> Authority | None:
    """By what right this officer answers this procedure at the counter on a day; None: by none."""
    version = catalog.current().filter(pk=version_id).first()
    if version is None or not is_at_once(version.limit):
        return None
    if Role.LEADER in officer.roles_in(unit_id):
        return Authority()
    given = in_force(unit_id, day).filter(officer=officer.user_id, procedure=version.procedure_id).first()
    return Authority(given) if given else None


@transaction.atomic
def on_the_spot(act: Act, unit_id: int, reception: Reception, answer: Answer) -> Dossier:
    """Receive a dossier, issue its result and hand it over, all or nothing.

    Raises NotAllowed (no right to decide, or not a procedure of one day), and what its three acts raise.
    """
    right = authority(act.officer, unit_id, reception.version_id, local(act.at).date())
    if right is None:
        raise NotAllowed(
            _(
                "Bạn chưa được lãnh đạo ủy quyền giải quyết thủ tục này tại quầy. Tiếp nhận rồi chuyển như thường."
            )
        )
    received = replace(reception, forward=False, is_receipt_owed=answer.wants_receipt)
    dossier = dossiers.receive(act, unit_id, received)
    deciding = Act(_with_the_leaders_role(act.officer, dossier.unit), act.at)
    dossier = record(deciding, dossier, answer.result, words=right.words)
    return hand_over(Act(act.officer, act.at), dossier, answer.collected)


def _with_the_leaders_role(officer: Officer, unit: Unit) -> Officer:
    held = Held(Role.LEADER, unit.pk, unit.code, unit.name, unit.path)
    return Officer(officer.user_id, officer.full_name, (*officer.held, held))


# -- the leader's authorisations ----------------------------------------------------------------
@transaction.atomic
def authorise(
    act: Act, unit_id: int, *, officer_id: int, version_id: int, decision: str, valid_to: date
) -> Authorisation:
    """Let an officer of the desk answer a procedure on the spot until a day; one given before is replaced.

    Raises NotAllowed (not the leader), Incomplete (nobody of the desk, another kind of procedure, no number, past).
    """
    _check_leader(act, unit_id)
    version = catalog.offered(unit_id).filter(pk=version_id).first()
    if version is None or not is_at_once(version.limit):
        raise Incomplete(
            _("Chọn thủ tục giải quyết ngay hoặc trong ngày, trong danh mục của đơn vị."), field="procedure"
        )
    if officer_id not in {user.pk for user in people.holders(unit_id, Role.CLERK)}:
        raise Incomplete(_("Chọn công chức tiếp nhận của đơn vị."), field="officer")
    if not decision.strip():
        raise Incomplete(_("Hãy ghi số văn bản ủy quyền."), field="decision")
    if valid_to < local(act.at).date():
        raise Incomplete(_("Ngày hết hiệu lực đã qua."), field="valid_to")
    before = Authorisation.objects.select_for_update().filter(
        unit=unit_id, officer=officer_id, procedure=version.procedure_id, withdrawn_at=None
    )
    for one in before:
        _end(act, one)
    given = Authorisation.objects.create(
        unit_id=unit_id,
        officer_id=officer_id,
        procedure_id=version.procedure_id,
        decision=decision.strip(),
        valid_to=valid_to,
        given_by_id=act.officer.user_id,
        given_at=act.at,
    )
    _tell(act, "authorisation.given", given)
    return given


@transaction.atomic
def withdraw(act: Act, unit_id: int, authorisation_id: int) -> None:
    """End an authorisation now; one that has ended already is left alone. Raises NotAllowed."""
    _check_leader(act, unit_id)
    found = Authorisation.objects.select_for_update().filter(
        pk=authorisation_id, unit=unit_id, withdrawn_at=None
    )
    for one in found:
        _end(act, one)


def _check_leader(act: Act, unit_id: int) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=unit_id)  # one leader's decision after another's
    if Role.LEADER not in act.officer.roles_in(unit_id):
        raise NotAllowed(_("Chỉ lãnh đạo đơn vị mới ủy quyền được."))


def _end(act: Act, given: Authorisation) -> None:
    given.withdrawn_at = act.at
    given.save(update_fields=["withdrawn_at"])
    _tell(act, "authorisation.withdrawn", given)


def _tell(act: Act, kind: str, given: Authorisation) -> None:
    journal.record(
        chain=given.unit.code,
        kind=kind,
        subject=f"authorisation:{given.pk}",
        facts={
            "officer": given.officer_id,
            "procedure": given.procedure_id,
            "decision": given.decision,
            "valid_to": given.valid_to,
        },
        actor_id=act.officer.user_id,
        at=act.at,
    )
