"""The papers that a procedure asks for, and no others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models.procedures import ProcedureVersion
from motcua.files.models import StoredFile


class PaperKind(models.TextChoices):
    ORIGINAL = "original", _("Bản chính")
    CERTIFIED = "certified", _("Bản chứng thực")
    COPY = "copy", _("Bản photo")


class PaperRequirement(models.Model):
    """A paper on the published list. None beyond it can be asked for (NĐ 61/2018 Đ.5.1.đ)."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=PaperKind)
    number = models.PositiveSmallIntegerField()
    to_show = models.BooleanField(default=False)
    """Shown at the desk and taken home again (xuất trình), not handed in."""
    is_note = models.BooleanField(default=False)
    """A sentence of explanation among the papers; nothing to tick."""
    online_allowed = models.BooleanField(default=True)
    """A digital copy will do; else the paper itself is brought or sent."""
    template = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """The form to fill in, empty."""
    sample = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """The form filled in for an invented person, marked "MẪU"."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="catalog_paper_position_once")
        ]

    def __str__(self) -> str:
        return self.name
