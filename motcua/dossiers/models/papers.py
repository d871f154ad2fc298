"""What was handed in with a dossier, and the numbers that dossiers are given."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import PaperKind, PaperRequirement
from motcua.dossiers.models.dossiers import Dossier, Move
from motcua.files.models import StoredFile
from motcua.people.models import Unit


class ReceivedPaper(models.Model):
    """A paper that was handed in or shown, ticked from the published list (R02)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    requirement = models.ForeignKey(PaperRequirement, models.PROTECT)
    kind = models.CharField(max_length=10, choices=PaperKind)
    number = models.PositiveSmallIntegerField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """Its digital copy; null: still to be scanned, or not to be (R07)."""
    unscannable = models.CharField(max_length=200, default="")
    """Why it cannot be scanned here (large format, bound); then it is no debt."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "requirement"], name="dossiers_paper_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="dossiers_paper_at_least_one",
                violation_error_message=_("Giấy tờ đã nhận phải có ít nhất 1 bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.requirement_id}"


class Attachment(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    move = models.ForeignKey(Move, models.CASCADE, related_name="attachments")

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.file_id}"


class Counter(models.Model):
    """The last number given out of a series: of a unit on a day (code), or in a year (register)."""

    unit = models.ForeignKey(Unit, models.CASCADE)
    series = models.CharField(max_length=10)
    """ISO date, or the year."""
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "series"], name="dossiers_counter_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.series}: {self.last}"
