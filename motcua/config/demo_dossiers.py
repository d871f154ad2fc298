"""Some simulated dossiers in the trial communes, brought through their lives by the real actions."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from motcua.cash import actions as cash
from motcua.cash import books
from motcua.cash import queries as till
from motcua.cash.actions import Taking
from motcua.cash.models import DayBook, Method
from motcua.cash.quote import Charge
from motcua.catalog.models import Fee
from motcua.catalog.queries import offered
from motcua.config.demo_cases import cases
from motcua.config.demo_office import Office
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Applicant, Letter, PaperTick, Reception
from motcua.dossiers.choices import LateReason
from motcua.dossiers.clock import aware, local
from motcua.dossiers.models import Dossier
from motcua.people.calendar import calendar_of
from motcua.people.models import Role, Unit
from motcua.results import actions as results
from motcua.results import apologies
from motcua.results.actions import Collected
from motcua.rules.workflow import State

PER_UNIT = 40
WORKING_DAYS_BACK = 20
FAMILY = ("Nguyễn", "Trần", "Lê", "Phan", "Hoàng", "Hồ", "Võ", "Đặng", "Tôn Thất", "Huỳnh")
MIDDLE = ("Văn", "Thị", "Thị Thu", "Đình", "Ngọc", "Thanh", "Minh")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hà",
    "Hải",
    "Khánh",
    "Linh",
    "Nam",
    "Phương",
    "Quý",
    "Sáu",
    "Tâm",
)
PACES = (0.5, 0.7, 0.3, 0.9, 1.5)
"""How much of its time a dossier takes to its result, commonest first; the last is late."""
STUCK = 0.03
"""Chance that an act is not done at all: somebody forgot."""
SIGNED, LET_PASS = 0.6, 0.15
"""Of the late ones: with an apology, without one at the leader's word; the rest waits for it."""
COMMONEST = (
    "1.001193",
    "2.000815",
    "1.004873",
    "2.000635",
    "2.000884",
    "1.000656",
    "1.000894",
    "1.001022",
    "1.004837",
)
"""What people come for most: births, copies, marital status, extracts, signatures, deaths, marriages …"""


def make_dossiers(units: list[Unit], say: Callable[[str], None]) -> None:
    """Forty dossiers in each unit over the last twenty working days, some of them late.

    In the first unit one more for each thing that the law lets happen.
    """
    for number, unit in enumerate(units, start=1):
        say(f"Tạo hồ sơ mô phỏng {number}/{len(units)}: {unit.name} …")
        office = _office(unit)
        for _begins, live in sorted(_lives(office, with_cases=number == 1), key=lambda one: one[0]):
            live()
        _close_books(office)
    dossiers.foresee(timezone.now())


def _office(unit: Unit) -> Office:
    known = {version.procedure.code: version for version in offered(unit.pk).exclude(limit="")}
    versions = [known[code] for code in COMMONEST if code in known]
    return Office(
        unit,
        Office.officer(unit, Role.CLERK),
        Office.officer(unit, Role.LEADER),
        versions,
        random.Random(unit.code),  # noqa: S311  the same trial province on every machine
    )


def _lives(office: Office, *, with_cases: bool) -> list[tuple[datetime, Callable[[], None]]]:
    """When each dossier begins, and its life: the register then follows the calendar."""
    common = [(at, partial(_live, office, at)) for at in _moments(office)]
    return common + (cases(office) if with_cases else [])


def _moments(office: Office) -> list[datetime]:
    """Forty moments within working time, oldest first, none later than now."""
    calendar = calendar_of(office.unit)
    now = local(timezone.now())
    start = now.replace(hour=0, minute=0) - timedelta(days=WORKING_DAYS_BACK * 7 // 5)
    worked = calendar.working_minutes_between(start, now)
    minutes = sorted(office.chance.sample(range(max(worked, PER_UNIT)), PER_UNIT))
    return [aware(min(calendar.add_working_minutes(start, minute), now)) for minute in minutes]


def _live(office: Office, at: datetime) -> None:
    """One dossier from its reception to as far as it got by now."""
    dossier = _receive(office, at)
    _pay(office, dossier)
    calendar = calendar_of(office.unit)
    pace = office.chance.choices(PACES, weights=range(len(PACES), 0, -1))[0]
    worked = calendar.working_minutes_between(local(dossier.received_at), local(dossier.due_at))
    specialist = office.specialist(dossier)
    acts: list[Callable[[datetime], object]] = [
        lambda at: dossiers.forward(office.act(specialist, at), dossier.pk, words="Đủ điều kiện giải quyết."),
        lambda at: dossiers.approve(office.act(office.leader, at), dossier.pk),
        lambda at: _result(office, dossier, at),
        lambda at: _hand_over(office, dossier, at),
    ]
    for number, act in enumerate(acts, start=1):
        moment = aware(calendar.add_working_minutes(local(at), int(worked * pace * number / 3)))
        if moment > timezone.now() or office.chance.random() < STUCK:
            return
        act(moment)


def _result(office: Office, dossier: Dossier, at: datetime) -> None:
    """The result; of a late one after its apology, which some leaders sign, some let pass, and some forget."""
    now = results.record(office.act(office.clerk, at), dossier.pk, office.paper(dossier))
    if now.state == State.DONE:
        return
    act, chance = office.act(office.leader, at), random.Random(dossier.code).random()  # noqa: S311
    if chance < SIGNED:
        letter = Letter(random.Random(dossier.code).choice(list(LateReason)[:-1]))  # noqa: S311
        apologies.sign(act, dossier.apologies.get().pk, letter)
    elif chance < SIGNED + LET_PASS:
        apologies.waive(act, dossier.pk, words="Đã xin lỗi trực tiếp khi gọi điện mời nhận kết quả.")


def _hand_over(office: Office, dossier: Dossier, at: datetime) -> None:
    """To the citizen, unless the result still waits for its apology."""
    if Dossier.objects.filter(pk=dossier.pk, state=State.DONE).exists():
        collected = Collected(to_name=dossier.applicant_name)
        results.hand_over(office.act(office.clerk, at), dossier.pk, collected)


def _receive(office: Office, at: datetime) -> Dossier:
    chance = office.chance
    weights = range(len(office.versions) * 3, len(office.versions) * 2, -1)
    version = chance.choices(office.versions, weights)[0]
    papers = [paper for paper in version.papers.all() if not paper.is_note]
    reception = Reception(
        version_id=version.pk,
        applicant=Applicant(
            full_name=f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}",
            id_number=f"046{chance.randrange(10**9):09d}",
            address=f"Tổ {chance.randint(1, 20)}, {office.unit.name}",
            phone=_phone(chance.randrange(10**6)),
        ),
        papers=tuple(PaperTick(paper.pk, paper.kind, max(1, paper.number)) for paper in papers[:3]),
        is_simulated=True,
    )
    return dossiers.receive(office.act(office.clerk, at), office.unit.pk, reception)


def _phone(number: int) -> str:
    """A mobile phone; one citizen in four has none, and somebody must bring the news."""
    return f"0905{number:06d}" if number % 4 else ""


def _pay(office: Office, dossier: Dossier) -> None:
    """What is published is paid at once, mostly in cash; who is exempt says so; one in ten pays later."""
    chance = random.Random(dossier.code)  # noqa: S311  its own, so that the rest of the past is the same without fees
    charges = tuple(filter(None, (_charge(chance, fee) for fee in till.published(dossier.version))))
    if not charges or chance.random() < 1 / 10:
        return
    method = chance.choices(list(Method), weights=(8, 1, 1))[0]
    reference = "" if method is Method.CASH else f"GD{dossier.register_number:06d}"
    taking = Taking(charges, method, dossier.applicant_name, reference)
    cash.pay(office.act(office.clerk, dossier.received_at), dossier.pk, taking)


def _charge(chance: random.Random, fee: Fee) -> Charge | None:
    if fee.can_be_charged:
        items = chance.randint(1, 4) if fee.item else 1
        return Charge(fee.pk, chance.randint(1, 12) if fee.item else 1, items)
    grounds = list(fee.exemptions.all())
    return Charge(fee.pk, exemption_id=grounds[0].pk) if grounds else None


def _close_books(office: Office) -> None:
    """Each day before today was counted in the evening; once the drawer was short."""
    today = timezone.localdate()
    chance = random.Random(f"{office.unit.code} till")  # noqa: S311
    for book in DayBook.objects.filter(unit=office.unit, day__lt=today, closed_at=None).order_by("day"):
        evening = aware(calendar_of(office.unit).last_minute(book.day))
        held = books.sums(office.unit.pk, book.day).cash
        short = 1000 if held and chance.random() < STUCK else 0
        cash.close_day(
            office.act(office.clerk, evening),
            office.unit.pk,
            book.day,
            counted=held - short,
            reason="Thối nhầm tiền lẻ." if short else "",
        )
