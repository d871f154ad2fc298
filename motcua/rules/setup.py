"""Whether a procedure is set up at a unit, and set up correctly (formats.md, `setup`): from plain data, by code.

Set up: it has a route. Correctly: the route has reception, processing, a leader's approval and return, its time is the
published limit, and somebody holds each role where the step lies. The rest is said, but counts for nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.limits import Limit
from motcua.rules.routes import Stage, Stages, Wrong, missing_parts
from motcua.rules.workflow import StepKind


class Fault(StrEnum):
    NO_LIMIT = "no_limit"
    """No limit is published, so no route can be drawn."""
    NO_ROUTE = "no_route"
    NO_RECEPTION = "no_reception"
    NO_PROCESSING = "no_processing"
    NO_APPROVAL = "no_approval"
    NO_RETURN = "no_return"
    MINUTES = "minutes"
    NO_AGENCY = "no_agency"
    """The route leads into an agency that this unit does not have above it."""
    NOBODY = "nobody"
    """Nobody holds the role, or the field, where a step lies."""
    # From here on: said, not counted.
    AWAY = "away"
    """Somebody holds it, but all who do are away and nobody stands in."""
    OFFICER_GONE = "officer_gone"
    """The officer named for a step holds the role and the field no more; the unit's way of sharing out decides."""
    TEMPLATE_CHANGED = "template_changed"
    """The unit's own way has lapsed: the route above it is another one now, and the unit follows that."""
    LIMIT_UNCONFIRMED = "limit_unconfirmed"


SOFT = frozenset({Fault.AWAY, Fault.OFFICER_GONE, Fault.TEMPLATE_CHANGED, Fault.LIMIT_UNCONFIRMED})
NOT_SET_UP = frozenset({Fault.NO_LIMIT, Fault.NO_ROUTE})
_PARTS = {
    Wrong.NO_RECEPTION: Fault.NO_RECEPTION,
    Wrong.NO_PROCESSING: Fault.NO_PROCESSING,
    Wrong.NO_APPROVAL: Fault.NO_APPROVAL,
    Wrong.NO_RETURN: Fault.NO_RETURN,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said of a procedure at a unit. `agency`: where, empty at the unit; `has`, `wants`: minutes."""

    fault: Fault
    role: str = ""
    agency: str = ""
    field_id: int | None = None
    officer_id: int | None = None
    has: int = 0
    wants: int = 0

    @property
    def is_soft(self) -> bool:
        return self.fault in SOFT


Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """What is held in a unit, and what of it somebody can do now: (role, field), 0 for roles without a field."""

    held: frozenset[tuple[str, int]] = frozenset()
    manned: frozenset[tuple[str, int]] = frozenset()


def is_set_up(findings: Iterable[Finding]) -> bool:
    return not any(finding.fault in NOT_SET_UP for finding in findings)


def is_correct(findings: Iterable[Finding]) -> bool:
    return all(finding.is_soft for finding in findings)


def check_setup(
    limit: Limit | None, stages: Stages | None, crews: Mapping[str, Crew | None], field_id: int
) -> Findings:
    """What is wrong with a route at a unit whose agencies have these crews ("": the unit itself; None: there is none).

    `stages` None: there is no route. `field_id`: the desk's field of the procedure.
    """
    if stages is None:
        return (Finding(Fault.NO_LIMIT if limit is None else Fault.NO_ROUTE),)
    found = [Finding(_PARTS[wrong]) for wrong in missing_parts(stages)]
    has = sum(stage.minutes for stage in stages)
    wants = limit.nominal_minutes if limit else 0
    if limit is None or has != wants:
        found.append(Finding(Fault.MINUTES, has=has, wants=wants))
    found += dict.fromkeys(_of_crews(stages, crews, field_id))
    return tuple(found)


def _of_crews(stages: Stages, crews: Mapping[str, Crew | None], field_id: int) -> Iterator[Finding]:
    for stage in stages:
        for agency in (stage.agency, *(task.agency for task in stage.tasks)):
            if crews.get(agency) is None:
                yield Finding(Fault.NO_AGENCY, agency=agency)
        if (crew := crews.get(stage.agency)) is not None:
            yield from _of_crew(stage, crew, field_id)


def _of_crew(stage: Stage, crew: Crew, field_id: int) -> Iterator[Finding]:
    """Who does a step: the role; of processing, those of its field."""
    field = (stage.field_id or field_id) if stage.kind is StepKind.PROCESSING else 0
    if (stage.role, field) not in crew.held:
        yield Finding(Fault.NOBODY, stage.role, stage.agency, field or None)
    elif (stage.role, field) not in crew.manned:
        yield Finding(Fault.AWAY, stage.role, stage.agency, field or None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs a unit has, and how many of them are in order."""

    offerings: int = 0
    set_up: int = 0
    set_up_correctly: int = 0
    online_level_3_4: int = 0


def share(part: int, whole: int) -> str:
    """`all`, `half` (at least half, but not all) or `under`; a unit without a procedure is none of them: empty."""
    if not whole:
        return ""
    if part == whole:
        return "all"
    return "half" if 2 * part >= whole else "under"
