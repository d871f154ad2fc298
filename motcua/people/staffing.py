"""Who can work in which unit, now and through the days that come: what tells whose dossiers lie with nobody (R20)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.people.models import Absence, Grant, Role, UnitSuccession


@dataclass(frozen=True, slots=True)
class Post:
    """A role that an officer with an open account holds in a unit, from one day to another."""

    user_id: int
    unit_id: int
    role: Role
    field_ids: frozenset[int]
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Away:
    user_id: int
    substitute_id: int | None
    starts: datetime
    ends: datetime


@dataclass(slots=True)
class Staff:
    """The posts and absences of some units in a stretch of time; questions about it ask no data base."""

    since: datetime
    until: datetime
    posts: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    absences: dict[int, list[Away]] = field(default_factory=lambda: defaultdict(list))

    def moments(self, unit_id: int) -> list[datetime]:
        """The beginning, and every moment after it at which somebody of the unit comes or goes."""
        turns = {moment for away in self.absences[unit_id] for moment in (away.starts, away.ends)}
        for post in self.posts[unit_id]:
            if post.first is not None:
                turns.add(midnight(post.first))
            if post.last is not None:
                turns.add(midnight(post.last + timedelta(days=1)))
        return [self.since, *sorted(turn for turn in turns if self.since < turn <= self.until)]

    def is_able(self, unit_id: int, user_id: int, at: datetime) -> bool:
        """Whether an officer is there, or who stands in."""
        away = self.away(unit_id, user_id, at)
        if away is None:
            return True
        other = away.substitute_id
        return other is not None and self._is_there(unit_id, other, at)

    def away(self, unit_id: int, user_id: int, at: datetime) -> Away | None:
        rows = self.absences[unit_id]
        return next((a for a in rows if a.user_id == user_id and a.starts <= at < a.ends), None)

    def _is_there(self, unit_id: int, user_id: int, at: datetime) -> bool:
        day = timezone.localdate(at)
        posted = any(post.user_id == user_id and post.holds(day) for post in self.posts[unit_id])
        return posted and self.away(unit_id, user_id, at) is None

    def gap(
        self, unit_id: int, role: Role, *, field_id: int | None = None, user_id: int | None = None
    ) -> datetime | None:
        """The first moment at which nobody does a role in a unit (of a field; that one officer's); None: never."""
        return next(
            (
                at
                for at in self.moments(unit_id)
                if not any(
                    self.is_able(unit_id, post.user_id, at)
                    for post in self._posted(unit_id, role, field_id, user_id)
                    if post.holds(timezone.localdate(at))
                )
            ),
            None,
        )

    def _posted(self, unit_id: int, role: Role, field_id: int | None, user_id: int | None) -> Iterator[Post]:
        for post in self.posts[unit_id]:
            right_field = field_id is None or field_id in post.field_ids
            if post.role == role and right_field and user_id in (None, post.user_id):
                yield post

    def units(self, role: Role) -> set[int]:
        """Units in which somebody does the role at every moment."""
        return {unit_id for unit_id in list(self.posts) if self.gap(unit_id, role) is None}

    def fields(self) -> set[tuple[int, int]]:
        """(unit, field) for which a specialist is there at every moment."""
        pairs = {(post.unit_id, pk) for post in self._specialists() for pk in post.field_ids}
        return {pair for pair in pairs if self.gap(pair[0], Role.SPECIALIST, field_id=pair[1]) is None}

    def specialists(self) -> set[tuple[int, int]]:
        """(unit, officer) of specialists whose work goes on at every moment."""
        pairs = {(post.unit_id, post.user_id) for post in self._specialists()}
        return {pair for pair in pairs if self.gap(pair[0], Role.SPECIALIST, user_id=pair[1]) is None}

    def _specialists(self) -> Iterator[Post]:
        for posts in list(self.posts.values()):
            yield from (post for post in posts if post.role == Role.SPECIALIST)


def midnight(day: date) -> datetime:
    """The moment at which a day begins at the counter."""
    return timezone.make_aware(datetime.combine(day, time()))


def staff(
    since: datetime,
    until: datetime | None = None,
    *,
    unit_id: int | None = None,
    path: str = "",
    without: Iterable[int] = (),
) -> Staff:
    """Read the staff of one unit, or of all below a path, in four queries. `without`: as if these had left.

    Who works in a unit that has taken over another's work is there in both, from the day on.
    """
    until = until or since
    found, gone = Staff(since, until), set(without)
    heirs = UnitSuccession.objects.filter(on__lte=timezone.localdate(until))
    if unit_id is not None:
        heirs = heirs.filter(Q(predecessor=unit_id) | Q(successor=unit_id))
        where = Q(unit=unit_id) | Q(unit__in=heirs.values("successor"))
    else:
        heirs = heirs.filter(Q(predecessor__path__startswith=path) | Q(successor__path__startswith=path))
        where = Q(unit__path__startswith=path) | Q(unit__in=heirs.values("successor"))
    to_come = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate(since))
    grants = Grant.objects.filter(to_come, where, user__is_active=True).exclude(user__in=gone)
    for grant in grants.prefetch_related("fields"):
        fields = frozenset(one.pk for one in grant.fields.all())
        post = Post(grant.user_id, grant.unit_id, Role(grant.role), fields, grant.valid_from, grant.valid_to)
        found.posts[grant.unit_id].append(post)
    absences = Absence.objects.filter(where, cancelled_at=None, ends__gt=since, starts__lte=until)
    for row in absences.exclude(officer__in=gone).order_by("starts"):
        found.absences[row.unit_id].append(Away(row.officer_id, row.substitute_id, row.starts, row.ends))
    _pass_on(found, heirs)
    return found


def _pass_on(found: Staff, heirs: QuerySet[UnitSuccession]) -> None:
    """Posts and absences of the successors, in the units that they answer for."""
    rows = list(heirs.order_by("pk").values_list("predecessor", "successor", "on"))
    posts = {heir: list(found.posts[heir]) for _old, heir, _on in rows}
    absences = {heir: list(found.absences[heir]) for _old, heir, _on in rows}
    for old, heir, on in rows:
        found.posts[old] += [
            replace(post, unit_id=old, first=max(post.first or on, on)) for post in posts[heir]
        ]
        found.absences[old] += absences[heir]
