from argparse import ArgumentParser
from itertools import islice
from typing import Any

from motcua.cash import queries as cash
from motcua.config.command import Command as OurCommand
from motcua.dossiers.queries import disagreements, units_with_dossiers
from motcua.journal import queries as journal
from motcua.journal.errors import Refused
from motcua.people.queries import below, unit_called

MOST_SHOWN = 20


class Command(OurCommand):
    help = "Check the journal's chains, every dossier and receipt against its journal; says the first broken entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="only this unit and those below it")

    def handle(self, *args: Any, **options: Any) -> None:
        chains = self._chains(options["unit"])
        for chain in chains:
            if (found := journal.first_break(chain)) is not None:
                raise Refused(f"the journal is broken at {found}")
        for chain in chains:
            if rows := list(islice(disagreements(chain), MOST_SHOWN)):
                raise Refused("dossiers differ from the journal: " + "; ".join(rows))
            if rows := list(islice(cash.disagreements(chain), MOST_SHOWN)):
                raise Refused("the till differs from the journal: " + "; ".join(rows))
        self.stdout.write(f"{len(chains)} chains hold")

    def _chains(self, code: str | None) -> list[str]:
        """Those of the journal, and those that units with dossiers must have: a chain may be gone altogether."""
        chains = sorted({*journal.chains(), *units_with_dossiers()})
        if code is None:
            return chains
        units = set(below(unit_called(code).path).values_list("code", flat=True))
        return [chain for chain in chains if chain in units]
