"""An office of the trial province: who sits in it, and how they act at a moment of its past."""

import random
from dataclasses import dataclass
from datetime import datetime

from motcua.catalog.models import ProcedureVersion
from motcua.dossiers.actions import Act
from motcua.dossiers.models import Dossier
from motcua.people import queries as people
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer
from motcua.results.actions import ResultFacts


@dataclass(slots=True)
class Office:
    """A unit with its officers, for making its past."""

    unit: Unit
    clerk: Officer
    leader: Officer
    versions: list[ProcedureVersion]
    chance: random.Random

    def act(self, officer: Officer, at: datetime) -> Act:
        return Act(officer, at)

    @staticmethod
    def officer(unit: Unit, role: Role) -> Officer:
        user = people.holders(unit.pk, role)[0]
        return people.officer(user.pk, user.full_name)

    def specialist(self, dossier: Dossier) -> Officer:
        user = people.holders(dossier.holder_unit_id, Role.SPECIALIST, [dossier.field_id])[0]
        return people.officer(user.pk, user.full_name)

    def paper(self, dossier: Dossier) -> ResultFacts:
        return ResultFacts(number=f"{dossier.register_number}/KQ-UBND", signer=self.leader.full_name)
