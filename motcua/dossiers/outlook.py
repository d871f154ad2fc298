"""Whether a running dossier will be late, and which new date could be kept: the rules' answer for a row (R26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.catalog.models import RouteStep
from motcua.dossiers.clock import aware, local
from motcua.dossiers.models import Dossier
from motcua.people.calendar import calendar_of
from motcua.rules import lateness
from motcua.rules.calendar import OutsideCalendar, WorkCalendar
from motcua.rules.lateness import Course, Foreseen
from motcua.rules.limits import Limit
from motcua.rules.workflow import State


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the clock says of a dossier at one moment."""

    why: Foreseen | None
    """None: it will be in time."""
    is_to_be_drafted: bool
    sign_by: datetime
    dates: tuple[datetime, ...]
    """The proposed date, then the later ones that may be chosen; none once the result is there."""

    @property
    def proposed(self) -> datetime | None:
        return self.dates[0] if self.dates else None


class Outlooks:
    """Outlooks of many dossiers: one query for their routes, one for each unit's calendar."""

    def __init__(self, dossiers: Iterable[Dossier] = ()) -> None:
        self._routes: dict[int, list[tuple[int, int]]] = {}
        self._calendars: dict[int, WorkCalendar] = {}
        self._load({dossier.route_id for dossier in dossiers})

    def of(self, dossier: Dossier, now: datetime) -> Outlook | None:
        """None where the unit's calendar does not reach so far, so that no date can be promised."""
        calendar = self._calendar(dossier)
        course, at = self._course(dossier), local(now)
        try:
            sign_by = lateness.sign_by(course, calendar)
            if dossier.finished_at is not None or dossier.state != State.PROCESSING:
                return Outlook(None, is_to_be_drafted=False, sign_by=aware(sign_by), dates=())
            dates = lateness.choices(course, at, calendar)
            return Outlook(
                why=lateness.foreseen(course, at, calendar),
                is_to_be_drafted=lateness.is_to_be_drafted(course, at, calendar),
                sign_by=aware(sign_by),
                dates=tuple(aware(date) for date in dates),
            )
        except OutsideCalendar:
            return None

    def is_to_be_drafted(self, dossier: Dossier, now: datetime) -> bool:
        """As `of`, without the dates: what is asked of thousands."""
        try:
            return lateness.is_to_be_drafted(self._course(dossier), local(now), self._calendar(dossier))
        except OutsideCalendar:
            return False

    def _course(self, dossier: Dossier) -> Course:
        step = dossier.step
        position = step.position if step else 0
        return Course(
            limit=Limit.parse(dossier.limit),
            counted_from=local(dossier.counted_from),
            due=local(dossier.due_at),
            step_due=local(dossier.step_due_at or dossier.due_at),
            step_minutes=step.minutes if step else 0,
            following_minutes=sum(minutes for at, minutes in self._route(dossier) if at > position),
        )

    def _route(self, dossier: Dossier) -> list[tuple[int, int]]:
        if dossier.route_id not in self._routes:
            self._load({dossier.route_id})
        return self._routes[dossier.route_id]

    def _load(self, routes: set[int]) -> None:
        self._routes |= {route: [] for route in routes}
        rows = RouteStep.objects.filter(route__in=routes).values_list("route", "position", "minutes")
        for route, position, minutes in rows:
            self._routes[route].append((position, minutes))

    def _calendar(self, dossier: Dossier) -> WorkCalendar:
        if dossier.unit_id not in self._calendars:
            self._calendars[dossier.unit_id] = calendar_of(dossier.unit)
        return self._calendars[dossier.unit_id]


def outlook(dossier: Dossier, now: datetime) -> Outlook | None:
    """Of one dossier."""
    return Outlooks([dossier]).of(dossier, now)
