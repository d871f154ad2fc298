"""A dossier brought to a point of its life by those who bring it there: an hour from one act to the next.

It is received on Monday 16/11/2026 at 09:00 and due on Thursday at 17:00 (three working days).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.results import actions as results
from motcua.results import faults
from motcua.results.actions import Collected, ResultFacts
from motcua.results.faults import Recall
from tests.cast import GUARDIANSHIP, MONDAY, Played, received

HOUR = timedelta(hours=1)
PAPER = ResultFacts(number="12/QĐ-UBND", signer="Nguyễn Văn Hùng")
WRONG = Recall("Sai năm sinh của trẻ.", came_back=True)
HERSELF = Collected(to_name="Nguyễn Thị Thử", to_id_number="046199000999")


@dataclass(frozen=True)
class Desk:
    """Those of Phường Phước Vĩnh through whose hands a dossier goes."""

    clerk: Played
    specialist: Played
    other: Played
    leader: Played

    @property
    def unit_id(self) -> int:
        held = self.clerk.officer.desk
        assert held is not None
        return held.unit_id

    def at_reception(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        return received(self.clerk, at=at, forward=False, **facts)

    def at_processing(self, at: datetime = MONDAY, code: str = GUARDIANSHIP, **facts: Any) -> Dossier:
        return received(self.clerk, code, at, **facts)

    def at_approval(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        dossier = self.at_processing(at, **facts)
        return actions.forward(self.specialist.act(at + HOUR), dossier.pk, words="Đủ điều kiện.")

    def at_return(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        dossier = self.at_approval(at, **facts)
        return actions.approve(self.leader.act(at + 2 * HOUR), dossier.pk)

    def done(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        dossier = self.at_return(at, **facts)
        return results.record(self.clerk.act(at + 3 * HOUR), dossier.pk, PAPER)

    def returned(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        dossier = self.done(at, **facts)
        return results.hand_over(self.clerk.act(at + 4 * HOUR), dossier.pk, HERSELF)

    def correcting(self, at: datetime = MONDAY, **facts: Any) -> Dossier:
        """A wrong result that the citizen has had for an hour was recalled."""
        dossier = self.returned(at, **facts)
        return faults.recall(self.leader.act(at + 5 * HOUR), dossier.pk, WRONG)


def stored(dossier: Dossier) -> Dossier:
    """The row as the data base has it now."""
    return Dossier.objects.select_related("step", "assignee").get(pk=dossier.pk)


def entries_of(dossier: Dossier) -> list[Entry]:
    """What the journal tells of a dossier itself, in order."""
    return list(Entry.objects.filter(subject=f"dossier:{dossier.pk}").order_by("number"))


def trace(dossier: Dossier) -> tuple[Any, ...]:
    """All that an act would change; the same before and after one that was refused."""
    return (
        Dossier.objects.filter(pk=dossier.pk).values().get(),
        list(dossier.steps.order_by("pk").values()),
        dossier.moves.count(),
        Entry.objects.count(),
    )
