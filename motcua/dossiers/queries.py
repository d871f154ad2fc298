"""Reading dossiers: who may see which, work lists, the register, and the check against the journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from motcua.catalog.models import PaperRequirement
from motcua.dossiers.errors import NotFound
from motcua.dossiers.models import (
    Consultation,
    Dossier,
    Leg,
    Move,
    Supplement,
    SupplementItem,
    TurnedAway,
)
from motcua.journal import queries as journal
from motcua.journal.chain import canonical, digest
from motcua.people.models import Assignment, Role, Unit, User
from motcua.people.officer import Officer
from motcua.people.succession import answered_by
from motcua.rules.text import unaccent
from motcua.rules.workflow import Action, State, StepKind

DESK_ROLES = (Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.UNIT_ADMIN)
WATCHING_ROLES = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def clock(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def visible_to(officer: Officer) -> Q:
    """Dossiers that an officer may see: if and only if
    - the unit received it or holds it, had a leg of its way or is consulted, and the officer has a role there; or
    - the officer watches over a subtree with the receiving unit in it.
    """
    units = [held.unit_id for held in officer.held if held.role in DESK_ROLES]
    seen = Q(unit__in=units) | Q(holder_unit__in=units)
    if units:
        seen |= Q(Exists(Leg.objects.filter(unit__in=units, dossier=OuterRef("pk"))))
        seen |= Q(Exists(Consultation.objects.filter(to_unit__in=units, dossier=OuterRef("pk"))))
    for held in officer.held:
        if held.role in WATCHING_ROLES:
            seen |= Q(unit__path__startswith=held.unit_path)
    return seen


def get(officer: Officer, code: str) -> Dossier:
    """Load and authorise in one: an outsider gets NotFound, as for a code that does not exist."""
    dossier = (
        Dossier.objects.filter(visible_to(officer), code=code)
        .select_related("unit", "holder_unit", "version__procedure", "applicant", "step__unit", "assignee")
        .first()
    )
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này ở đơn vị của bạn.")
    return dossier


def last_move(dossier: Dossier) -> Move:
    return Move.objects.filter(dossier=dossier).select_related("by").latest("number")


def moves(dossier: Dossier) -> list[Move]:
    """The whole way of a dossier, oldest first, in a few queries however long it is."""
    way = list(
        Move.objects.filter(dossier=dossier)
        .select_related("by", "from_step__assignee", "to_step__assignee", "from_step__unit", "to_step__unit")
        .prefetch_related("attachments__file")
        .order_by("number")
    )
    _say_for_whom(dossier, way)
    return way


def _say_for_whom(dossier: Dossier, way: list[Move]) -> None:
    """The names that the journal's entries have as ids: for whom somebody stood in, to whom it was given (R20)."""
    told = journal.facts_of(f"dossier:{dossier.pk}")
    for_whom = {move.pk: told.get(move.entry_id, {}).get("on_behalf_of") for move in way}
    given = {
        move.pk: told.get(move.entry_id, {}).get("holder", [None, None])[1]
        for move in way
        if move.action in (Action.ASSIGN, Action.TAKE)
    }
    wanted = {pk for pk in (*for_whom.values(), *given.values()) if pk}
    names = dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name")) if wanted else {}
    for move in way:
        move.on_behalf_name = names.get(for_whom[move.pk] or 0, "")
        move.assigned_name = names.get(given.get(move.pk) or 0, "")


# -- work lists ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a work list is narrowed to."""

    steps: tuple[StepKind, ...]
    words: str = ""
    field_id: int | None = None
    overdue: bool = False
    mine: bool = False


ROUTE = (StepKind.RECEPTION, StepKind.PROCESSING, StepKind.APPROVAL, StepKind.RETURN)


def everything() -> WorkFilter:
    """All steps, nothing narrowed."""
    return WorkFilter(steps=ROUTE)


def overdue(now: datetime) -> Q:
    """Past the law's due time while the clock runs: what waits for the citizen is not late."""
    return Q(state=State.PROCESSING, due_at__lt=now)


def work(officer: Officer, unit_id: int, narrowed: WorkFilter, now: datetime) -> QuerySet[Dossier]:
    """Open dossiers that a unit holds at some steps, to be ordered by (step_due_at, id).

    A specialist sees his own, that of those for whom he stands in, and what nobody of his fields has taken yet; where
    the leader assigns, what is not assigned is nobody's.
    """
    found = Dossier.objects.filter(
        holder_unit__in=answered_by(unit_id),
        state__in=[State.PROCESSING, State.WAITING],
        step_due_at__isnull=False,
        step_kind__in=[step.value for step in narrowed.steps],
    )
    if narrowed.mine:
        pool = Q(assignee=None, step__field__in=officer.fields_in(unit_id))
        pool &= ~Q(holder_unit__assignment=Assignment.LEADER)
        found = found.filter(Q(assignee__in={officer.user_id} | officer.stands_in_for(unit_id)) | pool)
    if narrowed.field_id:
        found = found.filter(field=narrowed.field_id)
    if narrowed.overdue:
        found = found.filter(overdue(now))
    return with_words(found, narrowed.words)


def with_words(found: QuerySet[Dossier], words: str) -> QuerySet[Dossier]:
    """Every word must stand in the applicant's name or the code, accents aside."""
    for word in unaccent(words).split():
        found = found.filter(search__contains=word)
    return found


def listed_papers(dossier: Dossier) -> list[PaperRequirement]:
    """The published list of a dossier's procedure, sentences of explanation left out."""
    return list(dossier.version.papers.filter(is_note=False).order_by("position"))


def last_supplement(dossier: Dossier) -> Supplement | None:
    """What was asked or proposed last, with its papers."""
    rows = Supplement.objects.filter(dossier=dossier).select_related("proposed_by", "permitted_by")
    return rows.prefetch_related("items__requirement", "items__upload").order_by("-number").first()


def wanted_items(dossier: Dossier) -> list[SupplementItem]:
    """The papers that the citizen still has to bring."""
    open_one = Supplement.objects.filter(dossier=dossier, asked_at__isnull=False, answered_at=None)
    rows = SupplementItem.objects.filter(supplement__in=open_one)
    rows = rows.select_related("requirement", "upload", "supplement")
    return list(rows.order_by("requirement__position"))


def proposals(unit_id: int) -> QuerySet[Supplement]:
    """Second requests that wait for the leader of the unit which has the dossier, to be ordered by (proposed_at, id)."""
    return Supplement.objects.filter(
        dossier__holder_unit__in=answered_by(unit_id),
        dossier__state=State.PROCESSING,
        asked_at=None,
        declined_at=None,
    )


def turned_away(unit_id: int) -> QuerySet[TurnedAway]:
    """Who could not be received at a desk, to be ordered by id."""
    return TurnedAway.objects.filter(unit__in=answered_by(unit_id))


def being_worked_on(unit_id: int) -> QuerySet[Dossier]:
    """What specialists of a unit work on or should, to be ordered by (step_due_at, id): what a leader can assign."""
    return Dossier.objects.filter(
        holder_unit__in=answered_by(unit_id),
        state=State.PROCESSING,
        step_kind=StepKind.PROCESSING,
        step_due_at__isnull=False,
    )


def ready(unit_id: int) -> QuerySet[Dossier]:
    """Results that wait for the citizen, to be ordered by (finished_at, id)."""
    return Dossier.objects.filter(unit__in=answered_by(unit_id), state=State.DONE)


def register(unit_id: int, year: int) -> QuerySet[Dossier]:
    """The year's book of a unit (R41), to be ordered by its number."""
    return Dossier.objects.filter(unit=unit_id, register_year=year)


def register_years(unit_id: int) -> list[int]:
    """The years that have a book, latest first."""
    years = Dossier.objects.filter(unit=unit_id).values_list("register_year", flat=True)
    return list(years.distinct().order_by("-register_year"))


def desk_counts(unit_id: int, now: datetime) -> dict[str, int]:
    """What lies at a unit's desk now, by step, and how many of it are past the law's due time. One query."""
    lying = Dossier.objects.filter(holder_unit__in=answered_by(unit_id), step_due_at__isnull=False)
    counted = lying.aggregate(
        **{kind.value: Count("pk", filter=Q(state=State.PROCESSING, step_kind=kind)) for kind in ROUTE},
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        overdue=Count("pk", filter=overdue(now)),
        done=Count("pk", filter=Q(state=State.DONE)),
        correcting=Count("pk", filter=Q(state=State.CORRECTING)),
    )
    return dict(counted)


def interlinked_counts(unit_id: int) -> dict[str, int]:
    """What other agencies sent here or have of ours, and what they asked. Three queries."""
    return {
        "arriving": arriving(unit_id).count(),
        "elsewhere": elsewhere(unit_id).count(),
        "questions": questions_to(unit_id).count(),
    }


def arriving(unit_id: int) -> QuerySet[Leg]:
    """What another agency sent and nobody here has acknowledged, to be ordered by (opened_at, id)."""
    return Leg.objects.filter(
        unit__in=answered_by(unit_id),
        closed_at=None,
        acknowledged_at=None,
        dossier__state=State.PROCESSING,
    )


def elsewhere(unit_id: int) -> QuerySet[Leg]:
    """Where the dossiers are that this desk received and another agency has now (R24), to be ordered by (due_at, id)."""
    ours = answered_by(unit_id)
    open_legs = Leg.objects.filter(dossier__unit__in=ours, closed_at=None, dossier__state=State.PROCESSING)
    return open_legs.exclude(unit__in=ours)


def questions_to(unit_id: int) -> QuerySet[Consultation]:
    """What other agencies ask of this unit, to be ordered by (due_at, id)."""
    ours = answered_by(unit_id)
    return Consultation.objects.filter(to_unit__in=ours, answered_at=None, dossier__finished_at=None)


def questions_from(unit_id: int) -> QuerySet[Consultation]:
    """What this unit asked and has no answer to, to be ordered by (due_at, id)."""
    ours = answered_by(unit_id)
    return Consultation.objects.filter(from_unit__in=ours, answered_at=None, dossier__finished_at=None)


def legs(dossier: Dossier) -> list[Leg]:
    """The agencies of a dossier's way so far; none for one that never leaves its unit."""
    if not dossier.local_due_at:
        return []
    rows = Leg.objects.filter(dossier=dossier).select_related("unit", "sent_by", "acknowledged_by")
    return list(rows.order_by("pk"))


def consultations(dossier: Dossier) -> list[Consultation]:
    rows = Consultation.objects.filter(dossier=dossier).select_related("from_unit", "to_unit", "answered_by")
    return list(rows.order_by("number"))


def correcting(unit_id: int) -> QuerySet[Dossier]:
    """Wrong results that a unit has to make anew (R32), to be ordered by (step_due_at, id)."""
    return Dossier.objects.filter(holder_unit__in=answered_by(unit_id), state=State.CORRECTING)


def common_procedures(unit_id: int, now: datetime, most: int = 12) -> dict[int, int]:
    """Procedure id → how often it came in the last 90 days at this unit; the commonest ones, commonest first."""
    recent = Dossier.objects.filter(unit__in=answered_by(unit_id), received_at__gte=now - timedelta(days=90))
    rows = (
        recent.values("version__procedure")
        .annotate(times=Count("pk"))
        .order_by("-times", "version__procedure")
    )
    return {row["version__procedure"]: row["times"] for row in rows[:most]}


# -- does every row say what the journal says? ---------------------------------------------------
def units_with_dossiers() -> set[str]:
    """Their statistical codes: each of them must have a chain."""
    return set(
        Unit.objects.filter(Exists(Dossier.objects.filter(unit=OuterRef("pk")))).values_list(
            "code", flat=True
        )
    )


ALWAYS_THE_SAME = ("code", "version", "route", "limit", "register", "received_at", "channel")
MOVES_THE_DUE_TIME = (f"dossier.{Action.RECOUNT}", f"dossier.{Action.RESUME}")
DECIDED_ONCE = ("finished_at", "punctuality", "outcome")
ONLY_BY = {
    "appointment_at": (f"dossier.{Action.REAPPOINT}", *MOVES_THE_DUE_TIME),
    "apologised_at": (f"dossier.{Action.REAPPOINT}",),
    "apology_waived": (f"dossier.{Action.WAIVE_APOLOGY}",),
}
"""What some kinds of act write and no other."""


def disagreements(chain: str) -> Iterator[str]:
    """Dossiers and moves of a chain that are not what the journal's entries say, and entries that no act explains.

    One pass over the entries, one over the dossiers and moves: a due date changed by hand shows here, and still
    does when a lawful act came after it.
    """
    last: dict[int, dict[str, Any]] = {}
    told: dict[int, int] = {}
    for entry in journal.entries(chain):
        room, _, key = entry.subject.partition(":")
        if room != "dossier" or not entry.kind.startswith("dossier."):
            continue
        facts = entry.read_facts()
        if changed := _unexplained(entry.kind, last.get(int(key), facts), facts):
            yield f"{facts['code']}: {', '.join(changed)} changed before entry {entry.number}, by no act"
        last[int(key)] = facts
        told[entry.pk] = hash((entry.kind, entry.actor_id, entry.at, facts["revision"], facts["words"]))
    yield from _rows_that_differ(chain, last)
    yield from _moves_that_differ(chain, told)


def _unexplained(kind: str, before: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    """Facts that differ from the entry before although no act of this kind changes them."""
    fixed = list(ALWAYS_THE_SAME)
    if kind not in MOVES_THE_DUE_TIME:
        fixed.append("due_at")
    fixed += [name for name, acts in ONLY_BY.items() if kind not in acts]
    if before["finished_at"]:
        fixed += DECIDED_ONCE
    return [name for name in fixed if name in before and facts.get(name) != before[name]]


def _rows_that_differ(chain: str, last: dict[int, dict[str, Any]]) -> Iterator[str]:
    from motcua.dossiers.actions.act import state_facts  # the one place that says what an entry holds

    for dossier in Dossier.objects.filter(unit__code=chain).order_by("pk").iterator(chunk_size=2000):
        facts = last.pop(dossier.pk, None)
        if facts is None:
            yield f"{dossier.code}: no entry tells of this dossier"
            continue
        row = json.loads(canonical(state_facts(dossier)))
        # An entry from before a fact was known says nothing of it.
        changed = sorted(name for name, value in row.items() if name in facts and facts[name] != value)
        if changed:
            yield f"{dossier.code}: {', '.join(changed)} changed outside the journal"
    for pk, facts in sorted(last.items()):
        yield f"{facts['code']}: the dossier (row {pk}) is gone"


def _moves_that_differ(chain: str, told: dict[int, int]) -> Iterator[str]:
    rows = Move.objects.filter(dossier__unit__code=chain).order_by("pk").annotate(code=F("dossier__code"))
    for move in rows.iterator(chunk_size=2000):
        words = digest(move.salt, move.words)
        says = hash((f"dossier.{move.action}", move.by_id, move.at, move.number, words))
        if told.pop(move.entry_id, None) != says:
            yield f"{move.code}: move {move.number} does not say what its entry says"
    if told:
        yield f"{chain}: {len(told)} entries have no move"
