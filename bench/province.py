"""The place of the measurements: the real province, with officers at every commune's desk, and one life there."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone

from motcua.catalog import load_procedures
from motcua.catalog.models import ProcedureVersion
from motcua.catalog.queries import offered, route_for
from motcua.config.demo import POSTS
from motcua.config.demo_dossiers import COMMONEST, FAMILY, GIVEN, MIDDLE
from motcua.dossiers import actions as dossiers
from motcua.dossiers.actions import Act, Applicant, PaperTick, Reception
from motcua.dossiers.actions.steps import is_interlinked
from motcua.dossiers.models import Dossier
from motcua.people import load_agencies, load_units
from motcua.people import queries as people
from motcua.people.models import Field, Grant, Unit, UnitLevel, User
from motcua.people.officer import Officer
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts

NO_PASSWORD = "!"  # noqa: S105  Django's mark of an account that no password opens
WORDS = "Đủ điều kiện giải quyết."


@dataclass(frozen=True, slots=True)
class Desk:
    """A commune with those who work there."""

    unit: Unit
    identifier: str
    posts: dict[str, Officer]
    """By the post's account name, as in the demo's cast."""

    @property
    def clerk(self) -> Officer:
        return self.posts["tiepnhan"]

    @property
    def leader(self) -> Officer:
        return self.posts["lanhdao"]

    def specialist(self, field_id: int) -> Officer:
        return next(o for o in self.posts.values() if field_id in o.fields_in(self.unit.pk))


def set_up() -> None:
    """Migrate an empty data base, load units and procedures, put officers at every desk."""
    call_command("migrate", verbosity=0)
    load_units.load_units(load_units.DATA / "units.csv")
    load_agencies.load_agencies()
    load_procedures.load_procedures(load_procedures.DATA / "procedures.csv")
    fields = {field.name: field for field in Field.objects.all()}
    posts = [(unit, post) for unit in communes() for post in POSTS]
    users = User.objects.bulk_create(
        User(
            username=f"{post.account}.{unit.code}",
            password=NO_PASSWORD,
            full_name=post.names[0],
            title=post.title,
            is_simulated=True,
        )
        for unit, post in posts
    )
    grants = Grant.objects.bulk_create(
        Grant(user=user, unit=unit, role=post.role) for user, (unit, post) in zip(users, posts, strict=True)
    )
    through = Grant.fields.through
    through.objects.bulk_create(
        through(grant_id=grant.pk, field_id=fields[post.field].pk)
        for grant, (_unit, post) in zip(grants, posts, strict=True)
        if post.field
    )


def communes() -> list[Unit]:
    return list(Unit.objects.filter(level=UnitLevel.COMMUNE).order_by("code"))


def desk_of(code: str) -> Desk:
    unit = Unit.objects.get(code=code)
    officers = {
        user.username.partition(".")[0]: people.officer(user.pk, user.full_name)
        for user in User.objects.filter(grants__unit=unit, is_simulated=True)
    }
    return Desk(unit, people.identifier(unit.pk, timezone.localdate()), officers)


def common(desk: Desk) -> list[ProcedureVersion]:
    """What people come for most."""
    known = {version.procedure.code: version for version in receivable(desk)}
    return [known[code] for code in COMMONEST if code in known]


def receivable(desk: Desk) -> list[ProcedureVersion]:
    """All on the unit's list whose limit is known and whose way lies within the commune, in a steady order."""
    found = offered(desk.unit.pk).exclude(limit="").prefetch_related("papers")
    return [one for one in found.order_by("procedure__code") if not _leaves(desk, one)]


def _leaves(desk: Desk, version: ProcedureVersion) -> bool:
    route = route_for(desk.unit, version.pk)
    return route is not None and is_interlinked(route.pk)


# -- one life, by the real actions --------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Day:
    """When each act of a life happens."""

    received: datetime
    pause: timedelta = timedelta(hours=1)

    def at(self, number: int) -> datetime:
        return self.received + self.pause * number


def last_monday() -> Day:
    """Monday of last week, a quarter past eight."""
    now = timezone.localtime()
    monday = now - timedelta(days=now.weekday() + 7)
    return Day(monday.replace(hour=8, minute=15, second=0, microsecond=0))


def live(desk: Desk, chance: random.Random, version: ProcedureVersion, day: Day) -> Dossier:
    """From the counter to the citizen's hand: five transactions, six acts."""
    dossier = dossiers.receive(Act(desk.clerk, day.at(0)), desk.unit.pk, reception(chance, version))
    for act in onward(desk, dossier, day):
        act()
    return dossier


def reception(chance: random.Random, version: ProcedureVersion, *, forward: bool = True) -> Reception:
    """Somebody who never came before, with up to three of the papers on the list."""
    listed = [paper for paper in version.papers.all() if not paper.is_note]
    return Reception(
        version_id=version.pk,
        applicant=Applicant(
            full_name=somebody(chance),
            id_number=f"{chance.randrange(10**12):012d}",
            address="12 Chi Lăng",
            phone="0905000000",
        ),
        papers=tuple(PaperTick(paper.pk, paper.kind, max(1, paper.number)) for paper in listed[:3]),
        forward=forward,
        is_simulated=True,
    )


def somebody(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def onward(desk: Desk, dossier: Dossier, day: Day) -> Iterator[Callable[[], object]]:
    """What follows the reception, act by act."""
    specialist, pk = desk.specialist(dossier.field_id), dossier.pk
    paper = ResultFacts(number="12/KQ-UBND", signer=desk.leader.full_name)
    collected = Collected(to_name="Nguyễn Văn An")
    yield lambda: dossiers.forward(Act(specialist, day.at(1)), pk, words=WORDS)
    yield lambda: dossiers.approve(Act(desk.leader, day.at(2)), pk)
    yield lambda: results.record(Act(desk.clerk, day.at(3)), pk, paper)
    yield lambda: results.hand_over(Act(desk.clerk, day.at(4)), pk, collected)
