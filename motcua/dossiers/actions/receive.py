"""Reception at the desk: the dossier comes into the world, with its code, its number and its due time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.errors import NotReady
from motcua.catalog.models import ProcedureVersion, Route
from motcua.dossiers import whose
from motcua.dossiers.actions.act import Act, write
from motcua.dossiers.actions.presented import moment_of
from motcua.dossiers.actions.route import forward as forward_on
from motcua.dossiers.actions.scan import owed
from motcua.dossiers.actions.steps import NO_ROUTE, check_agencies, first_step, held, open_step
from motcua.dossiers.choices import Channel, ReturnMethod
from motcua.dossiers.clock import aware, explain, local
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier, ReceivedPaper
from motcua.dossiers.numbers import next_code, next_number
from motcua.files.models import StoredFile
from motcua.people import actions as people
from motcua.people.models import Person, Role, Unit
from motcua.people.succession import heir
from motcua.rules.text import unaccent
from motcua.rules.workflow import Action, State


@dataclass(frozen=True, slots=True)
class Applicant:
    full_name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperTick:
    """A paper of the published list that was handed in or shown: which, in which kind, how many."""

    requirement_id: int
    kind: str
    number: int
    scan: StoredFile | None = None
    """Its digital copy, where there is one already (R07)."""


@dataclass(frozen=True, slots=True)
class Reception:
    """All that the desk writes down. There is no due time among it: the clock is not the desk's."""

    version_id: int
    applicant: Applicant
    papers: tuple[PaperTick, ...] = ()
    submitter_name: str = ""
    channel: Channel = Channel.DIRECT
    return_method: ReturnMethod = ReturnMethod.DESK
    sets: int = 1
    note: str = ""
    forward: bool = True
    """Hand it on to the specialist at once (Đ.18: within the same working day)."""
    assignee_id: int | None = None
    presented_at: datetime | None = None
    """When it was handed in, if that was before it is entered; by post, when the hand-over minutes were signed
    (QĐ 45/2016/QĐ-TTg Đ.7.4). The clock, the code's day and the receipt count from it."""
    is_receipt_owed: bool = True
    """Not for what is answered on the spot, unless the person asks (Đ.17.4)."""
    is_simulated: bool = False


@transaction.atomic
def receive(act: Act, unit_id: int, reception: Reception) -> Dossier:
    """Receive a dossier at a unit's desk (NĐ 61/2018 Đ.17).

    Raises NotAllowed, NotReady (no limit or route published), Incomplete (papers beside the list).
    """
    unit = Unit.objects.get(pk=unit_id)
    if Role.CLERK not in act.officer.roles_in(unit_id):
        raise NotAllowed(_("Chỉ công chức tiếp nhận của đơn vị mới tiếp nhận được hồ sơ."))
    if not reception.applicant.full_name.strip():
        raise Incomplete(_("Hãy ghi họ tên người nộp hồ sơ."), field="full_name")
    version = catalog.offered_version(unit_id, reception.version_id)
    _check_papers(version, reception)
    dossier = _insert(act, unit, version, reception)
    _first_step(act, dossier, reception)
    if reception.forward:
        return forward_on(act, dossier, assignee_id=reception.assignee_id)
    return dossier


def _check_papers(version: ProcedureVersion, reception: Reception) -> None:
    """Only papers of the published list, each in one line and at least once (R02, Đ.5.1.đ)."""
    listed = {paper.pk for paper in version.papers.all() if not paper.is_note}
    ticked = {tick.requirement_id for tick in reception.papers}
    if not ticked <= listed:
        raise Incomplete(_("Có giấy tờ ngoài danh mục đã công bố."), field="papers")
    if listed and not ticked:
        raise Incomplete(_("Chưa đánh dấu giấy tờ nào. Đánh dấu giấy tờ đã nhận."), field="papers")
    if len(ticked) < len(reception.papers):
        raise Incomplete(_("Có giấy tờ được ghi hai lần."), field="papers")
    if any(tick.number < 1 for tick in reception.papers):
        raise Incomplete(_("Giấy tờ đã nhận phải có ít nhất 1 bản."), field="papers")


def _insert(act: Act, unit: Unit, version: ProcedureVersion, reception: Reception) -> Dossier:
    received_at = moment_of(act.at, reception.presented_at, version)
    check_there(unit, received_at)
    due = explain(version, unit, received_at)
    person = _applicant(reception)
    code = next_code(unit.pk, received_at)
    year = local(received_at).year
    applicant = reception.applicant
    return Dossier.objects.create(
        code=code,
        unit=unit,
        holder_unit=unit,
        version=version,
        route=_route(unit, version),
        field_id=version.field.group_id or version.field_id,
        register_year=year,
        register_number=next_number(unit.pk, str(year)),
        applicant=person,
        applicant_name=applicant.full_name,
        applicant_address=applicant.address,
        submitter_name=reception.submitter_name,
        phone=applicant.phone,
        email=applicant.email,
        search=unaccent(f"{applicant.full_name} {code}")[:200],
        channel=reception.channel,
        return_method=reception.return_method,
        sets=reception.sets,
        note=reception.note,
        limit=str(due.limit),
        received_at=received_at,
        counted_from=received_at,
        due_at=aware(due.due_at),
        state=State.PROCESSING,
        is_simulated=reception.is_simulated,
    )


def _route(unit: Unit, version: ProcedureVersion) -> Route:
    """The way in use here now; the dossier keeps it. Raises NotReady."""
    route = catalog.route_for(unit, version.pk)
    if route is None:
        raise NotReady(NO_ROUTE)
    return route


def check_there(unit: Unit, at: datetime) -> None:
    """Nobody is received at a desk that has closed for good, or does not exist yet. Raises NotAllowed."""
    day = local(at).date()
    if unit.valid_from is not None and day < unit.valid_from:
        raise NotAllowed(
            _("%(unit)s bắt đầu từ ngày %(day)s; hồ sơ nộp trước ngày đó thuộc đơn vị cũ.")
            % {"unit": unit.name, "day": f"{unit.valid_from:%d/%m/%Y}"}
        )
    if unit.valid_to is not None and day > unit.valid_to:
        goes_on = heir(unit, day)
        where = _("Nộp ở %(unit)s.") % {"unit": goes_on.name} if goes_on else ""
        words = _("%(unit)s đã kết thúc ngày %(day)s, không tiếp nhận nữa.") % {
            "unit": unit.name,
            "day": f"{unit.valid_to:%d/%m/%Y}",
        }
        raise NotAllowed(f"{words} {where}".strip())


def _applicant(reception: Reception) -> Person:
    facts = reception.applicant
    return people.remember_person(
        id_number=facts.id_number,
        full_name=facts.full_name,
        address=facts.address,
        phone=facts.phone,
        email=facts.email,
        is_simulated=reception.is_simulated,
    )


def _first_step(act: Act, dossier: Dossier, reception: Reception) -> None:
    papers = _papers(dossier, reception)
    step = open_step(dossier, first_step(dossier.route_id), dossier.received_at, None)
    facts = {
        "papers": [[tick.requirement_id, tick.kind, tick.number] for tick in reception.papers],
        "scans": [[tick.requirement_id, tick.scan.sha256] for tick in reception.papers if tick.scan],
        "receipt": reception.is_receipt_owed,
    }
    if step.leg:
        check_agencies(dossier)
    dossier.on_behalf_of = whose.on_behalf_of(act.officer, dossier, {Role.CLERK}, dossier.unit_id)
    changes = held(step) | {"local_due_at": step.leg.due_at if step.leg else None}
    changes["unscanned"] = owed(reception.channel, papers)
    write(act, dossier, Action.RECEIVE, to_step=step, facts=facts, **changes)


def _papers(dossier: Dossier, reception: Reception) -> list[ReceivedPaper]:
    listed = {paper.pk: paper for paper in dossier.version.papers.all()}
    return ReceivedPaper.objects.bulk_create(
        ReceivedPaper(
            dossier=dossier,
            requirement=listed[tick.requirement_id],
            kind=tick.kind,
            number=tick.number,
            scan=tick.scan,
        )
        for tick in reception.papers
    )
