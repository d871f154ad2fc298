"""Is every paper that was issued still the one that the journal tells of, to the byte? For `motcua verify` (R27, R40)."""

from collections.abc import Iterator
from itertools import chain as chain_of
from typing import Any

from motcua.files import actions as files
from motcua.journal.models import Entry
from motcua.papers.closing import whole
from motcua.papers.models import ClosedBook, IssuedPaper

ISSUED, CLOSED = "paper.issued", "register.closed"
PIECE = 2000


def disagreements(chain: str) -> Iterator[str]:
    """Papers and closed books of a unit that are not what their entries say, and entries whose paper is gone."""
    told = {kind: _told(chain, kind) for kind in (ISSUED, CLOSED)}
    for paper in _papers(chain):
        facts = {
            "dossier": paper.dossier_id,
            "form": paper.form,
            "about": paper.about,
            "sha256": paper.file.sha256,
        }
        if told[ISSUED].pop(paper.pk, None) != facts:
            yield f"{_name(paper)} does not say what its entry says"
    for book in _books(chain):
        facts = {"sha256": whole([(row[0], row[1], row[2]) for row in book.rows]), "pdf": book.file.sha256}
        says = told[CLOSED].pop(book.pk, {})
        if {name: says.get(name) for name in facts} != facts:
            yield f"{_name(book)} does not say what its entry says"
    for facts in told[ISSUED].values():
        yield f"{chain}: paper {facts['form']} about {facts['about']} is gone"
    yield from (f"{chain}: closed book {pk} is gone" for pk in sorted(told[CLOSED]))


def changed_files(chain: str) -> Iterator[str]:
    """Papers and closed books whose kept file is missing, or is not the one that was recorded. Reads every byte."""
    kept_ones: Iterator[IssuedPaper | ClosedBook] = chain_of(_papers(chain), _books(chain))
    for kept in kept_ones:
        digest = files.digest_of(kept.file)
        if digest is None:
            yield f"{_name(kept)}: the file {kept.file.place} is missing"
        elif digest != kept.file.sha256:
            yield f"{_name(kept)}: the file {kept.file.place} was changed"


def _told(chain: str, kind: str) -> dict[int, dict[str, Any]]:
    rows = Entry.objects.filter(chain=chain, kind=kind).order_by("number").iterator(chunk_size=PIECE)
    return {int(entry.subject.partition(":")[2]): entry.read_facts() for entry in rows}


def _papers(chain: str) -> Iterator[IssuedPaper]:
    rows = IssuedPaper.objects.filter(unit__code=chain).select_related("file", "dossier").order_by("pk")
    return rows.iterator(chunk_size=PIECE)


def _books(chain: str) -> Iterator[ClosedBook]:
    return (
        ClosedBook.objects.filter(unit__code=chain).select_related("file", "unit").order_by("pk").iterator()
    )


def _name(kept: IssuedPaper | ClosedBook) -> str:
    if isinstance(kept, ClosedBook):
        return f"{kept.unit.code}: the closed book of {kept.year}"
    return f"{kept.dossier.code if kept.dossier else kept.about}: paper {kept.form} ({kept.pk})"
