"""Papers against their entries, and their files against what was recorded: what `motcua verify` finds (R27, R40)."""

from pathlib import Path

import pytest
from django.conf import settings

from motcua.files import actions as files
from motcua.papers import actions as papers
from motcua.papers import checking
from motcua.papers.actions.close_book import close_book
from motcua.papers.models import ClosedBook, IssuedPaper
from motcua.people.models import Unit
from tests.cast import MONDAY, Played, received
from tests.config.commands import motcua
from tests.dossiers.lives import Desk
from tests.papers.test_closing import LAST_YEAR

UNIT = "19798"


@pytest.fixture
def paper(desk: Desk) -> IssuedPaper:
    """A receipt, issued."""
    papers.receipt(desk.at_processing())
    return IssuedPaper.objects.select_related("file", "dossier").get()


def place(paper: IssuedPaper) -> Path:
    return Path(settings.MEDIA_ROOT) / paper.file.place


def found() -> list[str]:
    return [*checking.disagreements(UNIT), *checking.changed_files(UNIT)]


def refused(capsys, *words: str) -> None:
    said = motcua(capsys, "verify")
    assert (said.status, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in words)


def test_a_paper_as_issued_holds(paper: IssuedPaper, capsys) -> None:
    assert found() == []
    assert motcua(capsys, "verify").status == 0


def test_one_byte_changed_in_a_kept_file_is_named(paper: IssuedPaper, capsys) -> None:
    """R40: on the disk, past the data base."""
    content = place(paper).read_bytes()
    place(paper).write_bytes(content.replace(b"%PDF-1", b"%PDF-2", 1))
    refused(capsys, paper.dossier.code, paper.file.place, "was changed")
    assert motcua(capsys, "verify", "--no-files").status == 0
    place(paper).write_bytes(content)
    assert found() == []


def test_a_missing_file_is_named(paper: IssuedPaper, capsys) -> None:
    place(paper).unlink()
    refused(capsys, paper.dossier.code, paper.file.place, "missing")


def test_a_forged_file_with_its_digest_made_to_fit_differs_from_the_entry(paper: IssuedPaper, capsys) -> None:
    """R27: the row can be changed with the data base's password, the entry cannot."""
    forged = files.keep(
        b"%PDF-1.7 another date", name="x.pdf", content_type="application/pdf", uploaded_by_id=None
    )
    IssuedPaper.objects.filter(pk=paper.pk).update(file=forged)
    refused(capsys, "papers differ", paper.dossier.code)


def test_a_paper_that_is_gone_is_missed(paper: IssuedPaper) -> None:
    IssuedPaper.objects.all().delete()
    assert found() == [f"{UNIT}: paper 01 about {paper.about} is gone"]


def test_a_paper_that_nobody_issued_is_no_paper(paper: IssuedPaper) -> None:
    IssuedPaper.objects.create(
        unit=paper.unit, dossier=paper.dossier, form="04", about="apology:1", file=paper.file
    )
    [line] = found()
    assert "paper 04" in line


def test_a_closed_book_is_held_against_its_entry(desk: Desk, capsys) -> None:
    """R41"""
    desk.returned(LAST_YEAR)
    book = close_book(desk.leader.officer, Unit.objects.get(code=UNIT), 2025, MONDAY)
    assert found() == []
    rows = [[number, "0" * 64, late] for number, _early, late in book.rows]
    ClosedBook.objects.filter(pk=book.pk).update(rows=rows)
    assert found() == [f"{UNIT}: the closed book of 2025 does not say what its entry says"]
    ClosedBook.objects.all().delete()
    assert found() == [f"{UNIT}: closed book {book.pk} is gone"]


def test_another_units_papers_are_another_chains(paper: IssuedPaper, outsider: Played) -> None:
    papers.receipt(received(outsider))
    place(IssuedPaper.objects.exclude(pk=paper.pk).get()).unlink()
    assert found() == []
    assert len(list(checking.changed_files("20068"))) == 1
