from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from motcua.cash import queries as cash
from motcua.catalog import digest as catalog
from motcua.config.command import Command as OurCommand
from motcua.dossiers.queries import disagreements, units_with_dossiers
from motcua.journal import queries as journal
from motcua.journal import seals
from motcua.journal.errors import Refused
from motcua.journal.models import SealedDay
from motcua.journal.seal_text import DaySeal, SealUnreadable, read
from motcua.journal.snapshot import snapshot
from motcua.people.queries import below, unit_called

MOST_SHOWN = 20


class Command(OurCommand):
    help = (
        "Check the journal's chains, its daily seals, and every dossier, receipt and published procedure against its journal; says the first "
        "broken entry. With --seal: check the chains against seals that were kept elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="only this unit and those below it")
        parser.add_argument(
            "--seal",
            metavar="FILE",
            nargs="+",
            type=Path,
            help="files of days, as downloaded from the seals page",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            self._against(options["seal"])
            return
        # An entry written between the reading of a chain and of its head would look like one that is missing.
        with snapshot():
            self._all(options["unit"])

    def _all(self, unit: str | None) -> None:
        chains = self._chains(unit)
        for chain in chains:
            if (found := journal.first_break(chain)) is not None:
                raise Refused(f"the journal is broken at {found}")
        if false := seals.first_false(None if unit is None else chains):
            raise Refused(f"a seal does not hold: {false}")
        for chain in chains:
            if rows := list(islice(disagreements(chain), MOST_SHOWN)):
                raise Refused("dossiers differ from the journal: " + "; ".join(rows))
            if rows := list(islice(cash.disagreements(chain), MOST_SHOWN)):
                raise Refused("the till differs from the journal: " + "; ".join(rows))
            if rows := list(islice(catalog.disagreements(chain), MOST_SHOWN)):
                raise Refused("what was published differs from the journal: " + "; ".join(rows))
        days = SealedDay.objects.count()
        self.stdout.write(f"{len(chains)} chains hold" + (f", {days} days are sealed" if days else ""))

    def _against(self, files: list[Path]) -> None:
        kept = [_read(file) for file in files]
        if found := seals.first_unlike(kept):
            raise Refused(f"the journal is not what was sealed on {found}")
        self.stdout.write(f"the journal is what was sealed: {len(kept)} days")

    def _chains(self, code: str | None) -> list[str]:
        """Those of the journal, and those that units with dossiers must have: a chain may be gone altogether."""
        chains = sorted({*journal.chains(), *units_with_dossiers()})
        if code is None:
            return chains
        units = set(below(unit_called(code).path).values_list("code", flat=True))
        return [chain for chain in chains if chain in units]


def _read(file: Path) -> DaySeal:
    try:
        return read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file} cannot be read: {type(error).__name__}") from error
    except SealUnreadable as error:
        raise Refused(f"{file}: {error}") from error
