"""Reading what was issued."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.papers import actions as papers
from motcua.papers.models import IssuedPaper, PaperForm


class Wanted(models.TextChoices):
    """What is printed of many dossiers at once."""

    RECEIPTS = "receipts", _("Giấy tiếp nhận và hẹn trả (Mẫu 01)")
    SLIPS = "slips", _("Phiếu kiểm soát (Mẫu 05)")
    ALL = "all", _("Mọi giấy tờ đã phát hành")


class Shown(NamedTuple):
    """A paper in a list."""

    pk: int
    label: str
    issued_at: datetime


def issued_to(dossier: Dossier) -> list[Shown]:
    """The papers of a dossier, oldest first; the second of a form says so."""
    found: list[Shown] = []
    times: defaultdict[str, int] = defaultdict(int)
    for paper in IssuedPaper.objects.filter(dossier=dossier).order_by("pk"):
        times[paper.form] += 1
        form = PaperForm(paper.form)
        label = str(form.label)
        if form is not PaperForm.FEE:
            label = _("Mẫu %(form)s – %(label)s") % {"form": form.value, "label": label}
        if times[paper.form] > 1:
            label = _("%(label)s (lần %(n)d)") % {"label": label, "n": times[paper.form]}
        found.append(Shown(paper.pk, str(label), paper.issued_at))
    return found


def pdfs_of(dossiers: Sequence[Dossier], wanted: str, at: datetime) -> list[bytes]:
    """The papers of many dossiers, in their order. A receipt that nobody has printed yet is issued now.

    What was issued is found in one query; a living slip takes some of its own.
    """
    if wanted == Wanted.SLIPS:
        return [papers.slip_now(dossier, at) for dossier in dossiers]
    rows = IssuedPaper.objects.filter(dossier__in=dossiers).select_related("file").order_by("form", "pk")
    kept: defaultdict[int | None, list[IssuedPaper]] = defaultdict(list)
    for row in rows:
        if wanted == Wanted.ALL or row.form == PaperForm.RECEIPT:
            kept[row.dossier_id].append(row)
    return [files.read(file) for dossier in dossiers for file in _files(dossier, kept[dossier.pk], wanted)]


def _files(dossier: Dossier, kept: list[IssuedPaper], wanted: str) -> list[StoredFile]:
    if wanted == Wanted.ALL:
        return [row.file for row in kept]
    return [kept[-1].file if kept else papers.receipt(dossier)]  # the last one is in force
