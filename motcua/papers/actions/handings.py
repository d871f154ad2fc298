"""Who handed a dossier to whom, and when: read out of its moves, and out of the journal who held it after each.

The assignee of a step changes; what the journal says of the holder after each act does not.
"""

from collections.abc import Sequence
from functools import cached_property

from motcua.dossiers.choices import ACTIONS
from motcua.dossiers.models import Consultation, Dossier, Leg, Move, Step
from motcua.journal.models import Entry
from motcua.papers.actions.heading import committee
from motcua.papers.slip import OUTCOMES, Hand, Handing, Stretch
from motcua.people.models import User
from motcua.results.models import HandOver
from motcua.rules.workflow import Action, StepKind

PLACES = {
    StepKind.RECEPTION: "Bộ phận Một cửa",
    StepKind.PROCESSING: "Công chức chuyên môn",
    StepKind.APPROVAL: "Lãnh đạo",
    StepKind.RETURN: "Bộ phận Một cửa",
}
CITIZEN = "Người nộp hồ sơ"
NOT_BY_THE_HOLDER = frozenset(
    {Action.ASSIGN, Action.WITHDRAW, Action.RESUME, Action.PERMIT_SUPPLEMENT, Action.RECALL}
)
"""Acts that move a dossier out of hands that are not those of who does it."""


class Way:
    """The moves of a dossier as a row of handings. Six queries, however many moves."""

    def __init__(self, dossier: Dossier, moves: Sequence[Move]) -> None:
        self.dossier = dossier
        self.moves = moves
        self.legs = {leg.pk: leg for leg in Leg.objects.filter(dossier=dossier).select_related("unit")}
        asked = Consultation.objects.filter(dossier=dossier).select_related("to_unit")
        self.consultations = list(asked.order_by("number"))

    def handings(self) -> tuple[Handing, ...]:
        """Every move after which somebody else has the dossier."""
        found: list[Handing] = []
        before, before_key = self._citizen(), (0, 0)
        for move in self.moves:
            key = (move.to_step_id or 0, self._assignees.get(move.entry_id, 0))
            after = self._hand(move)
            if key != before_key:
                found.append(self._handing(move, _giver(move, before), after))
            before, before_key = after, key
        return tuple(found)

    def last_hand(self) -> Hand | None:
        return self._hand(self.moves[-1]) if self.moves else None

    def helpers(self) -> list[str]:
        """Other agencies that have or had a part in it, each once, in order."""
        units = [leg.unit for leg in sorted(self.legs.values(), key=lambda leg: leg.pk)]
        units += [asked.to_unit for asked in self.consultations]
        return list(dict.fromkeys(committee(unit) for unit in units if unit.pk != self.dossier.unit_id))

    @cached_property
    def _assignees(self) -> dict[int, int]:
        """Journal entry → who held the dossier after it (0: nobody in person)."""
        entries = Entry.objects.filter(pk__in=[move.entry_id for move in self.moves])
        return {entry.pk: entry.read_facts().get("holder", [0, None])[1] or 0 for entry in entries}

    @cached_property
    def _names(self) -> dict[int, str]:
        users = User.objects.filter(pk__in=set(self._assignees.values()))
        return dict(users.values_list("pk", "full_name"))

    @cached_property
    def _collector(self) -> str:
        taken = HandOver.objects.filter(dossier=self.dossier).order_by("-pk").first()
        return taken.to_name if taken else ""

    def _citizen(self) -> Hand:
        return Hand(place=CITIZEN, person=self.dossier.submitter_name or self.dossier.applicant_name)

    def _hand(self, move: Move) -> Hand:
        """Who has the dossier after a move."""
        step = move.to_step
        if step is None:
            return Hand(place="Người nhận kết quả", person=self._collector)
        if step.kind == StepKind.SUPPLEMENT:
            return self._citizen()
        person = self._names.get(self._assignees.get(move.entry_id, 0), "")
        if move.action == Action.RECEIVE and move.by and not person:
            person = move.by.full_name
        return Hand(place=f"{PLACES[StepKind(step.kind)]}, {committee(step.unit)}", person=person)

    def _handing(self, move: Move, giver: Hand, taker: Hand) -> Handing:
        ended = move.from_step if move.from_step_id != move.to_step_id else None
        ended = None if ended is None or ended.kind == StepKind.SUPPLEMENT else ended
        leg = self._sent_leg(move)
        return Handing(
            giver=giver,
            taker=taker,
            at=move.at,
            acknowledged_at=leg.acknowledged_at if leg else None,
            is_unacknowledged=leg is not None and leg.acknowledged_at is None,
            outcome=OUTCOMES[ended.punctuality] if ended and ended.punctuality else "",
            due_at=ended.due_at if ended and ended.punctuality else None,
            note=_note(move, giver, taker),
        )

    def _sent_leg(self, move: Move) -> Leg | None:
        """The leg that a move opened in another agency."""
        step: Step | None = move.to_step
        leg = self.legs.get(step.leg_id) if step and step.leg_id else None
        if leg is None or leg.opened_at != move.at or leg.sent_by_id in (None, leg.unit_id):
            return None
        return leg


def _giver(move: Move, before: Hand) -> Hand:
    """Who had it before, by name where the act itself says who that was."""
    if before.person or move.by is None or Action(move.action) in NOT_BY_THE_HOLDER:
        return before
    return Hand(place=before.place, person=move.by.full_name)


def _note(move: Move, giver: Hand, taker: Hand) -> str:
    """What was done, by whom when it was neither of the two, and the words that were said with it."""
    label = str(ACTIONS[move.action].label)
    name = move.by.full_name if move.by else ""
    if name and name not in (giver.person, taker.person):
        label = f"{label} ({name})"
    return f"{label}: {move.words}" if move.words else label


def stretches(way: Way) -> tuple[Stretch, ...]:
    """Each agency's whole time, and each one that was asked."""
    legs = [
        Stretch(
            agency=committee(leg.unit),
            since=leg.opened_at,
            due_at=leg.due_at,
            until=leg.closed_at,
            outcome=OUTCOMES[leg.punctuality] if leg.punctuality else "",
        )
        for leg in sorted(way.legs.values(), key=lambda leg: leg.pk)
    ]
    asked = [
        Stretch(
            agency=committee(question.to_unit),
            since=question.asked_at,
            due_at=question.due_at,
            until=question.answered_at,
            outcome=OUTCOMES[question.punctuality] if question.punctuality else "",
            note="phối hợp" if question.by_route else "lấy ý kiến",
        )
        for question in way.consultations
    ]
    return (*legs, *asked)
