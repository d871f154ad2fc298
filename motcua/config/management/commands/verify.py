from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from motcua.cash import queries as cash
from motcua.catalog import digest as catalog
from motcua.config.command import Command as OurCommand
from motcua.dossiers import apology_check
from motcua.dossiers import queries as dossiers
from motcua.journal import queries as journal
from motcua.journal import seals
from motcua.journal.errors import Refused
from motcua.journal.models import SealedDay
from motcua.journal.seal_text import DaySeal, SealUnreadable, read
from motcua.journal.snapshot import snapshot
from motcua.papers import checking as papers
from motcua.people.queries import below, unit_called

MOST_SHOWN = 20
CHECKS = (
    ("dossiers differ", dossiers.disagreements),
    ("apologies differ", apology_check.disagreements),
    ("the till differs", cash.disagreements),
    ("papers differ", papers.disagreements),
    ("what was published differs", catalog.disagreements),
)
"""What is held against each chain, in turn."""


class Command(OurCommand):
    help = (
        "Check the journal's chains, its daily seals, and every dossier, apology, receipt, paper and published procedure against its journal; "
        "says the first broken entry. With --seal: check the chains against seals that were kept elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="only this unit and those below it")
        parser.add_argument("--no-files", action="store_true", help="do not read the kept papers' files")
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
            chains = self._chains(options["unit"])
        if not options["no_files"]:
            self._files(chains)
        days = SealedDay.objects.count()
        self.stdout.write(f"{len(chains)} chains hold" + (f", {days} days are sealed" if days else ""))

    def _all(self, unit: str | None) -> None:
        chains = self._chains(unit)
        for chain in chains:
            if (found := journal.first_break(chain)) is not None:
                raise Refused(f"the journal is broken at {found}")
        if false := seals.first_false(None if unit is None else chains):
            raise Refused(f"a seal does not hold: {false}")
        for chain in chains:
            for differ, disagreements in CHECKS:
                if rows := list(islice(disagreements(chain), MOST_SHOWN)):
                    raise Refused(f"{differ} from the journal: " + "; ".join(rows))

    def _files(self, chains: list[str]) -> None:
        """Outside the snapshot: a paper is never changed lawfully, and reading all of them takes its time."""
        for chain in chains:
            if rows := list(islice(papers.changed_files(chain), MOST_SHOWN)):
                raise Refused("kept papers are not as they were issued: " + "; ".join(rows))

    def _against(self, files: list[Path]) -> None:
        kept = [_read(file) for file in files]
        if found := seals.first_unlike(kept):
            raise Refused(f"the journal is not what was sealed on {found}")
        self.stdout.write(f"the journal is what was sealed: {len(kept)} days")

    def _chains(self, code: str | None) -> list[str]:
        """Those of the journal, and those that units with dossiers must have: a chain may be gone altogether."""
        chains = sorted({*journal.chains(), *dossiers.units_with_dossiers()})
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
