"""The one way in which a paper is issued: made once, kept, given out the same ever after (R40)."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import translation

from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import actions as journal
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.people.models import Unit

Draw = Callable[[], bytes]


class Subject(NamedTuple):
    """What a paper is about: one paper of a form for each."""

    about: str
    """As `room:id`."""
    unit: Unit
    """In whose chain it is told."""
    dossier: Dossier | None
    stem: str
    """How the file's name begins."""


def of_dossier(dossier: Dossier, about: str = "") -> Subject:
    return Subject(about or f"dossier:{dossier.pk}", dossier.unit, dossier, dossier.code)


def issued(form: PaperForm, subject: Subject, draw: Draw) -> StoredFile:
    """The paper as issued; issued now if it was not yet. Safe to call twice at once."""
    wanted = IssuedPaper.objects.filter(form=form, about=subject.about).select_related("file")
    paper = wanted.first()
    if paper is None:
        pdf = in_vietnamese(draw)
        try:
            paper = _issue(form, subject, pdf)
        except IntegrityError:  # another process was quicker; its paper is the paper
            paper = wanted.get()
    return paper.file


def in_vietnamese(draw: Draw) -> bytes:
    """A paper of the State is in Vietnamese, whatever language the page has."""
    with translation.override("vi"):
        return draw()


@transaction.atomic
def _issue(form: PaperForm, subject: Subject, pdf: bytes) -> IssuedPaper:
    stored = files.keep(
        pdf, name=f"{subject.stem}-mau-{form}.pdf", content_type="application/pdf", uploaded_by_id=None
    )
    paper = IssuedPaper.objects.create(
        unit=subject.unit, dossier=subject.dossier, form=form, about=subject.about, file=stored
    )
    journal.record(
        chain=subject.unit.code,
        kind="paper.issued",
        subject=f"paper:{paper.pk}",
        facts={
            "dossier": subject.dossier.pk if subject.dossier else None,
            "form": form,
            "about": subject.about,
            "sha256": stored.sha256,
        },
        actor_id=None,
        at=paper.issued_at,
    )
    return paper
