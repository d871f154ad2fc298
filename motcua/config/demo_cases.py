"""One dossier of the trial for each thing that the law lets happen: what a visitor should be able to open and try.

The forty of each unit (demo_dossiers) live as most dossiers do; these are the others. Days are working days.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from motcua.catalog.models import PaperRequirement, ProcedureVersion
from motcua.catalog.queries import version_called
from motcua.config.demo_office import Office
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import (
    Applicant,
    Brought,
    Facts,
    Letter,
    PaperTick,
    Question,
    Reception,
    Refusal,
    Wanted,
)
from motcua.dossiers.choices import LateReason
from motcua.dossiers.clock import aware, local
from motcua.dossiers.models import Dossier, TurnedAway
from motcua.people.calendar import calendar_of
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer
from motcua.results import actions as results
from motcua.results import apologies, faults, spot
from motcua.results.actions import Collected, ResultFacts
from motcua.results.faults import Recall
from motcua.results.spot import Answer

GUARDIANSHIP, COPIES, INSURANCE = "1.004837", "2.000815", "2.001023"
"""Three working days; certified copies, the same day, with a fee; birth and health insurance, through an agency."""


@dataclass(slots=True)
class Case:
    """One citizen's dossier on its way; it began some working days ago."""

    office: Office
    first: date
    name: str
    version: ProcedureVersion
    dossier: Dossier = field(init=False)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the n-th working day after the first; never later than now."""
        calendar, on = calendar_of(self.office.unit), self.first
        for _day in range(day):
            on = calendar.next_working_day(on)
        return min(aware(datetime.combine(on, time(hour, minute))), timezone.now())

    @property
    def applicant(self) -> Applicant:
        number = sum(self.name.encode()) * 7919 % 10**6
        return Applicant(
            full_name=self.name,
            id_number=f"046190{number:06d}",
            address=f"{number % 90 + 1} Chi Lăng, {self.office.unit.name}",
            phone=f"0905{number:06d}",
        )

    @property
    def papers(self) -> list[PaperRequirement]:
        return [paper for paper in self.version.papers.all() if not paper.is_note]

    @property
    def reception(self) -> Reception:
        ticks = tuple(PaperTick(paper.pk, paper.kind, max(1, paper.number)) for paper in self.papers[:3])
        return Reception(self.version.pk, self.applicant, ticks, is_simulated=True)

    @property
    def specialist(self) -> Officer:
        return self.office.specialist(self.dossier)

    @property
    def paper(self) -> ResultFacts:
        return self.office.paper(self.dossier)

    # -- what most of them do ---------------------------------------------------------------------
    def receive(self, hour: int = 8) -> Dossier:
        act = self.office.act(self.office.clerk, self.at(0, hour))
        self.dossier = dossiers.receive(act, self.office.unit.pk, self.reception)
        return self.dossier

    def forward(self, day: int, hour: int) -> None:
        act = self.office.act(self.specialist, self.at(day, hour))
        dossiers.forward(act, self.dossier.pk, words="Đủ điều kiện giải quyết.")

    def approve(self, day: int, hour: int) -> None:
        results.approve(self.office.act(self.office.leader, self.at(day, hour)), self.dossier.pk)

    def finish(self, day: int, hour: int) -> None:
        """From the specialist to the result, within two hours."""
        self.forward(day, hour)
        self.approve(day, hour + 1)
        act = self.office.act(self.office.clerk, self.at(day, hour + 2))
        results.record(act, self.dossier.pk, self.paper)

    def hand_over(self, day: int, hour: int) -> None:
        act = self.office.act(self.office.clerk, self.at(day, hour))
        results.hand_over(act, self.dossier.pk, Collected(to_name=self.name))

    def wanted(self) -> tuple[Wanted, ...]:
        return (Wanted(self.papers[0].pk, "Thiếu chữ ký của người yêu cầu; ghi lại mục địa chỉ."),)

    def ask(self, day: int, hour: int) -> None:
        act = self.office.act(self.specialist, self.at(day, hour))
        dossiers.ask_supplement(act, self.dossier.pk, self.wanted(), reason="Hồ sơ chưa đủ để giải quyết.")

    def bring(self, day: int, hour: int) -> None:
        act = self.office.act(self.office.clerk, self.at(day, hour))
        dossiers.resume(act, self.dossier.pk, (Brought(self.papers[0].pk, self.papers[0].kind, 1),))

    def propose(self, day: int, hour: int) -> None:
        act = self.office.act(self.specialist, self.at(day, hour))
        reason = "Giấy tờ bổ sung vẫn sai tên người yêu cầu."
        dossiers.propose_supplement(act, self.dossier.pk, self.wanted(), reason=reason)


# -- supplements, refusal, withdrawal -------------------------------------------------------------
def waiting(case: Case) -> None:
    case.receive()
    case.ask(1, 9)


def proposed_again(case: Case) -> None:
    """A second request lies before the leader."""
    case.receive()
    case.ask(1, 9)
    case.bring(3, 8)
    case.propose(4, 9)


def asked_again(case: Case) -> None:
    proposed_again(case)
    act = case.office.act(case.office.leader, case.at(4, 15))
    dossiers.permit_supplement(
        act, case.dossier.pk, words="Tên trên hai giấy tờ khác nhau, không giải quyết được."
    )


def refused(case: Case) -> None:
    """Mẫu 03, to be collected at the desk."""
    case.receive()
    why = "Người yêu cầu không thuộc đối tượng được đăng ký giám hộ theo Điều 48 Bộ luật Dân sự."
    results.record(case.office.act(case.specialist, case.at(1, 9)), case.dossier.pk, ResultFacts(refusal=why))
    case.forward(1, 10)
    case.approve(1, 14)


def withdrawn(case: Case) -> None:
    case.receive()
    act = case.office.act(case.office.clerk, case.at(1, 14))
    dossiers.withdraw(act, case.dossier.pk, words="Gia đình đã thỏa thuận lại, không đăng ký nữa.")


# -- lateness -------------------------------------------------------------------------------------
def overdue(case: Case) -> None:
    """The software drafts its apology; the leader has not signed."""
    case.receive()


def reappointed(case: Case) -> None:
    """The first date is past, the new one is not."""
    case.receive()
    found = Facts(
        case.at(2, 9),
        f"{case.applicant.address}",
        "Công chức Tư pháp - Hộ tịch, tổ trưởng dân phố, người yêu cầu",
        "Người được giám hộ đang sống cùng người yêu cầu; còn chờ xác nhận nơi ở trước đây.",
    )
    dossiers.verify(case.office.act(case.specialist, case.at(2, 10)), case.dossier.pk, found)
    letter = Letter(LateReason.VERIFICATION, "Chờ xác nhận nơi ở trước đây của người được giám hộ.")
    dossiers.draft(case.office.act(case.specialist, case.at(2, 14)), case.dossier.pk, letter)
    draft = case.dossier.apologies.get()
    apologies.sign(case.office.act(case.office.leader, case.at(2, 15)), draft.pk, letter)


# -- other agencies -------------------------------------------------------------------------------
def at_agency(case: Case) -> None:
    """Sent, and not yet acknowledged."""
    case.receive()
    case.forward(1, 9)
    case.approve(1, 14)


def acknowledged(case: Case) -> None:
    at_agency(case)
    agency = Dossier.objects.select_related("holder_unit").get(pk=case.dossier.pk).holder_unit
    officer = case.office.officer(agency, Role.CLERK)
    dossiers.acknowledge(case.office.act(officer, case.at(2, 8)), case.dossier.pk)


def consulted(case: Case) -> None:
    case.receive()
    police = Unit.objects.get(agency_kind="police", parent=case.office.unit.parent_id)
    question = Question(police.pk, "Đề nghị xác nhận nơi thường trú của người được giám hộ.", 3)
    dossiers.consult(case.office.act(case.specialist, case.at(1, 9)), case.dossier.pk, question)


def to_be_decided(case: Case) -> None:
    """Before the leader."""
    case.receive()
    case.forward(0, 10)


def to_be_recorded(case: Case) -> None:
    """Decided; the result is still to be written down."""
    case.receive()
    case.forward(0, 10)
    case.approve(0, 11)


# -- results --------------------------------------------------------------------------------------
def not_collected(case: Case) -> None:
    """Ready at the desk, its fee not paid."""
    case.receive()
    case.finish(0, 9)


def recalled(case: Case) -> None:
    case.receive()
    case.finish(1, 9)
    case.hand_over(1, 15)
    act = case.office.act(case.office.leader, case.at(2, 9))
    faults.recall(act, case.dossier.pk, Recall("Ghi sai năm sinh của người được giám hộ.", came_back=True))


def reissued(case: Case) -> None:
    recalled(case)
    act = case.office.act(case.office.leader, case.at(2, 15))
    right = ResultFacts(number=f"{case.dossier.register_number}a/KQ-UBND", signer=act.officer.full_name)
    faults.reissue(act, case.dossier.pk, right)


def on_the_spot(case: Case) -> None:
    """By the clerk, with the leader's authorisation."""
    office, at = case.office, case.at(0, 8)
    spot.authorise(
        office.act(office.leader, at),
        office.unit.pk,
        officer_id=office.clerk.user_id,
        version_id=case.version.pk,
        decision="15/QĐ-UBND",
        valid_to=local(at).date() + timedelta(days=180),
    )
    number = f"{local(at):%d%m}/CT-SY"
    answer = Answer(ResultFacts(number=number, signer=office.leader.full_name), Collected(to_name=case.name))
    spot.on_the_spot(office.act(office.clerk, case.at(0, 9)), office.unit.pk, case.reception, answer)


# -- no dossier at all ----------------------------------------------------------------------------
def turned_away(case: Case) -> None:
    missing = (Wanted(case.papers[0].pk, "Chưa có chữ ký của người yêu cầu."),)
    _turn_away(case, TurnedAway.Kind.INCOMPLETE, "Hồ sơ còn thiếu giấy tờ.", missing)


def not_received(case: Case) -> None:
    why = "Người yêu cầu cư trú ở phường khác: nộp tại UBND nơi cư trú."
    _turn_away(case, TurnedAway.Kind.REFUSED, why)


def _turn_away(case: Case, kind: TurnedAway.Kind, reason: str, missing: tuple[Wanted, ...] = ()) -> None:
    act = case.office.act(case.office.clerk, case.at(0, 10))
    dossiers.turn_away(
        act,
        case.office.unit.pk,
        Refusal(case.version.pk, kind, case.applicant, reason, missing, is_simulated=True),
    )


CASES: tuple[tuple[int, str, str, Callable[[Case], None]], ...] = (
    (2, "Nguyễn Thị Bổng", GUARDIANSHIP, waiting),
    (5, "Trần Văn Lụa", GUARDIANSHIP, proposed_again),
    (6, "Lê Thị Thúy", GUARDIANSHIP, asked_again),
    (3, "Phan Văn Tường", GUARDIANSHIP, refused),
    (2, "Hoàng Thị Nhạn", GUARDIANSHIP, withdrawn),
    (5, "Võ Văn Cảnh", GUARDIANSHIP, overdue),
    (4, "Đặng Thị Mỹ", GUARDIANSHIP, reappointed),
    (3, "Huỳnh Thị Sương", INSURANCE, at_agency),
    (4, "Tôn Thất Hoài", INSURANCE, acknowledged),
    (2, "Nguyễn Đình Quang", GUARDIANSHIP, consulted),
    (2, "Bùi Thị Hạnh", GUARDIANSHIP, to_be_decided),
    (2, "Ngô Văn Thái", GUARDIANSHIP, to_be_recorded),
    (3, "Hồ Thị Lựu", COPIES, not_collected),
    (6, "Lê Văn Phước", GUARDIANSHIP, recalled),
    (7, "Trần Thị Diễm", GUARDIANSHIP, reissued),
    (1, "Phan Thị Cúc", COPIES, on_the_spot),
    (2, "Nguyễn Văn Tịnh", GUARDIANSHIP, turned_away),
    (1, "Lê Thị Xuân", GUARDIANSHIP, not_received),
)
"""How many working days ago it began, who came, for what, and what happened then."""


def cases(office: Office) -> list[tuple[datetime, Callable[[], None]]]:
    """When each begins, and its life."""
    return [_scheduled(office, *case) for case in CASES]


def _scheduled(
    office: Office, back: int, name: str, procedure: str, live: Callable[[Case], None]
) -> tuple[datetime, Callable[[], None]]:
    case = Case(office, _back(office, back), name, version_called(procedure))
    return case.at(0, 8), lambda: live(case)


def _back(office: Office, days: int) -> date:
    """The n-th working day before today."""
    calendar, day = calendar_of(office.unit), timezone.localdate()
    while days:
        day -= timedelta(days=1)
        days -= calendar.is_working_day(day)
    return day
