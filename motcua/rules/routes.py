"""What an internal process must have, and what a district or a commune may make of the province's (NĐ 61/2018 Đ.36.4).

The province draws the template. A district may put steps of its own between the first and the last; a commune may only
share the time of its own steps out otherwise and name who processes. Both keep every step, every agency's time, and
the whole: more would break the published limit, less would promise what the province did not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from motcua.rules.limits import Limit
from motcua.rules.workflow import StepKind

DISTRICT = "district"
WORK = (StepKind.PROCESSING, StepKind.APPROVAL)
"""What must have some time where the whole has any."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work of another agency at the same time, in working minutes from the opening of the step."""

    agency: str
    what: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of an internal process as it is drawn: of which kind, by whom, how many working minutes of the whole."""

    kind: StepKind
    role: str
    minutes: int
    agency: str = ""
    """Empty: at the unit that received the dossier."""
    field_id: int | None = None
    """None: the procedure's own."""
    officer_id: int | None = None
    """Who of those who hold the role does it; None: as the unit shares its work out."""
    tasks: tuple[Task, ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """What a unit cannot change."""
        return (self.kind, self.role, self.agency, self.field_id, self.tasks)


Stages = Sequence[Stage]


class Measure(StrEnum):
    """How far a level may go."""

    COMMUNE = "commune"
    DISTRICT = "district"


class Wrong(StrEnum):
    NO_RECEPTION = "no_reception"
    NO_PROCESSING = "no_processing"
    NO_APPROVAL = "no_approval"
    NO_RETURN = "no_return"
    MINUTES = "minutes"
    """The steps have not the same time together as the limit, or as the steps they were made from."""
    NO_TIME = "no_time"
    TASK_TOO_LONG = "task_too_long"
    STEPS_CHANGED = "steps_changed"
    """A step was left out, put elsewhere or made into another."""
    FOREIGN = "foreign"
    """Another agency's time was touched."""
    ADDED_PLACE = "added_place"
    """A new step before the reception, after the return, or where the district has no say."""
    OFFICER = "officer"
    """Somebody was named for a step that has no one doer."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, at which step (from 0; None: with the whole); `has` and `wants` are minutes."""

    wrong: Wrong
    place: int | None = None
    has: int = 0
    wants: int = 0


def missing_parts(stages: Stages) -> list[Wrong]:
    """Which of reception, processing, a leader's approval after it, and return a route lacks."""
    kinds = [stage.kind for stage in stages]
    begins = bool(stages) and stages[0].kind is StepKind.RECEPTION and not stages[0].agency
    ends = bool(stages) and stages[-1].kind is StepKind.RETURN and not stages[-1].agency
    works = StepKind.PROCESSING in kinds
    worked = len(kinds) - kinds[::-1].index(StepKind.PROCESSING) if works else 0
    there = {
        Wrong.NO_RECEPTION: begins,
        Wrong.NO_PROCESSING: works,
        Wrong.NO_APPROVAL: StepKind.APPROVAL in kinds[worked:],
        Wrong.NO_RETURN: ends and kinds.count(StepKind.RETURN) == 1,
    }
    return [wrong for wrong, is_there in there.items() if not is_there]


def check_route(stages: Stages, limit: Limit) -> list[Complaint]:
    """What is wrong with a template for a limit; nothing: it can be used."""
    whole = limit.nominal_minutes
    found = [Complaint(wrong) for wrong in missing_parts(stages)]
    found += _without_time(stages, [whole] * len(stages))
    found += [
        Complaint(Wrong.TASK_TOO_LONG, place, task.minutes, whole)
        for place, stage in enumerate(stages)
        for task in stage.tasks
        if task.minutes > whole
    ]
    return found + _whole(stages, whole)


def check_adaptation(base: Stages, own: Stages, measure: Measure) -> list[Complaint]:
    """What a unit may not make of the route above it; nothing: it may."""
    places = align(base, own)
    if places is None or (measure is Measure.COMMUNE and None in places):
        return [Complaint(Wrong.STEPS_CHANGED)]
    found = [Complaint(wrong) for wrong in missing_parts(own)]
    for place, (stage, at) in enumerate(zip(own, places, strict=True)):
        found += _at(place, stage, None if at is None else base[at], measure, last=len(own) - 1)
    wanted = [1 if at is None else base[at].minutes for at in places]
    found += _without_time(own, wanted)
    return found + _whole(own, sum(stage.minutes for stage in base))


def _at(place: int, stage: Stage, base: Stage | None, measure: Measure, *, last: int) -> list[Complaint]:
    """What is wrong with one step of a unit's own."""
    found = []
    if base is None and not _may_add(stage, place, last):
        found.append(Complaint(Wrong.ADDED_PLACE, place))
    if base is not None and not is_free(stage, measure) and stage.minutes != base.minutes:
        found.append(Complaint(Wrong.FOREIGN, place, stage.minutes, base.minutes))
    named = stage.officer_id is not None
    if named and (measure is Measure.DISTRICT or not may_name(stage)):
        found.append(Complaint(Wrong.OFFICER, place))
    return found


def _may_add(stage: Stage, place: int, last: int) -> bool:
    """The district's own check, or a step of an agency; never in the commune's name or the province's."""
    return 0 < place < last and stage.kind is not StepKind.RETURN and stage.agency not in ("", "province")


def is_free(stage: Stage, measure: Measure) -> bool:
    """Whether a level may change the time of a step: a commune of its own, a district also of its own."""
    return not stage.agency or (measure is Measure.DISTRICT and stage.agency == DISTRICT)


def may_name(stage: Stage) -> bool:
    """Whether one officer can be named for a step: the unit's own processing; reception, approval and return are done
    by whoever is there in that role.
    """
    return not stage.agency and stage.kind is StepKind.PROCESSING


def _without_time(stages: Stages, wanted: Sequence[int]) -> list[Complaint]:
    return [
        Complaint(Wrong.NO_TIME, place)
        for place, (stage, want) in enumerate(zip(stages, wanted, strict=True))
        if stage.minutes < 0 or (not stage.minutes and want and stage.kind in WORK)
    ]


def _whole(stages: Stages, whole: int) -> list[Complaint]:
    has = sum(stage.minutes for stage in stages)
    return [] if has == whole else [Complaint(Wrong.MINUTES, None, has, whole)]


def align(base: Stages, own: Stages) -> list[int | None] | None:
    """For each own step the step of the base that it is, None for one that was added; None: a step is missing."""
    places: list[int | None] = []
    wanted = 0
    for stage in own:
        if wanted < len(base) and stage.shape == base[wanted].shape:
            places.append(wanted)
            wanted += 1
        else:
            places.append(None)
    return places if wanted == len(base) else None


def again(base: Stages, own: Stages, new_base: Stages, measure: Measure) -> list[Stage] | None:
    """A unit's own way made again from the route that took the base's place: the same steps added, the same officers,
    its time shared out in the same proportion, to the minute. None: the steps are others now, so a person must look.
    """
    places = align(base, own)
    if places is None or [stage.shape for stage in base] != [stage.shape for stage in new_base]:
        return None
    made = [
        replace(stage, minutes=stage.minutes if at is None else new_base[at].minutes)
        for stage, at in zip(own, places, strict=True)
    ]
    free = [place for place, stage in enumerate(own) if places[place] is None or is_free(stage, measure)]
    fixed = sum(stage.minutes for place, stage in enumerate(made) if place not in free)
    whole = sum(stage.minutes for stage in new_base) - fixed
    least = [1 if made[place].minutes and made[place].kind in WORK else 0 for place in free]
    weights = [own[place].minutes for place in free]
    if not any(weights):  # there was nothing to share out, so there is no proportion
        weights = [made[place].minutes for place in free]
    for place, minutes in zip(free, shared_out(weights, whole, least), strict=True):
        made[place] = replace(made[place], minutes=minutes)
    return made


def shared_out(weights: Sequence[int], whole: int, least: Sequence[int]) -> list[int]:
    """A whole in parts in proportion to weights, exactly; what rounding leaves goes to the largest remainders.

    No part is less than its least where the whole suffices for that.
    """
    total = sum(weights)
    if not total:
        return [whole if place == 0 else 0 for place in range(len(weights))]
    parts = [weight * whole // total for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda place: (-(weights[place] * whole % total), place))
    for place in by_rest[: whole - sum(parts)]:
        parts[place] += 1
    for place, low in enumerate(least):
        if parts[place] < low <= max(parts) - low:
            parts[parts.index(max(parts))] -= low - parts[place]
            parts[place] = low
    return parts
