"""What a merger of communes will do, before it does: what lies there, who moves, what differs, what has to be seen to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.cash.models import DayBook
from motcua.catalog.mergers import lists_differ
from motcua.catalog.models import Offering, ProcedureVersion
from motcua.dossiers.choices import STATES, STEPS
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import overdue
from motcua.oversight.days import WEEKDAYS
from motcua.people.calendar import calendar_of
from motcua.people.merging import Parts
from motcua.people.merging_rows import moving
from motcua.people.models import Closure, Field, Grant, Merger, Role, Unit
from motcua.people.staffing import midnight
from motcua.people.succession import answered_by, exists_on
from motcua.rules.calendar import WorkCalendar
from motcua.rules.hours import Spans
from motcua.rules.workflow import State, StepKind

MOST = 20
"""Codes and procedures named one by one; beyond it their number."""
_WEEKS = 5
"""Looked at for what a weekday is like: holidays and closures are the fewer."""
LIVE = (State.PROCESSING, State.WAITING, State.DONE, State.CORRECTING)


@dataclass(frozen=True, slots=True)
class Change:
    """Who ends, who goes on (a new unit is not there yet), under which name and where, from which day."""

    predecessors: tuple[Unit, ...]
    successor: Unit | None
    name: str
    parent: Unit
    on: date

    @property
    def units(self) -> tuple[Unit, ...]:
        return (*self.predecessors, *((self.successor,) if self.successor else ()))


def of_parts(parts: Parts) -> Change:
    """Of a plan that was checked and is not written."""
    return Change(parts.predecessors, parts.successor, parts.name, parts.parent, parts.plan.on)


def of_merger(merger: Merger) -> Change | None:
    """Of one that is written; None once it was taken back, and with it its rows."""
    unit = merger.successor
    if unit is None or merger.cancelled_at is not None:
        return None
    period = unit.periods.filter(exists_on(merger.on)).select_related("parent").first()
    ending = Unit.objects.filter(successions__merger=merger, valid_to=merger.on - timedelta(days=1))
    name, parent = (period.name, period.parent) if period else (unit.name, unit.parent)
    return Change(tuple(ending.order_by("code")), unit, name, parent or unit, merger.on)


@dataclass(frozen=True, slots=True)
class Lying:
    """The dossiers of a unit that somebody else answers for from then on."""

    unit: Unit
    states: list[tuple[str, int]]
    """In words: where they are, how many."""
    number: int
    overdue: int
    first_due: datetime | None
    last_due: datetime | None
    unscanned: int
    last_number: int
    """In the register of the year of the day."""
    open_books: int
    """Day books of the till that nobody has closed."""


def lying(change: Change, now: datetime) -> list[Lying]:
    return [_of_unit(unit, change.on, now) for unit in change.predecessors]


_PLACES: tuple[tuple[State, StepKind | None], ...] = (
    (State.PROCESSING, StepKind.RECEPTION),
    (State.PROCESSING, StepKind.PROCESSING),
    (State.PROCESSING, StepKind.APPROVAL),
    (State.PROCESSING, StepKind.RETURN),
    (State.WAITING, None),
    (State.DONE, None),
    (State.CORRECTING, None),
)


def _of_unit(unit: Unit, on: date, now: datetime) -> Lying:
    family = Dossier.objects.filter(unit__in=answered_by(unit.pk))
    columns = {
        f"n{place}": Count("pk", filter=Q(state=state) & (Q(step_kind=kind) if kind else Q()))
        for place, (state, kind) in enumerate(_PLACES)
    }
    running = Q(finished_at=None)
    found = family.aggregate(
        **columns,
        number=Count("pk", filter=Q(state__in=LIVE)),
        overdue=Count("pk", filter=overdue(now)),
        first_due=Min("due_at", filter=running),
        last_due=Max("due_at", filter=running),
        unscanned=Count("pk", filter=Q(unscanned__gt=0)),
    )
    states = [(_place(state, kind), found[f"n{place}"]) for place, (state, kind) in enumerate(_PLACES)]
    own = Dossier.objects.filter(unit=unit, register_year=on.year)
    return Lying(
        unit=unit,
        states=[(words, number) for words, number in states if number],
        number=found["number"],
        overdue=found["overdue"],
        first_due=found["first_due"],
        last_due=found["last_due"],
        unscanned=found["unscanned"],
        last_number=own.aggregate(last=Max("register_number"))["last"] or 0,
        open_books=DayBook.objects.filter(unit=unit, closed_at=None, day__lt=on).count(),
    )


def _place(state: State, kind: StepKind | None) -> str:
    return str(STEPS[kind].label if kind else STATES[state].label)


# -- the clock ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hours:
    """How a unit works when the new order begins: weekdays, from when until when, in words."""

    name: str
    lines: list[tuple[str, str]]


def hours(change: Change) -> list[Hours]:
    """Of all who end, and of who answers from then on."""
    eve = change.on - timedelta(days=1)
    old = [Hours(unit.name, _week(calendar_of(unit, eve), change.on)) for unit in change.predecessors]
    return [*old, Hours(change.name, _week(_of_successor(change), change.on))]


def hours_differ(found: Sequence[Hours]) -> bool:
    return len({tuple(one.lines) for one in found}) > 1


def _of_successor(change: Change) -> WorkCalendar:
    return calendar_of(change.successor or change.parent)


def _week(calendar: WorkCalendar, since: date) -> list[tuple[str, str]]:
    """Weekdays in a row with the same hours together; a holiday is not what its weekday is like."""
    lines = []
    for spans, same in groupby(range(7), key=lambda weekday: _spans(calendar, since, weekday)):
        days = [WEEKDAYS[weekday] for weekday in same]
        if spans:
            named = str(days[0]) if len(days) == 1 else f"{days[0]} – {days[-1]}"
            lines.append((named, ", ".join(f"{_hour(begins)}–{_hour(ends)}" for begins, ends in spans)))
    return lines


def _spans(calendar: WorkCalendar, since: date, weekday: int) -> Spans:
    first = since + timedelta(days=(weekday - since.weekday()) % 7)
    weeks = Counter(calendar.spans(first + timedelta(days=7 * number)) for number in range(_WEEKS))
    return weeks.most_common(1)[0][0]


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def behind_closed_doors(change: Change) -> list[Dossier]:
    """Promised for a moment from the day on at which the new desk is shut: the date stays, the result must be there before."""
    calendar = _of_successor(change)
    promised = Dossier.objects.filter(
        unit__in=[unit.pk for unit in change.predecessors], finished_at=None, due_at__gte=midnight(change.on)
    )
    return [one for one in promised.order_by("due_at", "pk") if not _is_open(calendar, one.due_at)]


def _is_open(calendar: WorkCalendar, at: datetime) -> bool:
    local = timezone.localtime(at)
    minute = local.hour * 60 + local.minute
    return any(begins < minute <= ends for begins, ends in calendar.spans(local.date()))


def closures(change: Change) -> list[Closure]:
    """Of those that end, on days when they will not be there: to be entered for the successor, if its doors are meant."""
    rows = Closure.objects.filter(unit__in=change.predecessors, ends__gt=midnight(change.on))
    return list(rows.select_related("unit").order_by("starts"))


# -- people ---------------------------------------------------------------------------------------
def staff(change: Change) -> list[Grant]:
    """Roles that go over, by unit and name."""
    return moving([unit.pk for unit in change.predecessors], change.on)


def missing(change: Change, staying: frozenset[int] = frozenset()) -> list[str]:
    """What nobody will answer for in the successor on the day, in words: a role, or a field of what it offers."""
    held = [grant for grant in staff(change) if grant.pk not in staying]
    if change.successor:
        held += moving([change.successor.pk], change.on)
    roles = {grant.role for grant in held}
    lacking = [str(role.label) for role in (Role.CLERK, Role.LEADER) if role not in roles]
    fields = {one.pk for grant in held if grant.role == Role.SPECIALIST for one in grant.fields.all()}
    offered = Offering.objects.filter(unit__in=change.units).values("procedure")
    versions = ProcedureVersion.objects.filter(valid_to=None, procedure__in=offered)
    wanted: set[int | None] = set(versions.values_list("field__group", flat=True)) | set(
        versions.filter(field__group=None).values_list("field", flat=True)
    )
    names = Field.objects.filter(pk__in=[pk for pk in wanted if pk and pk not in fields]).order_by("name")
    return lacking + [
        _("công chức chuyên môn lĩnh vực %(field)s") % {"field": name}
        for name in names.values_list("name", flat=True)
    ]


# -- lists ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Added:
    """Procedures that come to the successor's list."""

    number: int
    names: list[str]


def added(change: Change) -> Added:
    """What any of them offers and the one that goes on does not; for a new unit, all."""
    ids = [unit.pk for unit in change.units]
    if change.successor:
        lacking = lists_differ(ids).get(change.successor.pk, set())
    else:
        rows = Offering.objects.filter(unit__in=ids)
        lacking = set(rows.values_list("procedure", flat=True))
    versions = ProcedureVersion.objects.filter(valid_to=None, procedure__in=lacking).order_by("name")
    return Added(len(lacking), list(versions.values_list("name", flat=True)[:MOST]))
